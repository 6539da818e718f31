// Bytes of terminals, as they come and as they should not.

import Grid
import TestSupport
import Testing

@testable import Terminal

@Suite struct KeyDecoderTests {
  private func decode(_ text: String) -> [Key] {
    var decoder = KeyDecoder()
    return decoder.feed(text.utf8) + decoder.flush()
  }

  @Test(arguments: [
    ("g", [Key.character("g")]),
    ("é脊e\u{301}", [.character("é"), .character("脊"), .character("e\u{301}")]),
    ("\r\n\t\u{7F}\u{8}", [.enter, .enter, .tab, .backspace, .backspace]),
    ("\u{10}\u{0}", [.control("p"), .control("@")]),
    ("\u{1B}", [.escape]),
    ("\u{1B}\u{1B}[A", [.escape, .up]),
    ("\u{1B}[A\u{1B}OB\u{1B}[C\u{1B}OD", [.up, .down, .right, .left]),
    ("\u{1B}[H\u{1B}[4~\u{1B}[5~\u{1B}[6~", [.home, .end, .pageUp, .pageDown]),
    ("\u{1B}[2~\u{1B}[3~\u{1B}[Z", [.insert, .delete, .backTab]),
    ("\u{1B}OP\u{1B}[15~\u{1B}[24~", [.function(1), .function(5), .function(12)]),
    ("\u{1B}[1;5A\u{1B}[3;2~", [.up, .delete]),
    ("\u{1B}Oq\u{1B}OM", [.character("1"), .enter]),
    ("\u{1B}[[A\u{1B}[1;1:2B\u{1B}[1;3P", [.function(1), .down, .function(1)]),
    ("\u{9B}A\u{9B}3~\u{8F}P\u{9B}1;5D", [.up, .delete, .function(1)]),
    ("👩\u{200D}⚕\u{FE0F}", [.character("👩\u{200D}⚕\u{FE0F}")]),
  ])
  func keysAreDecoded(bytes: String, keys: [Key]) {
    #expect(decode(bytes) == keys)
  }

  @Test(arguments: ["\u{1B}[", "\u{1B}[12", "\u{1B}[1;", "\u{1B}[M 1", "\u{1B}]11;1", "\u{1B}P>|x\u{1B}", "\u{1B}O"])
  func aSequenceThatIsNeverFinishedIsNoKey(bytes: String) {
    #expect(decode(bytes) == [])
  }

  @Test func aPasteIsOneKeyWhateverIsInIt() {
    #expect(
      decode("a\u{1B}[200~12\r\nq\u{1B}[A\u{3}\tz\rend\u{1B}[201~b")
        == [.character("a"), .paste("12\nq[A\tz\nend"), .character("b")])
  }

  @Test func aPasteWhoseEndIsLostIsStillNoKeys() {
    #expect(decode("\u{1B}[200~123") == [.paste("123")])
  }

  @Test func aPasteIsCutAtAMegabyte() {
    let keys = decode("\u{1B}[200~" + String(repeating: "x", count: (1 << 20) + 9) + "\u{1B}[201~q")
    #expect(keys.count == 2 && keys.last == .character("q"))
    #expect(keys.first.map { $0 == .paste(String(repeating: "x", count: 1 << 20)) } == true)
  }

  /// Whatever the network does to packets, the keys are the same.
  @Test func keysDoNotDependOnHowBytesArrive() {
    let text = "a脊\u{1B}[1;5Bé\u{1B}OP\u{1B}[200~x脊\ry\u{1B}[201~\u{1B}[Z👍\u{1B}[15~q"
    let whole = decode(text)
    #expect(whole.count == 10)
    var single = KeyDecoder()
    #expect(text.utf8.flatMap { single.feed([$0]) } + single.flush() == whole)
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      var decoder = KeyDecoder()
      #expect(decoder.feed(bytes[..<cut]) + decoder.feed(bytes[cut...]) + decoder.flush() == whole, "cut at \(cut)")
    }
  }

  @Test func onlyWhatHasBegunIsWaitedFor() {
    var decoder = KeyDecoder()
    #expect(decoder.patience == nil)
    _ = decoder.feed([0x1B])
    #expect(decoder.patience == 25)
    _ = decoder.feed(Array("[".utf8))
    #expect(decoder.patience == 2000)
    _ = decoder.feed(Array("1;".utf8))
    #expect(decoder.patience == 2000)
    #expect(decoder.feed(Array("5A".utf8)) == [.up])
    #expect(decoder.patience == nil)
    _ = decoder.feed(Array("\u{1B}[200~abc".utf8))
    #expect(decoder.patience == 5000)
  }

  @Test func theTerminalDatabaseKnowsKeysOfItsOwn() {
    var decoder = KeyDecoder(sequences: [
      Array("\u{1B}[224z".utf8): .function(1), Array("x".utf8): .home, Array("\u{1B}A".utf8): .up,
      Array("\u{1B}[M".utf8): .function(2),
    ])
    #expect(decoder.feed(Array("\u{1B}[224zx\u{1B}A".utf8)) == [.function(1), .character("x"), .up])
    #expect(decoder.feed(Array("\u{1B}[M1".utf8)) == [.function(2), .character("1")])
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func randomBytesNeverTrapAndNeverLeaveControls(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let likely: [UInt8] = [0x1B, 0x5B, 0x4F, 0x3B, 0x7E, 0x32, 0x30, 0x4D, 0xC3, 0xE8, 0xF0, 0x9F]
    var decoder = KeyDecoder()
    for _ in 0..<20_000 {
      let byte =
        Bool.random(using: &random) ? likely.randomElement(using: &random) : UInt8.random(in: 0...255, using: &random)
      for key in decoder.feed([byte ?? 0]) {
        if case .character(let character) = key {
          #expect(!character.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
      }
      if Int.random(in: 0..<50, using: &random) == 0 { _ = decoder.flush() }
    }
    _ = decoder.flush()
    _ = decoder.feed(Array(" ".utf8))
    #expect(decoder.feed(Array("q".utf8)) == [.character("q")])
  }
}
