// *None* as the answer of bones, by one key: on the map of changes, and in a vote.

import Grid
import ReviewCore
import Testing

@testable import Workstation

@Suite struct NoBoneTests {
  @Test func inAVoteAndForTheRecord() throws {
    var bench = try Bench.session()
    let key = GradeKey(.baseline, Codebook.ID.involvedBones)
    for _ in bench.state.consensus.rows where bench.state.consensus.row?.key != key { bench.press("↑") }
    for _ in bench.state.consensus.rows where bench.state.consensus.row?.key != key { bench.press("↓") }
    try #require(bench.state.consensus.row?.key == key)
    bench.press("vv")
    #expect(bench.frame().text.contains("n none"))
    // Elsewhere n goes on: what is chosen is not lost by it.
    bench.press("n")
    #expect(bench.state.consensus.row?.vote?.own != .cast(.sites([])))
    bench.press(" n")
    #expect(bench.state.consensus.row?.vote?.own == .cast(.sites([])))
  }

  /// What is agreed is where another grade begins: opening it and keeping it changes nothing, whatever the majority signed.
  @Test func anotherGradeBeginsWithTheAgreedOne() throws {
    var bench = try Bench.session()
    let key = GradeKey("2", Codebook.ID.lesionChanges)
    let agreed = GradeValue.map([.l5: "unchanged"])
    try bench.play(.agree(key, AgreedGrade(Grade(agreed), rationale: "as C saw it")), by: "R2")
    bench.act(.changedElsewhere)
    for _ in bench.state.consensus.rows where bench.state.consensus.row?.key != key { bench.press("↑") }
    for _ in bench.state.consensus.rows where bench.state.consensus.row?.key != key { bench.press("↓") }
    try #require(bench.state.consensus.row?.key == key && bench.state.consensus.row?.decision?.grade?.value == agreed)
    bench.press("e⏎")
    #expect(bench.state.consensus.row?.decision?.grade?.value == agreed)
  }

  @Test func ofChangesItIsNoChangeOfAnyBone() throws {
    let finding = try #require(Codebook.vertebralOsteomyelitis[Codebook.ID.lesionChanges])
    var picker = BonePicker(finding, value: .map([.l1: "new"]))
    guard case .told(let words) = picker.take(.character("n"), finding, on: Rect(Size(width: 40, height: 20))) else {
      Issue.record("n took what is marked away")
      return
    }
    #expect(words.hasPrefix("L1: marked"))
    picker = BonePicker(finding, value: nil)
    #expect(picker.take(.character("n"), finding, on: Rect(Size(width: 40, height: 20))) == .answered(.map([:])))
    // Opened on it, it is kept; a level for a bone takes its place, and undo brings it back.
    picker = BonePicker(finding, value: .map([:]))
    #expect(picker.value == .map([:]))
    _ = picker.take(.character("5"), finding, on: Rect(Size(width: 40, height: 20)))
    #expect(picker.value == .map([picker.cursor: "new"]))
    _ = picker.take(.character("u"), finding, on: Rect(Size(width: 40, height: 20)))
    #expect(picker.value == .map([:]))
    picker.clear()
    #expect(picker.value == nil)
  }

  /// L6 is typed, and reached by an arrow, where the patient has it.
  @Test func aSegmentIsTypedWhereThePatientHasIt() throws {
    let finding = try #require(Codebook.vertebralOsteomyelitis[Codebook.ID.involvedBones])
    let map = Rect(Size(width: 30, height: 30))
    for (anatomy, bones) in [(Anatomy(extra: [.l6]), "L6"), (.usual, "L5")] as [(Anatomy, String)] {
      var picker = BonePicker(finding, value: nil, anatomy: anatomy)
      for key in "l5" { _ = picker.take(.character(key), finding, on: map) }
      let outcome = picker.take(.character("l"), finding, on: map)
      #expect(outcome == .open)
      let sixth = picker.take(.character("6"), finding, on: map)
      if case .told(let words) = sixth {
        #expect(anatomy.extra.isEmpty && words.contains("L1 to L5") && words.contains("anatomy: {extra: [L6]}"))
      }
      _ = picker.take(.character(" "), finding, on: map)
      #expect(picker.value?.text == bones)
    }
    var picker = BonePicker(finding, value: nil, start: .l5, anatomy: Anatomy(extra: [.l6]))
    _ = picker.take(.down, finding, on: map)
    #expect(picker.cursor == .l6)
  }
}
