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

  /// The agreement weights of q declared levels. Levels nobody used keep their place in the order.
  func matrix(levels q: Int) -> SquareMatrix {
    let span = Double(max(q - 1, 1))
    return SquareMatrix(size: q) { i, j in
      let distance = Double(abs(i - j)) / span
      switch self {
      case .unweighted: return i == j ? 1 : 0
      case .linear: return 1 - distance
      case .quadratic: return 1 - distance * distance
      }
    }
  }
}
