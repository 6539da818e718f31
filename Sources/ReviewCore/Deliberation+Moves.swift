// The rules of a session: which acts are possible, and what each comes to.

import TextSafety

extension Deliberation {
  /// The act that a move comes to.
  ///
  /// The coordinator chairs: calls and reveals votes, writes notes, records absences, reopens. What is agreed, voted and
  /// confirmed is the word of the case's readers.
  ///
  /// - Throws: why it cannot be done, with what to do instead.
  public func act(_ move: ConsensusMove, by principal: Principal) throws(ConsensusRefusal) -> ConsensusAct {
    guard principal.role == .reader || principal.role == .coordinator else {
      throw .notPermitted(principal.id, principal.role)
    }
    if case .reopen(let asked, let reason) = move {
      guard isRecorded else { throw .notRecorded(caseID) }
      guard asked == version else { throw .versionIsNow(version, asked: asked) }
      return .reopened(reason: try stated(reason, "it is reopened"))
    }
    guard !isRecorded else { throw .recorded(caseID, version) }
    switch move {
    case .call(let key): return try call(known(key))
    case .vote(let key, let value): return try vote(known(key), value, by: principal.id)
    case .reveal(let key): return try revealing(known(key))
    case .callOff(let key):
      guard openBallot(on: try known(key)) != nil else { throw .noVote(title(key)) }
      return .calledOff(key)
    case .agree(let grades, let seen):
      try checkReads(principal.id)
      return try agreeing(grades, instead: seen)
    case .takeBack(let key, let seen):
      try checkReads(principal.id)
      return try agreeing([key: nil], instead: [key: seen])
    case .undo:
      try checkReads(principal.id)
      return try agreeing(try undone(by: principal.id), instead: nil)
    case .takeOver(let keys):
      try checkReads(principal.id)
      return try takeOver(keys)
    case .note(let key, let text): return try note(known(key), text)
    case .confirm(let asked):
      try check(asked, by: principal.id)
      guard standing(of: principal.id) != .confirmed else { throw .saidAlready(principal.id, version) }
      return .confirmed
    case .dissent(let asked, let reason):
      try check(asked, by: principal.id)
      let reason = try stated(reason, "you dissent")
      guard standing(of: principal.id) != .dissented(reason: reason) else { throw .saidAlready(principal.id, version) }
      return .dissented(reason: reason)
    case .absent(let reader, let reason, let records): return try absent(reader, reason, records: records)
    case .reopen: throw .notRecorded(caseID)
    }
  }

  private func known(_ key: GradeKey) throws(ConsensusRefusal) -> GradeKey {
    guard keys.contains(key) else { throw .noSuchFinding(title(key), caseID) }
    return key
  }

  private func stated(_ reason: String, _ what: String) throws(ConsensusRefusal) -> String {
    guard reason.saysSomething, let trimmed = Self.trimmed(reason) else { throw .reasonNeeded(what) }
    return trimmed
  }

  /// Without blanks around it; nil where nothing is left that can be seen.
  private static func trimmed(_ text: String?) -> String? {
    guard let text, !text.isBlank else { return nil }
    let start = text.unicodeScalars.drop(while: \.properties.isWhitespace)
    let end = start.lastIndex { !$0.properties.isWhitespace }
    return end.map { String(start[...$0]) }
  }

  private func checkReads(_ reader: PrincipalID) throws(ConsensusRefusal) {
    guard readers.contains(reader) else { throw .notAReaderOfIt(reader, caseID) }
  }

  /// Present are those who are not recorded absent and have not left the study unheard; who speaks is there.
  private func checkQuorum(_ isPresent: (PrincipalID) -> Bool) throws(ConsensusRefusal) {
    if let tooFewLeft { throw tooFewLeft }
    guard readers.count(where: isPresent) >= quorum else { throw .tooFewPresent(needed: quorum, of: readers.count) }
  }

