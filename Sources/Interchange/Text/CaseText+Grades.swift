// The examinations of a case line by line: series, grades by whom, and what is derived from them.

import ReviewCore

extension CaseLines {
  mutating func add(_ examination: Examination) {
    let when = examination.id.title
    if examination.acquisitions.isEmpty { add("\(when), acquisitions", CaseText.notStated) }
    for series in examination.acquisitions { add("\(when), \(series.sequence.title) series", words(series)) }
    if let day = examination.day {
      add("\(when), stated as", "day \(day)" + (examination.date.map { ", \($0)" } ?? ""))
    }
    for remark in examination.remarks { add("\(when), remark", remark) }
    for collection in examination.collections ?? [] { add("\(when), collection", collection.words) }
    if let consensus = view.consensus {
      let who =
        study.isConstructed
        ? "constructed"
        : consensus.origin == .published
          ? "published" : consensus.origin == .imported ? "imported consensus" : "consensus"
      let grades = consensus.grades.filter { $0.key.examination == examination.id }.compactMapValues(\.grade)
      let missing = consensus.origin == .published ? CaseText.notStated : "not agreed"
      add(
        grades, who, examination, study.codebook.of(consensus), baseline: consensus.values(at: .baseline),
        missing: missing)
      for finding in study.codebook.findings(at: examination.id) {
        for comparator in Comparator.allCases {
          let agreed = consensus.grades[GradeKey(examination.id, finding.id, comparator: comparator)]
          let against = comparator == .baseline ? "" : " against the previous examination"
          if let why = agreed?.rationale { add("\(when), \(who), \(finding.title)\(against), rationale", why) }
        }
      }
    }
    for reading in view.readings where reading.examination == examination.id && reading.round == view.round {
      let who =
        "\(reading.reader)\(reading.state.isImported ? " (imported)" : reading.state.isSigned ? "" : " (draft)")"
      let baseline = view.reading(of: reading.reader, .baseline)?.values() ?? [:]
      if !study.codebook.former.isEmpty, let version = reading.codebook {
        add("\(when), \(who), signed under", "version \(version) of the codebook")
      }
      add(
        reading.grades, who, examination, study.codebook.of(reading), baseline: baseline,
        missing: view.missingGrade(at: examination.id))
      if let note = reading.note { add("\(when), \(who), note", note) }
    }
  }

  mutating func addCourse() {
    for finding in study.codebook.findings {
      // Where an examination shows it, its own line has said so.
      guard let value = view.patientCase.course[finding.id],
        !view.patientCase.followUps.contains(where: { view.consensus?.values(at: $0.id)[finding.id] == value })
      else { continue }
      add("follow-up, \(finding.title)", "\(finding.words(value)), the examination is not stated")
    }
    guard let consensus = view.consensus else { return }
    let own = study.codebook.flags(of: view.patientCase, consensus)
    for flag in own { add("flag", flag) }
    // What hangs on a grade that a rule suggests stands beside the flags of the codebook.
    guard study.codebook.hasFollowUpRule else { return }
    let flags = CourseFlag.flags(
      study.codebook, of: view.patientCase,
      outcome: view.withheld.contains(.outcome) ? nil : view.patientCase.outcome,
      values: { consensus.values(at: $0) })
    for flag in flags.map(\.title).sorted() where !own.contains(flag) { add("flag", flag) }
  }

  private func words(_ series: Acquisition) -> String {
    guard series.isAcquired else { return "not acquired" }
    let parts = [
      series.plane?.rawValue, series.fatSuppressed.map { $0 ? "fat-suppressed" : "not fat-suppressed" },
      series.timing.map { "\(series.ti == nil ? "TR/TE" : "TR/TE/TI") \($0) ms" },
      series.diffusion, series.figure.map { "figure \($0)" }, series.remark,
    ].compactMap { $0 }
    return parts.isEmpty ? "acquired" : parts.joined(separator: ", ")
  }

