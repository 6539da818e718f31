// A plan put to the test: what the intervals of simulated studies of that many cases are.

extension CasePlan {
  /// What simulated studies have.
  public struct Outcome: Sendable {
    /// The mean width of the intervals, an upper end cut at 1 taken as it would have been, and of how many studies.
    public let width: Double
    public let studies: Int
    /// The share of intervals that hold the expected value.
    public let holding: Double
  }

  /// Simulates studies of the planned number of cases, with readers and levels as the plan expects them.
  ///
  /// - Throws: `RatingTableError`.
  public func simulated(studies: Int, seed: UInt64 = 1) throws -> Outcome {
    var generator = SplitMix64(seed: seed)
    var (width, holding, counted) = (0.0, 0, 0)
    let model = shares.isEmpty ? nil : LevelCountModel(readers: readers, shares: shares, kappa: max(kappa, 0))
    for _ in 0..<studies {
      guard let (found, interval) = try study(model, &generator), interval.isInformative else { continue }
      counted += 1
      width += interval.isCut ? 2 * (found - interval.low) : interval.high - interval.low
      if interval.low <= value, value <= interval.high { holding += 1 }
    }
    return Outcome(width: width / Double(counted), studies: counted, holding: Double(holding) / Double(counted))
  }

  /// The figure of one study and its interval, as the report has them.
  private func study(
    _ model: LevelCountModel?, _ generator: inout SplitMix64
  ) throws -> (value: Double, interval: Interval)? {
    let statistic: Statistic?
    switch figure {
    case .ac1, .kappa:
      guard let model else { return nil }
      let report = try table(model, &generator).agreement(resampling: nil)
      statistic = report[figure == .ac1 ? "gwet_ac.unweighted" : "fleiss_kappa.unweighted"]
    case .icc:
      var simulation = NumberSimulation()
      simulation.readers = readers
      simulation.deviations = (value.squareRoot(), 0, (1 - value).squareRoot())
      statistic = try simulation.table(patients: cases, using: &generator).agreement()["icc_1"]
    case .proportion:
      let count = generator.binomial(trials: cases, probability: value)
      statistic = Proportion(count: count, total: cases).statistic()
    }
    guard let value = statistic?.value, let interval = statistic?.interval else { return nil }
    return (value, interval)
  }

  private func table(_ model: LevelCountModel, _ generator: inout SplitMix64) throws -> RatingTable {
    var tally = try RatingTally(
      readers: (1...readers).map { "R\($0)" }, levels: shares.indices.map { "L\($0)" }, scale: .nominal)
    for _ in 0..<cases {
      var rest = generator.uniform()
      let outcome = model.outcomes.first { outcome in
        rest -= outcome.probability
        return rest < 0
      }
      let counts = outcome?.counts ?? model.outcomes[0].counts
      let ratings = counts.enumerated().flatMap { [Int?](repeating: $0, count: $1) }
      tally.add(ratings.shuffled(using: &generator))
    }
    return tally.table()
  }
}
