// Made-up ratings with known properties, to see what intervals are worth.

/// A latent-class model of readers and cases: each case has a true level and is easy or hard; a reader gives the true level
/// with a chance that depends on that, else one beside it. Cases of one patient are alike in both.
public struct RatingSimulation: Sendable {
  /// How common each level is in truth; the sum is 1.
  public var shares: [Double]
  public var scale: RatingScale
  public var readers = 3
  /// The chance of the true level where a case is easy, and where it is hard.
  public var accuracy = (easy: 0.97, hard: 0.75)
  /// How many patients are easy.
  public var easyShare = 0.6
  /// The most cases of a patient; each has 1 up to this many, equally likely. 1 makes cases independent.
  public var mostCases = 1
  /// The chance that a further case of a patient has the true level of the first.
  public var likeness = 0.7
  /// Whether the true level stands in the table as a reader of its own, called `reference`.
  public var hasReference = false

  static let reference = "reference"

  public init(shares: [Double], scale: RatingScale) {
    self.shares = shares
    self.scale = scale
  }

  private var levels: [String] { shares.indices.map { "L\($0)" } }

  /// The ratings of some patients.
  ///
  /// - Throws: `RatingTableError` for shares of fewer than two levels.
  public func table(patients: Int, using generator: inout SplitMix64) throws -> RatingTable {
    let names = (1...readers).map { "R\($0)" } + (hasReference ? [Self.reference] : [])
    var tally = try RatingTally(readers: names, levels: levels, scale: scale)
    for patient in 0..<patients {
      let accuracy = generator.uniform() < easyShare ? accuracy.easy : accuracy.hard
      let cases = mostCases == 1 ? 1 : 1 + Int(generator.uniform() * Double(mostCases))
      var truth = level(&generator)
      for number in 0..<cases {
        if number > 0, generator.uniform() >= likeness { truth = level(&generator) }
        let ratings = (0..<readers).map { _ -> Int? in
          generator.uniform() < accuracy ? truth : neighbour(truth, &generator)
        }
        tally.add(ratings + (hasReference ? [truth] : []), patient: mostCases > 1 ? "P\(patient)" : nil)
      }
    }
    return tally.table()
  }

  private func level(_ generator: inout SplitMix64) -> Int {
    var rest = generator.uniform()
    for (level, share) in shares.enumerated() {
      rest -= share
      if rest < 0 { return level }
    }
    return shares.count - 1
  }

  /// A level beside the true one.
  private func neighbour(_ truth: Int, _ generator: inout SplitMix64) -> Int {
    if truth == 0 { return 1 }
    if truth == shares.count - 1 { return truth - 1 }
    return generator.uniform() < 0.5 ? truth - 1 : truth + 1
  }
}
