// Cochran's Q: do several readers call a binary finding positive equally often?

/// Cochran 1950, on the complete cases of a binary table; undefined when every complete case is unanimous, and where each
/// case has readers of its own.
func cochranQ(_ table: RatingTable, positive: Int) -> Statistic {
  guard table.readersPerCase == table.readers.count else {
    return Statistic(.undefined(.readersOfTheirOwn), casesUsed: 0)
  }
  let complete = table.completeCases
  let n = complete.caseCount
  guard n > 0 else { return Statistic(.undefined(.noCompleteCase), casesUsed: 0) }
  let k = complete.readers.count
  var columns = [Int](repeating: 0, count: k)
  var total = 0
  var squares = 0
  for p in 0..<complete.patternCount {
    var row = 0
    for (g, code) in complete.code(of: p).enumerated() where Int(code) == positive {
      columns[g] += complete.counts[p]
      row += 1
    }
    total += row * complete.counts[p]
    squares += row * row * complete.counts[p]
  }
  let denominator = k * total - squares
  guard denominator > 0 else { return Statistic(.undefined(.everyCaseUnanimous), casesUsed: n) }
  let mean = Double(total) / Double(k)
  let spread = columns.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
  return chiSquareStatistic(
    Double(k * (k - 1)) * spread / Double(denominator), degrees: k - 1, casesUsed: n)
}
