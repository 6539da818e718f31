// What commands take as FINDING=VALUE.

import ReviewCore

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
    let near = Spelling.nearest(to: name, in: known.flatMap { [$0.id.rawValue] + $0.aliases })
    return "there is no finding \(words); "
      + (near.map { "did you mean ‘\($0)’?" } ?? "there is \(known.map(\.id.rawValue).joined(separator: ", "))")
  }
}
