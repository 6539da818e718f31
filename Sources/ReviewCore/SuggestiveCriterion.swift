// "Suggestive of osteomyelitis", derived from the signal grades and the enhancement.

/// One part of the criterion: low T1W, high T2W, high STIR, enhancement (source paper, Methods).
public struct CriterionPart: Hashable, Sendable {
  public enum Standing: String, Hashable, Sendable {
    case met
    case notMet = "not met"
    case notStated = "not stated"
  }

  public var title: String
  public var standing: Standing
}

public enum SuggestiveCriterion {
  private static let table: [(title: String, finding: FindingID, levels: Set<LevelID>)] = [
    ("low T1W", Codebook.ID.t1w, ["hypo"]),
    ("high T2W", Codebook.ID.t2w, ["hyper"]),
    ("high STIR", Codebook.ID.stir, ["hyper"]),
    ("enhancement", Codebook.ID.enhancement, ["marginal", "global"]),
  ]

  /// The four parts in order. A part is met when one of the levels graded meets it; what was not assessable or not
  /// acquired is *not stated*.
  public static func parts(_ grades: [FindingID: GradeValue]) -> [CriterionPart] {
    table.map { title, finding, levels in
      let levelsGraded = grades[finding].flatMap { $0.isAnswer ? $0.levelIDs : nil }
      return CriterionPart(
        title: title, standing: levelsGraded.map { levels.isDisjoint(with: $0) ? .notMet : .met } ?? .notStated)
    }
  }

  /// The whole criterion: not met as soon as one part is not, not stated while one is not.
  public static func standing(_ parts: [CriterionPart]) -> CriterionPart.Standing {
    if parts.contains(where: { $0.standing == .notMet }) { return .notMet }
    return parts.allSatisfy { $0.standing == .met } ? .met : .notStated
  }
}
