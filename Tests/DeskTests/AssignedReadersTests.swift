// Readers of some cases at their own screens, over a real file.

import CaseStore
import DeskSupport
import Foundation
import Interchange
import ReviewCore
import SampleCases
import Testing
import Workstation

@Suite struct AssignedReadersTests {
  @Test func eachSeesTheirOwnCasesAndCountsAgreeEverywhere() throws {
    let cases = try SampleStudies.published(SampleCases.files).cases
    let bench = try Workbench(try Self.study(), 120, 30, as: "C")
    _ = try bench.store.importCases(cases)
    _ = try bench.store.assign([CaseReaders("1", ["R1", "R2"])], reason: "for the test")
    let home = FileManager.default.temporaryDirectory
    func seat(_ id: PrincipalID) throws -> Workbench {
      try Workbench(at: bench.path, as: id, environment: bench.environment, home: home, 120, 30)
    }
    let (reader, stranger) = (try seat("R1"), try seat("R3"))
    let all = try bench.store.assignments()
    for seat in [reader, stranger] {
      let id = seat.state.session.principal.id
      let mine = all.filter { $0.readers.contains(id) }.map(\.id)
      #expect(Set(seat.state.worklist.page.rows.map(\.id)) == Set(mine))
      #expect(seat.frame().text.contains("0 of 2"))
      #expect(!seat.frame().text.contains("of 4"))
    }
    // The case screen, progress and the study's page say the same.
    reader.press("/case:1⏎⏎")
    #expect(reader.frame().text.contains("0 of 2 signed"))
    reader.press("⎋p")
    #expect(reader.state.progress?.progress.readers.map(\.todo) == [all.count { $0.readers.contains("R1") }])
    #expect(reader.state.progress?.waiting.allSatisfy { $0.readers == ["R1"] } == true)
    reader.press("⎋i")
    #expect(reader.frame().text.contains("2 of 4 for each case, spread evenly"))
    stranger.press("/case:1⏎")
    #expect(stranger.state.worklist.page.rows.isEmpty)
  }

  /// The coordinator, and R1 before case 1, which R1 and R2 read.
  private static func gradingCaseOne() throws -> (Workbench, Workbench) {
    let bench = try Workbench(try study(), 80, 24, as: "C")
    _ = try bench.store.importCases(try SampleStudies.published(SampleCases.files).cases)
    _ = try bench.store.assign([CaseReaders("1", ["R1", "R2"])], reason: "for the test")
    let home = FileManager.default.temporaryDirectory
    let reader = try Workbench(at: bench.path, as: "R1", environment: bench.environment, home: home, 80, 24)
    reader.press("/case:1⏎g")
    return (bench, reader)
  }

  /// A case that is handed over while its reader has it on the screen: the screen says so, and shows nothing of it.
  @Test func aCaseThatIsHandedOverIsTakenOffTheScreen() throws {
    let (bench, reader) = try Self.gradingCaseOne()
    #expect(reader.state.screen == .grading && reader.state.grading.view?.id == "1")
    reader.press("↓1mseen at ")
    #expect(reader.state.overlay is Prompt)
    _ = try bench.store.handOver(["1"], from: "R1", to: "R3", reason: "on leave")
    #expect(reader.runner.hasChangedElsewhere())
    reader.act(.changedElsewhere)
    #expect(reader.state.screen == .worklist && reader.state.grading.view == nil)
    #expect(reader.frame().text.contains("case 1 is no longer yours to read"))
    #expect(!reader.state.worklist.page.rows.contains { $0.id == "1" })
    // What they go on typing does nothing, and grades nobody else; Enter ends it, and what happened is still told.
    reader.press("gross L4 only")
    #expect(reader.frame().text.contains("the half-typed note is kept as a draft: ‘seen at’"))
    #expect(reader.state.screen == .worklist && reader.state.grading.view == nil)
    reader.press("⏎")
    #expect(reader.state.overlay == nil && reader.state.screen == .worklist)
    #expect(reader.frame().text.contains("case 1 is no longer yours to read"))
    // Their draft is kept with the case.
    _ = try bench.store.handOver(["1"], from: "R3", to: "R1", reason: "back again")
    #expect(try reader.store.draftNotes("1").map(\.text) == ["seen at "])
  }

