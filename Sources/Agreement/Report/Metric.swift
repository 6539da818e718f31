// A figure with its place in a report.

/// A figure with its key, such as `fleiss_kappa.linear` or `pair.R1-R2.cohen_kappa.unweighted`.
public struct Metric: Sendable, Equatable {
  /// What the figure is about.
  public enum Subject: Sendable, Equatable {
    /// How much there is.
    case counts
    case allReaders
    /// Agreement on one level.
    case level(String)
    /// How often a reader uses a level.
    case use(reader: String, level: String)
    /// A reader's numbers.
    case reader(String)
    /// Two readers, or two sessions of one.
    case pair(String, String)
  }

  /// Whether it names readers.
  var isOfReaders: Bool {
    switch subject {
    case .use, .reader, .pair: true
    case .counts, .allReaders, .level: false
    }
  }

  /// What it is about.
  public let subject: Subject
  /// The figure without its subject, such as `cohen_kappa.linear`.
  public let figure: String
  /// The figure itself.
  public var statistic: Statistic

  /// The documented key: subject and figure.
  public var key: String {
    switch subject {
    case .counts: return "n.\(figure)"
    case .allReaders: return figure
    case .level(let level): return suffixed("specific_agreement.\(level)")
    case .use(let reader, let level): return suffixed("reader.\(reader).proportion.\(level)")
    case .reader(let reader): return "reader.\(reader).\(figure)"
    case .pair(let first, let second): return "pair.\(first)-\(second).\(figure)"
    }
  }

  private func suffixed(_ key: String) -> String { figure.isEmpty ? key : "\(key).\(figure)" }

  /// What is appended to the figure of an interval found by resampling cases.
  static let bootstrapSuffix = "bootstrap_cases"

  /// What is appended to the figure of an interval found by leaving out one case at a time.
  static let jackknifeSuffix = "jackknife_cases"

  /// The key of the interval by resampling that belongs to this figure.
  public var bootstrapKey: String { "\(key).\(Self.bootstrapSuffix)" }
  /// The key of the interval by leaving out one case at a time.
  public var jackknifeKey: String { "\(key).\(Self.jackknifeSuffix)" }
  /// Whether this figure is an interval by resampling.
  public var isBootstrap: Bool { hasSuffix(Self.bootstrapSuffix) }
  /// Whether this figure is the interval of another one, by resampling or by leaving out cases.
  public var isIntervalOfAnother: Bool { isBootstrap || hasSuffix(Self.jackknifeSuffix) }

  private func hasSuffix(_ suffix: String) -> Bool { figure == suffix || figure.hasSuffix(".\(suffix)") }

  /// The interval of this figure that is found by `suffix`.
  func interval(_ suffix: String, _ statistic: Statistic) -> Metric {
    Metric(subject: subject, figure: figure.isEmpty ? suffix : "\(figure).\(suffix)", statistic: statistic)
  }

  /// Where its values lie.
  var scale: IntervalScale {
    switch subject {
    case .level, .use: return .share
    case .reader: return .unbounded
    case .counts, .allReaders, .pair:
      if let scale = Self.scalesOfNumbers.first(where: { figure.hasPrefix($0.figure) })?.scale { return scale }
      let shares = ["percent_agreement", "unanimous_agreement", "positive_agreement", "negative_agreement"]
      return shares.contains(where: figure.hasPrefix) ? .share : .coefficient
    }
  }

  private static let scalesOfNumbers: [(figure: String, scale: IntervalScale)] = [
    ("icc_a_k", .belowOne), ("icc_c_k", .belowOne), ("icc_k", .belowOne), ("limits_with_mean", .positive),
    ("limits_of_agreement", .unbounded), ("mean_difference", .unbounded),
  ]

  /// Whether its values are in the unit of the numbers themselves.
  var isInUnit: Bool {
    if case .reader = subject { return true }
    return ["limits_", "mean_difference"].contains(where: figure.hasPrefix)
  }

  /// Whether it is a significance test, which does not lie on the axis of the coefficients.
  public var isTest: Bool { Self.tests.contains(figure) }

  private static let tests: Set = [
    "cochran_q", "mcnemar.exact", "mcnemar.chi2", "mcnemar.chi2_corrected", "stuart_maxwell", "bowker", "bhapkar",
  ]

  /// What a test found, such as `p = 0.317, df 1`; nil of what is no test.
  public var testOutcome: String? {
    if let p = statistic["p"], let degrees = statistic["df"] { return "\(probability(p)), df \(Int(degrees))" }
    if figure == "mcnemar.exact", let p = statistic.value { return probability(p) }
    return nil
  }
}
