// The grading screen's own state: one examination, one finding under the cursor.

import ReviewCore

package struct GradingState: Sendable {
  package private(set) var view: CaseView?
  package private(set) var examination: ExaminationID = .baseline
  /// What the follow-up is compared with: the baseline, or the previous examination.
  package private(set) var comparator = Comparator.baseline
  /// The finding under the cursor, from 0.
  package var cursor = 0
  /// What the last key graded, while nothing else was done: `,` adds a level to it, and a note or an image is of it.
  package var justGraded: FindingID?
  /// A comma was typed; the next level is added to `justGraded`.
  package var isAdding = false
  /// The protocol asks how certain the reader is of `justGraded`; the next digit answers.
  package var isAskingConfidence = false { didSet { if !isAskingConfidence { held = nil } } }
  /// Asked with the clinical data and not recorded yet: it is signed by being graded, and first needs its confidence.
  package var held: Grade?
  /// The grade that is asked how certain it is, as it was given.
  var justGiven: (key: GradeKey, grade: Grade)?
  /// Grades whose certainty was given right after them: one answer, which is undone as one.
  var paired: Set<GradeKey> = []
  /// The grades before an undo that is not answered yet.
  var beforeUndo: [GradeKey: Grade]?
  package var picker: BonePicker?
  /// Where the last map was kept: the next one starts there, unless the case itself names a bone.
  package var lastBone: Bone?
  /// Somebody goes here from another screen, and not back to what they left.
  var isEntered = false
  /// What the codebook asks at this point; nil where it asks everything.
  package fileprivate(set) var asked: AskedFindings?
  package fileprivate(set) var derived: [DerivedValue] = []
  /// What the codebook says of the grades, worked out once for each state of them and not for each frame.
  fileprivate var worked: WorkedGrades?
  /// How often it was worked out.
  package fileprivate(set) var evaluations = 0
  /// The findings as they are drawn, those of the same places in a sheet; empty where there is no sheet.
  fileprivate(set) var lines: [GradingLine] = []
  /// When the store took the last grade, as it is shown beside the tick; nil before the first.
  package var savedAt: String?
  /// Half-typed notes; nil is the note on the whole reading.
  private var drafts: [FindingID?: String] = [:]

  package mutating func open(_ view: CaseView, _ examination: ExaminationID?) {
    if self.view?.id != view.id { paired = [] }
    let isSame = self.view?.id == view.id && (examination == nil || examination == self.examination)
    self.view = view
    guard !isSame else { return }
    self.examination = examination ?? .baseline
    savedAt = nil
    drafts = [:]
    compare(with: .baseline)
  }

  package mutating func compare(with comparator: Comparator) {
    self.comparator = comparator
    (cursor, justGraded, isAdding, isAskingConfidence, picker) = (0, nil, false, false, nil)
    // It was asked of another examination, or against another one.
    (asked, derived) = (nil, [])
  }

  /// The case and examination being graded.
  package var place: GradingPlace? { view.map { GradingPlace(caseID: $0.id, examination: examination) } }

  /// What is graded here, where that is not for the codebook alone to say.
  mutating func ask(_ findings: [Finding], _ codebook: Codebook) {
    asked = AskedFindings(shown: findings, demanded: Set(findings.map(\.id)))
    lines = PlaceGrid.lines(findings, of: codebook.findings(at: examination, comparator: comparator))
  }

  package func draft(_ finding: FindingID?) -> String? { drafts[finding] }

  package mutating func setDraft(_ text: String?, _ finding: FindingID?) { drafts[finding] = text }

  /// What the store holds after a key, in place of the reading before.
  package mutating func show(_ reading: Reading, savedAt: String) {
    view?.readings.removeAll {
      $0.reader == reading.reader && $0.examination == reading.examination && $0.round == reading.round
    }
    view?.readings.append(reading)
    self.savedAt = savedAt
  }
}

/// What the codebook says of a state of the grades.
struct WorkedGrades: Sendable {
  let view: CaseView
  let examination: ExaminationID
  let comparator: Comparator
  /// The version of the codebook.
  let codebook: Int
  let suggestion: FollowUpRule.Outcome?
  let warnings: [ConsistencyWarning]
  /// What the next state goes on from.
  var memory: SchemeReading.Memory?

  /// What a state of the same case goes on from.
  func memory(for view: CaseView, _ version: Int) -> SchemeReading.Memory? {
    self.view.id == view.id && codebook == version ? memory : nil
  }

