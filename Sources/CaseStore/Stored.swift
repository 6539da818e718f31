// What a study file says, taken at its word only where it makes sense: a code that this program does not know is a fault,
// and stands for nothing else.

import ReviewCore

extension RawRepresentable where RawValue == String {
  /// - Parameter name: what the code is, with its article: `a role`.
  /// - Throws: `StoreError.badData`.
  static func stored(_ code: String, _ name: String) throws(StoreError) -> Self {
    guard let value = Self(rawValue: code) else { throw StoreError.unknownCode(code, name) }
    return value
  }

  /// Nil where nothing is stored.
  static func stored(_ code: String?, _ name: String) throws(StoreError) -> Self? {
    guard let code else { return nil }
    let value: Self = try stored(code, name)
    return value
  }
}

extension StoreError {
  static func unknownCode(_ code: String, _ name: String) -> StoreError {
    .badData([
      "the study file says ‘\(code.prefix(40))’ where \(name) belongs; a newer Endplate wrote it, or somebody changed the "
        + "file: take the newer one, or go back to a backup"
    ])
  }
}

extension Finding {
  /// A value as the file holds it, with levels and bones that there are.
  func stored(_ text: String) throws -> GradeValue {
    let value = try GradeValue(canonical: text, scale: scale)
    // What is left out on reading, an unknown bone for one, is missing when it is written again.
    guard value.text == text, value.levelIDs.allSatisfy({ level($0) != nil }) else {
      throw StoreError.unknownCode(text, "a grade of ‘\(id)’")
    }
    return value
  }
}

extension BinaryInteger {
  /// A number to count with. No study comes near the limit, and sums of what lies below it fit.
  static func stored(_ number: Self, _ name: String) throws(StoreError) -> Self {
    guard number >= 0, number <= 1_000_000_000 else { throw StoreError.unknownCode(String(number), name) }
    return number
  }
}
