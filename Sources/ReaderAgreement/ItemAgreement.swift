// The figures of one table of ratings, the primary one first: what a screen, a command or a sheet shows.

import Agreement
import ReviewCore

package struct ItemAgreement: Sendable, Identifiable {
  package let item: RatedItem
  package let comparison: Comparison
  package let report: AgreementReport
  package let primaryKey: String

  package var id: String { item.id }

  /// The primary coefficient; nil where a protocol names one that these ratings do not have.
  package var primary: Statistic? { report[primaryKey] }

  package var primaryTitle: String { title(of: primaryKey) }

  package func title(of key: String) -> String { report.metrics.first { $0.key == key }?.title ?? key }

  /// `AC1`, `AC2 lin`, `alpha set`: what a row of a list says it shows.
  package func shortTitle(of key: String) -> String { report.metrics.first { $0.key == key }?.shortTitle ?? key }

  /// The 95 % interval of the primary coefficient: its own, else the one from leaving out a case at a time.
  package var interval: Interval? { interval(of: primaryKey) }

  package func interval(of key: String) -> Interval? { report.interval(of: key) }

  /// Whether a figure rests on too few cases, or patients where some have several examinations, to say much.
  package func isOfFew(_ key: String) -> Bool { report.unitsUsed(key) < IndependentUnits.few }

  /// The share of agreeing pairs of readers, a mean over cases.
  package var percent: Statistic? { report["percent_agreement.unweighted"] }

  /// What must be said beside the primary figure: why it is not defined, what its interval is worth.
  package var remarks: [String] { remarks(on: primaryKey) }

  /// What must be said beside a figure.
  package func remarks(on key: String) -> [String] {
    guard let figure = report[key] else { return ["these ratings have no \(key)"] }
    if let undefined = figure.undefined { return ["not defined: \(undefined.rawValue)"] }
    let caution = figure.caution ?? report.noInterval(of: key).map { "No interval: \($0.words)." }
    return [caution ?? interval(of: key)?.caution].compactMap { $0 }
  }

  /// That a figure rests on few units, or its interval on few with a rarer level; alike for all figures of which it holds.
  package var cautions: [String] {
    guard primary?.value != nil, interval != nil else { return [] }
    let name = report.units.name(IndependentUnits.few)
    var cautions: [String] = []
    if isOfFew(primaryKey) { cautions.append("Fewer than \(IndependentUnits.few) \(name) say little.") }
    if let rarer = report.units.rarer, rarer.units > 0, rarer.units < IndependentUnits.few {
      cautions.append(
        "With fewer than \(IndependentUnits.few) \(name) that have a rarer level, the interval of a kappa or of alpha holds less "
          + "than 95 %.")
    }
    return cautions
  }
}

extension StudyAgreement {
  /// The figures of some items.
  ///
  /// - Parameters:
  ///   - resampling: for the intervals found by resampling; nil leaves those out.
  ///   - progress: called with the share done.
  package func figures(
    of findings: [FindingRatings]? = nil, resampling: Resampling?, progress: ((Double) -> Void)? = nil
  ) -> [ItemAgreement] {
    let wanted = (findings ?? self.findings).flatMap { ratings in ratings.allItems.map { (ratings.comparison, $0) } }
    return wanted.enumerated().map { index, entry in
      defer { progress?(Double(index + 1) / Double(wanted.count)) }
      return figures(of: entry.1, entry.0, resampling: resampling)
    }
  }

  package func figures(of item: RatedItem, _ comparison: Comparison, resampling: Resampling?) -> ItemAgreement {
    ItemAgreement(
      item: item, comparison: comparison, report: item.report(resampling: resampling), primaryKey: primary(of: item))
  }
}
