// How the readings of a case came to be what they are.

internal import GRDB
import ReviewCore

extension StudyStore {
  /// Every act on the readings of a case that this principal may see, oldest first: their own of this round, and once
  /// the case is open everybody's, earlier rounds' too. While readers are letters, theirs come last and without a time.
  public func history(_ id: CaseID) throws -> [ReadingEvent] {
    try read { transaction in
      let list = try transaction.ownList()
      let facts = try transaction.facts(id)
      let isOpened = try transaction.standing(facts, round: transaction.round).isOpened
      let events =
        isOpened
        ? try transaction.openedRounds(facts).flatMap { try transaction.events(facts, round: $0) }
        : try list.reader.map { try transaction.ownEvents(facts, round: transaction.round, of: $0) } ?? []
      // The sort is stable, and the events of a reading come in order.
      return events.filter(\.isTimed).sorted { $0.at < $1.at } + events.filter { !$0.isTimed }
    }
  }
}

extension ReadingEvent {
  /// Who amended, and how often they signed, is on record by name.
  fileprivate var isUnderLetters: Bool {
    switch act {
    case .graded, .undone, .redone: true
    case .signed: version == 1
    case .amended: false
    }
  }
}

extension Transaction {
  /// The rounds up to the one that is being read in which a case was opened, the latest first.
  func openedRounds(_ facts: CaseFacts) throws -> [Int] {
    if isLearner { return [] }
    return try db.rows(
      "SELECT round FROM opening WHERE case_seq = ? AND round <= ? ORDER BY round DESC", [facts.seq, round]
    ) { try $0[0] }
  }

  /// Everybody's, under the names they have beside grades. When a letter graded, beside the audit trail, would tell who
  /// it is.
  fileprivate func events(_ facts: CaseFacts, round: Int) throws -> [ReadingEvent] {
    let names = try names(facts, round: round)
    let openedAt = try openedAt(facts, round: round)
    return try shownReaders(facts, round: round, names).flatMap { reader in
      let events = try events(facts, round: round, of: reader)
      guard !names.areKnown, reader != actor else { return events }
      return events.filter(\.isUnderLetters).map { event in
        var shown = event
        shown.version = 1
        shown.reader = PrincipalID(names.title(of: reader.id))
        (shown.at, shown.isTimed) = (openedAt, false)
        return shown
      }
    }
  }

  fileprivate func events(_ facts: CaseFacts, round: Int, of reader: PrincipalRecord) throws -> [ReadingEvent] {
    try facts.whole.examinations.flatMap { examination in
      try events(ReadingKey(facts, round: round, reader: reader, examination: examination.id))
    }
  }

  /// Before the case is open: without what a reset locked, and what was given up then. Only a draft that was given up has
  /// a version after it and no signature.
  fileprivate func ownEvents(_ facts: CaseFacts, round: Int, of reader: PrincipalRecord) throws -> [ReadingEvent] {
    try facts.whole.examinations.flatMap { examination in
      let key = try ReadingKey(facts, round: round, reader: reader, examination: examination.id)
      guard try !isLocked(key) else { return [ReadingEvent]() }
      let shown = Set(try signatures(key).map(\.version) + [try version(key)])
      return try events(key).filter { shown.contains($0.version) }
    }
  }

  private func events(_ key: ReadingKey) throws -> [ReadingEvent] {
    func event(_ at: String, _ version: Int, _ act: ReadingEvent.Act, _ changes: [GradeDifference] = []) throws
      -> ReadingEvent
    {
      ReadingEvent(
        at: try Timestamp.date(at), reader: key.reader.id, examination: key.examination, round: key.round,
        version: version, act: act, changes: changes)
    }
    let acts: [Step.Kind: ReadingEvent.Act] = [.graded: .graded, .undone: .undone, .redone: .redone]
    var stack = StepStack()
    var events: [ReadingEvent] = []
    for step in try steps(key) {
      let before = stack.rows
      stack.play(step)
      let changes = try differences(from: before, to: stack.rows, at: key.examination)
      events.append(try event(step.at, step.version, acts[step.kind] ?? .graded, changes))
    }
    let signatures = try signatures(key).map {
      try event($0.at, $0.version, .signed(meaning: $0.meaning, missing: $0.missing))
    }
    let amendments = try amendments(key).map { try event($0.at, $0.version, .amended(reason: $0.reason)) }
    // Within one version: the amendment that began it, the steps, the signature.
    return (amendments + events + signatures).sorted { $0.version < $1.version }
  }

  func signatures(_ key: ReadingKey) throws -> [Signature] {
    try db.rows(
      "SELECT uuid, version, at, meaning, missing, seconds, nonce FROM signature WHERE \(ReadingKey.condition) ORDER BY version",
      key.arguments
    ) { row in
      try Signature(
        uuid: row[0], version: row[1], at: row[2], meaning: row[3],
        missing: Document.value([FindingID].self, row[4], of: "a signature"), seconds: row[5],
        nonce: row[6])
    }
  }

  func amendments(_ key: ReadingKey) throws -> [Amendment] {
    try db.rows(
      "SELECT uuid, version, at, reason, nonce FROM amendment WHERE \(ReadingKey.condition) ORDER BY version",
      key.arguments
    ) { try Amendment(uuid: $0[0], version: $0[1], at: $0[2], reason: $0[3], nonce: $0[4]) }
  }
}
