// The consensus session of one case: what its acts come to. The log is all there is; everything else is played from it.

import struct Foundation.Date

/// A case in consensus: its readings, its log, and what follows from both.
public struct Deliberation: Sendable {
  public let caseID: CaseID
  public let round: Int
  public let codebook: Codebook
  public let examinations: [ExaminationID]
  /// Those who must confirm, in the order of the study.
  public let readers: [PrincipalID]
  /// How many of them must be present.
  public let quorum: Int
  /// Those who have left the study since, and when. Nothing waits for them; they count as present only by what they have said
  /// of the version as it stands.
  public let left: [PrincipalID: Date]
  /// The signed grades; empty where the readers grade jointly.
  public let first: [PrincipalID: [GradeKey: Grade]]
  /// The readers grade together, and nobody has graded before.
  var isJoint: Bool { first.isEmpty }
  /// What is to be agreed on, in the order of examinations and codebook. Where places are agreed first it follows them.
  public private(set) var keys: [GradeKey] = []
  /// As it is whole: given facts decide what is asked.
  let patientCase: Case
  /// Under which version of the codebook each reader signed which examination; empty where there is only one version.
  let signedUnder: [PrincipalID: [ExaminationID: Int]]

  public private(set) var version = ConsensusVersion()
  public private(set) var events: [ConsensusEvent] = []
  public private(set) var decisions: [GradeKey: AgreedGrade] = [:]
  public private(set) var notes: [GradeKey: String] = [:]
  public private(set) var ballots: [GradeKey: [Ballot]] = [:]
  public private(set) var standings: [PrincipalID: ReaderStanding] = [:]
  public private(set) var changesOfMind: [ChangeOfMind] = []
  /// What each reader confirmed last, of this version or one before.
  public private(set) var confirmed: [PrincipalID: ConfirmedContent] = [:]
  public private(set) var isRecorded = false
  /// Of agreed sequential changes with a rationale: the rule's grade when it was given.
  private var explained: [GradeKey: LevelID] = [:]

  /// - Parameter quorum: a majority unless said.
  public init(
    caseID: CaseID, round: Int = 1, codebook: Codebook, examinations: [ExaminationID], readers: [PrincipalID],
    quorum: Int? = nil, left: [PrincipalID: Date] = [:], readings: [Reading], events: [ConsensusEvent] = [],
    patientCase: Case? = nil
  ) {
    let known = patientCase ?? Case(id: caseID, examinations: examinations.map { Examination($0) })
    self.patientCase = known
    self.caseID = caseID
    self.round = round
    self.codebook = codebook
    self.examinations = examinations
    self.readers = readers
    self.left = left.filter { readers.contains($0.key) }
    self.quorum = quorum ?? readers.count / 2 + 1
    let own = codebook.settled(readings.filter { $0.round == round && readers.contains($0.reader) }, of: known)
    signedUnder =
      codebook.former.isEmpty
      ? [:] : own.reduce(into: [:]) { $0[$1.reader, default: [:]][$1.examination] = $1.codebook }
    let first = own.reduce(into: [PrincipalID: [GradeKey: Grade]]()) { grades, reading in
      grades[reading.reader, default: [:]].merge(reading.grades) { _, new in new }
    }
    self.first = first
    keys = asked
    for event in events { apply(event) }
  }

  /// Against the examination before only what somebody graded so; against the baseline everything that is asked.
  private var asked: [GradeKey] {
    let graded = first.values.reduce(into: Set<GradeKey>()) { $0.formUnion($1.keys) }
    let scheme = codebook.isPlain ? nil : SchemeReading(codebook, of: patientCase) { values(at: $0, comparator: $1) }
    let hasNoBones = codebook.saysNoBone(values(at: .baseline, comparator: .baseline))
    return examinations.flatMap { examination in
      let open = scheme?.open(at: examination)
      return codebook.findings(at: examination).flatMap { finding -> [GradeKey] in
        let key = GradeKey(examination, finding.id)
        let previous = GradeKey(examination, finding.id, comparator: .previous)
        if hasNoBones, finding.isOfBonesOfBaseline, decisions[key] == nil, !graded.contains(key),
          !graded.contains(previous)
        {
          return []
        }
        switch open?[finding.id] {
        case .some(.notAsked): return []
        // Whether it is asked hangs on what is not agreed yet: who was asked says so.
        case .some(.undecided) where !graded.contains(key): return []
        default: return [key] + (graded.contains(previous) ? [previous] : [])
        }
      }
    }
  }

