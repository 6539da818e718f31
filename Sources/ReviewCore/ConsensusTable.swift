// A case in consensus as a screen or a command draws it: no sealed vote is in it, and no name that is still a letter.

import struct Foundation.Date

/// One reader's column.
public struct ConsensusColumn: Codable, Hashable, Sendable {
  /// `A`, `B`, `C`, shuffled per case.
  public var letter: String
  /// Nil while readers appear as letters.
  public var reader: PrincipalID?

  public init(letter: String, reader: PrincipalID?) {
    self.letter = letter
    self.reader = reader
  }

  public var title: String { reader?.rawValue ?? letter }
}

/// Where the vote on a finding stands.
public struct VoteState: Hashable, Sendable {
  /// Votes called on the finding so far, this one among them.
  public var count: Int
  public var isOpen: Bool
  /// Who has voted in the open vote, and for whom it waits. Names, because a letter beside a name would tell.
  public var voted: [PrincipalID]
  public var waiting: [PrincipalID]
  /// What the principal who asks voted in the open vote; nil before.
  public var own: Vote?
  /// The votes of the last reveal, a column each; nil before, and for who did not vote.
  public var revealed: [Vote?]?
  /// Of bones and places, what the last vote is about, and the last that was revealed; nil where it is on the whole grade.
  public var question: VoteQuestion?
  public var revealedQuestion: VoteQuestion?
  /// What more than half of the last revealed votes were for; nil without a majority.
  public var outcome: VoteOutcome?
}

/// What a vote came to.
public struct VoteOutcome: Hashable, Sendable {
  public var value: GradeValue
  /// How many voted for just this, of how many who voted; of bones and places the majority may be nobody's whole vote.
  public var votes: Int
  public var of: Int
}

/// One finding of one examination.
public struct ConsensusRow: Hashable, Sendable, Identifiable {
  public var key: GradeKey
  public var title: String
  /// What each reader had signed, a column each.
  public var grades: [Grade?]
  /// Whether each was asked for it: who signed before the codebook had it was not.
  public var asked: [Bool]
  /// What each holds now, after votes.
  public var positions: [GradeValue?]
  /// The same place by place: who abstained in a vote on some places holds what they said of the others.
  public var stances: [BoneTally.Stance]
  public var agreement: ReaderAgreement
  /// Nil while no vote was called on it.
  public var vote: VoteState?
  public var decision: AgreedGrade?
  /// How the agreed grade can have been reached, the likeliest first.
  public var ways: [Agreed]
  /// What one key would adopt: the unanimous grade, else the majority's.
  public var suggestion: AgreedGrade?
  /// The note of the session.
  public var note: String?
  /// Of a sequential change: what the rule makes of the agreed findings.
  public var rule: RuleCheck? = nil
  public var id: GradeKey { key }

  /// Agreed on or left unresolved, with a reason where it departs from the rule, and no vote on it is open.
  public var isSettled: Bool { decision != nil && rule?.lacksReason != true && !hasOpenVote }
  public var hasOpenVote: Bool { vote?.isOpen == true }
  /// What the last vote came to where that is another grade than the one agreed on. Nil while a vote is open, and of what was
  /// left unresolved.
  public var outvoted: VoteOutcome? {
    guard let grade = decision?.grade?.value, let vote, !vote.isOpen, let outcome = vote.outcome else { return nil }
    return outcome.value == grade ? nil : outcome
  }

  public var isDisputed: Bool { agreement.isDisputed }
  /// Whether the readers differed in what they signed, or in a vote that was shown.
  public var hasDiffered: Bool { isDisputed || Set(vote?.revealed ?? []).count > 1 }

  /// Another agreed grade in place of the one there is. Why the readers had differed stays; why the grade is as it is
  /// stays with the same grade, as long as the rule's stays too.
  public func agreed(_ grade: Grade?, how: Agreed? = nil) -> AgreedGrade {
    let isSame = decision?.grade?.value == grade?.value && rule?.isReasonOutdated != true
    return AgreedGrade(
      grade, how: how, cause: decision?.cause, rationale: isSame ? decision?.rationale : nil)
  }

  /// Bones and places reader by reader; only of findings that name them. Who was not asked is not among the readers.
  public func tally(_ finding: Finding) -> BoneTally { BoneTally(stances, of: finding) }
}

public struct ConsensusTable: Hashable, Sendable {
  public struct Reader: Hashable, Sendable, Identifiable {
    public var id: PrincipalID
    public var standing: ReaderStanding
    /// What they confirmed last; nil before.
    public var confirmed: ConfirmedContent?
    /// When they left the study; nil of those who have not.
    public var left: Date? = nil

    /// Whether the record waits for them.
    public var isAwaited: Bool { standing.isPending && left == nil }

    /// What they say of the version, and that they have left.
    public var title: String {
      guard let left else { return standing.title }
      let words = Self.words(left: left)
      switch standing {
      case .pending, .absent(reason: words): return words
      default: return "\(standing.title); \(words)"
      }
    }

    /// `left the study on 2026-03-01`.
    static func words(left: Date) -> String { "left the study on \(left.utc.prefix(10))" }
  }

