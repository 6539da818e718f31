// The sums over cases from which every multi-reader coefficient is computed.

/// Sums over cases. All of them are linear in the pattern counts, so a resample is a matrix product, and the figure of a
/// table and the figure of a resample are computed by the same lines.
struct Sums: Sendable {
  let layout: Layout
  var values: [Double]

  /// Where each sum stands in `values`.
  struct Layout: Sendable {
    /// Levels and readers.
    let q: Int
    let r: Int
    /// Whether level is held against level. Without it the sums stay small however many values there are.
    let hasPairs: Bool
    private var pairCount: Int { hasPairs ? q * q : 0 }
    /// Cases with at least one rating.
    var rated: Int { 0 }
    /// Cases with at least two ratings.
    var pairable: Int { 1 }
    /// Σ n_ik / m_i: the mean use of each level, once divided by the cases.
    var use: Range<Int> { 2..<2 + q }
    /// Ratings of each level in cases with two ratings or more: the margins of the coincidences (n_c).
    var pairedUse: Range<Int> { use.upperBound..<use.upperBound + q }
    /// Σ n_ik (n_ik − 1), and Σ n_ik (m_i − 1): specific agreement.
    var matches: Range<Int> { pairedUse.upperBound..<pairedUse.upperBound + q }
    var chances: Range<Int> { matches.upperBound..<matches.upperBound + q }
    /// Ordered pairs of ratings within a case, divided by m_i (m_i − 1): q × q.
    var pairs: Range<Int> { chances.upperBound..<chances.upperBound + pairCount }
    /// The same divided by m_i − 1: Krippendorff's coincidences.
    var coincidences: Range<Int> { pairs.upperBound..<pairs.upperBound + pairCount }
    /// Ratings of each level by each reader: r × q.
    var margins: Range<Int> { coincidences.upperBound..<coincidences.upperBound + r * q }
    var count: Int { margins.upperBound }
  }

  var rated: Double { values[layout.rated] }
  var pairable: Double { values[layout.pairable] }
  func slice(_ range: Range<Int>) -> ArraySlice<Double> { values[range] }
  /// The ratings of each level by one reader.
  func margin(of reader: Int) -> ArraySlice<Double> {
    let start = layout.margins.lowerBound + reader * layout.q
    return values[start..<start + layout.q]
  }
}

/// Calls `add` with the place and amount of every sum that one case with these ratings adds to.
private func forEachAddend(
  _ codes: ArraySlice<Int32>, _ profile: CaseProfile, _ p: Int, _ layout: Sums.Layout, _ add: (Int, Double) -> Void
) {
  guard profile.ratings[p] > 0 else { return }
  let q = profile.q
  let m = Double(profile.ratings[p])
  let used = (0..<q).filter { profile.levelCounts[p * q + $0] > 0 }
  func n(_ k: Int) -> Double { Double(profile.levelCounts[p * q + k]) }
  add(layout.rated, 1)
  for k in used { add(layout.use.lowerBound + k, n(k) / m) }
  if layout.r > 0 {
    var place = layout.margins.lowerBound
    for code in codes {
      if code != RatingTable.missing { add(place + Int(code), 1) }
      place += q
    }
  }
  guard m >= 2 else { return }
  add(layout.pairable, 1)
  for k in used {
    add(layout.pairedUse.lowerBound + k, n(k))
    add(layout.matches.lowerBound + k, n(k) * (n(k) - 1))
    add(layout.chances.lowerBound + k, n(k) * (m - 1))
    guard layout.hasPairs else { continue }
    for l in used {
      let pairs = n(k) * (k == l ? n(l) - 1 : n(l))
      guard pairs > 0 else { continue }
      add(layout.pairs.lowerBound + k * q + l, pairs / (m * (m - 1)))
      add(layout.coincidences.lowerBound + k * q + l, pairs / (m - 1))
    }
  }
}

extension Sums {
  /// These sums with those of a table, without keeping what each of its patterns adds.
  func adding(_ table: RatingTable, _ profile: CaseProfile) -> Sums {
    var sums = self
    for (p, count) in table.counts.enumerated() where count > 0 {
      forEachAddend(table.code(of: p), profile, p, layout) { sums.values[$0] += Double(count) * $1 }
    }
    return sums
  }
}

/// What one case of each pattern adds to the sums. A pattern touches few of them, so only those are kept.
struct Contributions: Sendable {
  let layout: Sums.Layout
  /// The entries of pattern p are those from starts[p] up to starts[p + 1].
  private var starts: [Int] = [0]
  private var places: [Int32] = []
  private var amounts: [Double] = []

  init(_ table: RatingTable, _ profile: CaseProfile, _ layout: Sums.Layout) {
    self.layout = layout
    for p in 0..<table.patternCount {
      forEachAddend(table.code(of: p), profile, p, layout) { place, amount in
        places.append(Int32(place))
        amounts.append(amount)
      }
      starts.append(places.count)
    }
  }

  /// Replaces the sums by those over `counts[p]` cases of each pattern p.
  func fill(_ sums: inout Sums, _ counts: [Int]) {
    sums.values.withUnsafeMutableBufferPointer { values in
      values.update(repeating: 0)
      for (p, count) in counts.enumerated() where count > 0 {
        let times = Double(count)
        for entry in starts[p]..<starts[p + 1] { values[Int(places[entry])] += times * amounts[entry] }
      }
    }
  }
}
