// When questions come back, and answers as the first version kept them.

import Foundation
import ReviewCore
import Testing

@Suite struct LeitnerBoxTests {
  private static func day(_ day: Int) -> Date { Date(timeIntervalSince1970: Double(day) * 86_400 + 3_600) }

  @Test func intervalsGrowWhileAnswersAreRight() {
    var box = LeitnerBox()
    var days: [Int] = []
    var today = 0
    for _ in 0..<6 {
      box.answer(isRight: true, at: Self.day(today))
      days.append(box.dueDay - today)
      today = box.dueDay
    }
    #expect(days == [2, 4, 8, 16, 16, 16])
    box.answer(isRight: false, at: Self.day(today))
    #expect(box.number == 1 && box.dueDay == today + 1)
  }

  @Test func repeatingAtOnceProvesNothing() {
    let box = LeitnerBox([(Self.day(0), false), (Self.day(0), true), (Self.day(0), true)])
    #expect(box.number == 1 && box.dueDay == 1)
    #expect(!box.isDue(at: Self.day(0)) && box.isDue(at: Self.day(1)))
  }

  @Test func answersOfTheFirstVersionAreKept() throws {
    let old = """
      {"entries":[
        {"caseID":"5","task":{"grade":{"_0":"baseline","_1":"rim_sign"}},"answer":{"grade":{"_0":"choice=present"}},
         "judgement":"agrees","consensus":"choice=present","times":2},
        {"caseID":"5","task":{"choice":{"step":5}},"answer":{"choice":{"_0":0}},"judgement":"differs","times":1}]}
      """
    #expect(throws: (any Error).self) { try JSONDecoder().decode(LearnerResults.self, from: Data(old.utf8)) }
    let results = try LearnerResults(firstVersion: Data(old.utf8))
    #expect(results.score() == .init(agreed: 1, partly: 0, answered: 1))
    let rim = try #require(results.entry("5", .grade(.baseline, "rim_sign")))
    #expect(rim.first.answer == .grade(.level("present")) && rim.first.at == LearnerResults.Attempt.undated)
    #expect(results.entry("5", .question("step-6"))?.first.judgement == .differs)
    let again = try JSONDecoder().decode(LearnerResults.self, from: JSONEncoder().encode(results))
    #expect(again == results)
  }

  @Test func bonesAreRightByWhatTheyCover() {
    let bones = Codebook.vertebralOsteomyelitis[Codebook.ID.involvedBones]
    let task = TeachingTask(
      id: .grade(.baseline, Codebook.ID.involvedBones), ask: "", finding: bones,
      consensus: .sites([.bone(.t10), .bone(.l1), .upperSacrum]))
    func judge(_ sites: [Site]) -> Judgement { task.judge(.grade(.sites(sites))) }
    #expect(judge([.bone(.t10), .bone(.l1), .bone(.s1), .bone(.s2)]) == .agrees)
    #expect(judge([.bone(.t10)]) == .partly)
    #expect(judge([.bone(.c1)]) == .differs)
    #expect(task.judge(.grade(.notAssessable)) == .differs)
  }

  @Test func theConsensusOnAnImpressionGoesBeforeADiagnosis() {
    let finding = Codebook.vertebralOsteomyelitis[Codebook.ID.impression]
    let id = TeachingTask.ID.grade(.baseline, Codebook.ID.impression)
    let own = TeachingTask(id: id, ask: "", finding: finding, consensus: .level("other"), diagnosis: "osteomyelitis")
    let taught = TeachingTask(id: id, ask: "", finding: finding, diagnosis: "osteomyelitis")
    #expect(own.judge(.grade(.level("other"))) == .agrees && own.diagnosis == nil)
    #expect(taught.judge(.grade(.level("other"))) == .differs)
  }
}
