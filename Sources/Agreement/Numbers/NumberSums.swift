// The sums over cases from which every figure of numbers is computed.

/// Sums over cases. They add up, so that leaving out a patient is a subtraction, and the figure of a table and the figure
/// without a patient are computed by the same lines.
struct NumberSums: Sendable {
  let layout: Layout
  var values: [Double]

  /// Where each sum stands in `values`.
  struct Layout: Sendable, Equatable {
    /// The readers.
    let k: Int
    /// How many of them were to rate each case.
    let perCase: Int
    /// Cases rated by all of these; over these Σx², the sum of squares of their totals, and each reader's total.
    var complete: Int { 0 }
    var squares: Int { 1 }
    var totalSquares: Int { 2 }
    func column(_ reader: Int) -> Int { 3 + reader }
    /// Cases with two numbers or more; over these how many numbers, Σx, Σx², and Σ (x − y)² / (m − 1) over the ordered
    /// pairs within a case.
    var pairable: Int { 3 + k }
    var numbers: Int { pairable + 1 }
    var sum: Int { pairable + 2 }
    var sumOfSquares: Int { pairable + 3 }
    var disagreement: Int { pairable + 4 }
    /// Of a reader: cases, Σx, Σx²; then of the differences from the mean of all, over complete cases, how many, Σe, Σe².
    func reader(_ reader: Int) -> Int { pairable + 5 + 6 * reader }
    func fromMean(_ reader: Int) -> Int { self.reader(reader) + 3 }
    /// Of a pair: cases both rated, Σd, Σd².
    func pair(_ pair: Int) -> Int { reader(k) + 3 * pair }
    var count: Int { pair(k * (k - 1) / 2) }
    /// The places of counts of cases.
    var counts: [Int] {
      [complete, pairable] + (0..<k).flatMap { [reader($0), fromMean($0)] } + (0..<k * (k - 1) / 2).map(pair)
    }
  }

  init(_ layout: Layout) {
    self.layout = layout
    values = [Double](repeating: 0, count: layout.count)
  }

  subscript(place: Int) -> Double { values[place] }

  /// Adds one case, its numbers as differences from `origin`.
  mutating func add(_ row: ArraySlice<Double>, origin: Double) {
    let x = row.map { $0 - origin }
    let given = x.filter { !$0.isNaN }
    let m = Double(given.count)
    let mean = given.reduce(0, +) / m
    if given.count == layout.perCase { addComplete(x, mean: mean) }
    if m >= 2 {
      values[layout.pairable] += 1
      values[layout.numbers] += m
      for value in given {
        values[layout.sum] += value
        values[layout.sumOfSquares] += value * value
        values[layout.disagreement] += 2 * m * (value - mean) * (value - mean) / (m - 1)
      }
    }
    var pair = layout.pair(0)
    for first in x.indices {
      if !x[first].isNaN { add(x[first], at: layout.reader(first)) }
      for second in x.indices[(first + 1)...] {
        let difference = x[first] - x[second]
        if !difference.isNaN { add(difference, at: pair) }
        pair += 3
      }
    }
  }

  /// A count, a sum and a sum of squares that stand side by side.
  private mutating func add(_ value: Double, at place: Int) {
    values[place] += 1
    values[place + 1] += value
    values[place + 2] += value * value
  }

  private mutating func addComplete(_ x: [Double], mean: Double) {
    let total = mean * Double(layout.perCase)
    values[layout.complete] += 1
    values[layout.totalSquares] += total * total
    for (reader, value) in x.enumerated() where !value.isNaN {
      values[layout.squares] += value * value
      values[layout.column(reader)] += value
      add(value - mean, at: layout.fromMean(reader))
    }
  }

  static func += (sums: inout NumberSums, other: NumberSums) {
    for place in sums.values.indices { sums.values[place] += other.values[place] }
  }

  static func - (sums: NumberSums, other: NumberSums) -> NumberSums {
    var rest = sums
    for place in rest.values.indices { rest.values[place] -= other.values[place] }
    return rest
  }
}

/// How many, their mean and their standard deviation.
struct Spread: Sendable, Equatable {
  let count: Int
  /// Nil without any.
  let mean: Double?
  /// Nil of fewer than two.
  let deviation: Double?

  /// - Parameter squares: Σx²; a variance that is rounding beside it is 0.
  init(count: Double, sum: Double, squares: Double) {
    self.count = Int(count)
    mean = count > 0 ? sum / count : nil
    guard count > 1 else {
      deviation = nil
      return
    }
    let about = squares - sum * sum / count
    deviation = about <= Self.rounding * squares ? 0 : (about / (count - 1)).squareRoot()
  }

  /// A sum of squares that is a smaller part of another than this is rounding.
  static let rounding = 1e-13
}

extension NumberSums {
  /// The differences of a pair of readers.
  func differences(pair: Int) -> Spread { spread(layout.pair(pair)) }

  /// The numbers of a reader, less the origin.
  func numbers(of reader: Int) -> Spread { spread(layout.reader(reader)) }

  /// A reader's differences from the mean of all readers.
  func differencesFromMean(of reader: Int) -> Spread {
    spread(layout.fromMean(reader))
  }

  private func spread(_ place: Int) -> Spread {
    Spread(count: self[place], sum: self[place + 1], squares: self[place + 2])
  }
}
