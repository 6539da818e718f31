// A count with its noun, and what there is with its verb.

extension Int {
  /// `1 case`, `2 cases`; the plural is said where it is not the noun with an s.
  package func counted(_ one: String, _ many: String? = nil) -> String {
    "\(self) \(self == 1 ? one : many ?? one + "s")"
  }
}

/// `there is R1`, `there are R1, R2`: what somebody could have named.
package func thereIs(_ names: [String]) -> String {
  (names.count == 1 ? "there is " : "there are ") + names.joined(separator: ", ")
}
