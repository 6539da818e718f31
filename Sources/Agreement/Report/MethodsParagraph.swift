// A paragraph on the statistics for the methods section of a paper.

extension AgreementReport {
  /// What was computed and how, in plain sentences for a methods section.
  ///
  /// - Parameters:
  ///   - program: the name and version of the program, such as “Endplate 1.0”.
  ///   - primary: the key of the primary figure, where a protocol names one.
  public func methodsParagraph(program: String, primary: String? = nil) -> String {
    var sentences = [
      "Agreement between \(counts.readers) readers on \(counts.cases) \(counts.cases == 1 ? "case" : "cases") was computed "
        + "with \(program).", levelSentence,
    ]
    if let metric = metrics.first(where: { $0.key == primary }) {
      sentences.append("The primary figure was \(metric.title).")
    }
    sentences.append("We report \(list(Self.phrases.filter { isReported($0.figures) }.map(\.phrase))).")
    if scale == .ordinal {
      sentences.append(
        "Weights were linear and quadratic in the distance between the positions of two levels in the declared order.")
    }
    if counts.missing > 0 {
      sentences.append(
        "\(counts.missing) of \(counts.ratings + counts.missing) ratings were missing: coefficients of all readers use "
          + "every case with at least two ratings, those of two readers the cases both rated.")
    }
    sentences += isClustered ? clusteredIntervals : independentIntervals
    sentences.append(
      "A coefficient whose agreement by chance is complete, so that it would be 0/0, is reported as not defined.")
    return sentences.joined(separator: " ")
  }

  private var levelSentence: String {
    switch scale {
    case .ordinal:
      return "Levels were ordered as \(levels.joined(separator: " < ")), and all of them count, used or not."
    case .nominal: return "Levels were \(list(levels)), without an order; all of them count, used or not."
    case .binary:
      return "The levels were \(list(levels)), with \(positive ?? levels[levels.count - 1]) as the positive one."
    }
  }

  private var independentIntervals: [String] {
    var sentences = [
      "Intervals are 95 %: Clopper-Pearson for proportions, normal with the large-sample error of Fleiss, Cohen and "
        + "Everitt (1969) for Cohen's kappa, and t intervals with Gwet's subject-level errors (2014) for the other "
        + "coefficients."
    ]
    if metrics.contains(where: \.isIntervalOfAnother) {
      sentences.append(
        "Where no such error exists, t intervals come from the jackknife, leaving out one case at a time, on the scale of "
          + "the logit for shares and of Fisher's z for coefficients.")
    }
    if let resampling, metrics.contains(where: \.isBootstrap) {
      sentences.append(
        "Beside these stand percentile intervals of \(resampling.resamples) bootstrap resamples of cases (seed "
          + "\(resampling.seed)).")
    }
    return sentences
  }

  private var clusteredIntervals: [String] {
    guard resampling != nil else { return [] }
    return [
      "Because some patients contributed several examinations (\(examinations)), all 95 % intervals are t intervals on the "
        + "number of patients less 1, their errors from the jackknife leaving out one patient at a time, on the scale of the "
        + "logit for shares and of Fisher's z for coefficients; with fewer than 5 patients none is given."
    ]
  }

  /// The statistics in the order in which the paragraph names them; the figures whose presence calls for each.
  private static let phrases: [(figures: [String], phrase: String)] = [
    (["percent_agreement"], "percent agreement"),
    (["cohen_kappa"], "Cohen's kappa of each pair of readers (Cohen 1960, 1968)"),
    (["light_kappa"], "its mean over pairs (Light 1971)"),
    (["fleiss_kappa"], "Fleiss' kappa (Fleiss 1971)"),
    (["conger_kappa"], "Conger's kappa (Conger 1980)"),
    (["gwet_ac"], "Gwet's AC1 and, with weights, AC2 (Gwet 2008)"),
    (["brennan_prediger"], "the Brennan-Prediger coefficient (Brennan and Prediger 1981)"),
    (["krippendorff_alpha.nominal", "krippendorff_alpha.ordinal"], "Krippendorff's alpha (Krippendorff 2011)"),
    (
      ["krippendorff_alpha.jaccard"],
      "Krippendorff's alpha of sets with a squared difference of 1 less the Jaccard index (Krippendorff 2011)"
    ),
    (
      ["positive_agreement"],
      "prevalence and bias indices (Byrt et al. 1993) and agreement on positive and on negative ratings "
        + "(Feinstein and Cicchetti 1990)"
    ),
    (["mcnemar", "cochran_q"], "McNemar's exact test (1947) and Cochran's Q (1950) for readers' positive rates"),
    (
      ["stuart_maxwell"],
      "the tests of Stuart and Maxwell (1970), Bhapkar (1966) and Bowker (1948) for differences in the use of levels"
    ),
  ]

  private func isReported(_ figures: [String]) -> Bool {
    metrics.contains { metric in figures.contains { metric.figure.hasPrefix($0) } }
  }
}

/// Items joined by commas and a last “and”.
private func list(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " and " + last
}