  /// Without a pause in which the screen looks what others did, the next key finds out.
  @Test(arguments: ["m", ""]) func theNextKeyFindsOutThatACaseWasHandedOver(_ opened: String) throws {
    let (bench, reader) = try Self.gradingCaseOne()
    reader.press("↓1" + opened)
    _ = try bench.store.handOver(["1"], from: "R1", to: "R3", reason: "on leave")
    reader.press("1")
    #expect(reader.state.overlay is TakenAway && reader.state.screen == .worklist)
    reader.press("g1")
    #expect(reader.state.grading.view == nil && reader.state.screen == .worklist)
    #expect(reader.frame().text.contains("case 1 is no longer yours to read"))
  }

  /// Who gets a case is told at their screen, once; who had it before is not told that it is theirs.
  @Test func whoGetsACaseIsTold() throws {
    let (bench, reader) = try Self.gradingCaseOne()
    let home = FileManager.default.temporaryDirectory
    let taker = try Workbench(at: bench.path, as: "R3", environment: bench.environment, home: home, 80, 24)
    #expect(taker.runner.news() == nil)
    _ = try bench.store.handOver(["1"], from: "R1", to: "R3", reason: "on leave")
    let told = try #require(taker.runner.news())
    taker.act(told)
    #expect(taker.frame().text.contains("case 1 is yours to read now (on leave)"))
    guard case .warned("case 1 is no longer yours to read (on leave)") = reader.runner.news() else {
      Issue.record("who loses a case is not told")
      return
    }
    #expect(taker.runner.news() == nil && reader.runner.news() == nil)
    _ = try bench.store.assign([CaseReaders("1", ["R1", "R2", "R3"])])
    #expect(taker.runner.news() == nil)
    reader.act(try #require(reader.runner.news()))
    #expect(reader.frame().text.contains("case 1 is yours to read now"))
  }

  /// Who has left the study sits at no seat any more: an open one ends as a new one would not begin.
  @Test func whoIsWithdrawnSitsNoLonger() throws {
    let (bench, reader) = try Self.gradingCaseOne()
    _ = try bench.store.withdraw("R1", reason: "moved away")
    reader.act(.changedElsewhere)
    #expect(reader.runner.ended == .withdrawn("R1"))
  }

  /// Who has left acts at nobody's seat, and that seat goes on: it is not theirs.
  @Test func whoIsWithdrawnEndsNobodyElsesSeat() throws {
    let (bench, reader) = try Self.gradingCaseOne()
    _ = try bench.store.withdraw("R2", reason: "moved away")
    let answer = reader.runner.perform(.session(.admit("R2", passphrase: "correct horse")))
    guard case .failed(let words)? = answer.first else {
      Issue.record("R2 was let in: \(answer)")
      return
    }
    #expect(words.hasPrefix("R2 has left the study") && reader.runner.ended == nil)
    #expect(reader.runner.perform(.loadCounts).count == 1 && reader.runner.ended == nil)
  }

  private static func study() throws -> SampleStudy {
    var sample = try SampleStudies.published(SampleCases.files)
    var rules = StudyProtocol(readersPerCase: 2, seed: 3, withheld: [])
    rules.assignment = .balanced
    sample.study = Study(title: "Spine", studyProtocol: rules)
    sample.principals =
      (1...4).map { Principal(PrincipalID("R\($0)"), role: .reader) } + [Principal("C", role: .coordinator)]
    (sample.cases, sample.published, sample.readings) = ([], [:], [])
    return sample
  }
}
