// The figures of two readers. Two sessions of one reader are two columns, and their pair is the intra-reader agreement.

/// All figures of one pair of readers.
struct PairCatalogue {
  private let table: RatingTable
  private let readers: ReaderPair
  private let pair: PairTable
  /// Where the pair stands among all.
  private let index: Int
  private let subject: Metric.Subject

  init(_ table: RatingTable, _ readers: ReaderPair, _ pair: PairTable, index: Int) {
    self.table = table
    self.readers = readers
    self.pair = pair
    self.index = index
    subject = .pair(table.readers[readers.first], table.readers[readers.second])
  }

  var entries: [Entry] {
    let percent = Proportion(count: pair.agreeing, total: pair.n)
    return [
      Entry(subject, "n", Statistic(.count(pair.n), casesUsed: pair.n)),
      Entry(subject, "table", Statistic(.table(pair.matrix), casesUsed: pair.n)),
      entry("percent_agreement", percent.statistic(without: .noSharedCase)) {
        Proportion(count: $0.agreeing, total: $0.n).value
      },
    ] + coefficients + (table.positive.map(binary) ?? margins)
  }

  private var coefficients: [Entry] {
    let two = Analysis(pair.ratingTable(table, readers.first, readers.second))
    let cohen = table.scale.weightings.map { weighting in
      let weights = weighting.matrix(levels: pair.q)
      return entry("cohen_kappa.\(weighting.rawValue)", cohenStatistic(pair, weighting)) {
        cohenKappa($0, weights)?.value
      }
    }
    let others = table.scale.weightings.flatMap { weighting in
      [Coefficient.gwet, .conger].map { coefficient -> Entry in
        let weights = weighting.matrix(levels: pair.q)
        var statistic = coefficient.statistic(two, weighting)
        switch statistic.undefined {
        case .noCases: statistic.content = .undefined(.noSharedCase)
        case .oneLevelOnly: statistic.content = .undefined(.pairChanceIsOne)
        default: break
        }
        return entry("\(coefficient.rawValue).\(weighting.rawValue)", statistic) { pair in
          let two = Analysis(pair.ratingTable(table, readers.first, readers.second))
          return try? coefficient.estimate(two.sums, weights).get().value
        }
      }
    }
    return cohen + others
  }

  private func binary(positive: Int) -> [Entry] {
    let cells = FourfoldCounts(pair, positive: positive)
    func figure(_ name: String, _ statistic: @escaping (FourfoldCounts) -> Statistic) -> Entry {
      entry(name, statistic(cells)) { statistic(FourfoldCounts($0, positive: positive)).value }
    }
    return [
      Entry(subject, "cells", Statistic(.fourfold(cells), casesUsed: cells.total)),
      figure("prevalence_index") { $0.prevalenceIndex },
      figure("bias_index") { $0.biasIndex },
      figure("pabak") { $0.pabak },
      figure("positive_agreement") { $0.positiveAgreement },
      figure("negative_agreement") { $0.negativeAgreement },
      Entry(subject, "mcnemar.exact", cells.mcNemarExact(positive: positive), .test),
      Entry(subject, "mcnemar.chi2", cells.mcNemar, .test),
      Entry(subject, "mcnemar.chi2_corrected", cells.mcNemarCorrected, .test),
    ]
  }

  private var margins: [Entry] {
    let tests = MarginalHomogeneity(pair)
    return [
      Entry(subject, "stuart_maxwell", tests.stuartMaxwell, .test),
      Entry(subject, "bowker", tests.bowker, .test),
      Entry(subject, "bhapkar", tests.bhapkar, .test),
    ]
  }

  private func entry(
    _ name: String, _ statistic: Statistic, estimator: @escaping (PairTable) -> Double?
  ) -> Entry {
    Entry(subject, name, statistic, needs: .pairs) { estimator($0.pairs[index]) }
  }
}
