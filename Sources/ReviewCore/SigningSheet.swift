// What is put before a reader when they sign. The screen shows it, the command prints it, and the store signs it or nothing.

/// Everything that a signature on one examination stands for, as it is at one moment. Two that are equal show the same.
public struct SigningSheet: Hashable, Sendable {
  public let caseID: CaseID
  public let examination: ExaminationID
  public let reader: PrincipalID
  public let round: Int
  public let version: Int
  /// The version of the codebook that it is signed under.
  public let codebook: Int
  /// Why this version was begun; nil of the first.
  public let amendment: String?
  public let grades: [GradeKey: Grade]
  public let note: String?
  /// The reset after which it was graded, see `Reading.unproven`, or with which this signature will be marked.
  public let unproven: PassphraseReset?
  /// The follow-up before, against which an interval is graded.
  public let previous: ExaminationID?
  /// What the rule makes of the grades, per comparator; empty at the baseline.
  public let rules: [RuleCheck]
  /// Signed follow-ups that by this signature would depart from the rule without a reason: it reads these grades too.
  public let departing: [RuleCheck]
  public let warnings: [ConsistencyWarning]
  /// What a signature asks for and has no grade, in the order of the codebook.
  public let missing: [FindingID]
  /// Answers to what is not asked any more: they are kept, and count nowhere.
  public let unasked: Set<GradeKey>
  /// Answers whose confidence the protocol asks for and that have none, in the order of the codebook.
  public let unrated: [FindingID]

  /// - Parameter view: the case as its reader sees it.
  /// - Returns: nil where the reader does not see the examination.
  public init?(_ view: CaseView, _ examination: ExaminationID, of reader: PrincipalID, in study: Study) {
    guard let whole = view.patientCase.examination(examination) else { return nil }
    let reading =
      view.reading(of: reader, examination) ?? Reading(reader: reader, examination: examination, round: view.round)
    let values = reading.values()
    let questions = study.codebook.asked(at: examination, of: view, by: reader)
    let asked = questions.shown.map(\.id).filter(questions.demanded.contains)
    let before = view.patientCase.followUp(before: examination)
    caseID = view.id
    self.examination = examination
    self.reader = reader
    round = view.round
    version = reading.version
    codebook = study.codebook.version
    amendment = reading.amendment
    grades = reading.grades
    note = reading.note
    unproven = view.unproven ?? reading.unproven
    previous = before
    let graded: (ExaminationID, Comparator) -> [FindingID: GradeValue] = { examination, comparator in
      view.reading(of: reader, examination)?.values(comparator: comparator) ?? [:]
    }
    rules = view.ruleChecks(study.codebook, at: examination, of: reader)
    // An answer with the clinical data is no finding of the rule's.
    let isAskedAgain = reading.amendment == Codebook.askedAgain
    departing = isAskedAgain ? [] : view.departing(with: examination, of: reader, study.codebook)
    warnings = study.codebook.warnings(
      at: whole, of: view, studyProtocol: study.studyProtocol, grades: reading.grades, values: graded)
    missing = asked.filter { values[$0] == nil }
    let shown = Dictionary(
      uniqueKeysWithValues: Comparator.allCases.map { comparator in
        let questions = study.codebook.asked(at: examination, comparator: comparator, of: view, by: reader)
        return (comparator, Set(questions.shown.map(\.id)))
      })
    unasked = Set(reading.grades.keys.filter { shown[$0.comparator]?.contains($0.finding) == false })
    // What is asked with the clinical data is signed by being graded, in a version of its own.
    let answered =
      reading.amendment == Codebook.askedAgain ? study.codebook.askedAfterwards.map(\.id) : []
    unrated =
      study.studyProtocol.asksConfidence
      ? (asked + answered).filter { id in
        reading.grades[GradeKey(examination, id)].map { $0.value.isAnswer && $0.confidence == nil } ?? false
      } : []
  }

  /// What keeps it from being signed, the first thing to mend first.
  public var obstacles: [SigningObstacle] {
    (missing.isEmpty ? [] : [.notGraded(missing)]) + (unrated.isEmpty ? [] : [.noConfidence(unrated)])
      + rules.filter(\.lacksReason).map { .noReason($0) } + departing.map { .departs($0) }
  }

  /// What differs in grades and note from what was shown before, in the order of the codebook.
  public func changes(since seen: SigningSheet, _ codebook: Codebook) -> [GradeDifference] {
    let places = Dictionary(uniqueKeysWithValues: zip(codebook.findings.map(\.id), 0...))
    let keys = Set(grades.keys).union(seen.grades.keys).filter { grades[$0] != seen.grades[$0] }
    let changed = keys.sorted {
      (places[$0.finding] ?? .max, $0.comparator.rawValue) < (places[$1.finding] ?? .max, $1.comparator.rawValue)
    }.map { GradeDifference(key: $0, old: seen.grades[$0], new: grades[$0]) }
    return changed + (note == seen.note ? [] : [GradeDifference(key: nil, oldNote: seen.note, newNote: note)])
  }
}

