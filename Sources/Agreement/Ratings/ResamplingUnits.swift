// What the bootstrap draws as one: a case, or all cases of a patient.

/// The distinct units of resampling with their counts.
///
/// A unit is a case, or the cases of one patient together: examinations of one patient are not independent, so they are
/// drawn together or not at all (the cluster bootstrap, Davison & Hinkley 1997, 3.8). Units that show the same patterns
/// are one distinct unit with a count.
struct ResamplingUnits: Sendable, Equatable {
  /// The patterns of each distinct unit.
  let patterns: [[Int]]
  /// How many units of each kind there are.
  let counts: [Int]

  init(counts: [Int], patients: [[Int]]) {
    var single = counts
    for pattern in patients.joined() { single[pattern] -= 1 }
    var tally: [[Int]: Int] = [:]
    for patient in patients { tally[patient.sorted(), default: 0] += 1 }
    for (pattern, count) in single.enumerated() where count > 0 { tally[[pattern], default: 0] += count }
    self.init(tally)
  }

  private init(_ tally: [[Int]: Int]) {
    // A fixed order, so that a seed gives the same resamples in every run.
    let ordered = tally.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    patterns = ordered.map(\.key)
    self.counts = ordered.map(\.value)
  }

  /// The same units with other numbers for their patterns.
  func mapped(_ pattern: (Int) -> Int) -> ResamplingUnits {
    var tally: [[Int]: Int] = [:]
    for (own, count) in zip(patterns, counts) { tally[own.map(pattern).sorted(), default: 0] += count }
    return ResamplingUnits(tally)
  }

  /// How many units have a pattern of which this holds.
  func count(_ holds: (Int) -> Bool) -> Int {
    zip(patterns, counts).reduce(0) { $0 + ($1.0.contains(where: holds) ? $1.1 : 0) }
  }

  /// Of the units with a complete pattern, those whose complete patterns are all alike.
  func unanimous(isComplete: (Int) -> Bool, isAlike: (Int) -> Bool) -> Proportion {
    var (count, total) = (0, 0)
    for (own, times) in zip(patterns, counts) {
      let complete = own.filter(isComplete)
      guard !complete.isEmpty else { continue }
      total += times
      if complete.allSatisfy(isAlike) { count += times }
    }
    return Proportion(count: count, total: total)
  }

  /// The number of units drawn.
  var total: Int { counts.reduce(0, +) }
  /// Whether any unit holds more than one case.
  var isClustered: Bool { patterns.contains { $0.count > 1 } }
}