  private func check(_ asked: ConsensusVersion, by reader: PrincipalID) throws(ConsensusRefusal) {
    try checkReads(reader)
    // A session of the first version may have let more go.
    try checkQuorum { $0 == reader || !standing(of: $0).isAbsent && !isGone($0) }
    if let open = keys.first(where: { openBallot(on: $0) != nil }) { throw .voteIsOpen(title(open)) }
    let open = unsettled
    guard open.isEmpty else { throw .notSettled(open.map(title)) }
    guard asked == version else { throw .versionIsNow(version, asked: asked) }
    if let key = unexplained.first { throw departure(key, [:]) }
  }

  private func departure(_ key: GradeKey, _ wanted: [GradeKey: AgreedGrade]) -> ConsensusRefusal {
    let check = rule(on: key, with: wanted)
    return .departureNeedsReason(
      key, "\(title(key)): \(check?.given.map { words($0, key) } ?? "")", rule: check?.overruled?.sentence ?? "")
  }

  // MARK: Votes

  private func call(_ key: GradeKey) throws(ConsensusRefusal) -> ConsensusAct {
    guard openBallot(on: key) == nil else { throw .voteIsOpen(title(key)) }
    return .called(key)
  }

  private func vote(_ key: GradeKey, _ value: GradeValue?, by reader: PrincipalID) throws(ConsensusRefusal)
    -> ConsensusAct
  {
    try checkReads(reader)
    guard let ballot = openBallot(on: key) else { throw .noVote(title(key)) }
    if let value { try check(value, on: key) }
    guard ballot.votes[reader] != .cast(value) else { throw .isSoAlready("your vote on \(title(key))") }
    return .voted(key, .cast(value))
  }

  private func revealing(_ key: GradeKey) throws(ConsensusRefusal) -> ConsensusAct {
    guard let ballot = openBallot(on: key) else { throw .noVote(title(key)) }
    let waiting = waiting(on: key)
    guard waiting.isEmpty, !ballot.votes.isEmpty else {
      throw .votesMissing(title(key), waiting.isEmpty ? readers : waiting)
    }
    return .revealed(key)
  }

  // MARK: Grades

  private func check(_ value: GradeValue, on key: GradeKey) throws(ConsensusRefusal) {
    guard let finding = finding(key) else { throw .noSuchFinding(title(key), caseID) }
    let known: GradeValue
    do throws(GradeError) { known = try finding.value(value.text, in: patientCase.bones) } catch {
      throw .badGrade(error.description)
    }
    guard known == value else { throw .badGrade("\(finding.id): write it in the order of the codebook: \(known.text)") }
  }

  /// - Parameter wanted: nil takes back what is agreed.
  private func agreeing(
    _ wanted: [GradeKey: AgreedGrade?], instead seen: [GradeKey: AgreedGrade]?
  ) throws(ConsensusRefusal) -> ConsensusAct {
    var grades: [GradeKey: AgreedGrade] = [:]
    for (key, grade) in wanted {
      if let seen, decisions[key] != seen[key] {
        throw .agreedMeanwhile(title(key), decisions[key]?.grade.map { words($0.value, key) } ?? "unresolved")
      }
      grades[try known(key)] = try agreed(grade, on: key)
    }
    guard !grades.isEmpty else { throw .nothingToTakeOver(caseID) }
    for key in keys where grades[key] != nil && rule(on: key, with: grades)?.lacksReason == true {
      throw departure(key, grades)
    }
    return .agreed(grades)
  }

  /// What stood before a reader's last agreement.
  private func undone(by reader: PrincipalID) throws(ConsensusRefusal) -> [GradeKey: AgreedGrade?] {
    var undoable = UndoableAgreements()
    for event in events { _ = undoable.play(event) }
    guard let last = undoable.done[reader]?.last else { throw .nothingToUndo(reader) }
    if let other = keys.first(where: {
      last.grades[$0] != nil && (undoable.standing[$0] ?? .takenBack) != last.grades[$0]
    }) {
      throw .agreedMeanwhile(title(other), decisions[other]?.grade.map { words($0.value, other) } ?? "unresolved")
    }
    return last.before.mapValues { $0.isTakenBack ? nil : $0 }
  }

