// What one principal may see of a case. Worklist, case screen and every export go through here.
//
// The seal is kept per (case, round). Until a case is opened in the round that is being read, a principal gets their own
// readings of that round and of others only whether they have signed; the readings and the consensus of earlier rounds
// are out of sight again. Sealed grades are not filtered out of an answer: they are not read from the file.

import ReviewCore

/// Where a case stands in a round.
struct CaseStanding: Hashable {
  var stage: CaseStage
  /// Readers who have signed all their readings of it.
  var signed: Int
  /// It was opened for consensus: readers may see each other's readings.
  var isOpened: Bool
}

enum Seal {
  /// The facts as a reader may see them, and what was taken out.
  ///
  /// - Parameters:
  ///   - signed: the examinations whose reading they have signed in this round.
  ///   - seen: those that they have signed once, and may amend whatever comes before them.
  static func withhold(
    _ whole: Case, standing: CaseStanding, signed: Set<ExaminationID>, seen: Set<ExaminationID> = [], study: Study
  ) -> (visible: Case, withheld: Set<Withheld>, facts: Set<FindingID>) {
    let studyProtocol = study.studyProtocol
    let isJoint = studyProtocol.mode == .joint
    let hasConsensus = standing.stage.isDone
    let isDone = isJoint ? hasConsensus : hasConsensus || standing.isOpened || signed.count == whole.examinations.count
    if isDone { return (whole, [], []) }
    // Who reads together must see a follow-up to grade it.
    let withheld = isJoint ? studyProtocol.withheld.subtracting([.laterExaminations]) : studyProtocol.withheld
    var visible = whole.without(withheld).withoutDates
    let facts = study.codebook.withheldFacts
    visible.given = whole.given?.filter { !facts.contains($0.key) }
    if withheld.contains(.laterExaminations),
      let next = whole.examinations.firstIndex(where: { !signed.contains($0.id) })
    {
      let last = whole.examinations.lastIndex { seen.contains($0.id) } ?? next
      visible.examinations = Array(visible.examinations[...max(next, last)])
    }
    return (visible, withheld, facts)
  }
}
