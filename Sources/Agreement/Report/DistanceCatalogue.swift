// The figures of values that are more or less alike, such as sets.

extension RatingTable {
  /// Agreement by a distance of your own between the levels.
  ///
  /// - Parameters:
  ///   - squaredDifferences: δ² between all levels, symmetric, 0 on the diagonal, at most 1.
  ///   - name: under which the figures appear, as in `krippendorff_alpha.NAME`.
  public func agreement(
    squaredDifferences: SquareMatrix, named name: String, resampling: Resampling? = Resampling(),
    progress: ((Double) -> Void)? = nil
  ) -> AgreementReport {
    precondition(squaredDifferences.size == levels.count, "one row and column for each level")
    let analysis = Analysis(self, hasPairs: false)
    let catalogue = DistanceCatalogue(
      analysis: analysis, name: name, profile: DistanceProfile(self, squares: squaredDifferences))
    return AgreementReport(analysis, levels: analysis, catalogue.entries, resampling, progress)
  }
}

/// The figures of a table under a distance.
private struct DistanceCatalogue {
  let analysis: Analysis
  let name: String
  let profile: DistanceProfile

  private var table: RatingTable { analysis.table }

  var entries: [Entry] {
    let basic = Catalogue(analysis, levels: analysis)
    let profile = profile
    let cases = Int(analysis.sums.pairable)
    let alpha = Entry(
      .allReaders, "krippendorff_alpha.\(name)",
      Statistic(profile.alpha(analysis.sums, counts: table.counts), casesUsed: cases), .resampledFigure,
      needs: .readers
    ) { try? profile.alpha($0.sums, counts: $0.counts).get() }
    return basic.counts
      + [
        mean(profile.matches, .allReaders, "percent_agreement.unweighted", .noPairableCase),
        mean(profile.likeness, .allReaders, "percent_agreement.\(name)", .noPairableCase), alpha, basic.unanimous,
      ] + table.readerPairs.flatMap(pair)
  }

  private func pair(_ readers: ReaderPair) -> [Entry] {
    let subject = Metric.Subject.pair(table.readers[readers.first], table.readers[readers.second])
    let weights = (0..<table.patternCount).map { p -> Double? in
      let codes = Array(table.code(of: p))
      let (a, b) = (codes[readers.first], codes[readers.second])
      return a == RatingTable.missing || b == RatingTable.missing ? nil : 1 - profile.squares[Int(a), Int(b)]
    }
    let matches = (0..<table.patternCount).map { p -> Double? in
      let codes = Array(table.code(of: p))
      return weights[p].map { _ in codes[readers.first] == codes[readers.second] ? 1 : 0 }
    }
    let agreeing = zip(matches, table.counts).reduce(0) { $0 + ($1.0 == 1 ? $1.1 : 0) }
    let n = zip(matches, table.counts).reduce(0) { $0 + ($1.0 == nil ? 0 : $1.1) }
    let share = Proportion(count: agreeing, total: n).statistic(without: .noSharedCase)
    return [
      Entry(subject, "n", Statistic(.count(n), casesUsed: n)),
      Entry(subject, "percent_agreement", share, needs: .readers) { weightedMean(matches, $0.counts) },
      mean(weights, subject, "percent_agreement.\(name)", .noSharedCase),
    ]
  }

  /// The mean of a value of each pattern, over the patterns that have one.
  private func mean(
    _ values: [Double?], _ subject: Metric.Subject, _ figure: String, _ reason: Undefined
  ) -> Entry {
    let cases = zip(values, table.counts).reduce(0) { $0 + ($1.0 == nil ? 0 : $1.1) }
    let content = weightedMean(values, table.counts).map(Statistic.Content.number) ?? .undefined(reason)
    return Entry(subject, figure, Statistic(content, casesUsed: cases), .resampledFigure, needs: .readers) {
      weightedMean(values, $0.counts)
    }
  }
}
