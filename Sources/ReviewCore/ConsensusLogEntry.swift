// The log of a session in words, for screens and minutes. No sealed vote is in it.

import struct Foundation.Date

public struct ConsensusLogEntry: Hashable, Sendable {
  public var at: Date
  public var version: ConsensusVersion
  /// Who acted; for a vote shown, the session itself.
  public var by: PrincipalID
  public var kind: ConsensusAct.Kind
  /// Nil for what is about the whole case.
  public var key: GradeKey?
  public var text: String

  /// Plays the session through and says what happened.
  ///
  /// - Parameter name: what a reader is called beside a grade: a letter, or the name.
  static func entries(
    of session: Deliberation, order: [PrincipalID], areNamed: Bool, name: (PrincipalID) -> String
  ) -> [ConsensusLogEntry] {
    var played = Deliberation(
      caseID: session.caseID, round: session.round, codebook: session.codebook, examinations: session.examinations,
      readers: session.readers, quorum: session.quorum,
      readings: session.first.map {
        Reading(reader: $0.key, examination: .baseline, round: session.round, grades: $0.value)
      }, patientCase: session.patientCase)
    var entries: [ConsensusLogEntry] = []
    var undoable = UndoableAgreements()
    for event in session.events {
      let changes = played.changesOfMind.count
      let wasRecorded = played.isRecorded
      let before = played.decisions
      // That somebody changed a sealed vote is nobody's business before the reveal.
      var isSealedAgain = false
      if case .voted(let key, .sealed) = event.act {
        isSealedAgain = played.openBallot(on: key)?.votes[event.by] != nil
      }
      let spoken = played.spoken.map { (reader: $0, standing: played.standing(of: $0), version: played.version) }
      played.apply(event)
      func add(_ text: String, _ key: GradeKey? = nil) {
        entries.append(
          ConsensusLogEntry(
            at: event.at, version: event.version, by: event.by, kind: event.act.kind, key: key, text: text))
      }
      let undone = undoable.play(event)
      switch event.act {
      case .called(let key):
        let count = played.ballots[key]?.count ?? 1
        let about = Self.about(played.ballots[key]?.last?.question)
        add(
          "\(event.by) called a vote on \(played.title(key))\(about)" + (count > 1 ? ", the \(ordinal(count))" : ""),
          key)
      case .voted where isSealedAgain: break
      case .voted(let key, _): add("\(event.by) voted on \(played.title(key))", key)
      case .revealed(let key):
        let said = order.map { played.ballots[key]?.last?.votes[$0] }
        let question = played.ballots[key]?.last?.question
        let votes = Vote.words(said, under: order.map(name), areNamed: areNamed, played.finding(key), on: question)
        let about = Self.about(question)
        add("\(event.by) revealed the vote on \(played.title(key))\(about): \(votes)", key)
        guard Vote.mayBeUnderLetters(said, areNamed: areNamed) else { break }
        // In the order of the letters: that of the readers would tell who is who.
        let changed = played.changesOfMind.dropFirst(changes)
        for change in order.compactMap({ reader in changed.first { $0.reader == reader } }) {
          add(words(change, played, name, on: question), key)
        }
      case .calledOff(let key): add("\(event.by) called off the vote on \(played.title(key))", key)
      case .agreed where undone != nil:
        let undone = undone ?? [:]
        guard let (key, grade) = undone.first, undone.count == 1 else {
          add("\(event.by) undid what was agreed on \(undone.count) findings")
          break
        }
        add("\(event.by) undid: \(words(undoing: grade, now: played.decisions[key], key, played))", key)
      case .agreed(let grades) where grades.count > 1 && grades.values.allSatisfy { $0.how == .unanimous }:
        add("\(event.by) took over \(grades.count) unanimous findings")
        for key in played.keys where grades[key] != nil {
          if let rule = played.rule(on: key)?.overruled { add("\(played.title(key)): \(departure(rule))", key) }
        }
      case .agreed(let grades) where grades.count > 1 && grades.values.allSatisfy(\.isTakenBack):
        add("\(event.by) took back what was agreed on \(grades.count) findings")
      case .agreed(let grades):
        for key in played.keys {
          if let grade = grades[key] { add(words(grade, instead: before[key], key, by: event.by, played), key) }
        }
      case .noted(let key, let text):
        add("\(event.by) noted on \(played.title(key)): \(text ?? "(note taken away)")", key)
      case .confirmed: add("\(event.by) confirmed version \(event.version)")
      case .dissented(let reason): add("\(event.by) dissented from version \(event.version): \(reason)")
      case .absent(let reader, let reason): add("\(event.by) recorded \(reader) absent: \(reason)")
      case .reopened(let reason): add("\(event.by) reopened the consensus as version \(event.version): \(reason)")
      }
      let voided = spoken.filter { !played.spoken.contains($0.reader) }
      if let old = voided.first?.version, !played.isRecorded || !wasRecorded, event.act.kind != .reopened {
        let all = voided.map { "\($0.reader)'s \($0.standing.noun) \(old)" }.joined(separator: " and ")
        let count = voided.count == 1 ? "counts" : "count"
        add("\(all) no longer \(count): the consensus is version \(event.version) now")
      }
      if played.isRecorded, !wasRecorded { add("the consensus is recorded as version \(event.version.number)") }
    }
    return entries
  }

