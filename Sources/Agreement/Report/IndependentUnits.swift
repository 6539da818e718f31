// What a table has of independent units, which decide how much any figure says.

/// The cases of a table, or the patients where some have several cases.
public struct IndependentUnits: Sendable, Equatable {
  /// Whether some patient has several cases, so that patients are counted.
  public let isClustered: Bool
  /// Those with a rating.
  public let rated: Int
  /// Those with a case that two readers rated.
  public let withTwoRatings: Int
  /// Of those with a case that every reader rated, the ones in which all such cases had one rating throughout. Units are
  /// independent, so the exact interval of this share holds however few they are. None of numbers.
  public let unanimous: Proportion
  /// How rare the rarer levels are; nil of sets.
  public let rarer: Rarer?

  /// Units in which a reader gave another level than the commonest.
  public struct Rarer: Sendable, Equatable {
    /// The level given most often.
    public let commonest: String
    /// The other one of two levels; nil of more.
    public let level: String?
    /// The units.
    public let units: Int
  }

  /// Fewer say little. So do fewer than this with a rarer level, for coefficients whose chance agreement follows the use of
  /// the levels: `endplate-bench coverage` has the figures.
  public static let few = 10

  /// Whether there are too few units to say much.
  public var areFew: Bool { withTwoRatings < Self.few }
  /// `patients`, or `patient` of one, where these are counted, else cases.
  public func name(_ count: Int) -> String {
    isClustered ? (count == 1 ? "patient" : "patients") : (count == 1 ? "case" : "cases")
  }

  /// Of numbers, which have no levels.
  init(isClustered: Bool, rated: Int, withTwoRatings: Int) {
    (self.isClustered, self.rated, self.withTwoRatings) = (isClustered, rated, withTwoRatings)
    unanimous = Proportion(count: 0, total: 0)
    rarer = nil
  }

  init(_ analysis: Analysis) {
    let (table, ratings) = (analysis.table, analysis.profile.ratings)
    isClustered = table.units.isClustered
    rated = table.units.count { ratings[$0] > 0 }
    withTwoRatings = table.units.count { ratings[$0] >= 2 }
    unanimous = table.units.unanimous(
      isComplete: { ratings[$0] == table.readersPerCase }, isAlike: { table.isAlike(table.code(of: $0)) })
    // Sets have no level against level.
    guard analysis.sums.layout.hasPairs, rated > 0 else {
      rarer = nil
      return
    }
    let q = table.levels.count
    var use = [Int](repeating: 0, count: q)
    for p in 0..<table.patternCount {
      for k in 0..<q { use[k] += table.counts[p] * analysis.profile.levelCounts[p * q + k] }
    }
    let most = use.indices.max { use[$0] < use[$1] } ?? 0
    rarer = Rarer(
      commonest: table.levels[most], level: q == 2 ? table.levels[1 - most] : nil,
      units: table.units.count { analysis.profile.levelCounts[$0 * q + most] < ratings[$0] })
  }

  /// What must be said of how few they are.
  var cautions: [String] {
    var cautions: [String] = []
    if areFew {
      cautions.append(
        "Only \(withTwoRatings) \(name(withTwoRatings)) \(withTwoRatings == 1 ? "has" : "have") two ratings or more: "
          + "fewer than \(Self.few) say little about agreement.")
    }
    if let rarer, rarer.units > 0, rarer.units < Self.few {
      let what =
        rarer.level.map { "in \(rarer.units) \(name(rarer.units)) is the rarer level \(quoted($0)) given" }
        ?? "in \(rarer.units) \(name(rarer.units)) is another level than \(quoted(rarer.commonest)) given"
      cautions.append(
        "Only \(what)"
          + (withTwoRatings < NoInterval.fewest
            ? "." : ": with fewer than \(Self.few) the intervals of the kappas and of alpha hold less than 95 %."))
    }
    return cautions
  }
}