  /// The agreed grade with how it was reached; a rationale where it is no reader's.
  func agreed(_ given: AgreedGrade?, on key: GradeKey) throws(ConsensusRefusal) -> AgreedGrade {
    guard openBallot(on: key) == nil else { throw .voteIsOpen(title(key)) }
    guard let given else {
      guard decisions[key] != nil else { throw .nothingAgreed(title(key)) }
      return .takenBack
    }
    var agreed = given
    agreed.rationale = Self.trimmed(given.rationale)
    if let value = given.grade?.value {
      try check(value, on: key)
      if isNobodys(value, on: key), agreed.rationale?.saysSomething != true { throw .rationaleNeeded(title(key)) }
    }
    let possible = ways(to: given.grade?.value, on: key)
    if let how = given.how, !possible.contains(how) { throw .howDoesNotFit(title(key), how) }
    agreed.how = given.how ?? possible.first
    guard decisions[key] != agreed || rule(on: key)?.isReasonOutdated == true else { throw .isSoAlready(title(key)) }
    return agreed
  }

  /// How a grade can have been reached, the likeliest first.
  func ways(to value: GradeValue?, on key: GradeKey) -> [Agreed] {
    guard let value else { return [.unresolved] }
    let now = counted(positions(on: key), on: key)
    let signed = first.isEmpty ? now : counted(firstValues(on: key), on: key)
    let isUnanimous =
      (signed.allSatisfy { $0 == value } || numberOfAll(signed, on: key) == value) && isUpheld(value, on: key)
    // After a vote what was signed before it is nobody's word any more.
    let said = revealedVotes(on: key).isEmpty ? [now, signed] : [now]
    let isMajority = said.contains { majority(of: $0, on: key) == value } || majorityNow(on: key) == value
    // All of one mind only after the talk: that is a grade reached by discussion, though a majority holds it too.
    let discussedFirst = now.allSatisfy { $0 == value } && !isUnanimous
    return (isUnanimous ? [.unanimous] : []) + (discussedFirst ? [.discussed] : []) + (isMajority ? [.majority] : [])
      + (discussedFirst ? [] : [.discussed])
  }

  /// True for a grade that no reader signed or voted; of bones, one that is not made of what readers named.
  public func isNobodys(_ value: GradeValue, on key: GradeKey) -> Bool {
    let said = firstValues(on: key) + revealedVotes(on: key)
    guard said.contains(where: { $0 != nil }), !said.contains(value) else { return false }
    // That no bone is involved says something of all of them: somebody must have said it.
    guard let finding = finding(key), finding.isOfPlaces, value.isAnswer, !value.isNone else { return true }
    return !BoneTally(said.filter { $0?.isAnswer ?? false }, of: finding).isMadeOfMarks(value)
  }

  private func revealedVotes(on key: GradeKey) -> [GradeValue?] {
    (ballots[key] ?? []).filter(\.isRevealed).flatMap { ballot in
      ballot.votes.values.map { if case .cast(let value) = $0 { value } else { nil } }
    }
  }

  /// A sequential change that departs from the rule is taken over too; its reason is asked for before it is confirmed.
  private func takeOver(_ wanted: [GradeKey]?) throws(ConsensusRefusal) -> ConsensusAct {
    let wanted = wanted ?? unsettled.filter { unanimousGrade(on: $0) != nil && openBallot(on: $0) == nil }
    guard !wanted.isEmpty else { throw .nothingToTakeOver(caseID) }
    var grades: [GradeKey: AgreedGrade] = [:]
    for key in wanted {
      guard let grade = unanimousGrade(on: try known(key)) else { throw .notUnanimous(title(key)) }
      grades[key] = try agreed(AgreedGrade(grade, how: .unanimous), on: key)
    }
    return .agreed(grades)
  }

  /// Whether the last vote left all at a grade; true where none was revealed.
  private func isUpheld(_ value: GradeValue, on key: GradeKey) -> Bool {
    guard ballots[key]?.contains(where: \.isRevealed) == true else { return true }
    let now = counted(positions(on: key), on: key)
    return now.allSatisfy { $0 == value } || numberOfAll(now, on: key) == value
  }