  /// What a vote on bones or places is about: ` (T5 and L1)`.
  private static func about(_ question: VoteQuestion?) -> String { question.map { " (\($0.title))" } ?? "" }

  private static func words(
    _ change: ChangeOfMind, _ session: Deliberation, _ name: (PrincipalID) -> String, on question: VoteQuestion?
  ) -> String {
    func asked(_ value: GradeValue) -> String { Vote.words(.cast(value), session.finding(change.key), on: question) }
    func whole(_ value: GradeValue) -> String { session.words(value, change.key) }
    // What differs in something that was not in question is told whole.
    let words = asked(change.from) == asked(change.to) ? whole : asked
    return "\(name(change.reader)) changed on \(session.title(change.key))\(about(question)): \(words(change.from)) → "
      + "\(words(change.to)); majority then: \(change.majority.map(words) ?? (change.direction == .other ? "none" : "place by place")) (\(change.direction.title))"
  }

  private static func words(
    _ grade: AgreedGrade, instead before: AgreedGrade?, _ key: GradeKey, by: PrincipalID, _ session: Deliberation
  ) -> String {
    if grade.isTakenBack {
      let was = before?.grade.map { session.words($0.value, key) } ?? "unresolved"
      return "\(by) took back what was agreed on \(session.title(key)): \(was)"
    }
    let value = grade.grade.map { session.words($0.value, key) }
    var text = "\(by) recorded \(session.title(key)): \(value ?? "unresolved")"
    if let how = grade.how, value != nil, how != .discussed || !session.isJoint { text += ", \(how.rawValue)" }
    if let cause = grade.cause { text += "; cause: \(cause.title)" }
    if let rationale = grade.rationale { text += "; \(rationale)" }
    if let rule = session.rule(on: key)?.overruled { text += "; \(departure(rule))" }
    if let bone = grade.grade?.bone { text += ", seen in \(bone.title)" }
    if let before, let now = grade.grade, before.grade?.value == now.value {
      if before.grade?.mark != now.mark { text += now.mark == nil ? "; no mark is kept" : "; with another mark" }
    } else if let before {
      text += " (before: \(before.grade.map { session.words($0.value, key) } ?? "unresolved"))"
    }
    return text
  }

  /// `T1W signal hyper`; where something stands again, that too.
  private static func words(
    undoing grade: AgreedGrade, now: AgreedGrade?, _ key: GradeKey, _ session: Deliberation
  ) -> String {
    func words(_ grade: AgreedGrade) -> String { grade.grade.map { session.words($0.value, key) } ?? "unresolved" }
    let title = session.title(key)
    guard let now else { return "\(title) \(words(grade))" }
    if !grade.isTakenBack, grade.grade?.value == now.grade?.value {
      return "what was added to \(title) \(words(now))"
    }
    return (grade.isTakenBack ? "taking back \(title)" : "\(title) \(words(grade))")
      + "; \(words(now)) stands again" + (session.rule(on: key)?.overruled.map { "; \(departure($0))" } ?? "")
  }

  private static func departure(_ rule: FollowUpRule.Grade) -> String { "the rule says \(rule.sentence)" }

  private static func ordinal(_ count: Int) -> String { count == 2 ? "2nd" : count == 3 ? "3rd" : "\(count)th" }
}

extension Vote {
  /// Whether votes may stand under letters: who is absent is known by name, and so would be their letter.
  static func mayBeUnderLetters(_ votes: [Vote?], areNamed: Bool) -> Bool { areNamed || votes.allSatisfy { $0 != nil } }

  /// Votes that were revealed, in one line: each under its reader's title, or by themselves where that would tell who is who.
  ///
  /// - Parameter question: of bones and places, what was in question.
  public static func words(
    _ votes: [Vote?], under titles: [String], areNamed: Bool, _ finding: Finding?, on question: VoteQuestion? = nil,
    separator: String? = nil
  ) -> String {
    let said = votes.map { words($0, finding, on: question) }
    let parts =
      mayBeUnderLetters(votes, areNamed: areNamed) ? zip(titles, said).map { "\($0) \($1)" } : said.sorted()
    // Where what somebody said has commas, they do not stand between readers.
    return parts.joined(separator: separator ?? (said.contains { $0.contains(",") } ? "; " : ", "))
  }

  /// A vote that was revealed, in the words of its finding; nil of who did not vote.
  public static func words(_ vote: Vote?, _ finding: Finding?, on question: VoteQuestion? = nil) -> String {
    switch vote {
    case .cast(let value?):
      question?.words(value)
        ?? (question != nil && value.isAnswer ? "otherwise: " : "") + (finding?.ranged(value) ?? value.text)
    case .cast(nil): "abstained"
    case .sealed, nil: "no vote"
    }
  }
}

extension Deliberation {
  /// A grade in the words of its finding.
  func words(_ value: GradeValue, _ key: GradeKey) -> String { finding(key)?.ranged(value) ?? value.text }
}

extension DiscrepancyCause {
  public var title: String { rawValue.replacing("_", with: " ") }
}