  /// What is agreed so far.
  private func values(at examination: ExaminationID, comparator: Comparator) -> [FindingID: GradeValue] {
    decisions.reduce(into: [:]) { values, entry in
      guard entry.key.examination == examination, entry.key.comparator == comparator else { return }
      values[entry.key.finding] = entry.value.grade?.value
    }
  }

  /// Plays an act. Acts come from `act(_:by:)`, or from the log they were written to.
  public mutating func apply(_ event: ConsensusEvent) {
    events.append(event)
    switch event.act {
    case .called(let key):
      ballots[key, default: []].append(ballot(on: key))
      contentChanged()
    case .voted(let key, let vote): cast(vote, by: event.by, on: key)
    case .revealed(let key): reveal(key)
    case .calledOff(let key): callOff(key)
    case .agreed(let grades):
      let explained = grades.keys.compactMap { key in rule(on: key, with: grades).map { (key, $0.against) } }
      for (key, level) in explained { self.explained[key] = level }
      decisions = decisions.merging(grades) { _, new in new }.filter { !$0.value.isTakenBack }
      keys = asked
      contentChanged()
    case .noted(let key, let text):
      notes[key] = text
      contentChanged()
    case .confirmed:
      standings[event.by] = .confirmed
      confirmed[event.by] = ConfirmedContent(version: version, decisions: decisions, notes: notes)
    case .dissented(let reason): standings[event.by] = .dissented(reason: reason)
    case .absent(let reader, let reason): standings[reader] = .absent(reason: reason)
    case .reopened:
      version = ConsensusVersion(version.number + 1)
      standings = [:]
      isRecorded = false
    }
    isRecorded =
      isRecorded || readers.allSatisfy { !standing(of: $0).isPending } && standings.values.contains(.confirmed)
    // Who plays an act need not know to which version it leads.
    events[events.count - 1].version = version
  }

  /// What was confirmed was what was there before, talk included: it must be said again.
  private mutating func contentChanged() {
    version.revision += 1
    standings = standings.filter(\.value.isAbsent)
  }

  private mutating func cast(_ vote: Vote, by reader: PrincipalID, on key: GradeKey) {
    if standing(of: reader).isAbsent { standings[reader] = nil }
    guard var all = ballots[key], let last = all.indices.last else { return }
    all[last].votes[reader] = vote
    ballots[key] = all
  }

  private mutating func reveal(_ key: GradeKey) {
    guard var all = ballots[key], let last = all.indices.last else { return }
    let before = positions(on: key)
    let majority = majorityNow(on: key)
    all[last].isRevealed = true
    ballots[key] = all
    for (reader, from) in zip(readers, before) {
      // Who had said nothing yet does not change their mind.
      guard let from, case .cast(let to?) = all[last].votes[reader], to != from else { continue }
      changesOfMind.append(
        ChangeOfMind(
          reader: reader, key: key, from: from, to: to, majority: majority, among: counted(before, on: key),
          of: finding(key)))
    }
  }

  /// Nothing that a reader confirms is another for it: what they had said ended when the vote was called.
  private mutating func callOff(_ key: GradeKey) {
    guard openBallot(on: key) != nil else { return }
    ballots[key]?.removeLast()
    if ballots[key]?.isEmpty == true { ballots[key] = nil }
  }

  public func standing(of reader: PrincipalID) -> ReaderStanding { standings[reader] ?? .pending }

  /// Readers who have confirmed this version, or dissented from it.
  var spoken: [PrincipalID] {
    readers.filter { !standing(of: $0).isPending && !standing(of: $0).isAbsent }
  }

  /// The vote on a finding that waits for its reveal.
  public func openBallot(on key: GradeKey) -> Ballot? { ballots[key]?.last.flatMap { $0.isRevealed ? nil : $0 } }

  /// Whether a reader neither speaks for the version any more, nor has spoken for it.
  func isGone(_ reader: PrincipalID) -> Bool { left[reader] != nil && standing(of: reader).isPending }

