// Walking through a script: what is visible when, what answers are worth, what results keep.

import Foundation
import ReviewCore
import Testing

@Suite struct TeachingWalkTests {
  typealias ID = Codebook.ID

  static let rim = TeachingQuestion(
    "Rim?", finding: ID.rimSign,
    answers: [
      .init(level: "absent", text: "absent", isRight: false, because: "look inside"),
      .init(level: "present", text: "present", isRight: true, because: "dark on all"),
    ])

  static let script = TeachingScript(
    caseID: "9", neutralTitle: "A patient",
    steps: [
      TeachingStep(.presentation, title: "Who", text: ["fever"], facts: [.presentation]),
      TeachingStep(.t2wAndSTIR, title: "T2W", grades: [ID.t2w: .levels(["iso", "hyper"])]),
      TeachingStep(.rim, title: "Rim", grades: [ID.rimSign: .level("present")], question: rim),
      TeachingStep(
        .impression, title: "Call it", hides: [.fact(.presentation)],
        question: TeachingQuestion(
          "So?",
          answers: [.init(text: "a", isRight: false, because: "x"), .init(text: "b", isRight: true, because: "y")])),
      TeachingStep(
        .followUp, title: "Later", examination: "5", grades: [ID.followUpGrade: .level("healing")],
        reveal: ["better"]),
    ])

  static let consensus = Consensus(
    origin: .session,
    grades: [
      GradeKey(.baseline, ID.t2w): AgreedGrade(Grade(.levels(["iso", "hyper"]))),
      GradeKey(.baseline, ID.rimSign): AgreedGrade(Grade(.level("present"))),
      GradeKey("5", ID.followUpGrade): AgreedGrade(Grade(.level("healing"))),
    ])

  static let subject = TeachingCase(
    Case(id: "9", examinations: [Examination(.baseline), Examination("5")]), consensus: consensus, script: script)

  static func walk(_ mode: TeachingWalk.Mode, only: Set<TeachingTask.ID>? = nil) -> TeachingWalk {
    TeachingWalk(subject, mode: mode, only: only, codebook: .vertebralOsteomyelitis)
  }

  static let rimTask = TeachingTask.ID.grade(.baseline, ID.rimSign)
  static let t2wTask = TeachingTask.ID.grade(.baseline, ID.t2w)

