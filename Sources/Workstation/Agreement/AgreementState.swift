// The readers' agreement as the screen holds it: what was computed, which statistic is drawn, where the cursor is.

import Agreement
import ReaderAgreement
import ReviewCore

package struct AgreementState: Sendable {
  package enum Content: Sendable {
    /// Nothing has come yet.
    case awaited
    /// There is nothing to compute: why, and what to do about it.
    case absent(String, cure: String)
    case figures(StudyAgreement, [ItemAgreement])
  }

  package private(set) var content = Content.awaited
  /// How far the intervals by resampling are; nil when all are there.
  package private(set) var share: Double?
  /// Which statistic is drawn; nil for the protocol's.
  package var statistic: AgreementStatistic.ID?
  package var weighting = Weighting.unweighted
  /// Whether levels of sets, regions and bones are listed below their finding.
  package var showsParts = false
  /// Index of the item under the cursor, among all.
  package var cursor = 0
  /// Index of the first line on the screen.
  package var top = 0
  package var detail = AgreementDetail()

  package var figures: [ItemAgreement] {
    if case .figures(_, let figures) = content { figures } else { [] }
  }

  package var study: StudyAgreement? {
    if case .figures(let study, _) = content { study } else { nil }
  }

  package var item: ItemAgreement? { figures.indices.contains(cursor) ? figures[cursor] : nil }

  // MARK: What is drawn

  /// The key that the protocol names.
  var primaryKey: String { study?.study.studyProtocol.primaryStatistic ?? "" }

  /// The key of the statistic that is drawn, before it is fitted to an item's scale.
  var key: String {
    AgreementStatistic.all.first { $0.id == statistic }?.key(weighting) ?? primaryKey
  }

  var isShare: Bool { AgreementStatistic.of(key)?.isShare ?? false }

  /// A line of the list: a heading, or an item by its index.
  enum Entry: Hashable {
    case heading(String)
    case item(Int)
  }

  var entries: [Entry] {
    var entries: [Entry] = []
    var last: String?
    let followUps = Set(study?.study.codebook.findings(in: .followUp).map(\.whole.id) ?? [])
    for (index, figures) in figures.enumerated() where showsParts || !isBelowItsFinding(figures) {
      let phase = followUps.contains(figures.item.finding) ? "follow-up" : "baseline"
      let heading = "\(figures.comparison.title), \(phase)"
      if heading != last { entries.append(.heading(heading)) }
      last = heading
      entries.append(.item(index))
    }
    return entries
  }

  /// A level of a set or a region. A finding that has only parts, as the change per bone, does not stand above them.
  func isBelowItsFinding(_ figures: ItemAgreement) -> Bool {
    guard let part = figures.item.part, part != "assessability" else { return false }
    return self.figures.contains {
      $0.item.finding == figures.item.finding && $0.item.part == nil && $0.comparison == figures.comparison
    }
  }

  /// The ratings of the finding of an item, for what was left out.
  func ratings(of figures: ItemAgreement) -> FindingRatings? {
    study?.findings.first { $0.finding.id == figures.item.finding && $0.comparison == figures.comparison }
  }

  /// Why there is no rating: nobody grades what a rule gives, and a place is not asked of who did not name it.
  func missing(_ figures: ItemAgreement) -> String {
    if ratings(of: figures)?.finding.isDerived == true { return "not decided" }
    return figures.item.isOfPlaces ? "of readers who were not asked there or did not grade" : "not graded"
  }

  // MARK: Moving

  /// Moves among the items that are listed.
  mutating func move(by step: Int) {
    let listed = entries.compactMap { if case .item(let index) = $0 { index } else { nil } }
    guard !listed.isEmpty else { return }
    // A hidden one gives way to the one before it, its finding.
    let here = listed.lastIndex { $0 <= cursor } ?? 0
    let (there, overflows) = here.addingReportingOverflow(step)
    cursor = listed[max(0, min(overflows ? .max : there, listed.count - 1))]
  }

  // MARK: What comes

  mutating func show(_ news: AgreementNews) {
    switch news {
    case .absent(let words, let cure):
      content = .absent(words, cure: cure)
      share = nil
    case .found(let agreement, let figures):
      let before = item
      if study == nil { weighting = Self.weighting(agreement.study.studyProtocol.primaryStatistic) }
      content = .figures(agreement, figures)
      share = 0
      cursor = figures.firstIndex { $0.id == before?.id && $0.comparison == before?.comparison } ?? 0
      detail.show(item?.item)
    case .resampled(let changed, let share):
      guard case .figures(let agreement, var figures) = content else { return }
      for (index, item) in changed where figures.indices.contains(index) { figures[index] = item }
      content = .figures(agreement, figures)
      self.share = share < 1 ? share : nil
    }
  }

  private static func weighting(_ key: String) -> Weighting {
    return Weighting.allCases.first { key.hasSuffix(".\($0.rawValue)") } ?? .unweighted
  }
}

/// What comes of computing, one after the other.
package enum AgreementNews: Sendable {
  case absent(String, cure: String)
  /// Everything but intervals by resampling.
  case found(StudyAgreement, [ItemAgreement])
  /// Some items with their intervals, by index, and the share of items that have theirs.
  case resampled([Int: ItemAgreement], share: Double)
}
