// The codes of a study file stay what they are, and a code that nobody knows is told.

import ReviewCore
import Testing

@testable import CaseStore

@Suite struct StoredCodeTests {
  /// Files hold these: another order of the cases in the program must not change them.
  @Test func stagesHaveTheirCodes() throws {
    let codes: [CaseStage: Int] = [
      .reading: 0, .ready: 1, .opened: 2, .inDiscussion: 3, .recorded: 4, .reopened: 5, .published: 6, .imported: 7,
    ]
    #expect(codes.count == CaseStage.allCases.count)
    for (stage, code) in codes {
      #expect(stage.code == code)
      #expect(try CaseStage(code: code) == stage)
    }
  }

  @Test func standingsHaveTheirCodes() throws {
    let states: [OwnState] = [.none, .todo, .draft(graded: 3, of: 14), .signed]
    for (code, state) in states.enumerated() {
      #expect(state.code.rawValue == code)
      #expect(try OwnState(code: code, graded: 3, gradable: 14) == state)
    }
  }

  @Test(arguments: ["stage", "own"]) func anUnknownCodeIsTold(column: String) throws {
    let study = try TestStudy()
    try tamper(study.path, "UPDATE entry SET \(column) = 99")
    let error = storeError { try study.open("R1").worklist(WorklistQuery(), offset: 0, limit: 9) }
    #expect(error?.description.contains("99") == true)
    #expect(error?.category == .badData)
  }
}
