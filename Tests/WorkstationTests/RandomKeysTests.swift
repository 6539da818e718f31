// Whatever is typed, at whatever size: nothing traps, and every grade kept is still there.

import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct RandomKeysTests {
  static let keys: [Key] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPSTU0123456789,.:/?[]{}<> ".map { Key.character($0) } + [
      .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
      .control("p"), .control("r"), .function(1), .paste("T5-L5\n\u{1B}[2J"),
    ]

  @Test(arguments: 0..<12) func randomKeysAtRandomSizes(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var bench = seed % 2 == 0 ? try Bench.practice() : try Bench.published()
    for _ in 0..<250 {
      if Int.random(in: 0..<12, using: &generator) == 0 {
        bench.act(
          .resized(
            Size(width: Int.random(in: 0...150, using: &generator), height: Int.random(in: 0...50, using: &generator))))
      }
      bench.act(.key(Self.keys.randomElement(using: &generator) ?? .enter))
      let frame = bench.frame(Look(colors: .many, unicode: Bool.random(using: &generator)))
      #expect(frame.size == bench.state.size)
      #expect(frame.cells.allSatisfy { $0.text.unicodeScalars.allSatisfy { !SafeText.isUnsafe($0) } })
    }
    // Grades shown are those the store was told, and nobody else's were touched.
    let others = bench.readings.filter { $0.reading.reader != bench.state.session.principal.id }
    #expect(others == bench.sample.readings.filter { $0.reading.reader != bench.state.session.principal.id })
  }
}
