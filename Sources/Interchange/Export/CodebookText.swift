// The codebook as YAML, for a release.

import ReviewCore
import Yams

enum CodebookText {
  static func yaml(_ codebook: Codebook) throws -> String {
    let node = Node.block([
      ("id", .text(codebook.id)), ("version", Node(String(codebook.version))),
      ("findings", Node(codebook.findings.map(node))),
    ])
    return try Yams.serialize(node: node, indent: 2, width: -1, allowUnicode: true)
  }

  private static func node(_ finding: Finding) -> Node {
    func list(_ texts: [String]) -> Node? { texts.isEmpty ? nil : FieldForm.texts.write(texts) }
    func yes(_ answer: Bool) -> Node? { answer ? Node("yes") : nil }
    return .block([
      ("id", .text(finding.id.rawValue)), ("title", .text(finding.title)), ("short", .text(finding.shortTitle)),
      ("phase", .text(finding.phase.rawValue)), ("scale", .text(finding.scale.rawValue)),
      ("ordered", yes(finding.isOrdered)),
      (
        "levels",
        finding.levels.isEmpty
          ? nil
          : Node(
            finding.levels.map { level in
              .block([
                ("id", .text(level.id.rawValue)), ("title", .text(level.title)), ("code", Node(finding.code(level.id))),
                ("glyph", .text(level.glyph)),
              ])
            })
      ),
      ("definition", .text(finding.definition)), ("source", .text(finding.source)),
      ("sequences", list(finding.sequences.map(\.rawValue))), ("aliases", list(finding.aliases)),
      ("takes_bone", yes(finding.takesBone)), ("comparison", yes(finding.isComparison)),
      ("asked_afterwards", yes(finding.isAskedAfterwards)),
    ])
  }
}
