// Pairs of colours, where a terminal has few.

import Testing

@testable import Terminal

@Suite struct ColorPairsTests {
  private func pair(_ foreground: Int32?, _ background: Int32? = nil) -> ColorPair {
    ColorPair(foreground: foreground, background: background)
  }

  @Test func theTerminalsOwnColoursNeedNoNumber() {
    var pairs = ColorPairs(capacity: 0)
    #expect(pairs.number(of: pair(nil), inUse: { [] }, define: { _, _ in false }) == 0)
    #expect(pairs.number(of: pair(3, 4), inUse: { [] }, define: { _, _ in true }) == 0)
  }

  @Test func whatHasNoColoursHasANumberWhereThereIsOne() {
    var pairs = ColorPairs(capacity: 1)
    #expect(pairs.number(of: pair(nil), inUse: { [] }, define: { _, _ in true }) == 1)
    // Full: the terminal's own pair looks the same.
    #expect(pairs.number(of: pair(2), inUse: { [self.pair(nil), self.pair(2)] }, define: { _, _ in true }) == 0)
  }

  @Test func aNumberOnTheScreenNeverChangesItsColours() {
    var pairs = ColorPairs(capacity: 2)
    var defined: [Int16: ColorPair] = [:]
    let frames: [[ColorPair]] = [
      [pair(1), pair(2)], [pair(2), pair(3)], [pair(3), pair(2)], [pair(1, 7), pair(4, 7), pair(5, 7)],
    ]
    for frame in frames {
      var shown: [(ColorPair, Int16)] = []
      for wanted in frame {
        let number = pairs.number(
          of: wanted, inUse: { Set(frame) },
          define: { number, pair in
            defined[number] = pair
            return true
          })
        shown.append((wanted, number))
      }
      for (wanted, number) in shown {
        #expect([wanted, self.pair(wanted.foreground), self.pair(nil)].contains(defined[number] ?? self.pair(nil)))
      }
    }
  }

  @Test func aPairNobodyUsesGivesItsNumberAway() {
    var pairs = ColorPairs(capacity: 1)
    let first = pairs.number(of: pair(1), inUse: { [] }, define: { _, _ in true })
    let second = pairs.number(of: pair(2), inUse: { [self.pair(2)] }, define: { _, _ in true })
    #expect([first, second] == [1, 1])
  }

  @Test func aTerminalThatRefusesAPairIsNotAskedForItAgain() {
    var pairs = ColorPairs(capacity: 63)
    var asked: [Int16] = []
    for color in Int32(1)...5 {
      _ = pairs.number(
        of: pair(color), inUse: { Set((1...5).map { self.pair($0) }) },
        define: { number, _ in
          asked.append(number)
          return number < 3
        })
    }
    #expect(asked == [1, 2, 3])
    #expect(pairs.capacity == 2)
  }
}
