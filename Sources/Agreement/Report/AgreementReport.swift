// All figures of a table, in order, under their documented keys.

import TextSafety

/// Everything that is computed of one table of ratings.
public struct AgreementReport: Sendable, Equatable {
  /// The readers in column order.
  public let readers: [String]
  /// The declared levels in order.
  public let levels: [String]
  /// The scale of the levels.
  public let scale: RatingScale
  /// The least and the greatest number, of numbers.
  public let range: ClosedRange<Double>?
  /// The positive level of a binary scale.
  public let positive: String?
  /// How many cases and ratings there are.
  public private(set) var counts: RatingCounts
  /// The resampling behind intervals, nil where there was none.
  public let resampling: Resampling?
  /// The cases, or the patients where some have several cases.
  public let units: IndependentUnits
  /// Whether patients with several cases were drawn as one.
  public var isClustered: Bool { units.isClustered }
  /// What was odd where the ratings come from, as a file's dropped rows.
  public var notes: [String] = []
  /// What is odd about the ratings themselves, and what of it names readers.
  private let cautions: [String]
  private var cautionsOfReaders: [String]
  /// What of a file was taken for what; nil of what comes from no file.
  public var origin: String?
  /// Cases whose readers have no names yet: nothing that names a reader counts them.
  public private(set) var casesByLetter = 0
  /// All figures, in a fixed order.
  public private(set) var metrics: [Metric]
  /// Where each key stands in `metrics`.
  private var positions: [String: Int]

