// A script for a case for which nobody wrote one: the same steps, with what its findings and facts say.

extension TeachingScript {
  /// The baseline steps of a lesion that is pictured, with the findings that each asks for and shows.
  private static func topics(_ lesion: LesionBinding, _ codebook: Codebook) -> [(
    topic: TeachingTopic, title: String, findings: [FindingID]
  )] {
    func findings(_ roles: LesionBinding.Role...) -> [FindingID] { roles.compactMap { lesion[$0] } }
    return [
      (.location, "Where", [codebook.bones].compactMap { $0 } + findings(.number, .posterior)),
      (.t1w, "T1W", findings(.t1w)),
      (.t2wAndSTIR, "T2W and STIR", findings(.t2w, .stir)),
      (.contrast, "Contrast", findings(.contrast)),
      (.rim, "Rim", findings(.rim)),
      (.halo, "Halo", findings(.halo)),
      (.softTissue, "Disks and soft tissue", findings(.disks, .softTissue, .abscess)),
      (.impression, "What would you call it?", [Codebook.impression]),
    ]
  }

  /// Steps on which nothing is stated are left out; each asks for the first finding of it that has levels.
  public init(derivedFrom patientCase: Case, consensus: Consensus, codebook: Codebook) {
    let values = consensus.values(at: .baseline)
    var steps = [Self.presentation(patientCase)]
    guard let lesion = codebook.lesion else {
      steps += Self.steps(values, codebook) + Self.ending(patientCase, consensus, codebook)
      self.init(
        caseID: patientCase.id, neutralTitle: "A patient: \(codebook.title ?? codebook.id)", steps: steps,
        isDerived: true)
      return
    }
    let topics = Self.topics(lesion, codebook)
    // What no part of the picture is drawn from is asked before the impression.
    let others = values.filter { entry in !topics.contains { $0.findings.contains(entry.key) } }
    for (topic, title, findings) in topics {
      if topic == .impression { steps += Self.steps(others, codebook) }
      let grades = values.filter { findings.contains($0.key) }
      guard topic == .impression || !grades.isEmpty else { continue }
      steps.append(
        topic == .impression
          ? TeachingStep(topic, title: title, grades: grades, question: Self.impression(codebook))
          : Self.step(topic, title, grades, findings, codebook))
    }
    steps += Self.ending(patientCase, consensus, codebook)
    self.init(
      caseID: patientCase.id, neutralTitle: "A patient with lesions of the spine", steps: steps, isDerived: true)
  }

  /// Of a codebook file a step a finding, in its order: asked where it has levels and one answer, told in any case.
  private static func steps(_ values: [FindingID: GradeValue], _ codebook: Codebook) -> [TeachingStep] {
    let graded = codebook.findings(in: .baseline).filter { values[$0.id] != nil }
    let wholes = graded.map(\.whole).reduce(into: [Finding]()) { if !$0.contains($1) { $0.append($1) } }
    return wholes.map { whole in
      let cells = graded.filter { $0.whole.id == whole.id }
      let grades = values.filter { entry in cells.contains { $0.id == entry.key } }
      let words = cells.compactMap { cell in
        values[cell.id].map { (cell.cell.map { "\($0.placeTitle) " } ?? "") + cell.words($0) }
      }
      let only = cells.first { $0.cell == nil && !$0.isDerived && !$0.levels.isEmpty && $0.alone == nil }
      return TeachingStep(
        .softTissue, title: whole.title, text: [whole.definition].filter { !$0.isEmpty }, grades: grades,
        question: only.flatMap { finding in values[finding.id].map { question(finding, right: $0) } },
        reveal: ["Consensus: \(whole.title): \(words.joined(separator: ", "))."])
    }
  }

  private static func presentation(_ patientCase: Case) -> TeachingStep {
    let age = patientCase.age.map { ", \($0) years" } ?? ", age not stated"
    let symptoms = patientCase.presentation.map { presentation in
      presentation.symptoms.joined(separator: ", ") + (presentation.duration.map { " for \($0)" } ?? "")
    }
    return TeachingStep(
      .presentation, title: "Presentation",
      text: [(patientCase.sex?.rawValue ?? "sex not stated") + age + ". Symptoms: " + (symptoms ?? "not stated") + "."],
      facts: [.presentation])
  }

