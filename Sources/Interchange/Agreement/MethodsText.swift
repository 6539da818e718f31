// A paragraph on readings and statistics for the methods section of a paper.

import Agreement
import ReaderAgreement
import ReviewCore

package enum MethodsText {
  /// - Parameter program: name and version, `Endplate 1.0`.
  package static func paragraph(_ agreement: StudyAgreement, _ figures: [ItemAgreement], program: String) -> String {
    let rules = agreement.study.studyProtocol
    let readers = agreement.readers.count
    let cases = Set(agreement.findings.flatMap(\.items).flatMap(\.units).map(\.caseID)).count
    var sentences = [
      "\(readers) readers graded \(cases == 1 ? "1 case" : "\(cases) cases") independently"
        + (rules.rounds > 1
          ? " in \(rules.rounds) rounds at least \(rules.washoutDays) days apart" : "")
        + ", each in an order of their own, with \(program).",
      rules.withheld.isEmpty
        ? "Nothing was withheld from them while they read."
        : "While they read, \(Self.list(rules.withheld.map(\.words).sorted())) were withheld.",
      "Nobody saw another's grades before a case was opened, after all its readings were signed.",
      "Agreement was computed from the grades as signed, before consensus.",
    ]
    let primary = figures.first { $0.primaryKey == rules.primaryStatistic }?.primaryTitle ?? rules.primaryStatistic
    sentences.append("The primary coefficient was \(primary).")
    if figures.contains(where: { $0.item.isSetValued }) {
      sentences.append(
        "Findings graded as sets were compared as wholes, by exact agreement and by Krippendorff's alpha with a squared "
          + "difference of 1 less the Jaccard index, and level by level; involved bones by overlap and region by region."
      )
    }
    sentences.append(
      "Beside it stand percent agreement, Cohen's kappa of each pair, and the coefficients of Fleiss, Conger, Gwet, Brennan "
        + "and Prediger, and Krippendorff; linear and quadratic weights follow the declared order of levels, all of which "
        + "count, used or not.")
    sentences.append(
      "What was not assessable or not acquired was missing for coefficients, and agreement on assessability was computed "
        + "apart. Coefficients of 0/0 are reported as not defined.")
    let clustered = figures.contains { $0.report.isClustered }
    if figures.contains(where: { $0.report.resampling != nil }) {
      sentences.append(
        "Intervals are 95 %; those without a formula are t intervals on jackknife errors, leaving out one case at a time"
          + (clustered
            ? ", and where patients have several follow-ups, all intervals leave out one patient at a time" : "")
          + "; none is given of fewer than 5 patients.")
    }
    return sentences.joined(separator: " ")
  }

  static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Withheld {
  /// As a sentence says it.
  var words: String {
    switch self {
    case .title: "the study's and cases' titles"
    case .biopsy: "biopsies"
    case .culture: "cultures"
    case .therapy: "therapy"
    case .outcome: "outcomes"
    case .originalReport: "original reports"
    case .laterExaminations: "later examinations"
    }
  }
}
