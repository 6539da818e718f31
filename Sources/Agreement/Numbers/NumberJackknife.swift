// Leaving out one case, or one patient with all cases, at a time, of tables of numbers.

/// The sums of a table, in parts of which one at a time can be left out; see `Jackknife`.
struct NumberJackknife {
  let isClustered: Bool
  let sums: NumberSums
  /// How many cases, or patients, have something at each place of counts.
  let units: NumberSums
  private let parts: [NumberSums]

  /// How many parts there are: the units, or groups of them where there are many.
  var groups: Int { parts.count }

  init(_ table: NumberTable) {
    let layout = NumberSums.Layout(k: table.readers.count, perCase: table.readersPerCase)
    var units = table.units
    isClustered = units.contains { $0.count > 1 }
    if units.count > Jackknife.mostDistinct {
      var generator = SplitMix64(seed: Jackknife.seed)
      units.shuffle(using: &generator)
    }
    let groups = units.count > Jackknife.mostDistinct ? Jackknife.groups : units.count
    var parts = [NumberSums](repeating: NumberSums(layout), count: groups)
    var counted = NumberSums(layout)
    let origin = table.origin
    let counts = layout.counts
    for (number, unit) in units.enumerated() {
      let part = number % groups
      let before = counts.map { parts[part][$0] }
      for place in unit { parts[part].add(table.row(place), origin: origin) }
      for (count, before) in zip(counts, before) where parts[part][count] > before { counted.values[count] += 1 }
    }
    self.parts = parts
    self.units = counted
    sums = parts.reduce(into: NumberSums(layout)) { $0 += $1 }
  }

  /// √((n − 1)/n Σ (θ₋ᵢ − θ̄)²) over the n parts; nil where leaving out one leaves the figure without a value.
  func error(_ estimator: (NumberSums) -> Double?) -> Double? {
    let values = parts.compactMap { estimator(sums - $0) }
    guard values.count == parts.count, parts.count > 1 else { return nil }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return withoutRounding((squares * (n - 1) / n).squareRoot())
  }
}