  /// - Parameters:
  ///   - who: whose grades they are, in words.
  ///   - codebook: the version that they are under; what came later was not asked.
  ///   - baseline: the same source's values at the baseline.
  ///   - missing: what is said of a finding without a grade.
  private mutating func add(
    _ grades: [GradeKey: Grade], _ who: String, _ examination: Examination, _ codebook: Codebook,
    baseline: [FindingID: GradeValue], missing: String
  ) {
    let when = examination.id.title
    let values = grades.reduce(into: [FindingID: GradeValue]()) { values, entry in
      if entry.key.comparator == .baseline { values[entry.key.finding] = entry.value.value }
    }
    let scheme = SchemeReading(codebook, of: view.patientCase, withheld: view.withheldFacts) { id, comparator in
      id == examination.id
        ? grades.reduce(into: [:]) { if $1.key.comparator == comparator { $0[$1.key.finding] = $1.value.value } }
        : comparator == .baseline && id.isBaseline ? baseline : [:]
    }
    let asked = scheme.map { Set($0.asked(at: examination.id).shown.map(\.id)) }
    for finding in study.codebook.findings(at: examination.id) {
      if codebook[finding.id] == nil {
        if finding.cell == nil || codebook[finding.whole.id] == nil, finding.isFirstPlace(in: study.codebook) {
          add("\(when), \(who), \(finding.whole.title)", "not asked")
        }
        continue
      }
      guard asked?.contains(finding.id) ?? true else { continue }
      for comparator in Comparator.allCases {
        let grade = grades[GradeKey(examination.id, finding.id, comparator: comparator)]
        if grade == nil, comparator != .baseline { continue }
        let against = comparator == .baseline ? "" : " against the previous examination"
        let called = grade.flatMap { names(of: $0, finding, scheme, examination.id, comparator) } ?? []
        let shown = grade.map { words($0, finding, called) } ?? missing
        add("\(when), \(who), \(finding.title)\(against)", shown)
      }
    }
    if !values.isEmpty { addRule(scheme, values, who, examination.id) }
    for derived in scheme?.derived(at: examination.id) ?? [] {
      let reasons = derived.reasons.isEmpty ? "" : ": " + derived.reasons.joined(separator: ", ")
      add("\(when), derived from \(who), \(derived.finding.title)", derived.words + reasons)
    }
    for criterion in scheme?.criteria(at: examination.id) ?? [] {
      add("\(when), derived from \(who), \(criterion.title)", criterion.sentence)
    }
    let warnings = codebook.warnings(at: examination, of: view, studyProtocol: study.studyProtocol, grades: grades) {
      $1 == .previous ? [:] : $0 == examination.id ? values : $0.isBaseline ? baseline : [:]
    }
    for warning in warnings { add("\(when), \(who), warning", warning.text) }
  }

  /// What a grade is called beside its level, where a rule suggests it.
  private func names(
    of grade: Grade, _ finding: Finding, _ scheme: SchemeReading?, _ examination: ExaminationID,
    _ comparator: Comparator
  ) -> [FollowUpRule.Name] {
    guard finding.id == study.codebook.suggestedGrade, let level = grade.value.levelIDs.first else { return [] }
    return scheme?.names(of: level, at: examination, comparator: comparator) ?? []
  }

  private func words(_ grade: Grade, _ finding: Finding, _ called: [FollowUpRule.Name]) -> String {
    let parts = [
      FollowUpRule.title(finding.words(grade.value), called), grade.bone.map { "in \($0.title)" }, grade.whereSeen,
      grade.confidence.map { "confidence \($0) of 5" }, grade.note.map { "note: \($0)" },
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  /// The rule is silent where nothing is graded, and where a grade is given and it cannot decide.
  private mutating func addRule(
    _ scheme: SchemeReading?, _ values: [FindingID: GradeValue], _ who: String, _ examination: ExaminationID
  ) {
    guard let finding = study.codebook.suggestedGrade.flatMap({ study.codebook[$0] }) else { return }
    let key = "\(examination.title), derived from \(who) by the rule, \(finding.title)"
    switch scheme?.suggestion(at: examination) {
    case .grade(let grade): add(key, "\(grade.title): \(grade.reasons.joined(separator: ", "))")
    case .undecided(let missing) where values[finding.id] == nil:
      let names = missing.map { study.codebook[$0.finding]?.title ?? $0.finding.rawValue }
      add(key, "cannot be decided without \(names.joined(separator: ", "))")
    case .undecided, nil: break
    }
  }
}
