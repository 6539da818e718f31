// The examinations of a case line by line: series, grades by whom, and what is derived from them.

import ReviewCore

extension CaseLines {
  mutating func add(_ examination: Examination) {
    let when = examination.id.title
    if examination.acquisitions.isEmpty { add("\(when), acquisitions", CaseText.notStated) }
    for series in examination.acquisitions { add("\(when), \(series.sequence.title) series", words(series)) }
    for remark in examination.remarks { add("\(when), remark", remark) }
    if let consensus = view.consensus {
      let who =
        study.isConstructed
        ? "constructed"
        : consensus.origin == .published
          ? "published" : consensus.origin == .imported ? "imported consensus" : "consensus"
      let grades = consensus.grades.filter { $0.key.examination == examination.id }.compactMapValues(\.grade)
      let missing = consensus.origin == .published ? CaseText.notStated : "not agreed"
      add(grades, who, examination, baseline: consensus.values(at: .baseline), missing: missing)
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
      add(
        reading.grades, who, examination, baseline: baseline,
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
    for flag in study.codebook.flags(of: view.patientCase, consensus) { add("flag", flag) }
    guard study.codebook.isBuiltIn else { return }
    let flags = CourseFlag.flags(
      examinations: view.patientCase.examinations.map(\.id),
      outcome: view.withheld.contains(.outcome) ? nil : view.patientCase.outcome,
      values: { consensus.values(at: $0) })
    for flag in flags.map(\.title).sorted() { add("flag", flag) }
  }

  private func words(_ series: Acquisition) -> String {
    guard series.isAcquired else { return "not acquired" }
    let parts = [
      series.plane?.rawValue, series.fatSuppressed.map { $0 ? "fat-suppressed" : "not fat-suppressed" },
      series.timing.map { "\(series.ti == nil ? "TR/TE" : "TR/TE/TI") \($0) ms" },
      series.figure.map { "figure \($0)" }, series.remark,
    ].compactMap { $0 }
    return parts.isEmpty ? "acquired" : parts.joined(separator: ", ")
  }

  /// - Parameters:
  ///   - who: whose grades they are, in words.
  ///   - baseline: the same source's values at the baseline.
  ///   - missing: what is said of a finding without a grade.
  private mutating func add(
    _ grades: [GradeKey: Grade], _ who: String, _ examination: Examination, baseline: [FindingID: GradeValue],
    missing: String
  ) {
    let when = examination.id.title
    let values = grades.reduce(into: [FindingID: GradeValue]()) { values, entry in
      if entry.key.comparator == .baseline { values[entry.key.finding] = entry.value.value }
    }
    let scheme = SchemeReading(study.codebook, of: view.patientCase, withheld: view.withheldFacts) { id, comparator in
      id == examination.id
        ? grades.reduce(into: [:]) { if $1.key.comparator == comparator { $0[$1.key.finding] = $1.value.value } }
        : comparator == .baseline && id.isBaseline ? baseline : [:]
    }
    let asked = scheme.map { Set($0.asked(at: examination.id).shown.map(\.id)) }
    for finding in study.codebook.findings(at: examination.id) where asked?.contains(finding.id) ?? true {
      for comparator in Comparator.allCases {
        let grade = grades[GradeKey(examination.id, finding.id, comparator: comparator)]
        if grade == nil, comparator != .baseline { continue }
        let against = comparator == .baseline ? "" : " against the previous examination"
        let almost = finding.id == Codebook.ID.followUpGrade && Self.isAlmostHealed(values) ? ", almost healed" : ""
        let shown = grade.map { words($0, finding) + almost } ?? missing
        add("\(when), \(who), \(finding.title)\(against)", shown)
      }
    }
    if study.codebook.isBuiltIn {
      if examination.id.isBaseline { addCriterion(values, who) } else { addRule(values, who, when, baseline) }
    }
    for derived in scheme?.derived(at: examination.id) ?? [] {
      let reasons = derived.reasons.isEmpty ? "" : ": " + derived.reasons.joined(separator: ", ")
      add("\(when), derived from \(who), \(derived.finding.title)", derived.words + reasons)
    }
    for criterion in scheme?.criteria(at: examination.id) ?? [] {
      add("\(when), derived from \(who), \(criterion.title)", criterion.sentence)
    }
    let warnings = study.codebook.warnings(at: examination, of: view, studyProtocol: study.studyProtocol) {
      $1 == .previous ? [:] : $0 == examination.id ? values : $0.isBaseline ? baseline : [:]
    }
    for warning in warnings { add("\(when), \(who), warning", warning.text) }
  }

  /// *Almost healed* is the grade healing with an almost complete reconstitution of fatty marrow.
  private static func isAlmostHealed(_ values: [FindingID: GradeValue]) -> Bool {
    values[Codebook.ID.followUpGrade] == .level("healing") && values[Codebook.ID.marrow] == .level("almost_complete")
  }

  private func words(_ grade: Grade, _ finding: Finding) -> String {
    let parts = [
      finding.words(grade.value), grade.bone.map { "in \($0.title)" }, grade.whereSeen,
      grade.confidence.map { "confidence \($0) of 5" }, grade.note.map { "note: \($0)" },
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  private mutating func addCriterion(_ values: [FindingID: GradeValue], _ who: String) {
    let parts = SuggestiveCriterion.parts(values)
    let each = parts.map { "\($0.title) \($0.standing.rawValue)" }.joined(separator: ", ")
    add(
      "baseline, derived from \(who), suggestive of osteomyelitis",
      "\(SuggestiveCriterion.standing(parts).rawValue): \(each)")
  }

  /// The rule is silent where nothing is graded, and where a grade is given and it cannot decide.
  private mutating func addRule(
    _ values: [FindingID: GradeValue], _ who: String, _ when: String, _ baseline: [FindingID: GradeValue]
  ) {
    guard !values.isEmpty else { return }
    let key = "\(when), derived from \(who) by the rule, sequential change"
    switch FollowUpRule.outcome(of: values, baselineAbscess: FollowUpRule.baselineAbscess(baseline)) {
    case .grade(let grade): add(key, "\(grade.title): \(grade.reasons.joined(separator: ", "))")
    case .undecided(let missing) where values[Codebook.ID.followUpGrade] == nil:
      let names = missing.map { study.codebook[$0]?.title ?? $0.rawValue }
      add(key, "cannot be decided without \(names.joined(separator: ", "))")
    case .undecided: break
    }
  }
}