  func isOf(_ state: State) -> Bool {
    let grading = state.grading
    return view == grading.view && examination == grading.examination && comparator == grading.comparator
      && codebook == state.session.codebook.version
  }
}

package struct GradingPlace: Hashable, Sendable {
  package var caseID: CaseID
  package var examination: ExaminationID
}

extension State {
  package var gradedExamination: Examination? { grading.view?.patientCase.examination(grading.examination) }

  /// What can be graded here, against the comparator chosen.
  package var gradedFindings: [Finding] {
    (grading.asked?.shown ?? session.codebook.findings(at: grading.examination, comparator: grading.comparator))
      .filter { !$0.isAskedAfterwards || isAskedAgain || grade(of: $0.id) != nil }
  }

  /// Every reading of the case is signed, its clinical data are shown, and the protocol asks for the impression again.
  package var isAskedAgain: Bool {
    guard let view = grading.view, !view.stage.isOpen, !session.codebook.askedAfterwards.isEmpty else { return false }
    return view.patientCase.examinations.allSatisfy {
      view.reading(of: session.principal.id, $0.id)?.state.isSigned == true
    }
  }

  /// What is asked again and not answered yet.
  package var askedAgain: Finding? {
    guard isAskedAgain, let baseline = grading.view?.reading(of: session.principal.id, .baseline) else { return nil }
    return session.codebook.askedAfterwards.first { baseline.grades[GradeKey(.baseline, $0.id)] == nil }
  }

  package var gradedFinding: Finding? {
    gradedFindings.indices.contains(grading.cursor) ? gradedFindings[grading.cursor] : nil
  }

  /// What the next key about a grade means: what was just graded, else the finding under the cursor.
  package func aboutFinding(where fits: (Finding) -> Bool = { _ in true }) -> Finding? {
    let last = grading.justGraded.flatMap { id in gradedFindings.first { $0.id == id } }
    return last.flatMap { fits($0) ? $0 : nil } ?? gradedFinding
  }

  /// What was just graded, where a key about it means neither that nor a grade under the cursor: it takes no such thing.
  func justGraded(unlike fits: (Finding) -> Bool) -> Finding? {
    guard let last = grading.justGraded.flatMap({ id in gradedFindings.first { $0.id == id } }), !fits(last),
      gradedFinding.flatMap({ grade(of: $0.id) }) == nil
    else { return nil }
    return last
  }

  /// The first examination of a case that this principal has not signed; nil when all are signed or closed.
  func examinationToGrade(_ view: CaseView) -> ExaminationID? {
    guard !view.stage.isOpen else { return nil }
    return view.patientCase.examinations.map(\.id).first { id in
      view.reading(of: session.principal.id, id)?.state.isSigned != true
    }
  }

  /// Opens an examination to grade, at the first finding without a grade; where all are graded or signed, at the top.
  mutating func openGrading(_ view: CaseView, _ examination: ExaminationID?) {
    let before = grading.place
    grading.open(view, examination)
    guard grading.place != before, let reading, !reading.state.isSigned else { return }
    refreshAsked()
    grading.cursor = gradedFindings.firstIndex { grade(of: $0.id) == nil } ?? 0
    askWhatIsLeft()
  }

  /// The principal's reading being graded, nil before its first grade.
  package var reading: Reading? { grading.view?.reading(of: session.principal.id, grading.examination) }

  /// Asks the codebook anew what is graded here and what follows, where grades have changed; the cursor stays on its
  /// finding, or goes to what the last grade brought right behind it.
  mutating func refreshAsked() {
    guard screen == .grading || isJoint, let view = grading.view, grading.worked?.isOf(self) != true,
      let scheme = SchemeReading(
        session.codebook, of: view, by: session.principal.id,
        after: grading.worked?.memory(for: view, session.codebook.version))
    else { return }
    grading.evaluations += 1
    grading.worked = WorkedGrades(
      view: view, examination: grading.examination, comparator: grading.comparator,
      codebook: session.codebook.version,
      suggestion: scheme.suggestion(at: grading.examination, comparator: grading.comparator),
      // Of a joint reading the session has them.
      warnings: isJoint
        ? []
        : view.patientCase.examination(grading.examination).map {
          scheme.warnings(at: $0, session.study.studyProtocol)
            + ConsistencyWarning.ofBones(
              reading?.grades ?? [:], involved: session.codebook.bones.flatMap { ownValues(at: .baseline)[$0] },
              session.codebook, view.patientCase.bones)
        } ?? [])
    defer { grading.worked?.memory = scheme.memory }
    guard !session.codebook.isPlain else {
      grading.asked = nil
      return
    }
    let (here, before) = (gradedFinding?.id, grading.asked.map { Set($0.shown.map(\.id)) })
    grading.asked = scheme.asked(at: grading.examination, comparator: grading.comparator)
    grading.derived = scheme.derived(at: grading.examination)
    let shown = gradedFindings
    grading.lines = PlaceGrid.lines(
      shown, of: session.codebook.findings(at: grading.examination, comparator: grading.comparator))
    if let before, let graded = shown.firstIndex(where: { $0.id == grading.justGraded }),
      shown.indices.contains(graded + 1), !before.contains(shown[graded + 1].id)
    {
      grading.cursor = graded + 1
    } else {
      grading.cursor =
        shown.firstIndex { $0.id == here } ?? max(0, min(grading.cursor, shown.count - 1))
    }
  }

