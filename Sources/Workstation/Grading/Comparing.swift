// A follow-up against the baseline, or against the previous examination; and what the rule makes of either.

import Grid
import ReviewCore

extension State {
  /// The follow-up before the one being graded; nil where the baseline is the one before.
  package var previousExamination: ExaminationID? {
    grading.view?.patientCase.followUp(before: grading.examination)
  }

  /// The principal's own values of an earlier examination, against the baseline.
  func ownValues(at examination: ExaminationID) -> [FindingID: GradeValue] {
    grading.view?.reading(of: session.principal.id, examination)?.values() ?? [:]
  }

  /// The bones of the patient that is being graded.
  var gradedAnatomy: Anatomy { grading.view?.patientCase.bones ?? .usual }

  func bonePicker(_ finding: Finding) -> BonePicker {
    BonePicker(
      finding, value: grade(of: finding.id)?.value, involved: finding.scale == .map ? bonesOfComparator : nil,
      at: grading.comparator == .previous ? previousExamination?.title ?? "the baseline" : "the baseline",
      start: ownBone ?? grading.lastBone, anatomy: gradedAnatomy)
  }

  /// The bones with a lesion at the examination compared with: those of the baseline, and of a later one as its changes
  /// left them.
  var bonesOfComparator: GradeValue? {
    let baseline = session.codebook.bones.flatMap { ownValues(at: .baseline)[$0] }
    guard grading.comparator == .previous, let previous = previousExamination,
      let changes = session.codebook.changesOfBones.flatMap({ ownValues(at: previous)[$0] })?.changes, !changes.isEmpty
    else { return baseline }
    let resolved = Set(changes.filter { $0.value == "resolved" }.keys.map(Site.bone))
    let stayed = Set(baseline?.siteList ?? []).subtracting(resolved)
    let shaded = Set(stayed.flatMap { $0.shaded(in: gradedAnatomy) })
    let added = changes.keys.filter { !shaded.contains($0) }.map(Site.bone)
    return .sites(stayed.union(added).subtracting(resolved).sorted())
  }

  /// Where this case has a lesion, as far as this reader has said or may know: where a sign was seen, what was biopsied.
  private var ownBone: Bone? {
    guard let view = grading.view else { return nil }
    let readings = view.readings.filter { $0.reader == session.principal.id && $0.round == view.round }
    let named = readings.flatMap { reading in
      reading.grades.values.flatMap { [$0.bone].compactMap { $0 } + $0.value.bones }
    }
    return named.min() ?? view.patientCase.biopsies?.compactMap(\.bone).first
  }
}

extension Case {
  /// Why an examination is compared with the baseline alone; nil where there is one between the two.
  func noExaminationBetween(_ examination: ExaminationID) -> String? {
    guard followUp(before: examination) == nil else { return nil }
    return examination.isBaseline
      ? "the baseline has no comparator" : "the examination before this one is the baseline"
  }
}

extension Commands {
  static let compare = Command(
    "grade.compare", "compare with the one before, or the baseline again", keys: [.character("p")],
    on: [.grading], hint: "compare",
    whyNot: { state in
      if let why = state.grading.view?.patientCase.noExaminationBetween(state.grading.examination) { return why }
      return state.session.codebook.findings(at: state.grading.examination, comparator: .previous).isEmpty
        ? "nothing in this study's codebook is graded against the previous examination" : nil
    }, isFor: { $0.findings.contains(where: \.isComparison) }
  ) { state in
    state.grading.compare(with: state.grading.comparator == .baseline ? .previous : .baseline)
    return []
  }

  /// The rule's grade in one key. The reason for another one goes with it.
  static func acceptRule(_ state: inout State) -> [Effect] {
    guard let finding = state.session.codebook.suggestedGrade, let rule = state.ruleOutcome?.grade else {
      state.message = Message("the rule cannot decide yet; grade what it names, or choose a level", .warning)
      return []
    }
    let accepted = GradeValue.level(rule.level)
    guard let before = state.grade(of: finding), before.value != accepted else {
      return record(accepted, for: finding, &state)
    }
    return state.recording([state.gradeKey(finding): Grade(accepted)])
  }
}
