// The names of keys, and key scripts.

import Grid
import TestSupport
import Testing

@testable import Terminal

@Suite struct KeyTests {
  static let samples: [Key] =
    Key.named.map(\.key) + "a Z 1 , ? > é 脊 👍".split(separator: " ").map { .character(Character(String($0))) }
    + (1...26).compactMap { Key(control: $0) }
    + [.control("@"), .control("\\"), .control("]"), .control("^"), .control("_")]
    + [.paste("two words\n<b>\t# no comment"), .paste("")]

  @Test(arguments: samples)
  func aKeyIsReadBackFromItsName(key: Key) throws {
    #expect(try KeyScript(key.name).steps == [.key(key)])
  }

  @Test func everyKeyHasANameOfItsOwn() {
    let keys = Set(KeyTests.samples)
    #expect(Set(keys.map(\.name)).count == keys.count)
  }

  @Test(arguments: UInt8(0)...UInt8(127))
  func onlyControlBytesAreControlKeys(byte: UInt8) {
    #expect((Key(control: byte) != nil) == (byte < 0x20 || byte == 0x7F))
  }
}

@Suite struct KeyScriptTests {
  @Test func aScriptIsKeysAndNothingElse() throws {
    let script = try KeyScript("# opens the case\ngg<Enter>\r\n2,<C-p><wait>\n/a b<lt>#\n")
    #expect(
      script.steps == [
        .key(.character("g")), .key(.character("g")), .key(.enter), .key(.character("2")), .key(.character(",")),
        .key(.control("p")), .wait, .key(.character("/")), .key(.character("a")), .key(.character(" ")),
        .key(.character("b")), .key(.character("<")), .key(.character("#")),
      ])
  }

  @Test func aPasteIsOneKey() throws {
    #expect(
      try KeyScript("<Paste>a<Enter>b<Space>c\nd<EndPaste>q").steps
        == [.key(.paste("a\nb cd")), .key(.character("q"))])
  }

  @Test(arguments: [
    ("ab\n1<Entr>", 2, 2, KeyScriptError.Problem.unknownKey("Entr")),
    ("<C-é>", 1, 1, .unknownKey("C-é")),
    ("<>", 1, 1, .unknownKey("")),
    ("a<b", 1, 2, .unclosed),
    ("a\tb", 1, 2, .unprintable),
    ("\u{1B}", 1, 1, .unprintable),
    ("x<Paste>ab\n", 1, 2, .openPaste),
    ("<Paste><Down>", 1, 8, .notInPaste("Down")),
    ("<EndPaste>", 1, 1, .unknownKey("EndPaste")),
  ])
  func aFaultIsNamedWithItsPlace(text: String, line: Int, column: Int, problem: KeyScriptError.Problem) {
    #expect(throws: KeyScriptError(line: line, column: column, problem: problem)) { try KeyScript(text) }
  }

  @Test func theMessageOfAnUnknownKeyListsTheKeys() {
    let message = KeyScriptError(line: 1, column: 1, problem: .unknownKey("Entr")).message
    for name in ["<Entr>", "<Enter>", "<PageDown>", "<lt>", "<wait>", "F24", "<C-a"] {
      #expect(message.contains(name))
    }
  }

  @Test func aScriptedTerminalPlaysAKeyAFrameAndWaitsForWork() throws {
    let terminal = ScriptedTerminal(
      try KeyScript("a<wait>b"), size: Size(width: 3, height: 1), look: Look(colors: .none, unicode: false))
    let pipe = try #require(WakePipe())
    defer { pipe.close() }
    var isBusy = true
    terminal.isBusy = { isBusy }
    func next() -> [TerminalEvent] { terminal.poll(timeout: nil, watching: [pipe.descriptor]) }

    #expect(next() == [.key(.character("a"))])
    #expect(next() == [.idle])
    pipe.wake()
    pipe.wake()
    #expect(next() == [.wake(pipe.descriptor)])
    pipe.drain()
    isBusy = false
    #expect(next() == [.idle])
    #expect(next() == [.key(.character("b"))])
    #expect(next() == [.hangup])
    #expect(next() == [.hangup])
  }
}