  /// This report with what it says of single readers taken from another: of fewer cases, where readers of the others have
  /// no names yet. Where no reader has one, nothing is said of single readers.
  public func namingReaders(by other: AgreementReport) -> AgreementReport {
    var report = self
    report.casesByLetter = counts.cases - other.counts.cases
    report.cautionsOfReaders = other.counts.cases == 0 ? [] : other.cautionsOfReaders
    report.metrics =
      metrics.filter { !$0.isOfReaders } + (other.counts.cases == 0 ? [] : other.metrics.filter(\.isOfReaders))
    report.positions = Dictionary(
      report.metrics.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    return report
  }

  /// The same with as many missing ratings: who does not read a case is not missing from it.
  public func missing(_ count: Int) -> AgreementReport {
    var report = self
    report.counts = counts.missing(count)
    if let place = positions["n.missing"] {
      let casesUsed = metrics[place].statistic.casesUsed
      report.metrics[place].statistic = Statistic(.count(report.counts.missing), casesUsed: casesUsed)
    }
    return report
  }

  /// The figure with this key.
  public subscript(key: String) -> Statistic? { positions[key].map { metrics[$0].statistic } }

  /// All figures, the primary coefficient first and the others in their order.
  public func ordered(primary: String) -> [Metric] {
    metrics.filter { $0.key == primary } + metrics.filter { $0.key != primary }
  }

  /// What a reader of the whole report must know.
  public var warnings: [String] {
    var warnings = units.cautions + cautions + cautionsOfReaders + cautionsOfPairs
    if casesByLetter > 0 {
      let cases = "\(casesByLetter) of \(counts.cases) \(isClustered ? "examinations" : "cases")"
      warnings.append(
        "Readers are letters in \(cases) until their consensus is recorded: what is said of single readers and of pairs "
          + "leaves these out.")
    } else if !levels.isEmpty {
      for reader in readers where levels.allSatisfy({ self[Metric.key(use: reader, $0)]?.casesUsed == 0 }) {
        warnings.append("\(quoted(reader)) gave no rating.")
      }
    }
    if isClustered {
      warnings.append(
        "Some patients have several examinations (\(examinations)): intervals leave out one patient at a time, and tests, "
          + "which take cases as independent, are left out.")
    }
    let gaps = metrics.filter { $0.isBootstrap && $0.statistic.undefinedResamples != nil }.map { metric in
      let share = ((metric.statistic["undefined_fraction"] ?? 0) * 100).decimals(1)
      return "\(metric.title) \(share) %"
    }
    if !gaps.isEmpty {
      warnings.append(
        "Resamples without a value are left out, more than one in twenty: \(gaps.joined(separator: "; ")).")
    }
    return warnings + notes
  }

  /// That pairs share few cases where all readers together have more.
  private var cautionsOfPairs: [String] {
    let shared = metrics.compactMap { metric -> Double? in
      guard metric.subject.isPair, metric.figure == "n" else { return nil }
      return metric.statistic.value
    }
    let few = shared.filter { $0 < Double(IndependentUnits.few) }
    guard !units.areFew, let least = few.min() else { return [] }
    let pairs = few.count == shared.count ? "All pairs" : "\(few.count) of \(shared.count) pairs"
    return [
      "\(pairs) of readers share fewer than \(IndependentUnits.few) cases, the fewest \(Int(least)): figures of such a pair say "
        + "little, and the interval of its kappa holds less than 95 %."
    ]
  }

  /// Whether more units than one at a time were left out, as of large tables.
  var leavesOutGroups: Bool {
    metrics.contains { ($0.statistic.interval?.method ?? $0.statistic.note)?.contains(Metric.groupLeftOut) == true }
  }

  /// `7 cases`, and of patients with several cases `5 examinations, 3 patients`.
  public var examinations: String {
    guard isClustered else { return counts.cases == 1 ? "1 case" : "\(counts.cases) cases" }
    return "\(counts.cases) examinations, \(units.rated) \(units.name(units.rated))"
  }

  /// The cases a figure rests on, or the patients where these are counted.
  public func unitsUsed(_ key: String) -> Int {
    isClustered ? (self[key]?["patients"]).map(Int.init) ?? units.withTwoRatings : self[key]?.casesUsed ?? 0
  }

  /// The interval of a figure: its own, else that of the same figure under another name, else the one from leaving out one
  /// case at a time.
  public func interval(of key: String) -> Interval? {
    if let own = self[key]?.interval { return own }
    return twin(of: key)?.interval ?? self["\(key).\(Metric.jackknifeSuffix)"]?.rangeInterval
  }

  /// Of two readers percent agreement is a share of cases, and agreement on a level theirs on positive or on negative: each
  /// has the interval that it has as a figure of the pair.
  private func twin(of key: String) -> Statistic? {
    guard readers.count == 2, !isClustered, let metric = positions[key].map({ metrics[$0] }) else { return nil }
    let figure: String
    switch metric.subject {
    case .allReaders where metric.figure == "percent_agreement.unweighted": figure = "percent_agreement"
    case .level(let level) where scale == .binary && metric.figure.isEmpty:
      figure = level == positive ? "positive_agreement" : "negative_agreement"
    default: return nil
    }
    return metrics.first { $0.subject.isPair && $0.figure == figure }?.statistic
  }

  /// Why a figure has no interval, where one might look for it.
  public func noInterval(of key: String) -> NoInterval? {
    self[key]?.noInterval ?? self["\(key).\(Metric.jackknifeSuffix)"]?.noInterval
  }

  /// What other programs print for what is not defined here; nil where everything is defined.
  public var elsewhere: String? {
    metrics.contains { $0.statistic.undefined?.isFullChance == true } ? Undefined.elsewhere : nil
  }
}

extension AgreementReport {
  /// The report of these entries.
  ///
  /// - Parameter levels: the cases without regard to who said what.
  init(
    _ analysis: Analysis, levels: Analysis, _ entries: [Entry], _ resampling: Resampling?,
    _ progress: ((Double) -> Void)?
  ) {
    let table = analysis.table
    readers = table.readers
    self.levels = table.levels
    scale = table.scale
    positive = table.positive.map { table.levels[$0] }
    range = nil
    (cautions, cautionsOfReaders) = ([], table.cautionsOfReaders)
    counts = RatingCounts(table)
    self.resampling = resampling
    units = IndependentUnits(analysis)
    let isClustered = table.units.isClustered
    let entries = entries.filter { !(isClustered && $0.role == .test) }
    metrics =
      resampling.map { IntervalFinder(analysis, levels: levels, $0).metrics(entries, progress) }
      ?? Entry.metrics(entries, isClustered: isClustered)
    // Names from a file may make two keys alike; the first of them is found.
    positions = Dictionary(metrics.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension AgreementReport {
  /// The report of numbers.
  init(
    readers: [String], range: ClosedRange<Double>?, counts: RatingCounts, units: IndependentUnits, metrics: [Metric],
    cautions: [String], cautionsOfReaders: [String]
  ) {
    (self.readers, self.range, self.counts, self.units) = (readers, range, counts, units)
    (levels, scale, positive, resampling) = ([], .interval, nil, nil)
    (self.metrics, self.cautions, self.cautionsOfReaders) = (metrics, cautions, cautionsOfReaders)
    positions = Dictionary(metrics.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension RatingTable {
  /// Computes every figure that this table allows.
  ///
  /// - Parameters:
  ///   - resampling: for the intervals of figures that have no error of their own; nil leaves those out.
  ///   - progress: called meanwhile with the share done.
  public func agreement(
    resampling: Resampling? = Resampling(), progress: ((Double) -> Void)? = nil
  ) -> AgreementReport {
    let analysis = Analysis(self)
    let levels = Analysis(withoutReaders, hasMargins: false)
    return AgreementReport(
      analysis, levels: levels, Catalogue(analysis, levels: levels).entries, resampling, progress)
  }
}
