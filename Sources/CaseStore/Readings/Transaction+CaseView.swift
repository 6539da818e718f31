// Puts together what a principal sees of a case.

internal import GRDB
import ReviewCore

extension Transaction {
  /// The case as the principals of a list see it. Position is left at 1.
  ///
  /// - Parameters:
  ///   - withSignatures: a worklist shows only how many have signed.
  ///   - keepsSeen: an examination that was signed once stays in sight while one before it is amended; a worklist names
  ///     only what there is to do next.
  func view(
    _ facts: CaseFacts, in list: ListRecord, withSignatures: Bool = true, keepsSeen: Bool = true
  ) throws -> CaseView {
    let standing = try standing(facts, round: list.round)
    let own = try list.reader.map { try readings(facts, round: list.round, of: $0) } ?? []
    let seen = keepsSeen ? own.filter { $0.state.isSigned || $0.version > 1 } : []
    var view = try view(facts, in: list, standing: standing, own: own, seen: Set(seen.map(\.examination))) {
      try consensus(facts, round: list.round) ?? importedConsensus(facts)
    }
    if let reader = list.reader, reader == actor {
      view.unproven = try standingReset(of: reader.id)
      let locked = try lockedExaminations(facts, round: list.round, of: reader)
      view.locked = Set(
        facts.whole.examinations.map(\.id).filter { facts.examinations[$0].map(locked.contains) == true })
    }
    guard withSignatures else { return view }
    if standing.stage != .imported {
      view.signatures = try signatures(facts, round: list.round)
      view.required = max(try required(facts.seq, round: list.round), standing.signed)
    }
    if standing.isOpened { view.readings = try openReadings(facts, upTo: list.round, own: list.reader) }
    if mayShowImported(standing) { view.readings += try importedReadings(facts) }
    if standing.isOpened || mayShowImported(standing) {
      view.readings = codebook.settled(view.readings, of: facts.whole)
    }
    if isLearner {
      view.disagreement = view.readingsDisagreement(study.codebook)
      view.readings = []
    }
    return view
  }

  /// The same from what was read before: all that a worklist shows.
  ///
  /// - Parameter consensus: asked for once there is one.
  func view(
    _ facts: CaseFacts, in list: ListRecord, standing: CaseStanding, own: [Reading], seen: Set<ExaminationID> = [],
    consensus: () throws -> Consensus?
  ) rethrows -> CaseView {
    let signed = Set(own.filter(\.state.isSigned).map(\.examination))
    let (visible, withheld, withheldFacts) =
      list.reader == nil
      ? (facts.whole, [], [])
      : Seal.withhold(facts.whole, standing: standing, signed: signed, seen: seen, study: study)
    var view = CaseView(
      patientCase: visible, withheld: withheld, round: list.round, stage: standing.stage, readings: own)
    view.withheldFacts = withheldFacts
    if standing.stage.isDone {
      view.consensus = try consensus().map { codebook.settled($0, of: facts.whole) }
    }
    return view
  }

  /// A learner is taught the consensus; who of the readers graded what is not for them, not even of an opened case.
  var isLearner: Bool { actor?.principal.role == .learner }

  /// Of an opened case everybody's signed readings, earlier rounds' too as far as those were opened.
  private func openReadings(_ facts: CaseFacts, upTo round: Int, own: PrincipalRecord?) throws -> [Reading] {
    let rounds = try db.rows(
      "SELECT round FROM opening WHERE case_seq = ? AND round <= ? ORDER BY round DESC", [facts.seq, round]
    ) { try $0[0] as Int }
    return try rounds.flatMap { round in
      let names = try names(facts, round: round)
      let openedAt = try openedAt(facts, round: round)
      return try shownReaders(facts, round: round, names).flatMap { reader in
        try readings(facts, round: round, of: reader).filter { $0.state.isSigned || reader == own }
          .map { shown($0, under: names, openedAt: openedAt) }
      }
    }
  }

  /// Per reader, whether all readings of the case in the round are signed, and what is asked afterwards is answered.
  func signatures(_ facts: CaseFacts, round: Int) throws -> [SignatureState] {
    guard !isJoint else { return [] }
    let complete = try complete(facts, round: round)
    return try readers(of: facts.seq, round: round).map { SignatureState($0.id, isSigned: complete.contains($0.seq)) }
  }
}
