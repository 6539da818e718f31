// Letters that join with what follows them, and characters that act on a terminal, in every format.

import Testing
import TextSafety

/// A sign that a format acts on, where a `Character` does not see it: behind a letter that joins with what follows
/// (U+0D4E), before a mark (U+0301), a joiner, a variation selector.
private func hidden(_ sign: Unicode.Scalar) -> [String] {
  ["\u{0D4E}\(sign)", "\(sign)\u{301}", "\(sign)\u{200D}", "\(sign)\u{FE0F}", "\u{110BD}\(sign)"]
}

@Suite struct EscapeTests {
  @Test("no sign of HTML or XML is left as it is, whatever it joins with", arguments: Array("<>&\"'".unicodeScalars))
  func markup(sign: Unicode.Scalar) {
    for text in hidden(sign) {
      let scalars = Array(Escape.markup(text).unicodeScalars)
      let entities = ["<": "&lt;", ">": "&gt;", "&": "&amp;", "\"": "&quot;", "'": "&#39;"] as [Unicode.Scalar: String]
      #expect(!scalars.contains(sign) || sign == "&")
      #expect(Escape.markup(text).isSameBytes(as: spelled(text, sign, entities[sign] ?? "").madeSafe))
    }
  }

  @Test("Markdown", arguments: Array("\\`*_{}[]<>|~&$#".unicodeScalars))
  func markdown(sign: Unicode.Scalar) {
    for text in hidden(sign) {
      #expect(Escape.markdown(text).isSameBytes(as: spelled(text, sign, "\\\(sign)").madeSafe))
    }
  }

  @Test("LaTeX", arguments: Array("\\{}$&%#_~^<>".unicodeScalars))
  func latex(sign: Unicode.Scalar) {
    for text in hidden(sign) {
      let spelling = Escape.latex(String(sign))
      #expect(spelling.utf8.count > 1)
      #expect(Escape.latex(text).isSameBytes(as: spelled(spelled(text, sign, spelling), "\u{110BD}", "?")))
    }
    #expect(Escape.latex("a\n\u{1B}--") == "a ?-{}-")
  }

  @Test("CSV: fields are quoted, quotation marks doubled, formulas disarmed")
  func csv() {
    #expect(Escape.csv([["\u{0D4E}\"a", "b"]]).isSameBytes(as: "\"\u{0D4E}\"\"a\",b\r\n"))
    #expect(Escape.csv([["\u{0D4E},a", "\"\u{301},b"]]).isSameBytes(as: "\"\u{0D4E},a\",\"\"\"\u{301},b\"\r\n"))
    #expect(
      Escape.csv([["+x", "-x", "@x", "\tx", "-1.5", "x\ny", "", "=\"a\"", "=\u{301}1", "＝1"]]).isSameBytes(
        as: "'+x,'-x,'@x,'\tx,-1.5,\"x\ny\",,\"'=\"\"a\"\"\",'=\u{301}1,'＝1\r\n"))
  }

  @Test("JSON keeps its meaning and holds nothing that a terminal obeys")
  func json() {
    #expect(
      Escape.json("{\n  \"a\": \"\u{9B}1m\u{202E}\u{200B}\u{7F}\u{F0000}é脊\u{200D}\"\n}")
        == "{\n  \"a\": \"\\u009b1m\\u202e\\u200b\\u007f\\udb80\\udc00é脊\u{200D}\"\n}")
  }

  private func spelled(_ text: String, _ sign: Unicode.Scalar, _ spelling: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == sign { result.append(contentsOf: spelling.unicodeScalars) } else { result.append(scalar) }
    }
    return String(result)
  }
}

@Suite struct UnsafeScalarTests {
  @Test(arguments: [
    ("a\r\nb\nc\td", "a\r\nb\nc\td"), ("a\rb", "a�b"), ("\u{1B}[31m\u{9B}m", "�[31m�m"),
    ("\u{202E}\u{200B}\u{FEFF}", "���"), ("क्\u{200D}ष \u{200C}", "क्\u{200D}ष \u{200C}"), ("a\u{0D4E}\n", "a\u{0D4E}\n"),
  ])
  func linesKeepTheirEndsAndNothingElse(text: String, expected: String) {
    #expect(text.linesMadeSafe.isSameBytes(as: expected))
  }

  @Test func formsOfANameAreNotTheSameBytes() {
    #expect("é" == "e\u{301}")
    #expect(!"é".isSameBytes(as: "e\u{301}"))
  }
}
