// What each reader holds in a session, and how far they agree.

extension Deliberation {
  /// What each reader had signed, in the order of `readers`; nil where not graded.
  public func firstValues(on key: GradeKey) -> [GradeValue?] { readers.map { first[$0]?[key]?.value } }

  /// What each reader holds now: their latest revealed vote, else what they had signed. Nil for who abstained last.
  public func positions(on key: GradeKey) -> [GradeValue?] {
    readers.map { reader in
      for ballot in (ballots[key] ?? []).reversed() where ballot.isRevealed {
        if case .cast(let value) = ballot.votes[reader] { return value }
      }
      return first[reader]?[key]?.value
    }
  }

  /// What each reader holds place by place: who abstained in a vote on some places still holds what they said of the others.
  func stances(on key: GradeKey) -> [BoneTally.Stance] {
    readers.map { reader in
      var abstained: Set<BoneTally.Place> = []
      var saysForm = true
      for ballot in (ballots[key] ?? []).reversed() where ballot.isRevealed {
        guard case .cast(let value) = ballot.votes[reader] else { continue }
        guard value == nil, ballot.question != nil || ballot.isOnForm else {
          return BoneTally.Stance(value, abstained: abstained, saysForm: saysForm)
        }
        abstained.formUnion(ballot.question?.places ?? [])
        if ballot.isOnForm || ballot.question?.tally.forms.isEmpty == false { saysForm = false }
      }
      return BoneTally.Stance(first[reader]?[key]?.value, abstained: abstained, saysForm: saysForm)
    }
  }

  /// The same of readers who were asked or have said something since; see `counted`.
  private func countedStances(on key: GradeKey) -> [BoneTally.Stance] {
    zip(readers, stances(on: key)).filter { $1.value != nil || !$1.abstained.isEmpty || wasAsked($0, key) }.map(\.1)
  }

  /// What more than half of the readers hold now, of bones and places one by one.
  func majorityNow(on key: GradeKey) -> GradeValue? {
    if let majority = majority(of: positions(on: key), on: key) { return majority }
    let stances = countedStances(on: key)
    guard let finding = finding(key), stances.contains(where: { !$0.abstained.isEmpty || !$0.saysForm }) else {
      return nil
    }
    return BoneTally(stances, of: finding).majorityValue
  }

  /// Whether a reader was asked for a finding: who signed before the codebook had it was not. They may vote on it, and are no
  /// part of what the readers had signed.
  public func wasAsked(_ reader: PrincipalID, _ key: GradeKey) -> Bool {
    guard let version = signedUnder[reader]?[key.examination] else { return true }
    return codebook.version(version)[key.finding] != nil
  }

  /// Of values in the order of `readers`, those of readers who were asked or have said something since.
  func counted(_ values: [GradeValue?], on key: GradeKey) -> [GradeValue?] {
    guard !signedUnder.isEmpty, values.count == readers.count else { return values }
    return zip(readers, values).filter { $1 != nil || wasAsked($0, key) }.map(\.1)
  }

  public func finding(_ key: GradeKey) -> Finding? { codebook[key.finding] }

  /// What a vote on a finding would be about, where it names bones or places: those that the readers do not agree on.
  func question(on key: GradeKey) -> VoteQuestion? {
    finding(key).flatMap { VoteQuestion(countedStances(on: key), of: $0) }
  }

  /// A vote on a finding as it would be called now.
  func ballot(on key: GradeKey) -> Ballot {
    let question = question(on: key)
    guard question == nil, let finding = finding(key), finding.isOfPlaces else { return Ballot(question) }
    return Ballot(isOnForm: !BoneTally(countedStances(on: key), of: finding).forms.isEmpty)
  }

  func majority(of values: [GradeValue?], on key: GradeKey) -> GradeValue? {
    finding(key).flatMap { ReaderAgreement.majority(counted(values, on: key), of: $0) }
  }

  /// What more than half of those who voted said; who abstained voted too.
  func outcome(of ballot: Ballot, on key: GradeKey) -> VoteOutcome? {
    let votes = readers.compactMap { ballot.votes[$0] }.map { vote -> GradeValue? in
      if case .cast(let value) = vote { value } else { nil }
    }
    guard let finding = finding(key), let value = ReaderAgreement.majority(votes, of: finding) else { return nil }
    return VoteOutcome(value: value, votes: votes.count { $0 == value }, of: votes.count)
  }

  /// How far the readers agreed when the case was opened; where there are no readings, as they voted.
  public func agreement(on key: GradeKey) -> ReaderAgreement {
    guard let finding = finding(key) else { return .notGraded }
    return ReaderAgreement(
      counted(first.isEmpty ? positions(on: key) : firstValues(on: key), on: key), of: finding)
  }
}
