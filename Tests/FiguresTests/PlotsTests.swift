// Population diagram and bars.

import Figures
import Grid
import ReviewCore
import Testing

@Suite struct PlotsTests {
  private let paper = PopulationDiagram([
    PopulationStep(214, "vertebral osteomyelitis or spondylodiskitis", excluded: [.init(35, "no MR imaging")]),
    PopulationStep(
      179, "with MR imaging",
      excluded: [.init(35, "imaged only after treatment or surgery had begun"), .init(131, "typical imaging")]),
    PopulationStep(
      13, "misread",
      excluded: [
        .init(
          6, "no tissue proof",
          details: [.init(5, "resolved under empiric antibiotics"), .init(1, "died of leukaemia without follow-up")])
      ]),
    PopulationStep(7, "included, each with a bone biopsy"),
  ])

  @Test func diagramIsAsReviewed() {
    let text = [40, 60, 80, 200].map { width in
      Golden.drawn(width, paper.height(width: width)) { paper.draw(into: &$0, rect: $1) }.text
    }.joined(separator: "\n")
    let ascii = Golden.drawn(80, paper.height(width: 80), Look(colors: .none, unicode: false)) {
      paper.draw(into: &$0, rect: $1)
    }.text
    Golden.check(text + "\n" + ascii, "population")
  }

  /// A window at an offset shows just those rows of the whole.
  @Test func aWindowShowsItsRows() {
    let whole = Golden.drawn(80, paper.height(width: 80)) { paper.draw(into: &$0, rect: $1) }
    let window = Golden.drawn(80, 6) { paper.draw(into: &$0, rect: $1, offset: 7) }
    #expect((0..<6).map { window.line($0) } == (7..<13).map { whole.line($0) })
  }

  @Test func everyCountAndReasonIsInIt() {
    let drawn = Golden.drawn(60, paper.height(width: 60)) { paper.draw(into: &$0, rect: $1) }.text
    for number in [214, 35, 179, 131, 13, 6, 5, 1, 7] { #expect(drawn.contains("\(number) ")) }
    #expect(
      paper.textAlternative
        == "214 vertebral osteomyelitis or spondylodiskitis. Excluded: 35 no MR imaging. 179 with MR imaging. Excluded: "
        + "35 imaged only after treatment or surgery had begun; 131 typical imaging. 13 misread. Excluded: 6 no tissue "
        + "proof. 7 included, each with a bone biopsy.")
  }

  @Test(arguments: [(0, 0), (1, 1), (5, 4), (17, 200)])
  func everySizeStaysInside(width: Int, height: Int) {
    let rect = Rect(x: 1, y: 1, width: width, height: height)
    let grid = Golden.drawn(width + 3, height + 3) { canvas, _ in paper.draw(into: &canvas, rect: rect) }
    for y in 0..<grid.size.height {
      for x in 0..<grid.size.width where !rect.contains(x: x, y: y) { #expect(grid[x, y] == Cell()) }
    }
  }

  private func bar(_ bar: IntervalBar?, _ look: Look = Look()) -> String {
    Golden.drawn(21, 1, look) { bar?.draw(into: &$0, rect: $1) }.line(0)
  }

  @Test func intervalsLieOnTheirAxis() {
    #expect(bar(IntervalBar(0.5, interval: 0.2...0.8)) == "··········│·├──●──┤··")
    #expect(bar(IntervalBar(-0.4, interval: -1.7...0.2)) == "◂─────●───┼─┤········")
    #expect(bar(IntervalBar(0.5, interval: 0.2...1.4, axis: 0...1)) == "····├─────●─────────▸")
    #expect(bar(IntervalBar(1)) == "··········│·········●")
    #expect(bar(IntervalBar(0.5, interval: 0.2...0.8), Look(colors: .none, unicode: false)) == "..........|.+--@--+..")
    #expect(IntervalBar(.nan) == nil)
  }

  @Test func sharesShowSomethingAndAll() {
    func bar(_ count: Int, _ total: Int) -> String {
      Golden.drawn(10, 1) { ShareBar(count, of: total).draw(into: &$0, rect: $1) }.line(0)
    }
    #expect(bar(0, 7) == "░░░░░░░░░░")
    #expect(bar(1, 1000) == "█░░░░░░░░░")
    #expect(bar(999, 1000) == "█████████░")
    #expect(bar(7, 7) == "██████████")
    #expect(bar(0, 0) == "░░░░░░░░░░")
  }
}
