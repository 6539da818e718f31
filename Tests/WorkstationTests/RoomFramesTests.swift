// Every screen of the reading room at the three sizes, with colours, without, and in ASCII.

import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

@Suite struct RoomFramesTests {
  /// The three sizes; without colours and in ASCII one each.
  private static let looks: [(Size, Look, String)] = [
    (Size(width: 80, height: 24), Look(), ""), (Size(width: 120, height: 40), Look(), ""),
    (Size(width: 200, height: 60), Look(), ""), (Size(width: 120, height: 40), Look(colors: .none), "mono-"),
    (Size(width: 80, height: 24), Look(colors: .none, unicode: false), "ascii-"),
  ]

  private func expectRoom(_ name: String, _ bench: (Size) throws -> Bench) throws {
    for (size, look, word) in Self.looks {
      let frame = try bench(size).frame(look)
      expectGolden(frame, "room-\(name)-\(word)\(size.width)x\(size.height)")
      if !look.unicode { #expect(frame.text.allSatisfy { $0.isASCII }) }
    }
  }

  private static func practice(_ keys: String) -> (Size) throws -> Bench {
    { size in
      var bench = try Bench.practice(size.width, size.height)
      bench.press(keys)
      return bench
    }
  }

  @Test func theSpineMap() throws { try expectRoom("map", Self.practice("↓g⏎t11,l4,wv")) }

  @Test func theMapOfChanges() throws {
    try expectRoom("changes") { size in
      var bench = try Bench.practice(size.width, size.height)
      bench.readings.removeAll { $0.caseID == "4" && $0.reading.examination == "8" }
      bench.press("↓↓↓g{{{}}↓⏎a2↓4")
      return bench
    }
  }

  @Test func aFollowUp() throws { try expectRoom("follow-up", Self.practice("↓g}1")) }

  @Test func aPendingComma() throws { try expectRoom("comma", Self.practice("↓g↓↓↓12,")) }

  @Test func theCourses() throws { try expectRoom("courses", Self.practice("f↓↓")) }

  @Test func theFilter() throws { try expectRoom("filter", Self.practice("/rim:p")) }

  @Test func aTaughtCase() throws {
    try expectRoom("teaching") { size in
      var bench = try Bench.published(size.width, size.height)
      bench.press("↓↓↓↓t⏎⏎⏎⏎⏎⏎⏎⏎")
      return bench
    }
  }

  /// Twelve readers, five a case, one of whom has left.
  @Test func aStudyOfAssignedReaders() throws {
    try expectRoom("assigned") { size in
      var sample = try SampleStudies.practice(SampleCases.files)
      sample.study.studyProtocol.readersPerCase = 5
      sample.study.studyProtocol.assignment = .balanced
      sample.principals += (4...12).map { Principal(PrincipalID("R\($0)"), name: "Reader \($0)", role: .reader) }
      if let index = sample.principals.firstIndex(where: { $0.id == "R9" }) { sample.principals[index].withdrawn = 1 }
      var bench = Bench(sample, size.width, size.height)
      bench.press("i")
      return bench
    }
  }

  private static func six(_ size: Size) throws -> Bench {
    var sample = try SampleStudies.practice(SampleCases.files)
    for (from, to) in [("R1", "R4"), ("R2", "R5"), ("R3", "R6")] as [(PrincipalID, PrincipalID)] {
      sample.principals.append(Principal(to, name: "Reader \(to)", role: .reader))
      sample.readings += sample.readings.filter { $0.reading.reader == from }.map {
        var copy = $0
        copy.reading.reader = to
        return copy
      }
    }
    var bench = Bench(sample, size.width, size.height)
    bench.open("1")
    bench.act(.changedElsewhere)
    bench.press("c↓")
    return bench
  }

  @Test func sixReadersInConsensus() throws { try expectRoom("six", Self.six) }

  /// Where grades are told by their glyphs, what was not graded is not told by a dash: that is a low signal.
  @Test func whatIsNotGradedIsNoLowSignal() throws {
    var bench = try Self.six(Size(width: 80, height: 24))
    let key = try #require(bench.state.consensus.row?.key)
    let row = try #require(bench.state.consensus.table?.rows.firstIndex { $0.key == key })
    func cursorLine() -> Substring? { bench.frame().text.split(separator: "\n").first { $0.contains("▸") } }
    #expect(cursorLine()?.contains("▁") == false)
    bench.state.consensus.table?.rows[row].grades[0] = nil
    bench.state.consensus.table?.rows[row].positions[0] = nil
    #expect(cursorLine()?.contains("▁") == true, "\(bench.frame().text)")
  }

  @Test func aVoteThatWasCalledOff() throws {
    try expectRoom("called-off") { size in
      var bench = try Bench.session(size.width, size.height)
      bench.press("↓v")
      try bench.play(.callOff(GradeKey(.baseline, Codebook.ID.rimSign)), by: "R2")
      bench.act(.changedElsewhere)
      return bench
    }
  }

  /// What lies open of a case that was handed over is closed, and that is said.
  @Test func aCaseThatWasHandedOver() throws {
    try expectRoom("handed-over") { size in
      var bench = try Bench.practice(size.width, size.height)
      bench.press("↓g↓1")
      let id = try #require(bench.state.grading.view?.id)
      bench.act(.caseGone("nobody's"))
      #expect(bench.state.screen == .grading)
      bench.act(.caseGone(id))
      #expect(bench.state.screen == .worklist && bench.state.grading.view == nil)
      return bench
    }
  }
}
