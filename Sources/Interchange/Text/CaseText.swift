// `show --linear`: a case as one fact a line, for screen readers and pipes.

import ReviewCore
import TextSafety

package enum CaseText {
  static let notStated = "not stated"

  /// Lines of `key: value`. The key names the examination and the source of a fact in words, so that each line can be
  /// understood, and found by a search, alone.
  ///
  /// - Parameter examination: shows only this one; nil shows all.
  package static func linear(_ view: CaseView, study: Study, examination: ExaminationID? = nil) -> String {
    var lines = CaseLines(view: view, study: study)
    lines.addCase()
    for shown in view.patientCase.examinations where examination == nil || examination == shown.id {
      lines.add(shown)
    }
    if examination == nil { lines.addCourse() }
    return lines.lines.map(\.madeSafe).joined(separator: "\n") + "\n"
  }
}

/// The lines while they are gathered.
struct CaseLines {
  let view: CaseView
  let study: Study
  private(set) var lines: [String] = []

  private var patientCase: Case { view.patientCase }
  private var withheld: String { view.untilWhen(study.studyProtocol.mode) }

  init(view: CaseView, study: Study) {
    self.view = view
    self.study = study
  }

  mutating func add(_ key: String, _ value: String) { lines.append("\(key): \(value)") }

  /// A fact that may be missing for one of two reasons, which are said apart.
  mutating func add(_ key: String, _ value: String?, unless fact: Withheld? = nil) {
    let hidden = fact.map(view.withheld.contains) ?? false
    add(key, hidden ? withheld : value ?? CaseText.notStated)
  }

  mutating func addCase() {
    add("study", view.withheld.contains(.title) ? study.neutralTitle : study.title)
    if study.isIllustrative { add("readings", "made up for practice") }
    if study.isConstructed { add("patient", "none; the case is constructed for teaching") }
    add("case", patientCase.id.rawValue)
    add("title", patientCase.title, unless: .title)
    add("sex", patientCase.sex?.rawValue)
    add("age", patientCase.age.map { "\($0) years" })
    add(
      "symptoms",
      patientCase.presentation.map { $0.symptoms.isEmpty ? CaseText.notStated : $0.symptoms.joined(separator: ", ") })
    add("duration of symptoms", patientCase.presentation?.duration)
    if let words = patientCase.anatomy?.words { add("anatomy", words) }
    if let occupation = patientCase.occupation { add("occupation", occupation) }
    add("original report", originalReport, unless: .originalReport)
    addList(optional: "laboratory", patientCase.labs.map(StatedFact.lines), unless: .labs)
    addList(optional: "serology", patientCase.serology?.map(\.words), unless: .culture)
    addList("biopsy", patientCase.biopsies?.map(Self.words), unless: .biopsy)
    addList("culture", patientCase.cultures?.map(Self.words), unless: .culture)
    addList(optional: "pathogen", patientCase.pathogens?.map(\.words), unless: .culture)
    add("basis of diagnosis", patientCase.basisOfDiagnosis?.rawValue, unless: .biopsy)
    add("therapy", patientCase.therapy.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") }, unless: .therapy)
    addList(optional: "surgery", patientCase.surgery, unless: .therapy)
    addList(optional: "fact", patientCase.facts.map(StatedFact.lines), unless: .facts)
    add("clinical outcome", patientCase.outcome?.rawValue, unless: .outcome)
    for fact in study.codebook.given(of: view) {
      add(fact.title, fact.isWithheld ? withheld : fact.words ?? CaseText.notStated)
    }
    add("stage", study.title(of: view.stage))
    for signature in view.signatures {
      add("reading of \(signature.reader)", signature.isSigned ? "signed" : "not signed")
    }
    for reading in view.readings {
      guard let reset = reading.unproven else { continue }
      add("\(reading.examination.title) graded by \(reading.reader)", reset.mark(on: reading.reader))
    }
    let examinations = patientCase.examinations.map(\.id.title).joined(separator: ", ")
    add("examinations", examinations)
    if view.withheld.contains(.laterExaminations) { add("later examinations", view.untilWhenLater) }
  }

  /// Facts that few sources state have no line where nothing is stated, nor where they are withheld: a line would tell that
  /// there is something.
  private mutating func addList(optional key: String, _ values: [String]?, unless fact: Withheld) {
    if values != nil { addList(key, values, unless: fact) }
  }

  private var originalReport: String? {
    patientCase.originalReport.map { report in
      (report.misread ? "misread" : "not misread") + (report.takenFor.map { ", taken for \($0)" } ?? "")
    }
  }

  private mutating func addList(_ key: String, _ values: [String]?, unless fact: Withheld) {
    guard let values, !view.withheld.contains(fact) else { return add(key, nil, unless: fact) }
    if values.isEmpty { add(key, "none") }
    for (number, value) in values.enumerated() {
      add(values.count == 1 ? key : "\(key) \(number + 1) of \(values.count)", value)
    }
  }

  private static func words(_ biopsy: Biopsy) -> String {
    let taken = [biopsy.tissue.title, biopsy.site, biopsy.guidance.map { "\($0)-guided" }].compactMap { $0 }
    return taken.joined(separator: ", ") + "; "
      + ([biopsy.result] + [biopsy.remark].compactMap { $0 }).joined(separator: ", ")
  }

  private static func words(_ culture: Culture) -> String {
    "\(culture.specimen.title), \(culture.result.rawValue)" + (culture.organism.map { ", \($0)" } ?? "")
  }
}
