// The rule for an interval: what became of the case since the examination before.

extension FollowUpRule {
  private typealias ID = Codebook.ID

  /// Derives the change since the previous examination, by the same rule.
  ///
  /// What compares (`Finding.isComparison`) is graded against the previous examination. Marrow and abscess say how things
  /// are now, so that they are graded once: marrow counts as better where it has come back further than before, and as
  /// complete where it is; an abscess is new where the previous examination had none.
  ///
  /// - Parameters:
  ///   - since: grades of the examination against the previous one.
  ///   - now: its grades against the baseline.
  ///   - before: the previous examination's grades against the baseline.
  /// - Returns: where undecided, `marrow` is missing if it is not graded now or was not graded before, and
  ///   `soft_tissue_abscess` if it is not known whether the previous examination had an abscess.
  public static func interval(
    since: [FindingID: GradeValue], now: [FindingID: GradeValue], before: [FindingID: GradeValue]
  ) -> Outcome {
    var grades = since
    grades[ID.abscess] = now[ID.abscess]
    grades[ID.marrow] = marrowGained(now: now[ID.marrow], before: before[ID.marrow])
    let abscessBefore = before[ID.abscess].flatMap { $0.isAnswer ? $0.contains("present") : nil }
    return outcome(of: grades, baselineAbscess: abscessBefore)
  }

  private static let marrowLevels: [LevelID] = ["none", "partial", "almost_complete", "complete"]

  /// Nil where it cannot be told.
  private static func marrowGained(now: GradeValue?, before: GradeValue?) -> GradeValue? {
    guard let level = now?.levelIDs.first, let reached = marrowLevels.firstIndex(of: level) else { return nil }
    if reached == 0 || level == "complete" { return now }
    guard let earlier = before?.levelIDs.first.flatMap(marrowLevels.firstIndex(of:)) else { return nil }
    return reached > earlier ? now : .level("none")
  }
}