  @Test func whatWasAskedAndLeftHasNoFirstAnswer() throws {
    let day = Date(timeIntervalSince1970: 86_400)
    var results = LearnerResults()
    var quiz = Self.walk(.quiz)
    #expect(results.begin(&quiz) && quiz.leftOpen.isEmpty)
    let asked = Set(quiz.tasks.joined().map(\.id))
    results = try JSONDecoder().decode(LearnerResults.self, from: JSONEncoder().encode(results.dated(day)))
    var again = Self.walk(.quiz)
    #expect(!results.begin(&again) && again.leftOpen == asked)
    again.go(to: 1)
    again.answer(.grade(.levels(["iso", "hyper"])), to: Self.t2wTask)
    // Given up before it was revealed, it counts as it would have.
    (quiz, results) = (again, results.dated(day))
    results.giveUp(quiz)
    let entry = try #require(results.entry("9", Self.t2wTask))
    #expect(entry.leftOpen == day && entry.last.judgement == .agrees)
    #expect(results.score() == .init() && results.pairs(ID.t2w).isEmpty)
    #expect(Set(results.open("9").map(\.task)) == asked.subtracting([Self.t2wTask]))
    again.reveal()
    results.record(again, before: again)
    #expect(results.entry("9", Self.t2wTask)?.attempts.count == 1)
    // Answers of before say nothing of it.
    let old = try JSONDecoder().decode(LearnerResults.self, from: Data(#"{"entries":[],"finished":["9"]}"#.utf8))
    #expect(old.begun.isEmpty && old.finished == ["9"])
  }

  @Test func aStepShowsItsOwnOnceItIsRevealedAndCoversWhatItHides() {
    var walk = Self.walk(.walk)
    #expect(walk.visible == [.fact(.presentation)])
    walk.go(to: 1)
    #expect(walk.visible == [.fact(.presentation), .finding(ID.t2w)])
    walk.go(to: 2)
    #expect(!walk.isRevealed)
    #expect(walk.visibleGrades == [ID.t2w: .levels(["iso", "hyper"])])
    #expect(walk.picturedGrades == [ID.t2w: .levels(["iso", "hyper"]), ID.rimSign: .level("present")])
    #expect(walk.hidden == [.finding(ID.rimSign), .followUp("5")])
    walk.reveal()
    #expect(walk.visibleGrades[ID.rimSign] == .level("present"))
    walk.go(to: 3)
    #expect(walk.visible == [.finding(ID.t2w), .finding(ID.rimSign)])
    walk.go(to: 4)
    #expect(walk.visible == Self.script.elements)
    #expect(walk.revealed.count == walk.script.steps.count)
  }

  @Test func aQuizAsksEverythingAStepShowsAndWantsItAnswered() {
    var walk = Self.walk(.quiz)
    // Of a follow-up there is no picture: only what the script asks is asked.
    #expect(walk.tasks.map { $0.map(\.id) } == [[], [Self.t2wTask], [Self.rimTask], [.question("impression")], []])
    walk.go(to: 1)
    walk.reveal()
    #expect(!walk.isRevealed)
    walk.go(to: 2)
    #expect(walk.index == 1)
    walk.answer(.grade(.levels(["hyper"])), to: Self.t2wTask)
    #expect(walk.judgements.isEmpty)
    walk.reveal()
    walk.answer(.grade(.levels(["iso", "hyper"])), to: Self.t2wTask)
    #expect(walk.judgements == [Self.t2wTask: .partly])
    walk.go(to: 2)
    #expect(walk.index == 2)
  }

  @Test(arguments: [
    (TeachingAnswer.grade(.level("present")), Judgement.agrees), (.grade(.level("absent")), .differs),
    (.grade(.notAssessable), .differs),
  ])
  func anAnswerIsJudgedByTheConsensus(answer: TeachingAnswer, judgement: Judgement) throws {
    let task = try #require(Self.walk(.walk).tasks[2].first)
    #expect(task.judge(answer) == judgement)
  }

  @Test func explanationsAreThoseOfTheAnswerAndOfWhatIsRightAndAllWhereNothingWasAnswered() throws {
    let task = try #require(Self.walk(.walk).tasks[2].first)
    #expect(task.explanations(for: .grade(.level("absent"))).map(\.because) == ["look inside", "dark on all"])
    #expect(task.explanations(for: .grade(.level("present"))).map(\.because) == ["dark on all"])
    #expect(task.explanations(for: nil).map(\.because) == ["look inside", "dark on all"])
  }

  @Test func withoutAConsensusAnAnswerStaysOpen() {
    let finding = Codebook.vertebralOsteomyelitis[ID.impression]
    let task = TeachingTask(id: .grade(.baseline, ID.impression), ask: "", finding: finding)
    #expect(task.judge(.grade(.level("metastasis"))) == .open)
  }

  @Test func theFirstAnswerCountsAndWhatWasMissedCanBeRepeated() {
    // Given: a quiz in which T2W was graded in part, the rim wrongly.
    var results = LearnerResults()
    var walk = Self.walk(.quiz)
    func answer(_ value: TeachingAnswer, _ task: TeachingTask.ID) {
      let before = walk
      walk.answer(value, to: task)
      walk.reveal()
      results.record(walk, before: before)
    }
    walk.go(to: 1)
    answer(.grade(.levels(["hyper"])), Self.t2wTask)
    walk.go(to: 2)
    answer(.grade(.level("absent")), Self.rimTask)
    walk.go(to: 3)
    answer(.choice(1), .question("impression"))
    results = results.dated(Date(timeIntervalSince1970: 86_400))
    #expect(results.missed == ["9": [Self.t2wTask, Self.rimTask]])
    // A choice is right or wrong, and no agreement with a consensus.
    #expect(results.score() == .init(agreed: 0, partly: 1, answered: 2))
    #expect(results.score(nil, .choice) == .init(agreed: 1, partly: 0, answered: 1))
    #expect(results.score(finding: ID.rimSign) == .init(agreed: 0, partly: 0, answered: 1))
    // When: what was missed is repeated, the rim right this time.
    walk = Self.walk(.quiz, only: results.missed["9"])
    #expect(walk.index == 1)
    #expect(walk.next == 2)
    answer(.grade(.levels(["hyper"])), Self.t2wTask)
    walk.go(to: 2)
    answer(.grade(.level("present")), Self.rimTask)
    #expect(walk.next == nil)
    // Then
    #expect(results.missed == ["9": [Self.t2wTask]])
    #expect(results.entry("9", Self.rimTask)?.attempts.map(\.words) == ["absent", "present"])
    #expect(results.entry("9", Self.rimTask)?.first.at == Date(timeIntervalSince1970: 86_400))
    // Agreement is that of the first attempt.
    #expect(results.score(finding: ID.rimSign) == .init(agreed: 0, partly: 0, answered: 1))
    #expect(results.pairs(ID.rimSign).map(\.learner) == [.level("absent")])
  }

  @Test func aScriptThatContradictsTheConsensusIsReplacedByADerivedOne() throws {
    var changed = Self.consensus
    changed.grades[GradeKey(.baseline, ID.rimSign)] = AgreedGrade(Grade(.level("absent")))
    let view = CaseView(patientCase: Self.subject.patientCase, stage: .recorded, consensus: changed)
    let taught = try #require(TeachingCase(view, script: Self.script, codebook: .vertebralOsteomyelitis))
    #expect(taught.script.isDerived)
    #expect(taught.script.contradictions(to: changed).isEmpty)
    #expect(
      taught.script.steps.map(\.topic) == [
        .presentation, .t2wAndSTIR, .rim, .impression, .diagnosis, .followUp, .outcome,
      ])
    #expect(TeachingCase(view, script: nil, codebook: .vertebralOsteomyelitis) == taught)
  }

  @Test func aCaseIsTaughtOnlyWithAConsensusAndNothingWithheld() {
    let patient = Self.subject.patientCase
    let reading = CaseView(patientCase: patient, stage: .reading)
    let withheld = CaseView(patientCase: patient, withheld: [.biopsy], stage: .recorded, consensus: Self.consensus)
    #expect(TeachingCase(reading, script: Self.script, codebook: .vertebralOsteomyelitis) == nil)
    #expect(TeachingCase(withheld, script: Self.script, codebook: .vertebralOsteomyelitis) == nil)
  }

  @Test func disagreementIsTheShareOfPairsThatDiffer() {
    func reading(_ reader: PrincipalID, _ rim: LevelID) -> Reading {
      Reading(
        reader: reader, examination: .baseline, state: .signed(.distantPast),
        grades: [
          GradeKey(.baseline, ID.rimSign): Grade(.level(rim)),
          GradeKey(.baseline, ID.haloSign): Grade(.level("present")),
        ])
    }
    let view = CaseView(
      patientCase: Self.subject.patientCase, stage: .recorded,
      readings: [reading("R1", "present"), reading("R2", "present"), reading("R3", "absent")], consensus: Self.consensus
    )
    let taught = TeachingCase(view, script: Self.script, codebook: .vertebralOsteomyelitis)
    // Rim: two of three pairs differ; halo: none.
    #expect(taught?.disagreement == 1.0 / 3)
  }

  @Test func elementsAreReadByTheirNames() {
    let codebook = Codebook.vertebralOsteomyelitis
    #expect(TeachingElement(id: "biopsy", codebook: codebook) == .fact(.biopsy))
    #expect(TeachingElement(id: "rim_sign", codebook: codebook) == .finding(ID.rimSign))
    #expect(TeachingElement(id: "follow_up_10.5", codebook: codebook) == .followUp("10.5"))
    #expect(TeachingElement(id: "follow_up_grade", codebook: codebook) == nil)
    #expect(TeachingElement(id: "follow_up_0", codebook: codebook) == nil)
  }
}
