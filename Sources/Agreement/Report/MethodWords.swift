// What was computed and how, in sentences: for one table of ratings, or for all those of a study.

/// The methods behind some reports. Nothing is named that none of them holds.
public struct MethodWords: Sendable {
  private let figures: Set<String>
  private let isOrdinal: Bool
  private let isIndependent: Bool
  private let isClustered: Bool
  private let hasJackknife: Bool
  /// The resampling behind percentile intervals, where there are any.
  private let resampled: Resampling?
  private let hasIntervals: Bool
  private let leavesOutGroups: Bool

  public init(_ reports: [AgreementReport]) {
    // What needs the same readers everywhere was not computed where each case has its own.
    figures = Set(reports.flatMap(\.metrics).filter { $0.statistic.undefined != .readersOfTheirOwn }.map(\.figure))
    isOrdinal = reports.contains { $0.scale == .ordinal }
    isClustered = reports.contains(where: \.isClustered)
    isIndependent = reports.contains { !$0.isClustered }
    hasJackknife = reports.contains { $0.metrics.contains { $0.isIntervalOfAnother && !$0.isBootstrap } }
    resampled = reports.first { $0.metrics.contains(where: \.isBootstrap) }?.resampling
    hasIntervals = reports.contains { $0.resampling != nil }
    leavesOutGroups = reports.contains(where: \.leavesOutGroups)
  }

  /// The figures in words, as an object: `percent agreement, Cohen's kappa … and …`.
  public var coefficients: String { list(Self.phrases.filter { has($0.figures) }.map(\.phrase)) }

  private func has(_ stems: [String]) -> Bool {
    figures.contains { figure in stems.contains { figure.hasPrefix($0) } }
  }

  private static let phrases: [(figures: [String], phrase: String)] = [
    (["percent_agreement"], "percent agreement"),
    (["cohen_kappa"], "Cohen's kappa of each pair of readers (Cohen 1960; Cohen 1968)"),
    (["light_kappa"], "the mean of Cohen's kappa over all pairs (Light 1971)"),
    (["fleiss_kappa"], "Fleiss' kappa (Fleiss 1971)"),
    (["conger_kappa"], "Conger's kappa (Conger 1980)"),
    (["gwet_ac"], "Gwet's AC1 and, with weights, AC2 (Gwet 2008)"),
    (["brennan_prediger"], "the Brennan-Prediger coefficient (Brennan and Prediger 1981)"),
    (["icc_"], "intraclass correlations of agreement and of consistency (McGraw and Wong 1996)"),
    (
      ["krippendorff_alpha.nominal", "krippendorff_alpha.ordinal", "krippendorff_alpha.interval"],
      "Krippendorff's alpha (Krippendorff 2011)"
    ),
    (["limits_of_agreement"], "mean differences and limits of agreement (Bland and Altman 1986)"),
    (
      ["limits_with_mean"],
      "limits of agreement with the mean of all readers (Christensen, Borgbjerg, Børty and Bøgsted 2020)"
    ),
    (
      ["krippendorff_alpha.jaccard"],
      "Krippendorff's alpha of sets with a squared difference of 1 less the Jaccard index (Krippendorff 2011)"
    ),
    (
      ["positive_agreement"],
      "prevalence and bias indices (Byrt, Bishop and Carlin 1993) and agreement on positive and on negative ratings "
        + "(Cicchetti and Feinstein 1990)"
    ),
    (["mcnemar"], "McNemar's exact test of readers' positive rates (McNemar 1947)"),
    (["cochran_q"], "Cochran's Q of the positive rates of all readers (Cochran 1950)"),
    (
      ["stuart_maxwell"],
      "the tests of Stuart and Maxwell (Stuart 1955; Maxwell 1970), Bhapkar (Bhapkar 1966) and Bowker (Bowker 1948) for "
        + "differences in the use of levels"
    ),
  ]

  /// Which weights there are; nil without levels in an order.
  public var weights: String? {
    guard isOrdinal else { return nil }
    return
      "Weights follow the declared order of levels, all of which count, used or not: linear (Cicchetti and Allison 1971) and "
      + "quadratic (Fleiss and Cohen 1973) in the distance between two positions, and ordinal, by the pairs of levels from "
      + "one to the other (Gwet 2014)."
  }

  /// Which variance stands behind which interval; empty where there are none.
  public var intervals: [String] {
    guard hasIntervals else { return [] }
    let head =
      "Intervals are 95 %; of fewer than \(NoInterval.fewest) cases, or patients where these are counted, none is given but "
      + "the exact one of a share."
    return [head] + (isIndependent ? independent : []) + (isClustered ? [clustered] : [])
  }

  private var independent: [String] {
    var ofGwet = ["gwet_ac": "AC1 and AC2", "brennan_prediger": "the Brennan-Prediger coefficient"].filter {
      has([$0.key])
    }
    .sorted { $0.key > $1.key }.map(\.value)
    if has(["fleiss_kappa"]) { ofGwet.insert("the kappas of Fleiss and Conger", at: min(1, ofGwet.count)) }
    let parts = [
      "exact for shares of cases (Clopper and Pearson 1934)",
      has(["cohen_kappa"])
        ? "normal with the large-sample variance of Fleiss, Cohen and Everitt 1969 for Cohen's kappa" : nil,
      ofGwet.isEmpty
        ? nil : "t intervals with Gwet's variance, linearised over cases (Gwet 2008; Gwet 2014), for \(list(ofGwet))",
      has(["krippendorff_alpha.nominal"])
        ? "the same with alpha's own linearisation (Gwet 2011) for nominal alpha" : nil,
      has(["positive_agreement"])
        ? "Wilson's, mapped, beside the variance of Graham and Bull 1998 for positive and negative agreement" : nil,
    ].compactMap { $0 }
    var sentences = ["Of independent cases they are \(list(parts, separator: "; "))."]
    if hasJackknife {
      sentences.append(
        "Other figures have t intervals with the jackknife variance, leaving out "
          + "\(leavesOutGroups ? "one of 100 groups of cases" : "one case") at a time (Quenouille 1956; Tukey 1958), on the scale of the logit for shares and of Fisher's z for coefficients."
      )
    }
    if let resampled {
      sentences.append(
        "Beside these stand percentile intervals of \(resampled.resamples) bootstrap resamples of cases (Efron 1979; seed "
          + "\(resampled.seed)).")
    }
    return sentences
  }

  private var clustered: String {
    "Where patients have several examinations, all intervals are t intervals on the number of patients less 1 with the "
      + "jackknife variance, leaving out \(leavesOutGroups ? "one of 100 groups of them" : "one patient") at a time (Quenouille 1956; "
      + "Tukey 1958), on the scale of the logit for "
      + "shares and of Fisher's z for coefficients, and tests, which take cases as independent, are left out."
  }
}

/// Items joined by a separator and a last “and”.
func list(_ items: [String], separator: String = ", ") -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: separator) + (separator == ", " ? " and " : "\(separator)and ") + last
}