  /// What all readers had signed alike and no vote since was against, with the bone if they named the same; where they grade
  /// jointly, what all voted.
  public func unanimousGrade(on key: GradeKey) -> Grade? {
    guard !first.isEmpty else {
      let now = positions(on: key)
      if let number = numberOfAll(now, on: key) { return Grade(number) }
      return now.allSatisfy { $0 == now.first } ? now.first?.map { Grade($0) } : nil
    }
    let grades = readers.filter { wasAsked($0, key) }.map { first[$0]?[key] }
    if let number = numberOfAll(grades.map { $0?.value }, on: key) {
      return isUpheld(number, on: key) ? Grade(number) : nil
    }
    guard let value = grades.first??.value, grades.allSatisfy({ $0?.value == value }), isUpheld(value, on: key) else {
      return nil
    }
    let bones = Set(grades.map { $0?.bone })
    return Grade(value, bone: bones.count == 1 ? bones.first ?? nil : nil)
  }

  /// The middle of numbers that differ and all agree, as the codebook says how far they may; nil of anything else.
  private func numberOfAll(_ values: [GradeValue?], on key: GradeKey) -> GradeValue? {
    guard let within = finding(key)?.number?.sameWithin, Set(values).count > 1,
      let group = NumberSpread(values, within: within)?.largestGroup, group.count == values.count
    else { return nil }
    return NumberSpread.middle(group).map { .number($0) }
  }

  /// What taking over or adopting with one key would agree on: the unanimous grade, else the majority's.
  public func suggestion(on key: GradeKey) -> AgreedGrade? {
    if let grade = unanimousGrade(on: key) { return AgreedGrade(grade, how: .unanimous) }
    guard let value = majorityNow(on: key) else { return nil }
    return AgreedGrade(Grade(value), how: ways(to: value, on: key).first)
  }

  private func note(_ key: GradeKey, _ text: String?) throws(ConsensusRefusal) -> ConsensusAct {
    let text = Self.trimmed(text)
    guard (text ?? "").utf8.count <= 10_000 else { throw .badGrade("the note is longer than 10000 bytes") }
    guard notes[key] != text else { throw .isSoAlready("the note on \(title(key))") }
    return .noted(key, text)
  }

  private func absent(
    _ reader: PrincipalID, _ reason: String, records shown: Bool?
  ) throws(ConsensusRefusal) -> ConsensusAct {
    try checkReads(reader)
    let reason = try stated(reason, "\(reader) is absent")
    switch standing(of: reader) {
    case .confirmed, .dissented: throw .saidAlready(reader, version)
    case .absent(let known) where known == reason: throw .saidAlready(reader, version)
    case .absent, .pending: break
    }
    try checkQuorum { $0 != reader && !standing(of: $0).isAbsent && !isGone($0) }
    let records = isRecorded(without: reader)
    if let shown, shown != records { throw .absenceIsOtherwise(reader, records: records) }
    // The last one missing: nobody would record a consensus that is not settled.
    if records, let key = unexplained.first { throw departure(key, [:]) }
    return .absent(reader, reason: reason)
  }
}

/// What each reader agreed on in a session and can undo. An agreement that brings back what stood before the reader's last
/// one undoes that, so that a second undo goes one further.
struct UndoableAgreements {
  private(set) var standing: [GradeKey: AgreedGrade] = [:]
  private(set) var done: [PrincipalID: [(grades: [GradeKey: AgreedGrade], before: [GradeKey: AgreedGrade])]] = [:]

  /// - Returns: what the act undid; nil of every other.
  mutating func play(_ event: ConsensusEvent) -> [GradeKey: AgreedGrade]? {
    if case .reopened = event.act { done = [:] }
    guard case .agreed(let grades) = event.act else { return nil }
    let before = grades.reduce(into: grades) { $0[$1.key] = standing[$1.key] ?? .takenBack }
    standing.merge(grades) { _, new in new }
    if let last = done[event.by]?.last, last.before == grades {
      done[event.by]?.removeLast()
      return last.grades
    }
    done[event.by, default: []].append((grades, before))
    return nil
  }
}
