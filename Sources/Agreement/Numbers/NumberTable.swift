// Ratings that are numbers: a sum, a length, a score.

/// A table of numbers: cases by readers, with missing ones.
public struct NumberTable: Sendable {
  /// The readers, in column order.
  public let readers: [String]
  /// How many readers were to rate each case.
  let readersPerCase: Int
  /// Case by case; NaN where a reader gave no number.
  private var values: [Double] = []
  /// The number of the patient of each case who has been named, or nil.
  private var owners: [Int?] = []
  private var patients: [String: Int] = [:]

  /// - Throws: `RatingTableError`, as the tally of levels does.
  public init(readers: [String], readersPerCase: Int? = nil) throws {
    _ = try RatingTally(readers: readers, levels: ["a", "b"], scale: .nominal, readersPerCase: readersPerCase)
    self.readersPerCase = readersPerCase ?? readers.count
    self.readers = readers
  }

  /// Adds one case: the number of each reader, or nil.
  ///
  /// - Parameter patient: whose case it is, as in `RatingTally.add`.
  public mutating func add(_ numbers: [Double?], patient: String? = nil) {
    precondition(numbers.count == readers.count, "one number, or nil, for each reader")
    for number in numbers {
      precondition(number?.isFinite ?? true, "a rating is a finite number")
      values.append(number ?? .nan)
    }
    owners.append(
      patient.map { name in
        let owner = patients[name] ?? patients.count
        patients[name] = owner
        return owner
      })
  }

  /// All cases, rated or not.
  public var caseCount: Int { owners.count }

  /// The numbers of a case, NaN for none.
  func row(_ place: Int) -> ArraySlice<Double> { values[place * readers.count..<(place + 1) * readers.count] }

  /// The most numbers that any case has.
  var mostRatings: Int { (0..<caseCount).map { row($0).count { !$0.isNaN } }.max() ?? 0 }

  /// The first number there is; figures are computed from differences to it, which keeps their digits.
  var origin: Double { values.first { !$0.isNaN } ?? 0 }

  /// The least and the greatest number; nil without any.
  public var range: ClosedRange<Double>? {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where !value.isNaN { (low, high) = (min(low, value), max(high, value)) }
    return low <= high ? low...high : nil
  }

  /// A usual code of a missing rating that lies further from the others than they lie from each other.
  var missingMark: Double? {
    let rest = values.filter { !$0.isNaN && !Self.marks.contains($0) }
    guard let low = rest.min(), let high = rest.max() else { return nil }
    return Self.marks.first { values.contains($0) && max(low - $0, $0 - high) > high - low }
  }
  private static let marks: [Double] = [-9999, -999, -99, 999, 9999]

  /// The cases of each patient, or each case that has none.
  var units: [[Int]] {
    var ofPatients = [[Int]](repeating: [], count: patients.count)
    var single: [[Int]] = []
    for (place, owner) in owners.enumerated() {
      if let owner { ofPatients[owner].append(place) } else { single.append([place]) }
    }
    return ofPatients + single
  }

  /// The pairs of readers by their places.
  var pairs: [(first: Int, second: Int)] {
    readers.indices.flatMap { first in readers.indices[(first + 1)...].map { (first, $0) } }
  }

  /// A case as a point of a Bland-Altman plot.
  public struct Point: Sendable, Equatable {
    public let mean: Double
    public let difference: Double
  }

  /// The mean of two readers and the first less the second, of each case both rated.
  public func differences(_ first: Int, _ second: Int) -> [Point] {
    (0..<caseCount).compactMap { place in
      let (a, b) = (values[place * readers.count + first], values[place * readers.count + second])
      return a.isNaN || b.isNaN ? nil : Point(mean: (a + b) / 2, difference: a - b)
    }
  }

  /// The mean of its readers and each one's difference from it, of each case that all of them rated; by reader.
  public var differencesFromMean: [[Point]] {
    var points = [[Point]](repeating: [], count: readers.count)
    for place in 0..<caseCount {
      let row = row(place)
      let given = row.filter { !$0.isNaN }
      guard given.count == readersPerCase else { continue }
      let mean = given.reduce(0, +) / Double(given.count)
      for (reader, value) in row.enumerated() where !value.isNaN {
        points[reader].append(Point(mean: mean, difference: value - mean))
      }
    }
    return points
  }

  /// The distinct numbers as levels, in their order.
  public var levels: RatingTable {
    let distinct = Set(values.filter { !$0.isNaN }).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(distinct, distinct.indices))
    var tally = RatingTally(
      unchecked: readers, levels: distinct.map { "\($0)" }, scale: .interval, positive: nil,
      readersPerCase: readersPerCase)
    let names = Dictionary(uniqueKeysWithValues: patients.map { ($1, $0) })
    for (place, owner) in owners.enumerated() {
      tally.add(row(place).map { places[$0] }, patient: owner.flatMap { names[$0] })
    }
    return tally.table()
  }
}
