// The report as aligned text for a terminal, at most 80 columns wide.

import TextSafety

extension AgreementReport {
  /// The report as text with a line feed at its end.
  ///
  /// - Parameters:
  ///   - primary: the key of the figure that stands first, where a protocol names one.
  ///   - isOfEveryPair: whether each pair of more than ten readers has its section; else they are summed up.
  ///   - width: how many columns a character takes; one unless said.
  public func text(
    primary: String? = nil, isOfEveryPair: Bool = false, width: @escaping (Character) -> Int = { _ in 1 }
  ) -> String {
    var page = TextPage(width: width)
    page.add(title)
    page.add("")
    let ofEach = counts.readersOfEach.map { "; \($0)" } ?? ""
    page.add(wrapped: readers.map(printable).joined(separator: ", ") + ofEach, label: "Readers")
    page.add(wrapped: levelList, label: scale == .interval ? "Numbers" : "Levels")
    page.add(wrapped: ratingsGiven, label: "Ratings")
    if let origin { page.add(wrapped: origin + ".", label: "Table") }
    let isSummary = readers.count > 10 && !isOfEveryPair
    for warning in warnings { page.add(wrapped: warning, label: "Caution") }
    if let primary, let statistic = metrics.first(where: { $0.key == primary }) {
      page.section("Primary", head: true)
      add(statistic, to: &page)
    }
    var section = ""
    for metric in metrics where metric.key != primary && !(isSummary && metric.subject.isPair) {
      if metric.section != section {
        section = metric.section
        if !section.isEmpty { page.section(section, head: metric.subject.hasFigures) }
        if !metric.subject.hasFigures { addUse(to: &page) }
      }
      add(metric, to: &page)
    }
    if isSummary { addPairs(to: &page) }
    page.addLegend(self)
    return page.text
  }

  private var title: String {
    "Agreement of \(counts.readers) readers on \(examinations)"
  }

  private var levelList: String {
    if scale == .interval {
      return range.map {
        "from \($0.lowerBound.decimals(places)) to \($0.upperBound.decimals(places))"
      }
        ?? "none"
    }
    let names = levels.map { $0 == positive ? "\(listed($0)) (positive)" : listed($0) }
    return names.joined(separator: scale == .ordinal ? " < " : ", ") + "; \(scale.rawValue)"
  }

  private var ratingsGiven: String {
    let cases = (isClustered ? "examination" : "case") + (counts.withTwoRatings == 1 ? "" : "s")
    return
      "\(counts.ratings) of \(counts.ratings + counts.missing), \(counts.missing) missing; \(counts.withTwoRatings) "
      + "\(cases) with two ratings or more, \(counts.complete) complete"
  }

  /// One figure; an interval found by leaving out cases stands in the row of its figure, one by resampling below it.
  private func add(_ metric: Metric, to page: inout TextPage) {
    switch (metric.subject, metric.statistic.content) {
    case (.counts, _), (.use, _), (_, .count), (_, .fourfold): return
    case (.pair(let first, let second), .table(let rows)):
      page.addCounts(
        rows, rowNames: levels.map { "\(first): \($0)" }, columnNames: levels.map { "\(second): \($0)" })
    default:
      guard metric.isBootstrap || !metric.isIntervalOfAnother else { return }
      page.addFigure(metric, self)
    }
  }

  /// How often each reader used each level.
  private func addUse(to page: inout TextPage) {
    let rows = readers.map { reader in
      levels.map { Int(self[Metric.key(use: reader, $0)]?["count"] ?? 0) }
    }
    page.addCounts(rows, rowNames: readers, columnNames: levels)
  }
}

extension Metric.Subject {
  var isPair: Bool {
    if case .pair = self { return true }
    return false
  }

  /// Whether the text shows its figures row by row, not as one table of counts.
  fileprivate var hasFigures: Bool {
    if case .use = self { return false }
    return true
  }
}

extension Metric {
  /// The heading under which the text shows the figure; empty for what its head shows.
  fileprivate var section: String {
    switch subject {
    case .counts: return ""
    case .allReaders: return "All readers"
    case .level: return "Agreement on a level"
    case .reader: return "Readers"
    case .use: return "Use of the levels"
    case .pair(let first, let second): return "\(first) and \(second)"
    }
  }

  /// The key of the share of a level among a reader's ratings.
  static func key(use reader: String, _ level: String) -> String {
    Metric(subject: .use(reader: reader, level: level), figure: "", statistic: Statistic(.count(0), casesUsed: 0)).key
  }
}
