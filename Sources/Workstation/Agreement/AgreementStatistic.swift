// The statistics the agreement screen can draw: each is a row.

import Agreement

package struct AgreementStatistic: Sendable, Identifiable {
  /// The stem of its key.
  package let id: String
  let title: String
  /// At most 7 columns, for the head of a column.
  let short: String
  /// A share of cases from 0 to 1; the others are corrected for chance and may be negative.
  var isShare = false
  /// The ending of its key by the weights chosen; nil for none.
  let ending: @Sendable (Weighting) -> String?

  /// Its key, as the golden files and `endplate agreement --json` have it.
  func key(_ weighting: Weighting) -> String { ending(weighting).map { "\(id).\($0)" } ?? id }

  static let all: [AgreementStatistic] = [
    AgreementStatistic(id: "percent_agreement", title: "Percent agreement", short: "agree", isShare: true) {
      $0.rawValue
    },
    AgreementStatistic(id: "unanimous_agreement", title: "All alike, complete cases", short: "alike", isShare: true) {
      _ in "complete_cases"
    },
    AgreementStatistic(id: "gwet_ac", title: "Gwet AC1 or AC2", short: "AC") { $0.rawValue },
    AgreementStatistic(id: "fleiss_kappa", title: "Fleiss kappa", short: "Fleiss") { $0.rawValue },
    AgreementStatistic(id: "krippendorff_alpha", title: "Krippendorff alpha", short: "alpha") {
      $0 == .unweighted ? "nominal" : "ordinal"
    },
    AgreementStatistic(id: "conger_kappa", title: "Conger kappa", short: "Conger") { $0.rawValue },
    AgreementStatistic(id: "light_kappa", title: "Light kappa", short: "Light") { _ in nil },
    AgreementStatistic(id: "brennan_prediger", title: "Brennan-Prediger", short: "B-P") { $0.rawValue },
  ]

  /// Whether agreement by chance follows how often the levels are used, so that rare levels make it uncertain.
  static func followsUse(_ key: String) -> Bool {
    ["fleiss_kappa", "conger_kappa", "krippendorff_alpha", "light_kappa"].contains(where: key.hasPrefix)
  }

  /// The statistic of a key, where it is one of these.
  static func of(_ key: String) -> AgreementStatistic? {
    all.first { statistic in Weighting.allCases.contains { statistic.key($0) == key } }
  }
}
