// The follow-up rule, over every combination of its inputs.

import ReviewCore
import Testing

@Suite struct FollowUpRuleTests {
  typealias ID = Codebook.ID

  /// Every answer the rule can get, per input; nil is *not graded*.
  static let answers: [(FindingID, [GradeValue?])] = [
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
    (ID.destruction, levels("stable", "progressive")),
    (ID.spread, levels("no", "yes")),
    (ID.softTissueChange, levels("never_present", "resolved", "reduced", "unchanged", "increased")),
    (ID.abscess, levels("absent", "present")),
  ]

  static func levels(_ ids: LevelID...) -> [GradeValue?] { [nil] + ids.map { .level($0) } }

  static let worseLevels: [FindingID: Set<LevelID>] = [
    ID.foci: ["increased"], ID.signalArea: ["increased"], ID.destruction: ["progressive"], ID.spread: ["yes"],
    ID.softTissueChange: ["increased"], ID.lesionChanges: ["increased", "new"],
  ]
  static let betterLevels: [FindingID: Set<LevelID>] = [
    ID.foci: ["decreased"], ID.signalArea: ["decreased"], ID.marrow: ["partial", "almost_complete", "complete"],
    ID.softTissueChange: ["reduced", "resolved"], ID.lesionChanges: ["decreased", "resolved"],
  ]

  static func has(_ grades: [FindingID: GradeValue], _ table: [FindingID: Set<LevelID>]) -> Bool {
    table.contains { finding, levels in !levels.isDisjoint(with: grades[finding]?.levelIDs ?? []) }
  }

  /// Calls `body` with every combination: 4·5·5·4·3·3·6·3 of them, or those in which everything is graded.
  static func everyCombination(complete: Bool = false, _ body: ([FindingID: GradeValue]) -> Void) {
    let answers = complete ? answers.map { ($0.0, $0.1.filter { $0 != nil }) } : answers
    var grades: [FindingID: GradeValue] = [:]
    func go(_ index: Int) {
      guard index < answers.count else { return body(grades) }
      for answer in answers[index].1 {
        grades[answers[index].0] = answer
        go(index + 1)
      }
    }
    go(0)
  }

  /// The rule as the design states it, for complete grades only: the reference the code is held against.
  static func reference(_ grades: [FindingID: GradeValue], baselineAbscess: Bool) -> FollowUpRule.Change {
    let abscess = grades[ID.abscess]?.contains("present") == true
    if has(grades, worseLevels) || (abscess && !baselineAbscess) { return .aggravated }
    if grades[ID.marrow]?.contains("complete") == true, !abscess { return .healed }
    if has(grades, betterLevels), !abscess { return .healing }
    return .equivocal
  }

  /// The codebook's rule at 5 months.
  static func outcome(of grades: [FindingID: GradeValue], baselineAbscess: Bool?) -> FollowUpRule.Outcome {
    let patient = Case(id: "1", examinations: [.baseline, "5"].map { Examination($0) })
    let baseline: [FindingID: GradeValue] =
      baselineAbscess.map { [ID.softTissueAbscess: .level($0 ? "present" : "absent")] } ?? [:]
    let outcome = Codebook.vertebralOsteomyelitis.suggestion(at: "5", of: patient) { examination, comparator in
      comparator == .previous ? [:] : examination.isBaseline ? baseline : grades
    }
    return outcome ?? .undecided(missing: [])
  }

  /// Steps without a divisor in common with the numbers of answers meet all pairs of them. Every combination was compared
  /// with the rule in Swift before that was deleted.
  private static let step = 29

  @Test(arguments: [true, false]) func completeGradesAlwaysDecideAsTheDesignStates(baselineAbscess: Bool) {
    var wrong = 0
    var seen = 0
    Self.everyCombination(complete: true) { grades in
      seen += 1
      guard seen % Self.step == 0 else { return }
      let expected = Self.reference(grades, baselineAbscess: baselineAbscess)
      guard case .grade(let grade) = Self.outcome(of: grades, baselineAbscess: baselineAbscess),
        grade.change == expected, !grade.reasons.isEmpty,
        grade.isCalled("mixed") == (expected == .aggravated && Self.has(grades, Self.betterLevels)),
        grade.isCalled("almost_healed")
          == (expected == .healing && grades[ID.marrow]?.contains("almost_complete") == true)
      else {
        wrong += 1
        return
      }
    }
    #expect(seen == 3 * 4 * 4 * 3 * 2 * 2 * 5 * 2)
    #expect(wrong == 0)
  }

  @Test(arguments: [true, false, nil]) func aDecidedGradeHoldsWhateverTheMissingAnswersAre(baselineAbscess: Bool?) {
    var broken = 0
    var seen = 0
    Self.everyCombination { grades in
      seen += 1
      guard seen % (7 * Self.step) == 0 else { return }
      guard case .grade(let grade) = Self.outcome(of: grades, baselineAbscess: baselineAbscess) else { return }
      let worse = Self.has(grades, Self.worseLevels)
      let abscess = grades[ID.abscess]?.contains("present") == true
      if worse, grade.change != .aggravated { broken += 1 }
      if abscess, grade.change == .healing || grade.change == .healed { broken += 1 }
      if abscess, baselineAbscess == false, grade.change != .aggravated { broken += 1 }
      if grade.change == .healed, grades[ID.marrow]?.contains("complete") != true { broken += 1 }
    }
    #expect(broken == 0)
  }

