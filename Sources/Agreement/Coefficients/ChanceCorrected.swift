// Coefficients of the form (observed − chance) / (1 − chance) for two or more readers.

/// Observed and chance agreement, and the coefficient made of them.
struct ChanceCorrected: Sendable, Equatable {
  let observed: Double
  let chance: Double
  var value: Double { (observed - chance) / (1 - chance) }
}

/// A multi-reader coefficient; they differ in what they call agreement by chance.
enum Coefficient: String, CaseIterable, Sendable {
  /// Fleiss 1971, generalised to missing ratings and weights by Gwet 2014: chance from the mean use of the levels.
  case fleiss = "fleiss_kappa"
  /// Gwet 2008 (AC1), with weights AC2: chance from how undecided the use of the levels is.
  case gwet = "gwet_ac"
  /// Conger 1980: chance from each reader's own use of the levels, as in Cohen's kappa.
  case conger = "conger_kappa"
  /// Brennan & Prediger 1981: every declared level equally likely. For two levels this is PABAK.
  case brennanPrediger = "brennan_prediger"

  /// The coefficient on these sums, or why there is none.
  func estimate(_ sums: Sums, _ weights: SquareMatrix) -> Result<ChanceCorrected, Undefined> {
    guard sums.rated > 0 else { return .failure(.noCases) }
    guard sums.pairable > 0 else { return .failure(.noPairableCase) }
    if dependsOnUse, oneLevelOnly(sums) { return .failure(.oneLevelOnly) }
    return .success(
      ChanceCorrected(observed: observedAgreement(sums, weights), chance: chance(sums, weights)))
  }

  /// Whether chance agreement can reach 1: AC and Brennan-Prediger stay defined because the levels are declared.
  private var dependsOnUse: Bool { self == .fleiss || self == .conger }

  private func chance(_ sums: Sums, _ weights: SquareMatrix) -> Double {
    let q = Double(weights.size)
    switch self {
    case .fleiss:
      let use = meanUse(sums)
      return weights.form(use, use)
    case .gwet: return weights.sum / (q * (q - 1)) * meanUse(sums).reduce(0) { $0 + $1 * (1 - $1) }
    case .conger: return ReaderMargins(sums, weights).chance
    case .brennanPrediger: return weights.sum / (q * q)
    }
  }

  /// The change of chance agreement that one case of a pattern brings, less its mean: the part of the linearised
  /// coefficient in Gwet, Handbook of Inter-Rater Reliability, 4th ed. 2014, ch. 5 and 6.
  func chanceInfluence(
    _ sums: Sums, _ weights: SquareMatrix, table: RatingTable, profile: CaseProfile
  ) -> (_ pattern: Int) -> Double {
    let use = meanUse(sums)
    let chance = chance(sums, weights)
    let slope: [Double]
    switch self {
    case .brennanPrediger: return { _ in 0 }
    case .conger:
      let margins = ReaderMargins(sums, weights)
      return { margins.influence(of: table.code(of: $0)) - chance }
    case .fleiss: slope = weights.times(use)
    case .gwet:
      let q = Double(weights.size)
      slope = use.map { weights.sum / (q * (q - 1)) * (1 - $0) }
    }
    return { pattern in
      let counts = profile.counts(of: pattern)
      let sum = zip(counts, slope).reduce(0) { $0 + $1.0 * $1.1 }
      return sum / Double(profile.ratings[pattern]) - chance
    }
  }
}

/// π_k: the mean over rated cases of the share of their readers who chose level k.
func meanUse(_ sums: Sums) -> [Double] { sums.slice(sums.layout.use).map { $0 / sums.rated } }

/// p_a: the mean over pairable cases of the share of reader pairs who agree, or of their mean weight.
func observedAgreement(_ sums: Sums, _ weights: SquareMatrix) -> Double {
  weights.dot(Array(sums.slice(sums.layout.pairs))) / sums.pairable
}

/// Whether all ratings are of one level. The sums are whole multiples that are 0 exactly where a level is not in use.
private func oneLevelOnly(_ sums: Sums) -> Bool { sums.slice(sums.layout.use).filter { $0 > 0 }.count <= 1 }
