// The pairs of many readers, summed up for the text.

extension AgreementReport {
  /// For each figure of pairs its lowest, median and highest value over all pairs, and the pair with the lowest.
  func addPairs(to page: inout TextPage) {
    var order: [String] = []
    var found: [String: (title: String, values: [(name: String, value: Double)], undefined: Int)] = [:]
    var pairs = 0
    for metric in metrics {
      guard case .pair(let first, let second) = metric.subject else { continue }
      if metric.figure == "n" { pairs += 1 }
      guard metric.figure == "n" || !metric.isTest, !metric.isIntervalOfAnother else { continue }
      switch metric.statistic.content {
      case .table, .fourfold, .range: continue
      case .number, .count, .undefined: break
      }
      if found[metric.figure] == nil {
        order.append(metric.figure)
        found[metric.figure] = (metric.title, [], 0)
      }
      if let value = metric.statistic.value {
        found[metric.figure]?.values.append(("\(first)-\(second)", value))
      } else {
        found[metric.figure]?.undefined += 1
      }
    }
    page.sectionOfSpreads("Pairs of readers (\(pairs))")
    for figure in order {
      guard let entry = found[figure] else { continue }
      page.addSpread(entry.title, entry.values, undefined: entry.undefined, areCounts: figure == "n")
    }
    page.add(wrapped: "Each pair with its counts, figures and tests: --pairs, or --json.", label: "", indent: 0)
  }
}
