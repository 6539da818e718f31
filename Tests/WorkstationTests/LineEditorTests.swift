// What a text field takes, and what it says of the rest.

import Testing

@testable import Workstation

@Suite struct LineEditorTests {
  @Test func aPasteIsOneLineAndJoinersStay() {
    var editor = LineEditor("a")
    _ = editor.handle(.paste("\nb\tc\nd\u{200D}e\n"))
    #expect(editor.text == "ab c d\u{200D}e")
    #expect(editor.notice == nil)
  }

  @Test func whatIsLeftOutIsTold() {
    var editor = LineEditor()
    _ = editor.handle(.paste("a\u{FFFD}b\u{202E}c"))
    #expect(editor.text == "abc")
    #expect(editor.notice == "left out: U+FFFD, which stands for a character that was lost, and another")
    _ = editor.handle(.character("\u{202E}"))
    #expect(editor.text == "abc")
    #expect(editor.notice == "left out: U+202E, which reorders text")
    _ = editor.handle(.character("d"))
    #expect(editor.notice == nil)
  }

  @Test func aCutIsTold() {
    var editor = LineEditor(String(repeating: "x", count: 1990))
    _ = editor.handle(.paste("0123456789ab"))
    #expect(editor.text.count == 2000)
    #expect(editor.notice == "a text takes 2000 characters: 2 were cut off")
    _ = editor.handle(.character("y"))
    #expect(editor.text.count == 2000)
    #expect(editor.notice == "a text takes 2000 characters: 1 were cut off")
    // Marks count: they are recorded too.
    var marked = LineEditor()
    _ = marked.handle(.paste(String(repeating: "e\u{301}", count: 1001)))
    #expect(marked.text.unicodeScalars.count == 2000)
  }
}
