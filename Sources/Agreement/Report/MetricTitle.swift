// The figures in words.

extension Metric {
  /// The figure in words, such as “Cohen kappa, linear weights”.
  public var title: String {
    for (suffix, words) in [(Self.bootstrapSuffix, "resampled"), (Self.jackknifeSuffix, "jackknife")]
    where figure.hasSuffix(suffix) {
      let base = Metric(subject: subject, figure: String(figure.dropLast(suffix.count + 1)), statistic: statistic)
      return "\(base.title), \(words)"
    }
    switch subject {
    case .level(let level): return level
    case .reader(let reader):
      return "\(reader)\(figure.hasPrefix("mean_difference") ? " less the mean of all" : ": mean")"
    case .use(let reader, let level): return "\(reader): \(level)"
    case .counts, .allReaders, .pair: return Self.titles[figure] ?? weightedTitle ?? figure
    }
  }

  /// The figure in at most nine letters, such as “AC2 lin”, for a row of a list; its title where it has no short name.
  public var shortTitle: String {
    guard let dot = figure.lastIndex(of: ".") else { return Self.shortTitles[figure] ?? title }
    let (stem, ending) = (String(figure[..<dot]), String(figure[figure.index(after: dot)...]))
    if let whole = Self.shortTitles[figure] { return whole }
    guard let base = Self.shortTitles[stem], let weights = Self.shortEndings[ending] else { return title }
    return weights.isEmpty ? base : "\(base) \(weights)"
  }

  private static let shortTitles = [
    "gwet_ac.unweighted": "AC1", "gwet_ac": "AC2", "fleiss_kappa": "Fleiss", "conger_kappa": "Cong.",
    "brennan_prediger": "B-P", "krippendorff_alpha": "alpha", "light_kappa": "Light", "percent_agreement": "agree",
    "percent_agreement.jaccard": "overlap", "unanimous_agreement.complete_cases": "alike", "cohen_kappa": "Cohen",
    "icc_a_1": "ICC A,1", "icc_c_1": "ICC C,1", "icc_1": "ICC 1", "icc_a_k": "ICC A,k", "icc_c_k": "ICC C,k",
    "icc_k": "ICC k", "conger_kappa.unweighted": "Conger", "fleiss_kappa.linear": "Fleis lin",
    "fleiss_kappa.quadratic": "Fleis qu",
    "fleiss_kappa.ordinal": "Fleis ord",
  ]
  private static let shortEndings = [
    "unweighted": "", "linear": "lin", "quadratic": "qu", "nominal": "", "ordinal": "ord", "jaccard": "set",
    "interval": "",
  ]

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
    "readers_per_case": "Readers of each case",
    "ratings": "Ratings",
    "missing": "Missing ratings",
    "cases_rated": "Cases with a rating",
    "cases_with_two_ratings": "Cases with two ratings or more",
    "cases_complete": "Cases rated by all their readers",
    "patients": "Patients",
    "gwet_ac.unweighted": "Gwet AC1",
    "fleiss_kappa.complete_cases": "Fleiss kappa, complete cases",
    "krippendorff_alpha.nominal": "Krippendorff alpha, nominal",
    "krippendorff_alpha.ordinal": "Krippendorff alpha, ordinal",
    "krippendorff_alpha.jaccard": "Krippendorff alpha, sets",
    "percent_agreement.jaccard": "Mean overlap of sets (Jaccard)",
    "krippendorff_alpha.interval": "Krippendorff alpha, interval",
    "icc_a_1": "ICC(A,1) agreement, one reader",
    "icc_c_1": "ICC(C,1) consistency, one reader",
    "icc_1": "ICC(1) one-way, one reader",
    "icc_a_k": "ICC(A,k) agreement, mean of all",
    "icc_c_k": "ICC(C,k) consistency, mean of all",
    "icc_k": "ICC(k) one-way, mean of all",
    "mean_difference": "Mean difference, first less second",
    "limits_of_agreement.lower": "Lower limit of agreement",
    "limits_of_agreement.upper": "Upper limit of agreement",
    "limits_with_mean": "Limits of agreement with the mean, ±",
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
