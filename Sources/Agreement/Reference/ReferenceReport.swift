// Readers against a reference: who is right how often, and whether one is right more often than another.

/// What the ratings of some readers are worth against a reference that stands in a column of its own.
public struct ReferenceReport: Sendable, Equatable {
  /// Whose ratings count as right, as `histology`.
  public let reference: String
  /// The level that counts as positive; all others together are negative.
  public let positive: String
  /// All cases of the table.
  public let cases: Int
  /// Those in which the reference says something, and of these the positive ones.
  public let withReference: Int
  public let positives: Int
  /// The patients of the cases with a reference, where some have several cases; nil where every case stands for itself.
  public let patients: Int?
  public let readers: [Reader]
  /// By measure, then by pair; empty where patients have several cases, because the test takes cases as independent.
  public let comparisons: [Comparison]

  /// One reader.
  public struct Reader: Sendable, Equatable {
    public let name: String
    /// Right and wrong among the cases that both the reader and the reference rated.
    public let truePositives, falsePositives, falseNegatives, trueNegatives: Int
    /// In the order of the measures.
    public let figures: [Statistic]

    public subscript(measure: AccuracyMeasure) -> Statistic? {
      AccuracyMeasure.allCases.firstIndex(of: measure).map { figures[$0] }
    }
  }

  /// Two readers on the same cases.
  public struct Comparison: Sendable, Equatable {
    public let measure: AccuracyMeasure
    public let first, second: String
    /// Cases in which only the first, or only the second reader was right, and in which both were rated.
    public let onlyFirst, onlySecond, cases: Int

    /// The two-sided p of McNemar's exact test (1947); nil without a case.
    public var p: Double? { cases > 0 ? symmetricBinomialTest(onlyFirst, trials: onlyFirst + onlySecond) : nil }

    /// The share of the first less that of the second.
    public var difference: Double? { cases > 0 ? Double(onlyFirst - onlySecond) / Double(cases) : nil }
  }

  /// - Parameters:
  ///   - table: the readers and, as one more reader, the reference.
  ///   - reference: that reader's name.
  ///   - positive: a level of the table.
  /// - Throws: `ReferenceError`.
  public init(_ table: RatingTable, reference: String, positive: String) throws {
    guard let place = table.readers.firstIndex(of: reference) else {
      throw ReferenceError.unknownReference(reference, table.readers)
    }
    guard let level = table.levels.firstIndex(of: positive) else {
      throw ReferenceError.unknownPositive(positive, table.levels)
    }
    self.reference = reference
    self.positive = positive
    let calls = Calls(table: table, reference: place, positive: level)
    let known = table.counts.indices.filter { calls.reference($0) != nil }
    cases = table.caseCount
    withReference = known.reduce(0) { $0 + table.counts[$1] }
    positives = known.reduce(0) { $0 + (calls.reference($1) == true ? table.counts[$1] : 0) }
    let isClustered = table.units.isClustered
    patients = isClustered ? table.units.count { calls.reference($0) != nil } : nil
    guard withReference > 0 else { throw ReferenceError.nothingKnown(reference) }
    let places = table.readers.indices.filter { $0 != place }
    readers = places.map { calls.reader($0, isClustered: isClustered) }
    comparisons =
      isClustered
      ? []
      : AccuracyMeasure.allCases.filter(\.isPaired).flatMap { measure in
        places.flatMap { a in places.filter { $0 > a }.map { calls.comparison(measure, a, $0) } }
      }
  }

  /// What must be said beside the figures.
  public var cautions: [String] {
    var cautions: [String] = []
    if withReference < cases {
      cautions.append("The reference says nothing of \(cases - withReference) of \(cases) cases, which are left out.")
    }
    if let patients {
      cautions.append(
        "Some patients have several examinations (\(withReference) examinations, \(patients) patients): intervals are exact "
          + "ones on the effective number of cases (Korn and Graubard 1998), none with fewer than \(NoInterval.fewest) "
          + "patients, and tests, which take cases as independent, are left out.")
    }
    if positives < IndependentUnits.few || withReference - positives < IndependentUnits.few {
      cautions.append(
        "Only \(positives) positive and \(withReference - positives) negative: shares of fewer than \(IndependentUnits.few) "
          + "say little.")
    }
    let tests = comparisons.count { $0.p != nil }
    if tests > 1 { cautions.append("The p-values are of \(tests) tests and are not adjusted.") }
    return cautions
  }
}

/// Whether the reference and the readers call the cases of a pattern positive.
private struct Calls {
  let table: RatingTable
  let reference: Int
  let positive: Int

  /// Nil where nothing was said.
  func call(_ reader: Int, _ pattern: Int) -> Bool? {
    let code = table.codes[pattern * table.readers.count + reader]
    return code == RatingTable.missing ? nil : Int(code) == positive
  }

  func reference(_ pattern: Int) -> Bool? { call(reference, pattern) }

  /// Reference and reader, where both said something.
  private func both(_ reader: Int, _ pattern: Int) -> (reference: Bool, rating: Bool)? {
    guard let truth = reference(pattern), let rating = call(reader, pattern) else { return nil }
    return (truth, rating)
  }

  func reader(_ reader: Int, isClustered: Bool) -> ReferenceReport.Reader {
    func cases(_ truth: Bool, _ rating: Bool) -> Int {
      table.counts.indices.reduce(0) { sum, pattern in
        guard let both = both(reader, pattern), both == (truth, rating) else { return sum }
        return sum + table.counts[pattern]
      }
    }
    return ReferenceReport.Reader(
      name: table.readers[reader], truePositives: cases(true, true), falsePositives: cases(false, true),
      falseNegatives: cases(true, false), trueNegatives: cases(false, false),
      figures: AccuracyMeasure.allCases.map { measure in
        let share = share(measure, reader)
        return isClustered ? share.statistic(without: measure.absence) : share.plain.statistic(without: measure.absence)
      })
  }

  private func share(_ measure: AccuracyMeasure, _ reader: Int) -> ClusteredProportion {
    ClusteredProportion(
      zip(table.units.patterns, table.units.counts).map { patterns, times in
        let counted = patterns.compactMap { both(reader, $0) }
          .filter { measure.counts(reference: $0.reference, rating: $0.rating) }
        return (counted.count { $0.reference == $0.rating }, counted.count, times)
      })
  }

  func comparison(_ measure: AccuracyMeasure, _ first: Int, _ second: Int) -> ReferenceReport.Comparison {
    var (onlyFirst, onlySecond, cases) = (0, 0, 0)
    for pattern in table.counts.indices {
      guard let a = both(first, pattern), let b = both(second, pattern),
        measure.counts(reference: a.reference, rating: a.rating)
      else { continue }
      let count = table.counts[pattern]
      cases += count
      let isRight = (a.reference == a.rating, b.reference == b.rating)
      if isRight == (true, false) { onlyFirst += count }
      if isRight == (false, true) { onlySecond += count }
    }
    return ReferenceReport.Comparison(
      measure: measure, first: table.readers[first], second: table.readers[second], onlyFirst: onlyFirst,
      onlySecond: onlySecond, cases: cases)
  }
}