  /// Why nothing can be recorded any more: fewer than must be present have not left the study, or have spoken for the version
  /// before they did. Nil while enough can be.
  public var tooFewLeft: ConsensusRefusal? {
    let missing = readers.filter { left[$0] != nil && !spoken.contains($0) }
    guard !isRecorded, readers.count - missing.count < quorum else { return nil }
    return .tooFewLeft(needed: quorum, of: readers.count, left: missing)
  }

  /// Readers whose vote an open ballot waits for: those who are not recorded absent and have not left the study.
  public func waiting(on key: GradeKey) -> [PrincipalID] {
    guard let ballot = openBallot(on: key) else { return [] }
    return readers.filter { ballot.votes[$0] == nil && !standing(of: $0).isAbsent && left[$0] == nil }
  }

  /// What is not agreed yet, unresolved ones not among them.
  public var unsettled: [GradeKey] { keys.filter { decisions[$0] == nil } }

  /// The rule on the agreed findings beside the agreed sequential change; nil for any other finding.
  ///
  /// - Parameter wanted: grades that are about to be agreed.
  public func rule(on key: GradeKey, with wanted: [GradeKey: AgreedGrade] = [:]) -> RuleCheck? {
    guard key.finding == codebook.suggestedGrade else { return nil }
    let agreed = decisions.merging(wanted) { _, new in new }
    let outcome = codebook.suggestion(at: key.examination, comparator: key.comparator, of: patientCase) {
      examination, comparator in
      agreed.reduce(into: [:]) { values, entry in
        guard entry.key.examination == examination, entry.key.comparator == comparator else { return }
        values[entry.key.finding] = entry.value.grade?.value
      }
    }
    return outcome.map {
      let isSaidNow = wanted[key].map { isSaid($0, instead: decisions[key]) } ?? false
      return RuleCheck(
        key: key, outcome: $0, given: agreed[key]?.grade?.value, reason: agreed[key]?.rationale,
        against: isSaidNow ? $0.grade?.level : explained[key])
    }
  }

  /// Whether a rationale is given for this grade, and does not only stay while something else of it changes.
  private func isSaid(_ grade: AgreedGrade, instead before: AgreedGrade?) -> Bool {
    grade.rationale != before?.rationale || grade.grade?.value != before?.grade?.value || grade == before
  }

  /// Agreed sequential changes that depart from the rule while nothing says why.
  public var unexplained: [GradeKey] { keys.filter { rule(on: $0)?.lacksReason == true } }

  /// Whether the consensus is recorded once a reader is recorded absent.
  public func isRecorded(without reader: PrincipalID) -> Bool {
    readers.allSatisfy { $0 == reader || isGone($0) || !standing(of: $0).isPending }
      && standings.values.contains(.confirmed)
  }

  /// Who has left the study and is still to be recorded absent, so that nothing waits for them: as far as enough stay
  /// present.
  public func absenceOfWhoLeft(by principal: Principal) -> ConsensusAct? {
    for reader in readers where isGone(reader) {
      guard let date = left[reader] else { continue }
      let reason = ConsensusTable.Reader.words(left: date)
      if let act = try? act(.absent(reader, reason: reason, records: nil), by: principal) { return act }
    }
    return nil
  }

  /// The record that the confirmations make.
  public var consensus: Consensus {
    let counted = codebook.isPlain ? nil : Set(keys)
    let grades = decisions.reduce(into: [GradeKey: AgreedGrade]()) { grades, entry in
      if counted?.contains(entry.key) == false { return }
      grades[entry.key] = entry.value
      if let note = notes[entry.key] { grades[entry.key]?.grade?.note = note }
    }
    return Consensus(
      origin: .session, round: round, version: version.number, grades: grades, codebook: codebook.version)
  }

  /// `rim sign`, `marrow, 5 months`, `foci, 8 months against the one before`.
  public func title(_ key: GradeKey) -> String {
    let name = finding(key)?.title ?? key.finding.rawValue
    guard !key.examination.isBaseline else { return name }
    return "\(name), \(key.examination.title)" + (key.comparator == .previous ? " against the one before" : "")
  }
}