  private static func step(
    _ topic: TeachingTopic, _ title: String, _ grades: [FindingID: GradeValue], _ findings: [FindingID],
    _ codebook: Codebook
  ) -> TeachingStep {
    let graded = findings.compactMap { id in grades[id].flatMap { value in codebook[id].map { ($0, value) } } }
    let asked = graded.first { $0.0.scale == .choice || $0.0.scale == .set }
    let words = graded.map { "\($0.0.title): \($0.0.words($0.1))" }.joined(separator: "; ")
    return TeachingStep(
      topic, title: title, text: asked.map { [$0.0.definition] } ?? [], grades: grades,
      question: asked.map { question($0.0, right: $0.1) }, reveal: ["Consensus: \(words)."])
  }

  private static func question(_ finding: Finding, right: GradeValue) -> TeachingQuestion {
    TeachingQuestion(
      "Grade \(finding.title).", finding: finding.id,
      answers: finding.levels.map { level in
        TeachingQuestion.Answer(
          level: level.id, text: level.title, isRight: right.contains(level.id),
          because: "The consensus is \(finding.words(right)).")
      })
  }

  private static func impression(_ codebook: Codebook) -> TeachingQuestion? {
    codebook[Codebook.impression].map { finding in
      TeachingQuestion(
        "What do the images alone suggest?", finding: finding.id,
        answers: finding.levels.map {
          TeachingQuestion.Answer(
            level: $0.id, text: $0.title, isRight: false, because: "The next step says what it was.")
        })
    }
  }

  private static func ending(_ patientCase: Case, _ consensus: Consensus, _ codebook: Codebook) -> [TeachingStep] {
    let report = patientCase.originalReport.map { report in
      report.misread ? "The first report had misread the images." : "The first report had read the images correctly."
    }
    let found = (patientCase.biopsies ?? []).map { "Biopsy of \($0.site ?? $0.tissue.title): \($0.result)." }
    let grown = (patientCase.cultures ?? []).map { culture in
      "Culture of \(culture.specimen.title): \(culture.organism ?? culture.result.rawValue)."
    }
    let serology = (patientCase.serology ?? []).map { "Serology: \($0.words)." }
    let pathogens = (patientCase.pathogens ?? []).map { "Pathogen: \($0.words)." }
    let told = found + grown + serology + pathogens
    var steps = [
      TeachingStep(
        .diagnosis, title: "What it was", facts: [.biopsy, .culture, .originalReport],
        reveal: told.isEmpty ? ["Biopsy and culture: not stated."] : told)
    ]
    steps += patientCase.followUps.map { followUp(of: $0, consensus, codebook) }
    let treated = patientCase.therapy.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") } ?? "not stated"
    steps.append(
      TeachingStep(
        .outcome, title: "Outcome", facts: [.therapy, .outcome],
        reveal: ["Therapy: \(treated). Outcome: \(patientCase.outcome?.rawValue ?? "not stated")."]))
    if let report {
      steps.append(TeachingStep(.lesson, title: "How it had been read", facts: [.title], reveal: [report]))
    }
    return steps
  }

  private static func followUp(
    of examination: Examination, _ consensus: Consensus, _ codebook: Codebook
  ) -> TeachingStep {
    let grades = consensus.values(at: examination.id)
    let words = codebook.findings(in: .followUp).compactMap { finding in
      grades[finding.id].map { "\(finding.title): \(finding.words($0))" }
    }
    let graded = codebook.suggestedGrade
    let isGraded = graded.map { grades[$0] != nil } ?? false
    let seen = codebook.findings(in: .followUp).compactMap { finding in
      finding.id == graded ? nil : grades[finding.id].map { "\(finding.title): \(finding.words($0))" }
    }
    let change = graded.flatMap { codebook[$0] }.flatMap { finding in
      grades[finding.id].map { question(finding, right: $0) }
    }
    return TeachingStep(
      .followUp, title: "Follow-up at \(examination.id.title)",
      text: isGraded && !seen.isEmpty ? ["Seen: \(seen.joined(separator: "; "))."] : [], examination: examination.id,
      grades: grades, question: change,
      reveal: words.isEmpty ? ["Nothing is stated of this examination."] : [words.joined(separator: "; ") + "."])
  }
}
