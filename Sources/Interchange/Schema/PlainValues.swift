// Numbers, ids and moments, taken only as people write them: no octal, no sexagesimal, no exponent.

import Foundation

extension String {
  var isIdentifier: Bool {
    guard (1...64).contains(utf8.count), first != ".", first != "-" else { return false }
    return utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == 0x2D || byte == 0x5F || byte == 0x2E
    }
  }

  private var isDigits: Bool { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } }

  /// Digits without a leading zero, with a minus so that a negative number can be told its range.
  var plainWhole: Int? {
    let digits = hasPrefix("-") ? String(dropFirst()) : self
    guard digits.isDigits, digits.count <= 19, digits == "0" || digits.first != "0" else { return nil }
    return Int(self)
  }

  /// As `plainWhole`, with decimals behind a point.
  var plainNumber: Double? {
    let parts = split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, parts.count <= 2 else { return nil }
    let whole = first.hasPrefix("-") ? String(first.dropFirst()) : first
    guard whole.isDigits, whole.count <= 18, whole == "0" || whole.first != "0" else { return nil }
    if parts.count == 2 { guard parts[1].isDigits, parts[1].count <= 6 else { return nil } }
    return Double(self)
  }

  /// `2025-03-04 09:12` in UTC.
  var moment: Date? {
    guard utf8.count == 16 else { return nil }
    let parts = split { "- :".contains($0) }
    guard parts.map(\.count) == [4, 2, 2, 2, 2], parts.allSatisfy({ String($0).isDigits }) else { return nil }
    guard let date = try? Date(replacing(" ", with: "T") + ":00Z", strategy: .iso8601) else { return nil }
    // A 31 February would come back as another day.
    return date.moment == self ? date : nil
  }
}

extension Date {
  /// `2025-03-04 09:12` in UTC.
  var moment: String {
    String(formatted(.iso8601).prefix(16)).replacing("T", with: " ")
  }
}
