// Counting distinct patterns while cases come in, one after another.

/// Collects cases into the distinct patterns of a `RatingTable`.
public struct RatingTally: Sendable {
  /// The readers, in column order.
  public let readers: [String]
  /// The declared levels, in order.
  public let levels: [String]
  private let scale: RatingScale
  private let positive: Int?
  private let readersPerCase: Int
  private var codes: [Int32] = []
  private var counts: [Int] = []
  /// Pattern number + 1 by mixed-radix code of the pattern, where all possible patterns fit a small table.
  private var dense: [Int32]
  private var sparse: [[Int32]: Int] = [:]
  /// The patterns of the cases of each patient who has been named, in order of appearance.
  private var patients: [String: Int] = [:]
  private var patientPatterns: [[Int]] = []

  /// An empty tally.
  ///
  /// - Parameters:
  ///   - positive: the positive level of a binary scale; the last level unless said.
  ///   - readersPerCase: how many readers were to rate each case; all unless said.
  /// - Throws: `RatingTableError`.
  public init(
    readers: [String], levels: [String], scale: RatingScale, positive: String? = nil, readersPerCase: Int? = nil
  ) throws {
    guard readers.count >= 2 else { throw RatingTableError.tooFewReaders(readers.count) }
    guard readers.count <= Self.mostReaders else { throw RatingTableError.tooManyReaders(readers.count) }
    if let name = firstRepeated(readers) { throw RatingTableError.repeatedReader(name) }
    let pairs = readers.indices.flatMap { a in readers[(a + 1)...].map { "\(readers[a])-\($0)" } }
    if let name = firstRepeated(pairs) { throw RatingTableError.ambiguousPair(name) }
    if let readersPerCase, !(2...readers.count).contains(readersPerCase) {
      throw RatingTableError.notReadersPerCase(readersPerCase, readers: readers.count)
    }
    try Self.check(levels: levels, scale: scale, positive: positive)
    let cells = readers.count * (readers.count - 1) / 2 * levels.count * levels.count
    guard cells <= 30_000_000 else { throw RatingTableError.tooManyCells(readers.count, levels.count) }
    let position = scale == .binary ? levels.firstIndex(of: positive ?? levels[levels.count - 1]) : nil
    self.init(
      unchecked: readers, levels: levels, scale: scale, positive: position,
      readersPerCase: readersPerCase ?? readers.count)
  }

  /// A tally without the rules of `init`: the values of a set-valued finding may be a single one.
  init(unchecked readers: [String], levels: [String], scale: RatingScale, positive: Int?, readersPerCase: Int) {
    self.readers = readers
    self.levels = levels
    self.scale = scale
    self.positive = positive
    self.readersPerCase = readersPerCase
    var size = 1
    for _ in readers where size <= Self.denseLimit { size *= levels.count + 1 }
    dense = size <= Self.denseLimit ? [Int32](repeating: 0, count: size) : []
  }

  /// The most levels that can be declared.
  public static let mostLevels = 1000
  /// The most readers that can be compared.
  public static let mostReaders = 200

  private static let denseLimit = 1 << 16

  /// Checks what is said about the levels before any rating is seen.
  public static func check(levels: [String], scale: RatingScale, positive: String?) throws {
    guard scale != .interval else { throw RatingTableError.intervalHasNoLevels }
    guard levels.count >= 2 else { throw RatingTableError.tooFewLevels(levels.count) }
    guard levels.count <= mostLevels else { throw RatingTableError.tooManyLevels(levels.count) }
    guard !levels.contains("") else { throw RatingTableError.emptyLevel }
    if let name = firstRepeated(levels) { throw RatingTableError.repeatedLevel(name) }
    if scale == .binary, levels.count != 2 { throw RatingTableError.notTwoLevels(levels.count) }
    if let positive, !levels.contains(positive) { throw RatingTableError.unknownPositive(positive) }
  }

  /// Adds one case: for each reader the position of the level given, or nil.
  ///
  /// - Parameter patient: whose case it is, where several cases (examinations) may belong to one patient; intervals by
  ///   resampling then draw patients, not cases. A case without a patient stands for itself.
  public mutating func add(_ ratings: [Int?], patient: String? = nil) {
    precondition(ratings.count == readers.count, "one rating, or nil, for each reader")
    let codes = ratings.map { rating -> Int32 in
      guard let rating else { return RatingTable.missing }
      precondition(levels.indices.contains(rating), "a rating is a position in the declared levels")
      return Int32(rating)
    }
    let pattern = codes.withUnsafeBufferPointer { add(codes: $0) }
    if let patient { note(pattern, of: patient) }
  }

  /// Notes that the last case, of this pattern, is one of a patient.
  mutating func note(_ pattern: Int, of patient: String) {
    if let known = patients[patient] {
      patientPatterns[known].append(pattern)
    } else {
      patients[patient] = patientPatterns.count
      patientPatterns.append([pattern])
    }
  }

  /// Adds cases given as level positions, `RatingTable.missing` for none, and answers the number of their pattern.
  @discardableResult
  mutating func add(codes: UnsafeBufferPointer<Int32>, count: Int = 1) -> Int {
    let pattern: Int
    if dense.isEmpty {
      let key = Array(codes)
      if let known = sparse[key] {
        pattern = known
      } else {
        pattern = newPattern(codes)
        sparse[key] = pattern
      }
    } else {
      var key = 0
      for code in codes { key = key &* (levels.count + 1) &+ Int(code) &+ 1 }
      if dense[key] == 0 { dense[key] = Int32(newPattern(codes) + 1) }
      pattern = Int(dense[key]) - 1
    }
    counts[pattern] += count
    return pattern
  }

  private mutating func newPattern(_ codes: UnsafeBufferPointer<Int32>) -> Int {
    self.codes.append(contentsOf: codes)
    counts.append(0)
    return counts.count - 1
  }

  /// The table of all cases added so far.
  public func table() -> RatingTable {
    RatingTable(
      readers: readers, levels: levels, scale: scale, positive: positive, readersPerCase: readersPerCase, codes: codes,
      counts: counts, units: ResamplingUnits(counts: counts, patients: patientPatterns))
  }
}

func firstRepeated(_ names: [String]) -> String? {
  var seen = Set<String>()
  return names.first { !seen.insert($0).inserted }
}
