// What becomes of free text before it is recorded.

import Testing
import TextSafety

@Suite struct FreeTextTests {
  @Test(arguments: [
    ("two\twords", "two words"), ("a\r\nb\nc\rd\u{85}e\u{2028}f", "a b c d e f"), ("", ""),
    ("a\u{2800}b\u{3164}c\u{115F}\u{1160}\u{FFA0}", "a b c   "),
    ("می\u{200C}خواهم क्\u{200D}ष", "می\u{200C}خواهم क्\u{200D}ष"),
    ("👩\u{200D}⚕\u{FE0F} 脊椎 e\u{301}", "👩\u{200D}⚕\u{FE0F} 脊椎 e\u{301}"),
  ])
  func whatPeopleWriteStays(written: String, text: String) throws {
    #expect(FreeText(written).text.isSameBytes(as: text))
    #expect(FreeText(written).words == nil)
    #expect(try FreeText.checked(written).isSameBytes(as: text))
  }

  @Test(arguments: [
    ("a\u{202E}b", "ab", "U+202E, which reorders text"), ("a\u{1B}[m", "a[m", "U+001B, a control character"),
    ("a\u{FFFD}", "a", "U+FFFD, which stands for a character that was lost"),
    ("\u{200B}\u{2066}\u{200B}", "", "U+200B, which cannot be seen, and another"),
    ("\u{E000}\u{9B}\u{0}", "", "U+E000, which means something in one font only, and 2 others"),
  ])
  func whatMayStandInNoTextIsLeftOutAndNamed(written: String, text: String, words: String) {
    #expect(FreeText(written).text == text)
    #expect(FreeText(written).words == words)
    #expect(throws: FreeTextFault(words: words)) { try FreeText.checked(written) }
  }

  @Test(arguments: [
    "", " ", "\u{A0}\u{3000}", "\u{2800}", "\u{3164}\u{115F}\u{1160}\u{FFA0}", "\u{200D}\u{FE0F}\u{1D159}",
    "\u{13441}\u{13442}",
  ])
  func whatCannotBeSeenIsBlank(text: String) {
    #expect(text.isBlank && !text.saysSomething)
    #expect(!(text + "a").isBlank)
  }

  @Test(arguments: [".", "-–…", "?!", "x", "7", "12", "L5", "ß.", "a b", "x 1 y", "e\u{301}", "Ⅷ", "क", "Ⅷ\u{200D}Ⅸ"])
  func noReasonIsWithoutAWord(text: String) { #expect(!text.saysSomething && !text.isBlank) }

  @Test(arguments: ["no", "No.", " YES ", "ok", "n/a", "none", "- nothing -"])
  func anAnswerIsNoReason(text: String) { #expect(!text.saysSomething && !text.isBlank) }

  @Test(arguments: [
    "no rim", "nope", "not so", "okra", "1 rim", "見", "7 암", "ый", "e\u{301}te\u{301}", "हाँ", "نه", "כן",
    "a\u{301}\u{302}b", "も良い",
  ])
  func aWordIsAReason(text: String) { #expect(text.saysSomething) }
}
