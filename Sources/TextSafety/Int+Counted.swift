// A count with its noun.

extension Int {
  /// `1 case`, `2 cases`; the plural is said where it is not the noun with an s.
  package func counted(_ one: String, _ many: String? = nil) -> String {
    "\(self) \(self == 1 ? one : many ?? one + "s")"
  }
}