  public var caseID: CaseID
  public var round: Int
  public var version: ConsensusVersion
  /// The version of the codebook by which it is talked about.
  public var codebook: Int
  public var stage: CaseStage
  public var openedAt: Date
  public var openedBy: PrincipalID
  public var columns: [ConsensusColumn]
  /// By name, and not in the order of the columns.
  public var readers: [Reader]
  /// In the order of examinations and codebook.
  public var rows: [ConsensusRow]
  public var log: [ConsensusLogEntry]
  /// The readers grade together, and nobody has graded before.
  public var isJoint: Bool
  /// Why nothing can be recorded any more; nil while it can.
  public var tooFewLeft: ConsensusRefusal?

  /// As it is called everywhere: `1.12` while it is talked about, and once it is recorded `1`.
  public var versionTitle: String { stage == .recorded ? "\(version.number)" : "\(version)" }

  /// How a grade was reached, in words; nil where that says nothing: a joint reading is a discussion.
  public func words(_ how: Agreed?) -> String? { how == .discussed && isJoint ? nil : how?.rawValue }

  /// Whether the columns are people and not letters.
  public var areNamed: Bool { columns.allSatisfy { $0.reader != nil } }

  public func row(_ key: GradeKey) -> ConsensusRow? { rows.first { $0.key == key } }

  public var disputed: [ConsensusRow] { rows.filter(\.isDisputed) }
  /// Without an agreed grade and not left unresolved, departing from the rule without a reason, or voted on just now.
  public var unsettled: [ConsensusRow] { rows.filter { !$0.isSettled } }
  /// Readers for whom the record waits: for nobody where there can be none.
  public var pending: [PrincipalID] { tooFewLeft == nil ? readers.filter(\.isAwaited).map(\.id) : [] }
  /// For whom the record waits, in words: who has left the study is not waited for, and too few may be left for a record.
  public var waits: String {
    tooFewLeft?.description ?? "waits for \(pending.map(\.rawValue).joined(separator: ", "))"
  }

  /// Whether the consensus is recorded once a reader is recorded absent.
  public func isRecorded(without reader: PrincipalID) -> Bool {
    readers.allSatisfy { $0.id == reader || !$0.isAwaited }
      && readers.contains { $0.standing == .confirmed }
  }

  /// Disputed findings first, each group in the order of the codebook.
  public var disputedFirst: [ConsensusRow] { disputed + rows.filter { !$0.isDisputed } }

  /// - Parameters:
  ///   - names: what the readers are called, and in which order.
  ///   - viewer: whose own vote is shown.
  public init(
    _ session: Deliberation, names: ReaderNames, stage: CaseStage, openedAt: Date, openedBy: PrincipalID,
    viewer: PrincipalID
  ) {
    let order = names.order.filter(session.readers.contains)
    caseID = session.caseID
    round = session.round
    version = session.version
    isJoint = session.isJoint
    tooFewLeft = session.tooFewLeft
    codebook = session.codebook.version
    self.stage = stage
    self.openedAt = openedAt
    self.openedBy = openedBy
    let places = order.compactMap { session.readers.firstIndex(of: $0) }
    columns = zip(order, ReaderNames.letters(order)).map { reader, letter in
      names.areKnown
        ? ConsensusColumn(letter: letter, reader: reader)
        : ConsensusColumn(letter: names.title(of: reader), reader: nil)
    }
    readers = session.readers.map {
      Reader(id: $0, standing: session.standing(of: $0), confirmed: session.confirmed[$0], left: session.left[$0])
    }
    func shuffled<T>(_ values: [T]) -> [T] { places.map { values[$0] } }
    rows = session.keys.map { key in
      ConsensusRow(
        key: key, title: session.title(key), grades: shuffled(session.readers.map { session.first[$0]?[key] }),
        asked: shuffled(session.readers.map { session.wasAsked($0, key) }),
        positions: shuffled(session.positions(on: key)), stances: shuffled(session.stances(on: key)),
        agreement: session.agreement(on: key),
        vote: Self.vote(session, key, order: order, viewer: viewer), decision: session.decisions[key],
        ways: session.decisions[key].map { session.ways(to: $0.grade?.value, on: key) } ?? [],
        suggestion: session.suggestion(on: key), note: session.notes[key], rule: session.rule(on: key))
    }
    let titles = Dictionary(uniqueKeysWithValues: zip(order, columns.map(\.title)))
    log = ConsensusLogEntry.entries(of: session, order: order, areNamed: names.areKnown) { titles[$0] ?? $0.rawValue }
  }

  private static func vote(
    _ session: Deliberation, _ key: GradeKey, order: [PrincipalID], viewer: PrincipalID
  ) -> VoteState? {
    guard let all = session.ballots[key], let last = all.last else { return nil }
    let shown = all.last(where: \.isRevealed)
    let revealed = shown.map { ballot in order.map { ballot.votes[$0] } }
    return VoteState(
      count: all.count, isOpen: !last.isRevealed,
      voted: last.isRevealed ? [] : session.readers.filter { last.votes[$0] != nil },
      waiting: session.waiting(on: key), own: last.isRevealed ? nil : last.votes[viewer], revealed: revealed,
      question: last.question, revealedQuestion: shown?.question,
      outcome: shown.flatMap { session.outcome(of: $0, on: key) })
  }
}