  /// Whether something is graded in a sheet.
  var hasSheets: Bool {
    grading.lines.contains { if case .head = $0 { true } else { false } }
  }

  package func gradeKey(_ finding: FindingID) -> GradeKey {
    GradeKey(grading.examination, finding, comparator: grading.comparator)
  }

  package func grade(of finding: FindingID) -> Grade? { reading?.grades[gradeKey(finding)] }

  /// Findings without a grade against the comparator chosen, in order.
  package var notGraded: [Finding] { gradedFindings.filter { grade(of: $0.id) == nil } }

  /// What a signature asks for: every finding of the examination, against the baseline. Intervals are kept, not asked for.
  package var signedFindings: [Finding] {
    guard let view = grading.view else { return session.codebook.findings(toSign: grading.examination) }
    let asked =
      grading.asked ?? session.codebook.asked(at: grading.examination, of: view, by: session.principal.id)
    return asked.shown.filter { asked.demanded.contains($0.id) }
  }

  /// What is missing for a signature, in order.
  package var missing: [Finding] {
    signedFindings.filter { reading?.grades[GradeKey(grading.examination, $0.id)] == nil }
  }

  /// What the rule makes of the findings graded so far, against the comparator chosen.
  package var ruleOutcome: FollowUpRule.Outcome? {
    guard let view = grading.view else { return nil }
    if let worked = grading.worked, worked.isOf(self) { return worked.suggestion }
    return session.codebook.suggestion(
      at: grading.examination, comparator: grading.comparator, of: view.patientCase
    ) { view.reading(of: session.principal.id, $0)?.values(comparator: $1) ?? [:] }
  }

  package var warnings: [ConsistencyWarning] {
    if isJoint {
      return (consensus.worked?.warnings[grading.examination] ?? [])
        + (gradedExamination.map { ConsistencyWarning.ofAcquisitions($0, session.study.studyProtocol) } ?? [])
    }
    guard let view = grading.view, let examination = gradedExamination, let reading else { return [] }
    if let worked = grading.worked, worked.isOf(self) { return worked.warnings }
    return session.codebook.warnings(
      at: examination, of: view, studyProtocol: session.study.studyProtocol, grades: reading.grades
    ) {
      view.reading(of: session.principal.id, $0)?.values(comparator: $1) ?? [:]
    }
  }

  /// The same of the finding under the cursor.
  package var whyFindingNotGraded: String? { whyNotGraded(gradedFinding) }

  /// The same of a finding, which may be one that is asked afterwards.
  private func whyNotGraded(_ finding: Finding?) -> String? {
    guard let finding, finding.isAskedAfterwards else { return whyNotGraded }
    if isAskedAgain { return nil }
    return whyNotGraded ?? "\(finding.title) is asked once the case is signed again"
  }

  /// Why nothing can be added to the grade of a finding; nil when it can.
  func noGrade(of finding: Finding?) -> String? {
    if let closed = whyNotGraded(finding) { return closed }
    guard let finding else { return "there is no finding here" }
    return grade(of: finding.id) == nil ? "grade \(finding.title) first" : nil
  }

  static let lockedWords = "a reset of your passphrase locked this reading; : unlock takes it up again"

  /// Why the reading cannot be graded; nil when it can.
  package var whyNotGraded: String? {
    if isJoint { return WhyNotInSession.cannotAgree(self) }
    guard let view = grading.view else { return "there is no case here" }
    if view.locked.contains(grading.examination) { return Self.lockedWords }
    if case .signed = reading?.state { return "this reading is signed; A amends it with a reason" }
    return view.stage.isOpen ? "the case is opened for consensus; its readings are closed" : nil
  }
}
