// Agreement counted without correction for chance, and how the readers use the levels.

/// The mean over cases with two ratings or more of the share of agreeing reader pairs, or of their mean weight.
func percentAgreement(_ sums: Sums, _ weights: SquareMatrix) -> Result<Double, Undefined> {
  sums.pairable > 0 ? .success(observedAgreement(sums, weights)) : .failure(.noPairableCase)
}

/// Agreement on one level over all readers: Σ n_ik (n_ik − 1) / Σ n_ik (m_i − 1) (Fleiss 1971; Cicchetti & Feinstein 1990).
func specificAgreement(_ sums: Sums, level: Int) -> Result<Double, Undefined> {
  let chances = sums.values[sums.layout.chances.lowerBound + level]
  guard chances > 0 else { return .failure(.levelNeverPaired) }
  return .success(sums.values[sums.layout.matches.lowerBound + level] / chances)
}

extension RatingTable {
  /// The cases that all their readers rated, and those of them with one level throughout.
  var unanimous: Proportion {
    let complete = completeCases
    let alike = complete.counts.indices.filter { isAlike(complete.code(of: $0)) }
    return Proportion(count: alike.reduce(0) { $0 + complete.counts[$1] }, total: complete.caseCount)
  }

  /// The share of a level among the ratings of a reader.
  func proportion(reader: Int, level: Int) -> Proportion {
    var count = 0
    var total = 0
    for p in counts.indices {
      let code = codes[p * readers.count + reader]
      if code != Self.missing { total += counts[p] }
      if Int(code) == level { count += counts[p] }
    }
    return Proportion(count: count, total: total)
  }
}

extension RatingTable {
  /// What is odd about the ratings of one reader.
  var cautionsOfReaders: [String] {
    readers.indices.compactMap { reader in
      guard let level = onlyLevel(of: reader) else { return nil }
      return
        "\(quoted(readers[reader])) gives every case \(quoted(levels[level])): kappas with this reader are 0, or not defined, "
        + "however often the others say the same."
    }
  }

  /// The level that a reader gave every case, of two or more.
  private func onlyLevel(of reader: Int) -> Int? {
    var (only, cases) = (Self.missing, 0)
    for p in counts.indices {
      let code = codes[p * readers.count + reader]
      guard code != Self.missing else { continue }
      guard only == Self.missing || only == code else { return nil }
      (only, cases) = (code, cases + counts[p])
    }
    return cases > 1 ? Int(only) : nil
  }
}

/// How many cases and ratings a table holds.
public struct RatingCounts: Sendable, Equatable {
  /// All cases, rated or not.
  public let cases: Int
  /// The readers.
  public let readers: Int
  /// How many of them were to rate each case.
  public let readersPerCase: Int
  /// The ratings given.
  public let ratings: Int
  /// The ratings not given, of those that were asked for.
  public private(set) var missing: Int
  /// Cases with at least one rating.
  public let rated: Int
  /// Cases with at least two.
  public let withTwoRatings: Int
  /// Cases that every reader rated who was to.
  public let complete: Int
  /// The patients with at least one rating, where some have several cases; nil where every case stands for itself.
  public let patients: Int?

  public init(_ table: RatingTable) {
    var (cases, ratings, rated, two, complete) = (0, 0, 0, 0, 0)
    for p in table.counts.indices {
      let m = table.code(of: p).filter { $0 != RatingTable.missing }.count
      let n = table.counts[p]
      cases += n
      ratings += m * n
      if m >= 1 { rated += n }
      if m >= 2 { two += n }
      if m == table.readersPerCase { complete += n }
    }
    self.cases = cases
    readers = table.readers.count
    readersPerCase = table.readersPerCase
    self.ratings = ratings
    missing = cases * table.readersPerCase - ratings
    self.rated = rated
    withTwoRatings = two
    self.complete = complete
    patients =
      table.units.isClustered
      ? table.units.count { p in table.code(of: p).contains { $0 != RatingTable.missing } } : nil
  }

  /// The same with as many missing ratings.
  func missing(_ count: Int) -> RatingCounts {
    var counts = self
    counts.missing = count
    return counts
  }

  init(
    cases: Int, readers: Int, readersPerCase: Int, ratings: Int, rated: Int, withTwoRatings: Int, complete: Int,
    patients: Int?
  ) {
    (self.cases, self.readers, self.readersPerCase) = (cases, readers, readersPerCase)
    (self.ratings, self.rated) = (ratings, rated)
    (self.withTwoRatings, self.complete, self.patients) = (withTwoRatings, complete, patients)
    missing = cases * readersPerCase - ratings
  }

  /// `each case has 3 of the 20 readers`; nil where every reader was to rate every case.
  public var readersOfEach: String? {
    readersPerCase == readers
      ? nil : "each \(patients == nil ? "case" : "examination") has \(readersPerCase) of the \(readers) readers"
  }

  /// The counts under the names of the documented JSON.
  public var members: [(name: String, count: Int)] {
    [
      ("cases", cases), ("readers", readers), ("readers_per_case", readersPerCase), ("ratings", ratings),
      ("missing", missing), ("cases_rated", rated),
      ("cases_with_two_ratings", withTwoRatings), ("cases_complete", complete),
    ] + (patients.map { [("patients", $0)] } ?? [])
  }
}
