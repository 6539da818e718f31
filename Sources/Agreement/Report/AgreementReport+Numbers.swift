// What the text says otherwise of numbers than of levels.

import Foundation
import TextSafety

extension AgreementReport {
  /// The scales on which jackknife intervals are laid.
  var scales: String {
    guard scale == .interval else { return "the logit (shares) or of Fisher's z" }
    return "Fisher's z, of averages \(readers.count > 2 ? "and of limits with the mean " : "")that of logarithms"
      + (isClustered ? ", of differences as they are" : "")
  }

  /// The last words of the legend.
  var closing: String {
    guard scale == .interval else { return "Levels count as declared, used or not." }
    return
      (isClustered
      ? ""
      : "Intervals: of ICC by F (McGraw & Wong 1996), of limits of agreement exact (Carkeet 2015), of mean differences by "
        + "t; they take differences and cases as about normal. ")
      + "Consistency leaves out that a reader gives higher numbers throughout; agreement counts it, and takes the readers as a "
      + "sample of many."
  }
}

extension AgreementReport {
  /// How many decimals show a thousandth of the range of the numbers.
  public var places: Int {
    guard let range, range.upperBound > range.lowerBound else { return 3 }
    return min(max(3 - Int(log10(range.upperBound - range.lowerBound).rounded(.down)), 0), 9)
  }
}

/// A figure in the unit of the numbers, with as many decimals as these ask for; else with three.
func decimals(_ value: Double, of metric: Metric, _ report: AgreementReport) -> String {
  metric.isInUnit ? value.decimals(report.places) : decimals(value)
}