/// Why a reading cannot be signed as it stands, with the cure.
public enum SigningObstacle: Hashable, Sendable, CustomStringConvertible {
  case notGraded([FindingID])
  /// The protocol asks how certain the reader is.
  case noConfidence([FindingID])
  /// The sequential change departs from the rule's, and its note does not say why.
  case noReason(RuleCheck)
  /// A signed follow-up would depart from the rule's by this signature, and its note does not say why.
  case departs(RuleCheck)

  public var description: String {
    func list(_ findings: [FindingID]) -> String { findings.map(\.rawValue).joined(separator: ", ") }
    return switch self {
    case .notGraded(let findings): "\(list(findings)) not graded yet; use not-assessable where it applies"
    case .noConfidence(let findings):
      "\(list(findings)) without a confidence, which the protocol asks for; say 1 (guess) to 5 (certain)"
    case .noReason(let check):
      "\(check.key.finding) \(check.given?.text ?? "") is not the rule's "
        + "\(check.overruled?.sentence ?? ""); "
        + (check.isReasonOutdated ? "its note was written for another grade, yours or the rule's; " : "")
        + "say why in a note on it, or take the rule's"
    case .departs(let check):
      "the follow-up at \(check.key.examination.title) is signed with \(check.key.finding) \(check.given?.text ?? ""), and by this the rule "
        + "says \(check.overruled?.sentence ?? ""); amend that reading first, and take the rule's there or say why in a note"
    }
  }
}

extension CaseView {
  /// The rule on a reader's grades of an examination, as they stand in the view.
  fileprivate func ruleChecks(
    _ codebook: Codebook, at examination: ExaminationID, of reader: PrincipalID
  ) -> [RuleCheck] {
    RuleCheck.checks(codebook, of: patientCase, at: examination) { examination, comparator in
      reading(of: reader, examination)?.values(comparator: comparator) ?? [:]
    } given: {
      reading(of: reader, examination)?.grades[$0]
    }
  }

  /// What the rule makes of a reader's other signed readings, where it reads the grades of an examination and they depart
  /// from it without a reason: against the baseline, or against the follow-up before.
  fileprivate func departing(
    with examination: ExaminationID, of reader: PrincipalID, _ codebook: Codebook
  ) -> [RuleCheck] {
    patientCase.examinations.map(\.id).flatMap { other -> [RuleCheck] in
      guard other != examination, let signed = reading(of: reader, other), signed.state.isSigned else { return [] }
      let before = patientCase.followUp(before: other)
      return ruleChecks(codebook.of(signed), at: other, of: reader).filter {
        $0.lacksReason && examination == ($0.key.comparator == .baseline ? .baseline : before)
      }
    }
  }
}

extension CaseView {
  /// The case as it is once a change is recorded, in a new version where a signed reading is amended for a reason, or
  /// answers what is asked with the clinical data.
  public func recording(
    _ change: GradeChange?, amending reason: String? = nil, by reader: PrincipalID, _ codebook: Codebook
  ) -> CaseView {
    guard let examination = change?.examination else { return self }
    var view = self
    var own = reading(of: reader, examination) ?? Reading(reader: reader, examination: examination, round: round)
    if let reason = change?.asksAgain(codebook) == true ? Codebook.askedAgain : reason {
      (own.version, own.amendment) = (own.version + 1, reason)
    }
    for (key, grade) in change?.grades ?? [:] { own.grades[key] = grade }
    if let note = change?.readingNote { own.note = note.isEmpty ? nil : note }
    view.readings.removeAll { $0.reader == reader && $0.examination == examination && $0.round == round }
    view.readings.append(own)
    return view
  }
}

extension GradeChange {
  /// Answers what a protocol asks once the reading is signed: grading it signs it anew.
  public func asksAgain(_ codebook: Codebook) -> Bool {
    let asked = codebook.askedAfterwards.map(\.id)
    return grades.keys.contains { asked.contains($0.finding) }
  }
}

extension GradeChange {
  /// The change with each note that was written now on a sequential change other than the rule's as the reason for it.
  ///
  /// - Parameter view: the case before the change, as its reader sees it.
  public func explaining(_ noted: Set<GradeKey>, in view: CaseView, by reader: PrincipalID, of study: Study)
    -> GradeChange
  {
    let after = view.recording(self, by: reader, study.codebook)
    guard let sheet = SigningSheet(after, examination, of: reader, in: study) else { return self }
    var change = self
    for check in sheet.rules where noted.contains(check.key) {
      guard let rule = check.overruled, case .some(var grade?) = grades[check.key], grade.note != nil else { continue }
      grade.overrules = rule.level
      change.grades[check.key] = grade
    }
    return change
  }
}
