// Numbers that compare as they are written: 20 % is 20 %, not a binary neighbour of it.

/// A fraction in lowest terms, or infinity, which a per cent of 0 rises to.
package struct Exact: Hashable, Comparable, Sendable, CustomStringConvertible {
  let numerator: Int128
  /// Never negative; 0 stands for infinity.
  let denominator: Int128

  package static let zero = Exact(0)

  package init(_ whole: Int) { (numerator, denominator) = (Int128(whole), 1) }

  private init?(_ numerator: Int128, _ denominator: Int128) {
    let divisor = Self.divisor(numerator.magnitude, denominator.magnitude)
    guard divisor > 0, numerator != .min, denominator != .min else { return nil }
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / Int128(divisor)
    self.denominator = sign * denominator / Int128(divisor)
  }

  /// Digits as people write them, with at most six decimals: `12`, `-0.5`. Nil for anything else.
  package init?(_ text: String) {
    var digits = text.utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits = digits.dropFirst() }
    let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2, (1...12).contains(whole.count),
      whole.count == 1 || whole.first != UInt8(ascii: "0")
    else { return nil }
    let decimals = parts.count == 2 ? parts[1] : whole[whole.endIndex...]
    guard parts.count == 1 || (1...6).contains(decimals.count) else { return nil }
    var value: Int128 = 0
    for byte in [whole, decimals].joined() {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int128(byte - UInt8(ascii: "0"))
    }
    var scale: Int128 = 1
    for _ in decimals { scale *= 10 }
    self.init(isNegative ? -value : value, scale)
  }

  package var isWhole: Bool { denominator == 1 }
  package var isInfinite: Bool { denominator == 0 }

  package static func < (a: Exact, b: Exact) -> Bool {
    // Operands are bounded by what `limited` lets through, so that the products fit.
    a.numerator * b.denominator < b.numerator * a.denominator
  }

  /// Nil where a result has more digits than can be compared, or means nothing.
  package static func + (a: Exact, b: Exact) -> Exact? {
    if a.isInfinite || b.isInfinite { return a.isInfinite && b.isInfinite ? nil : a.isInfinite ? a : b }
    return limited(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
  }

  package static func - (a: Exact, b: Exact) -> Exact? { Exact(-b.numerator, b.denominator).flatMap { a + $0 } }

  package static func * (a: Exact, b: Exact) -> Exact? {
    limited(a.numerator * b.numerator, a.denominator * b.denominator)
  }

  package static func / (a: Exact, b: Exact) -> Exact? {
    limited(a.numerator * b.denominator, a.denominator * b.numerator)
  }

  /// Whether it is a whole number of steps away from a number.
  func isStep(of step: Exact, from start: Exact) -> Bool {
    (self - start).flatMap { $0 / step }.map(\.isWhole) ?? false
  }

  /// The steps around it: the one at or below it, the one below that, and the two above.
  func steps(of step: Exact, from start: Exact) -> [Exact] {
    guard let count = (self - start).flatMap({ $0 / step }), !count.isInfinite else { return [] }
    let rounded = count.numerator / count.denominator
    let below = count.numerator < 0 && !count.isWhole ? rounded - 1 : rounded
    return (-1...2).compactMap { offset in
      Int(exactly: below).flatMap { Exact($0 + offset) * step }.flatMap { start + $0 }
    }
  }

  /// By how many per cent `self` is more than `other`: of 0 a rise is infinite, and 0 is 0 more.
  package func percentMore(than other: Exact) -> Exact? {
    guard let difference = self - other else { return nil }
    if difference == .zero { return .zero }
    return (difference / other).flatMap { $0 * Exact(100) }
  }

  private static func limited(_ numerator: Int128, _ denominator: Int128) -> Exact? {
    let limit: Int128 = 1 << 62
    guard let result = Exact(numerator, denominator), result.denominator < limit,
      -limit < result.numerator, result.numerator < limit
    else { return nil }
    return result
  }

  private static func divisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  /// `12`, `0.5`; what has no end behind the point, and what has more than two decimals, is rounded to two.
  package var description: String {
    if isInfinite { return numerator < 0 ? "−∞" : "∞" }
    if denominator == 1 { return String(numerator) }
    let negative = numerator < 0
    let hundredths = (numerator.magnitude * 200 / denominator.magnitude + 1) / 2
    var text = "\(hundredths / 100)"
    let rest = hundredths % 100
    if rest > 0 { text += rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)" }
    return (negative && hundredths > 0 ? "-" : "") + text
  }
}

extension Exact: Codable {
  /// As `12/5`.
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    let parts = text.utf8.split(separator: UInt8(ascii: "/")).compactMap { Int128(String(decoding: $0, as: UTF8.self)) }
    guard parts.count == 2, let number = Exact(parts[0], parts[1]) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no fraction ‘\(text)’"))
    }
    self = number
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode("\(numerator)/\(denominator)")
  }

  package var double: Double { Double(numerator) / Double(denominator) }
}
