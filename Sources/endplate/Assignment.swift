// What commands take as FINDING=VALUE.

import ReviewCore
import TextSafety

/// `rim=present` as it was typed.
struct Assignment {
  var finding: String
  /// Nil without a `=`; empty takes away what is there.
  var value: String?

  init(_ text: String) {
    let parts = text.unicodeScalars.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    finding = String(parts[0])
    value = parts.count == 2 ? String(parts[1]) : nil
  }

  /// - Parameter words: the name in quotation marks, and where it was looked for.
  static func noFinding(_ words: String, like name: String, among known: [Finding]) -> String {
    // What is graded place by place by its own name too; what is worked out not at all.
    let graded = known.filter { !$0.isDerived }
    let ids = graded.map { $0.cell?.finding.rawValue ?? $0.id.rawValue }
    let near = Spelling.nearest(to: name, in: ids + graded.flatMap { [$0.id.rawValue] + $0.aliases })
    let all = ids.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
    return "there is no finding \(words); "
      + (near.map { "did you mean ‘\($0)’?" } ?? thereIs(all))
  }
}
