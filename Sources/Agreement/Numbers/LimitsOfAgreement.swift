// Limits of agreement: how far two readers, or a reader and the mean of all, differ in 95 of 100 cases.

import Foundation

/// Bland & Altman's limits (Statistical methods for assessing agreement between two methods of clinical measurement,
/// Lancet 1986): mean difference ± 1.96 standard deviations of the differences.
struct LimitsOfAgreement {
  /// How many standard deviations from the mean the ends of the upper limit's interval are; the lower mirrors them.
  struct Factors: Sendable, Equatable {
    let low: Double
    let high: Double

    /// The exact factors of n differences (Carkeet, Exact parametric confidence intervals for Bland-Altman limits of
    /// agreement, Optometry and Vision Science 2015): quantiles of the noncentral t over √n.
    init(count: Int) {
      let root = Double(count).squareRoot()
      func factor(_ probability: Double) -> Double {
        noncentralStudentQuantile(probability, degrees: Double(count - 1), shift: Interval.normal95 * root) / root
      }
      (low, high) = (factor(0.025), factor(0.975))
    }
  }

  static let method = "exact, noncentral t (Carkeet 2015)"

  enum End: String, CaseIterable { case lower, upper }

  /// The value of a limit; nil of fewer than two differences.
  static func value(_ end: End, of differences: Spread) -> Double? {
    guard let mean = differences.mean, let deviation = differences.deviation else { return nil }
    return end == .lower ? mean - Interval.normal95 * deviation : mean + Interval.normal95 * deviation
  }

  static func interval(_ end: End, of differences: Spread, _ factors: Factors) -> Interval? {
    guard let mean = differences.mean, let deviation = differences.deviation else { return nil }
    return end == .lower
      ? Interval(low: mean - factors.high * deviation, high: mean - factors.low * deviation, method: method)
      : Interval(low: mean + factors.low * deviation, high: mean + factors.high * deviation, method: method)
  }

  /// Half the distance between the limits of agreement with the mean of all readers (Jones, Dobson & O'Brian, A graphical
  /// method for assessing agreement with the mean between multiple observers using continuous measures, International
  /// Journal of Epidemiology 2011; in this form Christensen et al., BMC Medical Research Methodology 2020): 1.96 times the
  /// root mean square of all differences from the means of their cases. Nil without a complete case.
  static func withMean(_ sums: NumberSums) -> Double? {
    let layout = sums.layout
    let ratings = sums[layout.complete] * Double(layout.perCase)
    guard ratings > 0 else { return nil }
    let squares = (0..<layout.k).reduce(0) { $0 + sums[layout.fromMean($1) + 2] }
    return Interval.normal95 * (max(squares, 0) / ratings).squareRoot()
  }
}
