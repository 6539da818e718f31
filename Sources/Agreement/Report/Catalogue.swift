// The list of figures: which there are on which scale, under which key, in which order.

/// A figure of the catalogue: what it is on the table, and how to compute it on a resample.
struct Entry {
  let metric: Metric
  let role: Role
  let needs: Needs
  let estimator: Estimator?

  enum Role {
    /// Resampled only where several cases of one patient make its own interval wrong.
    case figure
    /// Resampled on every table: it has no other interval, or the interval is wanted beside the analytic one.
    case resampledFigure
    /// A test, which holds for independent cases only.
    case test
  }

  /// What a resample must hold for the estimator.
  enum Needs {
    /// How many readers chose each level; who did is no matter.
    case levels
    /// Each reader's own ratings.
    case readers
    /// The tables of the pairs of readers.
    case pairs
  }

  init(
    _ subject: Metric.Subject, _ figure: String, _ statistic: Statistic, _ role: Role = .figure,
    needs: Needs = .levels, estimator: Estimator? = nil
  ) {
    metric = Metric(subject: subject, figure: figure, statistic: statistic)
    self.role = role
    self.needs = needs
    self.estimator = estimator
  }
}

/// All figures of a table.
struct Catalogue {
  private let analysis: Analysis
  /// The same cases without regard to who said what, which is quicker where there are many readers.
  private let levels: Analysis
  private var table: RatingTable { analysis.table }
  private var sums: Sums { levels.sums }

  init(_ analysis: Analysis, levels: Analysis) {
    self.analysis = analysis
    self.levels = levels
  }

  var entries: [Entry] {
    let pairTables = table.pairTables()
    return counts + table.scale.weightings.flatMap(weighted) + [fleissComplete] + alphas + light(pairTables) + cochran
      + [unanimous] + specific + proportions + pairs(pairTables)
  }

  var counts: [Entry] {
    RatingCounts(table).members.map { Entry(.counts, $0.name, Statistic(.count($0.count), casesUsed: table.caseCount)) }
  }

  /// Percent agreement and the chance-corrected coefficients with one kind of weights.
  private func weighted(_ weighting: Weighting) -> [Entry] {
    let weights = weighting.matrix(levels: table.levels.count)
    let percent = Entry(
      .allReaders, "percent_agreement.\(weighting.rawValue)",
      Statistic(percentAgreement(sums, weights), casesUsed: Int(sums.pairable)), .resampledFigure
    ) { try? percentAgreement($0.sums, weights).get() }
    return [percent]
      + Coefficient.allCases.map { coefficient in
        let figure = "\(coefficient.rawValue).\(weighting.rawValue)"
        let isOfReaders = coefficient == .conger
        return Entry(
          .allReaders, figure, coefficient.statistic(isOfReaders ? analysis : levels, weighting),
          needs: isOfReaders ? .readers : .levels
        ) {
          try? coefficient.estimate($0.sums, weights).get().value
        }
      }
  }

  private var fleissComplete: Entry {
    Entry(.allReaders, "fleiss_kappa.complete_cases", fleissOfCompleteCases(levels))
  }

  private var alphas: [Entry] {
    let metrics: [(String, AlphaMetric)] =
      table.scale == .ordinal ? [("nominal", .nominal), ("ordinal", .ordinal)] : [("nominal", .nominal)]
    return metrics.map { name, metric in
      Entry(.allReaders, "krippendorff_alpha.\(name)", alphaStatistic(levels, metric), .resampledFigure) {
        try? alpha($0.sums, metric).get()
      }
    }
  }

  private func light(_ pairTables: [PairTable]) -> [Entry] {
    let all = Entry(
      .allReaders, "light_kappa", lightStatistic(pairTables, casesUsed: Int(sums.pairable)), .resampledFigure,
      needs: .pairs
    ) { try? lightKappa($0.pairs).get() }
    let complete = table.completeCases
    guard complete.caseCount < Int(sums.rated) else { return [all] }
    let ofComplete = lightStatistic(complete.pairTables(), casesUsed: complete.caseCount)
    return [all, Entry(.allReaders, "light_kappa.complete_cases", ofComplete)]
  }

  private var cochran: [Entry] {
    guard let positive = table.positive else { return [] }
    return [Entry(.allReaders, "cochran_q", cochranQ(table, positive: positive), .test)]
  }

  var unanimous: Entry {
    let alike = (0..<table.patternCount).map { table.isAlike(table.code(of: $0)) }
    let complete = (0..<table.patternCount).map { table.isComplete(table.code(of: $0)) }
    return Entry(
      .allReaders, "unanimous_agreement.complete_cases", table.unanimous.statistic(without: .noCompleteCase),
      needs: .readers
    ) { share($0.counts, of: { alike[$0] && complete[$0] }, among: { complete[$0] }) }
  }

  private var specific: [Entry] {
    table.levels.enumerated().map { k, level in
      Entry(
        .level(level), "", Statistic(specificAgreement(sums, level: k), casesUsed: Int(sums.pairable)), .resampledFigure
      ) { try? specificAgreement($0.sums, level: k).get() }
    }
  }

  private var proportions: [Entry] {
    table.readers.enumerated().flatMap { g, reader in
      table.levels.enumerated().map { k, level in
        Entry(
          .use(reader: reader, level: level), "", table.proportion(reader: g, level: k).statistic(), needs: .readers
        ) {
          let margin = $0.sums.margin(of: g)
          let total = margin.reduce(0, +)
          return total > 0 ? margin[margin.startIndex + k] / total : nil
        }
      }
    }
  }

  private func pairs(_ pairTables: [PairTable]) -> [Entry] {
    table.readerPairs.enumerated().flatMap { index, readers in
      PairCatalogue(table, readers, pairTables[index], index: index).entries
    }
  }
}

extension Statistic {
  /// A plain number, or why there is none.
  init(_ result: Result<Double, Undefined>, casesUsed: Int) {
    switch result {
    case .success(let value): self.init(.number(value), casesUsed: casesUsed)
    case .failure(let reason): self.init(.undefined(reason), casesUsed: casesUsed)
    }
  }
}

/// The share of the cases of some patterns among those of others; nil without cases.
private func share(_ counts: [Int], of isCounted: (Int) -> Bool, among isIncluded: (Int) -> Bool) -> Double? {
  var (count, total) = (0, 0)
  for p in counts.indices where isIncluded(p) {
    total += counts[p]
    if isCounted(p) { count += counts[p] }
  }
  return total > 0 ? Double(count) / Double(total) : nil
}
