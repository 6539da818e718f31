// Numbers that readers gave: which of them agree, and where their middle lies.

import TextSafety

/// At least one number, in order.
struct NumberSpread: Hashable, Sendable {
  let numbers: [Double]
  /// Two numbers agree that differ by no more.
  let within: Double

  /// - Parameter values: those of readers; what is no number is left out. Nil where none is.
  init?(_ values: [GradeValue?], within: Double?) {
    numbers = values.compactMap { $0?.number }.sorted()
    self.within = within ?? 0
    if numbers.isEmpty { return nil }
  }

  /// The most of them that all agree with each other, the lowest first.
  var largestGroup: ArraySlice<Double> {
    var (best, start) = (numbers[..<1], 0)
    for end in numbers.indices {
      // Decimals are no sum of powers of two: half a millionth is no difference.
      while numbers[end] - numbers[start] > within + 0.000_000_5 { start += 1 }
      if end - start + 1 > best.count { best = numbers[start...end] }
    }
    return best
  }

  /// The middle one; of an even count the lower of the two in the middle, which is a number that somebody gave.
  static func middle(_ numbers: some RandomAccessCollection<Double>) -> Double? {
    numbers.isEmpty
      ? nil : numbers[numbers.index(numbers.startIndex, offsetBy: (numbers.count - 1) / 2)]
  }
}

extension Finding {
  /// The median of some readers' numbers, and from where to where they reach, as `median 30 %, 28 to 31`; nil where fewer
  /// than two gave one.
  public func spreadWords(_ values: [GradeValue?]) -> String? {
    guard let spread = NumberSpread(values, within: number?.sameWithin), spread.numbers.count > 1,
      let low = spread.numbers.first, let high = spread.numbers.last
    else { return nil }
    let count = spread.numbers.count
    let median = (spread.numbers[(count - 1) / 2] + spread.numbers[count / 2]) / 2
    let agree = number?.sameWithin.map { ", which agree within \($0.plain)" } ?? ""
    let isAlike = spread.largestGroup.count == count
    return "median \(words(.number(median))), \(low.plain) to \(high.plain)"
      + (isAlike ? agree : "")
  }
}
