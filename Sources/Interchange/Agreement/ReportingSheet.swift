// A sheet that supports reporting by a guideline: what the study file knows is filled in, the rest is a labelled blank.

import TextSafety

/// It supports reporting; it certifies nothing.
package struct ReportingSheet: Hashable, Sendable {
  package struct Item: Hashable, Sendable {
    package var number: Int
    package var topic: String
    /// What the study file knows.
    package var filled: [String]
    /// What only the authors know.
    package var blanks: [String]

    init(_ number: Int, _ topic: String, _ filled: [String], blanks: [String] = []) {
      (self.number, self.topic, self.filled, self.blanks) = (number, topic, filled, blanks)
    }
  }

  package let title: String
  /// The guideline, as it is cited.
  package let guideline: String
  /// What must be said of the study before anything else.
  package let cautions: [String]
  package let items: [Item]

  /// The sheet as text, at most 80 columns wide.
  package var text: String {
    var lines = Self.wrapped(title, indent: "", hanging: "")
    lines += Self.wrapped(
      "Supports reporting by \(guideline). What the study file knows is filled in; a line of dots is for the authors.",
      indent: "", hanging: "")
    lines += cautions.flatMap { Self.wrapped($0.madeSafe, indent: "", hanging: "") }
    for item in items {
      lines += ["", "\(item.number < 10 ? " " : "")\(item.number)  \(item.topic)"]
      lines += item.filled.flatMap { Self.wrapped($0.madeSafe, indent: "    ", hanging: "      ") }
      lines += item.blanks.map { "    \($0): " + String(repeating: ".", count: max(6, 74 - $0.count)) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func wrapped(_ text: String, indent: String, hanging: String) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= 80 {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append((lines.isEmpty ? indent : hanging) + word)
      }
    }
    return lines
  }
}
