// What a canvas writes, clips and repairs.

import Grid
import TestSupport
import Testing

@Suite struct CanvasTests {
  private func canvas(_ width: Int, _ height: Int, unicode: Bool = true) -> Canvas {
    Canvas(size: Size(width: width, height: height), look: Look(unicode: unicode), width: testWidth)
  }

  @Test func textIsCutToItsAreaWithAnEllipsis() {
    var canvas = canvas(10, 3)
    let clip = Rect(x: 2, y: 0, width: 5, height: 2)
    #expect(canvas.put("vertebra", x: 2, y: 0, clip: clip) == 5)
    #expect(canvas.put("vertebra", x: 2, y: 1, clip: clip, ellipsis: false) == 5)
    #expect(canvas.put("below", x: 2, y: 2, clip: clip) == 0)
    #expect(canvas.put("above", x: 2, y: -1) == 0)
    #expect(canvas.grid.text == "  vert…\n  verte\n\n")
  }

  @Test func textThatBeginsLeftOfTheScreenIsCutThere() {
    var canvas = canvas(4, 1)
    canvas.put("abcdef", x: -3, y: 0)
    #expect(canvas.grid.line(0) == "def")
  }

  @Test func rightAlignedTextEndsBeforeItsColumnAndNeverPassesIt() {
    var canvas = canvas(8, 2)
    canvas.put("S1", right: 6, y: 0)
    canvas.put("long words", right: 6, y: 1, clip: Rect(x: 2, y: 1, width: 6, height: 1))
    #expect(canvas.grid.text == "    S1\n  lon…\n")
  }

  @Test func wideCharactersTakeTwoCellsOrABlank() {
    var canvas = canvas(5, 2)
    canvas.put("脊椎", x: 0, y: 0)
    canvas.put("脊", x: 4, y: 1)
    #expect(canvas.grid[0, 0].text == "脊")
    #expect(canvas.grid[1, 0].text == "")
    #expect(canvas.grid.text == "脊椎\n\n")
  }

  @Test func awideCharacterCutAtEitherEdgeLeavesNoHalf() {
    var canvas = canvas(6, 2)
    canvas.put("a脊b", x: 0, y: 0, clip: Rect(x: 0, y: 0, width: 2, height: 2), ellipsis: false)
    canvas.fill(Rect(x: 0, y: 1, width: 6, height: 1), "x")
    canvas.put("脊b", x: 1, y: 1, clip: Rect(x: 2, y: 1, width: 4, height: 1))
    #expect(canvas.grid.text == "a\nxx bxx\n")
  }

  @Test(arguments: 0..<6, ["x", "椎"])
  func overwritingAnyPartOfWideCharactersLeavesWholeRows(x: Int, text: String) {
    var canvas = canvas(6, 1)
    canvas.put("脊脊脊", x: 0, y: 0)
    canvas.put(text, x: x, y: 0)
    for column in 0..<6 {
      let isHalf = canvas.grid[column, 0].text.isEmpty
      let leads = column > 0 && testWidth(canvas.grid[column - 1, 0].text.unicodeScalars.first ?? " ") == 2
      #expect(isHalf == leads, "column \(column) of \(canvas.grid.line(0))")
    }
  }

  @Test func combiningMarksShareTheirCell() {
    var canvas = canvas(4, 1)
    canvas.put("e\u{301}s", x: 0, y: 0)
    #expect(canvas.grid[0, 0].text == "e\u{301}")
    #expect(canvas.grid[1, 0].text == "s")
  }

  @Test func controlCharactersNeverReachACell() {
    var canvas = canvas(12, 3)
    canvas.put("\u{1B}[2Jok\u{7}\u{9B}", x: 0, y: 0)
    canvas.set(0, 1, Cell("\u{1B}"))
    canvas.fill(Rect(x: 0, y: 2, width: 2, height: 1), "\n")
    #expect(canvas.grid.text == "�[2Jok��\n�\n��\n")
  }

  @Test func withoutUnicodeEverythingIsASCIIOfTheSameWidth() {
    var canvas = canvas(12, 3, unicode: false)
    canvas.box(Rect(x: 0, y: 0, width: 12, height: 3), title: "T2W · ±")
    canvas.put("▸ ✓ 脊 …", x: 1, y: 1)
    #expect(canvas.grid.text == "+T2W . i---+\n|> Y ? ~   |\n+----------+\n")
  }

  @Test func boxesThatShareAnEdgeJoin() {
    var canvas = canvas(7, 5)
    canvas.box(Rect(x: 0, y: 0, width: 4, height: 3))
    canvas.box(Rect(x: 3, y: 0, width: 4, height: 3))
    canvas.box(Rect(x: 0, y: 2, width: 7, height: 3))
    #expect(canvas.grid.text == "┌──┬──┐\n│  │  │\n├──┴──┤\n│     │\n└─────┘\n")
  }

  @Test func aBoxOverSomebodysTextIsNoJoint() {
    var canvas = canvas(3, 2)
    canvas.put("+-|", x: 0, y: 0)
    canvas.box(Rect(x: 0, y: 0, width: 3, height: 2))
    #expect(canvas.grid.text == "┌─┐\n└─┘\n")
  }

  @Test func restylingKeepsTheText() {
    var canvas = canvas(3, 2)
    canvas.put("abc", x: 0, y: 0, .role(.rim))
    canvas.restyle(Rect(x: 1, y: 0, width: 9, height: 9)) { $0.with(.reverse) }
    #expect(canvas.grid.line(0) == "abc")
    #expect(canvas.grid[0, 0].style == .role(.rim))
    #expect(canvas.grid[2, 0].style == .role(.rim, .reverse))
  }

  @Test func aPastedGridIsClippedAndItsWideCharactersStayWhole() {
    var source = canvas(4, 2)
    source.put("ab", x: 0, y: 0)
    source.put("x脊y", x: 0, y: 1)
    var canvas = canvas(4, 1)
    canvas.paste(source.grid, from: 1, into: Rect(x: 1, y: 0, width: 2, height: 5))
    #expect(canvas.grid[1, 0].text == "x")
    #expect(canvas.grid[2, 0].text == " ")
    #expect(canvas.grid[3, 0].text == " ")
  }

  @Test(arguments: [Size(width: 0, height: 0), Size(width: 1, height: 1), Size(width: 2, height: 1)])
  func anySizeCanBeDrawnOn(size: Size) {
    var canvas = Canvas(size: size, look: Look(), width: testWidth)
    canvas.box(Rect(x: -3, y: -3, width: 40, height: 40), title: "脊椎")
    canvas.put("脊椎 ok", x: -1, y: 0)
    canvas.put("right", right: 0, y: 0)
    canvas.fill(Rect(x: -5, y: -5, width: 50, height: 50), "█")
    canvas.restyle(Rect(x: -5, y: -5, width: 50, height: 50)) { $0.with(.bold) }
    #expect(canvas.grid.cells.count == size.width * size.height)
    #expect(canvas.grid.cells.allSatisfy { $0 == Cell("█", .plain.with(.bold)) })
  }
}
