// What nobody typed: a terminal's late answers, however they arrive, are no keys.

import Grid
import PtyHarness
import Testing

@testable import Terminal

@Suite struct TerminalReplyTests {
  @Test(arguments: terminalReplies)
  func aReplyIsNoKeyHoweverItArrives(reply: String) {
    let bytes = Array(reply.utf8)
    var whole = KeyDecoder()
    #expect(whole.feed(bytes) + whole.feed(Array("x".utf8)) == [.character("x")])
    // A chord of Alt in two reads is Esc and a key: nothing tells it from a person.
    guard bytes[0] != 0x1B || Array("[O]PX^_".utf8).contains(bytes[1]) else { return }
    for cut in 1..<bytes.count {
      var decoder = KeyDecoder()
      let keys = decoder.feed(bytes[..<cut]) + decoder.feed(bytes[cut...])
      #expect(keys + decoder.feed(Array("x".utf8)) == [.character("x")], "cut at \(cut)")
    }
    var single = KeyDecoder()
    #expect(bytes.flatMap { single.feed([$0]) } + single.feed(Array("x".utf8)) == [.character("x")])
  }

  /// Whatever was given up, the rest is no key as long as it is more than one.
  @Test(arguments: terminalReplies)
  func aRestThatComesTooLateIsNoKeyEither(reply: String) {
    let bytes = Array(reply.utf8)
    guard bytes.count > 3, bytes[0] == 0x1B, Array("[]PX^_".utf8).contains(bytes[1]), bytes[2] != 0x4D else { return }
    for cut in 1..<(bytes.count - 1) where (0x20...0x3F).contains(bytes[cut]) || bytes[1] != 0x5B || cut == 1 {
      var decoder = KeyDecoder()
      let begun = decoder.feed(bytes[..<cut]) + decoder.flush()
      #expect(begun == (cut == 1 ? [.escape] : []), "cut at \(cut)")
      #expect(decoder.feed(bytes[cut...]) == [], "cut at \(cut)")
    }
  }

  /// A terminal set to 8-bit controls sends single bytes that are no UTF-8.
  @Test(
    arguments: [
      [0x9B, 0x31, 0x3B, 0x35, 0x79], [0x9D, 0x31, 0x31, 0x3B, 0x31, 0x9C], [0x90, 0x31, 0x9C],
      [0x9F, 0x31, 0x1B, 0x5C],
      [0x9B, 0x3F, 0x31, 0x63], [0x84], [0x9D, 0xC3, 0x9C, 0x31, 0x07],
    ] as [[UInt8]])
  func aControlInEightBitsIsItsEscape(bytes: [UInt8]) {
    var decoder = KeyDecoder()
    #expect(decoder.feed(bytes) + decoder.feed(Array("x".utf8)) == [.character("x")])
    var arrows = KeyDecoder()
    #expect(arrows.feed([0x9B, 0x41, 0x8F, 0x42]) == [.up, .down])
  }

  @Test func aPersonsEscapeAndWhatTheyTypeNextAreTwoKeys() {
    var decoder = KeyDecoder(escapeDelay: 200)
    #expect(decoder.feed([0x1B]) == [] && decoder.patience == 200)
    #expect(decoder.feed(Array("j".utf8)) == [.escape, .character("j")])
    #expect(decoder.feed([0x1B]) + decoder.feed([0x0D]) == [.escape, .enter])
    #expect(decoder.feed([0x1B]) + decoder.feed([0x1B]) + decoder.flush() == [.escape, .escape])
    // Once the wait is over, single keys that could begin a sequence are keys.
    #expect(decoder.feed([0x1B]) + decoder.flush() == [.escape])
    #expect(decoder.feed(Array("]".utf8)) + decoder.feed(Array("[".utf8)) == [.character("]"), .character("[")])
  }

  /// A string that never ends must not hold the keyboard for ever.
  @Test func aStringWithoutAnEndIsGivenUpAfterASilence() {
    var decoder = KeyDecoder()
    #expect(decoder.feed(Array("\u{1B}]11;rgb".utf8) + [UInt8](repeating: 0x31, count: 1 << 20)) == [])
    #expect(decoder.patience == 2000)
    #expect(decoder.flush() == [])
    #expect(decoder.feed(Array("q".utf8)) == [.character("q")])
  }

  @Test func aPasteGoesOnAfterAStall() {
    var decoder = KeyDecoder()
    #expect(decoder.feed([0x1B]) + decoder.flush() == [.escape])
    #expect(decoder.feed(Array("[200~12".utf8)) == [])
    #expect(decoder.feed(Array("3\u{1B}[201~".utf8)) == [.paste("123")])
    #expect(decoder.feed(Array("\u{1B}[200~4".utf8)) + decoder.flush() == [.paste("4")])
    #expect(decoder.feed(Array("567\u{1B}[201~q".utf8)) == [.character("q")])
  }

  /// A clipboard may hold what would end the paste, were C1 taken there for its ESC form.
  @Test func nothingPastedEndsThePaste() {
    var decoder = KeyDecoder()
    let keys = decoder.feed(Array("\u{1B}[200~1\u{9B}201~2\u{1B}[2013\u{1B}\u{1B}[201~q".utf8))
    #expect(keys == [.paste("1201~2[2013"), .character("q")])
  }

  @Test(
    arguments: [
      ([:], 25), (["SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22"], 200), (["SSH_TTY": "/dev/pts/1"], 200),
      (["SSH_TTY": ""], 25), (["ESCDELAY": "70", "SSH_TTY": "/dev/pts/1"], 70), (["ESCDELAY": "0"], 25),
      (["ESCDELAY": "soon", "SSH_TTY": "/dev/pts/1"], 200), (["ESCDELAY": "99999"], 25),
    ] as [([String: String], Int32)])
  func aLoneEscapeWaitsLongerOverSSH(environment: [String: String], delay: Int32) {
    #expect(TerminalOptions(environment: environment).escapeDelay == delay)
  }
}
