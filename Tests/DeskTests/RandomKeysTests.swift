// Whatever is typed, at whatever size, on a real study file: what the screen shows as graded is what the file holds, and
// nobody else's grades are touched.

import CaseStore
import DeskSupport
import Grid
import ReviewCore
import TestSupport
import Testing
import Workstation

@Suite struct RandomKeysTests {
  static let keys: [Key] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPSTU0123456789,.:/?[]{}<> ".map { Key.character($0) } + [
      .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
      .control("p"), .control("r"), .function(1), .paste("T5-L5\n\u{1B}[2J"),
    ]

  @Test(arguments: 0..<8) func theScreenShowsWhatTheFileHolds(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let bench = seed % 2 == 0 ? try Workbench.practice() : try Workbench.published()
    var shown = 0
    for _ in 0..<250 {
      if Int.random(in: 0..<12, using: &generator) == 0 {
        let width = Int.random(in: 0...150, using: &generator)
        bench.act(.resized(Size(width: width, height: Int.random(in: 0...50, using: &generator))))
      }
      // Back to a case to grade now and then, or most keys would be spent in the lists.
      if seed % 2 == 0, Int.random(in: 0..<10, using: &generator) == 0 {
        bench.act(.resized(Size(width: 80, height: 24)))
        bench.press("⎋⎋⎋⎋g")
      }
      bench.act(.key(Self.keys.randomElement(using: &generator) ?? .enter))
      let frame = bench.frame(Look(colors: .many, unicode: Bool.random(using: &generator)))
      #expect(frame.size == bench.state.size)
      #expect(frame.cells.allSatisfy { $0.text.unicodeScalars.allSatisfy { !SafeText.isUnsafe($0) } })
      guard bench.state.screen == .grading, let view = bench.state.grading.view, let reading = bench.state.reading
      else { continue }
      let stored = try bench.store.caseView(view.id).readings.first { $0.examination == reading.examination }
      #expect(stored?.grades ?? [:] == reading.grades)
      shown += 1
    }
    #expect(shown > 0 || seed % 2 == 1, "no key of this seed came to the grading screen")
  }

  @Test func undoRedoAndAmendAnswerFromTheStore() throws {
    let bench = try Workbench.practice()
    bench.press("↓g↓↓↓1")
    #expect(try grade(bench) == .levels(["hypo"]))
    bench.press("u")
    #expect(try grade(bench) == nil)
    bench.press("U")
    #expect(try grade(bench) == .levels(["hypo"]))
    #expect(bench.state.message?.text.hasPrefix("redone") == true)
  }

  private func grade(_ bench: Workbench) throws -> GradeValue? {
    let view = try bench.store.caseView("2")
    let stored = view.readings.first { $0.examination == .baseline }?.grades[GradeKey(.baseline, "t1w")]?.value
    let shown = bench.state.reading?.grades[GradeKey(.baseline, "t1w")]?.value
    #expect(stored == shown)
    return stored
  }
}
