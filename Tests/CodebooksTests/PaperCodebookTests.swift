// The source paper's codebook as a file is the one that the program has.

import Codebooks
import ReviewCore
import TestSupport
import Testing

@Suite struct PaperCodebookTests {
  private typealias ID = Codebook.ID

  @Test func theFileHasTheProgramsFindings() throws {
    let (file, program) = (try sample("vertebral_osteomyelitis"), Codebook.vertebralOsteomyelitis)
    #expect(file.file.id == program.id && file.file.version == program.version)
    #expect(file.questions.map(\.id) == program.findings.map(\.id.rawValue))
    for (own, finding) in zip(file.questions, program.findings) {
      let written = own.written
      #expect(written.title == finding.title && written.short == finding.shortTitle, "\(finding.id)")
      #expect((own.at == .baseline) == (finding.phase == .baseline), "\(finding.id)")
      #expect(own.levels.map(\.id.text) == finding.levels.map(\.id.rawValue), "\(finding.id)")
      #expect(own.levels.map(\.title) == finding.levels.map(\.title), "\(finding.id)")
      #expect(own.levels.map(\.glyph) == finding.levels.map(\.glyph), "\(finding.id)")
      #expect(own.levels.map(\.code) == Array(finding.levels.indices.map { $0 + 1 }), "\(finding.id)")
      #expect(own.scale.isOrdered == finding.isOrdered, "\(finding.id)")
      #expect(written.definition == finding.definition, "\(finding.id)")
      #expect(written.source ?? file.file.source == finding.source, "\(finding.id)")
      #expect(written.readOn.map(\.text) == finding.sequences.map(\.rawValue), "\(finding.id)")
      #expect(written.aliases.map(\.text) == finding.aliases, "\(finding.id)")
      #expect(
        written.takesPlaceOfSign == finding.takesBone && written.isComparison == finding.isComparison, "\(finding.id)")
      let kind: ReviewCore.Scale =
        own.family != nil ? .map : own.scale.kind == .places ? .sites : own.scale.kind == .set ? .set : .choice
      #expect(kind == finding.scale, "\(finding.id)")
    }
    #expect(file.body.places.map(\.id) == Bone.allCases.map(\.rawValue))
    #expect(file.body.places.map(\.region) == Bone.allCases.map(\.region.rawValue))
    #expect(file.file.series.map(\.id.text) == MRSequence.allCases.map(\.rawValue))
  }

  @Test func theFileHasTheProgramsEvidence() throws {
    let file = try sample("vertebral_osteomyelitis").file
    let own = file.evidence.map { [$0.finding.text, $0.level.text, $0.says, $0.source ?? ""] }
    #expect(own == SignEvidence.table.map { [$0.finding.rawValue, $0.level.rawValue, $0.text, $0.source] })
  }

  // MARK: the rule

  /// Every answer the rule can get, per input; nil is *not graded*.
  private static let answers: [(FindingID, [GradeValue?])] = [
    (ID.foci, levels("decreased", "unchanged", "increased")),
    (
      ID.lesionChanges,
      [
        nil, .map([.l1: "unchanged"]), .map([.l1: "decreased"]), .map([.l1: "new"]),
        .map([.l1: "resolved", .t4: "increased"]),
      ]
    ),
    (ID.marrow, levels("none", "partial", "almost_complete", "complete")),
    (ID.signalArea, levels("decreased", "unchanged", "increased")),
    (ID.destruction, levels("stable", "progressive") + [.notAssessable]),
    (ID.spread, levels("no", "yes")),
    (ID.softTissueChange, levels("never_present", "resolved", "reduced", "unchanged", "increased")),
    (ID.abscess, levels("absent", "present")),
  ]

  private static func levels(_ ids: LevelID...) -> [GradeValue?] { [nil] + ids.map { .level($0) } }

  private func enter(
    _ grades: [FindingID: GradeValue], at examination: Int, _ scheme: Scheme, _ against: ComparedWith = .baseline,
    into record: inout CaseRecord
  ) throws {
    for (id, value) in grades {
      let cells =
        if case .map(let changes) = value {
          changes.map {
            WrittenGrade(Written(id.rawValue), place: Written($0.key.rawValue), Written($0.value.rawValue))
          }
        } else { [WrittenGrade(Written(id.rawValue), Written(value.text))] }
      for cell in cells { try scheme.enter(cell, at: examination, against: against, into: &record) { _, _ in nil } }
    }
  }

  private func compare(_ answer: RuleAnswer, _ outcome: FollowUpRule.Outcome, _ scheme: Scheme, _ rule: Int) -> Bool {
    switch outcome {
    case .undecided(let missing):
      let found = answer.missing.map { scheme.questions[$0.key.question].id }
      return answer.value == nil && answer.isExact && Set(found) == Set(missing.map(\.rawValue))
    case .grade(let grade):
      let called = (grade.isMixed ? ["mixed"] : []) + (grade.isAlmostHealed ? ["almost_healed"] : [])
      return answer.value.map { scheme.written($0, of: rule) } == grade.change.rawValue
        && answer.reasons == grade.reasons
        && answer.called.map(\.id) == called
    }
  }

  @Test func theFilesRuleIsTheProgramsOnEveryCompleteCombination() throws {
    let scheme = try sample("vertebral_osteomyelitis")
    let rule = try #require(scheme.rule("follow_up_rule"))
    let complete = Self.answers.map { ($0.0, $0.1.compactMap { $0 }) }
    let count = complete.reduce(1) { $0 * $1.1.count }
    var wrong = 0
    // A step without a divisor in common with the numbers of answers meets all pairs of them.
    for number in stride(from: 0, to: count, by: 101) {
      var (rest, grades): (Int, [FindingID: GradeValue]) = (number, [:])
      for (finding, values) in complete {
        grades[finding] = values[rest % values.count]
        rest /= values.count
      }
      for baselineAbscess in [true, false] {
        var record = CaseRecord(examinations: [.init(), .init(months: Exact(6))])
        try enter(grades, at: 1, scheme, into: &record)
        try enter([ID.softTissueAbscess: .level(baselineAbscess ? "present" : "absent")], at: 0, scheme, into: &record)
        let answer = Evaluation(scheme, record).answer(rule: rule, at: 1)
        if !compare(answer, FollowUpRule.outcome(of: grades, baselineAbscess: baselineAbscess), scheme, rule) {
          wrong += 1
        }
      }
    }
    #expect(wrong == 0)
  }

  @Test func whatCanStillChangeItIsWhatTheProgramNames() throws {
    let scheme = try sample("vertebral_osteomyelitis")
    let rule = try #require(scheme.rule("follow_up_rule"))
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      var grades: [FindingID: GradeValue] = [:]
      for (finding, values) in Self.answers { grades[finding] = values.randomElement(using: &generator) ?? nil }
      let baselineAbscess = [nil, true, false].randomElement(using: &generator) ?? nil
      var record = CaseRecord(examinations: [.init(), .init(months: Exact(6))])
      try enter(grades, at: 1, scheme, into: &record)
      if let baselineAbscess {
        try enter([ID.softTissueAbscess: .level(baselineAbscess ? "present" : "absent")], at: 0, scheme, into: &record)
      }
      let answer = Evaluation(scheme, record).answer(rule: rule, at: 1)
      let outcome = FollowUpRule.outcome(of: grades, baselineAbscess: baselineAbscess)
      #expect(
        compare(answer, outcome, scheme, rule), "\(grades) \(String(describing: baselineAbscess)): \(answer) \(outcome)"
      )
    }
  }

  @Test func theIntervalFollowsTheSameRule() throws {
    let scheme = try sample("vertebral_osteomyelitis")
    let rule = try #require(scheme.rule("follow_up_rule"))
    var generator = SeededGenerator(seed: 8)
    var decided = 0
    for _ in 0..<300 {
      var (since, now, before): ([FindingID: GradeValue], [FindingID: GradeValue], [FindingID: GradeValue]) = (
        [:], [:], [:]
      )
      for (finding, values) in Self.answers {
        let isState = finding == ID.marrow || finding == ID.abscess
        if isState {
          now[finding] = values.randomElement(using: &generator) ?? nil
          before[finding] = values.randomElement(using: &generator) ?? nil
        } else {
          since[finding] = values.randomElement(using: &generator) ?? nil
        }
      }
      var record = CaseRecord(examinations: [.init(), .init(months: Exact(6)), .init(months: Exact(12))])
      try enter(since, at: 2, scheme, .previous, into: &record)
      try enter(now, at: 2, scheme, into: &record)
      try enter(before, at: 1, scheme, into: &record)
      let answer = Evaluation(scheme, record).answer(rule: rule, at: 2, against: .previous)
      switch FollowUpRule.interval(since: since, now: now, before: before) {
      case .grade(let grade):
        decided += 1
        #expect(answer.value.map { scheme.written($0, of: rule) } == grade.change.rawValue, "\(since) \(now) \(before)")
        #expect(answer.reasons == grade.reasons)
      case .undecided:
        // The program forgets what marrow is now where it does not know what it was before; the file's rule does not.
        let forgets = before[ID.marrow] == nil && now[ID.marrow] != nil
        #expect(answer.value == nil || forgets, "\(since) \(now) \(before)")
      }
    }
    #expect(decided > 20)
  }

  // MARK: checks and criteria

  @Test func theFilesChecksWarnAsTheProgramDoes() throws {
    let scheme = try sample("vertebral_osteomyelitis")
    let program = Codebook.vertebralOsteomyelitis
    var generator = SeededGenerator(seed: 9)
    for round in 0..<200 {
      let isBaseline = round % 2 == 0
      var grades: [FindingID: GradeValue] = [:]
      for finding in program.findings(in: isBaseline ? .baseline : .followUp) where finding.scale != .map {
        let level = finding.levels.randomElement(using: &generator)?.id
        let value: GradeValue? =
          switch finding.scale {
          case .sites:
            [.sites([.bone(.l1)]), .sites([.bone(.l1), .bone(.l2)]), .sites([.upperSacrum]), .sites([.run(.t5, .l5)])]
              .randomElement(using: &generator)
          case .set: level.map { .levels([$0]) }
          default: level.map { .level($0) }
          }
        grades[finding.id] =
          [value, value, value, .notAssessable, .notAcquired, nil].randomElement(using: &generator) ?? nil
      }
      let lacking = MRSequence.allCases.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 }
      let examination = Examination(
        isBaseline ? .baseline : "5", acquisitions: lacking.map { Acquisition($0, isAcquired: false) })
      let inflammation: LevelID = ["none", "limited", "extensive"][round / 2 % 3]
      let baseline: [FindingID: GradeValue] = isBaseline ? [:] : [ID.softTissueInflammation: .level(inflammation)]
      let expected = ConsistencyCheck.warnings(
        grades, baseline: baseline, examination: examination, studyProtocol: StudyProtocol()
      ).map(\.text)
      let series = Set(lacking.compactMap { scheme.series($0.rawValue) })
      var record = CaseRecord(examinations: [.init(lacking: isBaseline ? series : [])])
      if !isBaseline { record.examinations.append(.init(months: Exact(5), lacking: series)) }
      try enter(grades, at: isBaseline ? 0 : 1, scheme, into: &record)
      try enter(baseline, at: 0, scheme, into: &record)
      #expect(Evaluation(scheme, record).warnings(at: isBaseline ? 0 : 1) == expected, "\(grades)")

      let parts = SuggestiveCriterion.parts(grades)
      let own = Evaluation(scheme, record).standings(of: scheme.criteria[0], at: 0)
      if isBaseline {
        #expect(
          own.map { "\($0.title) \($0.standing.rawValue)" } == parts.map { "\($0.title) \($0.standing.rawValue)" })
      }
    }
  }
}
