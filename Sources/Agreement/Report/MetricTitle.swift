// The figures in words.

extension Metric {
  /// The figure in words, such as “Cohen kappa, linear weights”.
  public var title: String {
    if isBootstrap {
      let base = Metric(
        subject: subject, figure: String(figure.dropLast(Self.bootstrapSuffix.count + 1)), statistic: statistic)
      return "\(base.title), resampled"
    }
    switch subject {
    case .level(let level): return level
    case .use(let reader, let level): return "\(reader): \(level)"
    case .counts, .allReaders, .pair: return Self.titles[figure] ?? weightedTitle ?? figure
    }
  }

  /// The title of a figure that ends in its weights.
  private var weightedTitle: String? {
    guard let dot = figure.lastIndex(of: "."),
      let weighting = Weighting(rawValue: String(figure[figure.index(after: dot)...])),
      let base = Self.titles[String(figure[..<dot])]
    else { return nil }
    return weighting == .unweighted ? base : "\(base), \(weighting.rawValue) weights"
  }

  /// Whole figures first, then those that carry weights.
  private static let titles = [
    "cases": "Cases",
    "readers": "Readers",
    "ratings": "Ratings",
    "missing": "Missing ratings",
    "cases_rated": "Cases with a rating",
    "cases_with_two_ratings": "Cases with two ratings or more",
    "cases_complete": "Cases rated by every reader",
    "gwet_ac.unweighted": "Gwet AC1",
    "fleiss_kappa.complete_cases": "Fleiss kappa, complete cases",
    "krippendorff_alpha.nominal": "Krippendorff alpha, nominal",
    "krippendorff_alpha.ordinal": "Krippendorff alpha, ordinal",
    "krippendorff_alpha.jaccard": "Krippendorff alpha, sets",
    "percent_agreement.jaccard": "Mean overlap of sets (Jaccard)",
    "light_kappa": "Light kappa",
    "light_kappa.complete_cases": "Light kappa, complete cases",
    "cochran_q": "Cochran Q",
    "unanimous_agreement.complete_cases": "All alike, complete cases",
    "n": "Cases both rated",
    "table": "Counts",
    "cells": "Counts of the positive level",
    "percent_agreement": "Percent agreement",
    "prevalence_index": "Prevalence index",
    "bias_index": "Bias index",
    "pabak": "PABAK",
    "positive_agreement": "Agreement on positive",
    "negative_agreement": "Agreement on negative",
    "mcnemar.exact": "McNemar test, exact",
    "mcnemar.chi2": "McNemar chi-square",
    "mcnemar.chi2_corrected": "McNemar chi-square, corrected",
    "stuart_maxwell": "Stuart-Maxwell",
    "bowker": "Bowker",
    "bhapkar": "Bhapkar",
    "fleiss_kappa": "Fleiss kappa",
    "gwet_ac": "Gwet AC2",
    "conger_kappa": "Conger kappa",
    "brennan_prediger": "Brennan-Prediger",
    "cohen_kappa": "Cohen kappa",
  ]
}