  /// Every combination, the baseline's abscess among the inputs: those named are the ones that brute force finds. An open
  /// input could change the answer where, with the others filled in somehow, its own answers lead to different grades.
  @Test func exactlyTheInputsThatCouldChangeTheAnswerAreNamed() {
    let inputs = Self.answers + [(ID.softTissueAbscess, Self.levels("absent", "present"))]
    let sizes = inputs.map(\.1.count)
    // A combination is a number whose digits are the answers, 0 where an input is open: filling one in makes it larger.
    let steps = sizes.indices.map { sizes[..<$0].reduce(1, *) }
    let count = sizes.reduce(1, *)
    var relevant = [UInt16](repeating: 0, count: count)
    var answers = [FollowUpRule.Change](repeating: .equivocal, count: count)
    var wrong = 0
    for number in (0..<count).reversed() {
      // Given: some inputs answered.
      let digits = sizes.indices.map { number / steps[$0] % sizes[$0] }
      let open = digits.indices.filter { digits[$0] == 0 }
      var grades: [FindingID: GradeValue] = [:]
      for (index, digit) in digits.dropLast().enumerated() { grades[inputs[index].0] = inputs[index].1[digit] }
      let baselineAbscess = [nil, false, true][digits[digits.count - 1]]

      // When: all that can become of it is known, since its completions have larger numbers.
      if open.isEmpty {
        answers[number] = Self.reference(grades, baselineAbscess: baselineAbscess == true)
      } else if open.count == 1, let input = open.first {
        let found = Set((1..<sizes[input]).map { answers[number + $0 * steps[input]] })
        relevant[number] = found.count > 1 ? 1 << UInt16(input) : 0
      } else {
        for input in open {
          for answer in 1..<sizes[input] { relevant[number] |= relevant[number + answer * steps[input]] }
        }
      }
      if let input = open.first, relevant[number] == 0 { answers[number] = answers[number + steps[input]] }

      // Then
      guard number % (7 * Self.step) == 0 || open.count <= 1 && number % Self.step == 0 else { continue }
      switch Self.outcome(of: grades, baselineAbscess: baselineAbscess) {
      case .grade(let grade): if relevant[number] != 0 || grade.change != answers[number] { wrong += 1 }
      case .undecided(let missing):
        let named = sizes.indices.filter { relevant[number] >> UInt16($0) & 1 == 1 }.map { inputs[$0].0 }
        if named.isEmpty || Set(missing.map(\.finding)) != Set(named) { wrong += 1 }
      }
    }
    #expect(count == 64_800 * 3)
    #expect(wrong == 0)
  }

  @Test func whatCouldNotBeAssessedLeavesTheRuleUndecided() {
    // Given: everything unchanged, but destruction could not be assessed.
    var grades: [FindingID: GradeValue] = [
      ID.foci: .level("unchanged"), ID.lesionChanges: .map([.l1: "unchanged"]), ID.marrow: .level("none"),
      ID.signalArea: .level("unchanged"), ID.spread: .level("no"), ID.softTissueChange: .level("unchanged"),
      ID.abscess: .level("absent"), ID.destruction: .notAssessable,
    ]
    // Then
    #expect(Self.outcome(of: grades, baselineAbscess: false) == .undecided(missing: [.init(ID.destruction, at: "5")]))
    grades[ID.destruction] = .level("stable")
    #expect(
      Self.outcome(of: grades, baselineAbscess: false)
        == .grade(
          .init(level: "equivocal", levelTitle: "equivocal", called: [], reasons: ["no substantial change"])))
  }

  @Test func case5AtFiveMonthsIsAggravatedAndMixed() {
    // Given: what figure 3C states, and nothing else.
    let grades: [FindingID: GradeValue] = [
      ID.lesionChanges: .map([.t11: "increased", .l1: "increased", .l3: "increased", .l4: "new", .l2: "decreased"])
    ]
    // Then
    let grade = Self.outcome(of: grades, baselineAbscess: false).grade
    #expect(grade?.title == "aggravated (mixed)")
    #expect(grade?.reasons == ["increased in T11, L1, L3", "new in L4", "but decreased in L2"])
  }

  @Test func anUnknownBaselineAbscessIsAskedForOnlyWhenItMatters() {
    let grades: [FindingID: GradeValue] = [
      ID.foci: .level("decreased"), ID.lesionChanges: .map([.l1: "decreased"]), ID.marrow: .level("partial"),
      ID.signalArea: .level("decreased"), ID.destruction: .level("stable"), ID.spread: .level("no"),
      ID.softTissueChange: .level("reduced"), ID.abscess: .level("present"),
    ]
    #expect(
      Self.outcome(of: grades, baselineAbscess: nil)
        == .undecided(missing: [.init(ID.softTissueAbscess, at: .baseline)]))
    guard case .grade(let grade) = Self.outcome(of: grades, baselineAbscess: true) else {
      Issue.record("not decided although all is known")
      return
    }
    #expect(grade.change == .equivocal)
    #expect(grade.reasons.last == "but an abscess rules out healing")
  }
}

extension FollowUpRule.Grade {
  fileprivate func isCalled(_ id: String) -> Bool { called.contains { $0.id == id } }
}
