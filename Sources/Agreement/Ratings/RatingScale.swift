// What kind of levels a finding has, and which weights follow from it.

/// The scale of the levels of a table of ratings.
public enum RatingScale: String, Sendable, CaseIterable {
  /// Levels without an order.
  case nominal
  /// Levels in their declared order.
  case ordinal
  /// Two levels, one of which is called positive.
  case binary
  /// Numbers, which have no levels; see `NumberTable`.
  case interval

  /// The weights whose coefficients are computed on this scale.
  public var weightings: [Weighting] { self == .ordinal ? Weighting.allCases : [.unweighted] }
}

/// How much two levels agree, from the distance of their positions i, j in the declared list of q levels.
public enum Weighting: String, Sendable, CaseIterable {
  /// 1 for the same level, else 0.
  case unweighted
  /// 1 − |i − j| / (q − 1) (Cicchetti & Allison 1971).
  case linear
  /// 1 − ((i − j) / (q − 1))² (Fleiss & Cohen 1973).
  case quadratic
  /// 1 − C(|i − j| + 1, 2) / C(q, 2), the pairs of levels from one to the other among all (Gwet 2014, as the “ordinal”
  /// weights of irrCAC): only the order counts, not how far apart two levels are taken to be.
  case ordinal

  /// The agreement weights of q declared levels. Levels nobody used keep their place in the order.
  func matrix(levels q: Int) -> SquareMatrix {
    let span = Double(max(q - 1, 1))
    return SquareMatrix(size: q) { i, j in
      let distance = Double(abs(i - j)) / span
      switch self {
      case .unweighted: return i == j ? 1 : 0
      case .linear: return 1 - distance
      case .quadratic: return 1 - distance * distance
      case .ordinal:
        let steps = abs(i - j)
        return 1 - Double(steps * (steps + 1)) / Double(max(q * (q - 1), 1))
      }
    }
  }
}
