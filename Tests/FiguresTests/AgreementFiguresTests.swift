// Forest and Bland-Altman plots: no label over another, every value in its place.

import Figures
import Testing

@Suite struct AgreementFiguresTests {
  private static let forest = ForestFigure(
    title: "Agreement of R1, R2, R3",
    groups: [
      .init(
        "between readers, round 1",
        [
          .init(
            name:
              "involved bones, overlap, and a very long name that no column of a figure for print will hold as it is",
            by: "alpha set", used: "40/40", value: 0.86, interval: 0.7...1, isCut: true, words: "0.86, 0.70 to 1.00"),
          .init(
            name: "T2W signal", by: "Fleis lin", used: "7/40", value: -0.33, interval: -1.6...0.4,
            words: "−0.33, −1.60 to 0.40"),
          .init(name: "rim <sign> & \"more\"", by: "AC1", used: "40/40", value: nil, words: "not defined: no cases"),
        ])
    ],
    notes: ["Squares are values, lines 95 % intervals; an arrow is an end beyond the axis, or one that was cut at 1."])

  private static func plot(of count: Int, readers: Int = 1, factor: Double = 1) -> BlandAltmanFigure {
    let series = (0..<readers).map { reader in
      (
        name: "Reader \(reader + 1) with a long name",
        points: (0..<count).map { number in
          BlandAltmanFigure.Point(
            mean: Double(number % 97) * factor, difference: (Double(number % 13) - 6 + Double(reader)) * factor)
        }
      )
    }
    return BlandAltmanFigure(
      title: "Differences",
      panels: [
        .init(
          title: "R1 less R2", axisTitle: "mean of R1 and R2", series: series,
          levels: [
            .init(0.1 * factor, interval: -0.2 * factor...0.4 * factor, isLimit: false, words: "0.10"),
            .init(-7 * factor, interval: nil, isLimit: true, words: "−7.00"),
            .init(7.2 * factor, interval: 6 * factor...9 * factor, isLimit: true, words: "7.20"),
            .init(7.3 * factor, interval: nil, isLimit: true, words: "7.30"),
          ])
      ], notes: ["Solid: mean difference."])
  }

  @Test func labelsNeverOverlap() {
    CoursesFigureTests.expectApart(Self.forest.labelBoxes(), inside: Self.forest.svg())
    for figure in [Self.plot(of: 30), Self.plot(of: 30, readers: 6), Self.plot(of: 5, factor: 1e-4), Self.plot(of: 1)] {
      CoursesFigureTests.expectApart(figure.labelBoxes(), inside: figure.svg())
    }
  }

  @Test func textIsEscapedAndWhole() {
    let svg = Self.forest.svg()
    #expect(svg.contains("rim &lt;sign&gt; &amp; &quot;more&quot;"))
    #expect(svg.contains("<title>Agreement of R1, R2, R3</title>"))
    // An end that was cut and one beyond the axis are arrows; the other two ends are bars across.
    #expect(svg.ranges(of: "<polygon").count == 2)
    #expect(Self.forest.textAlternative.contains("T2W signal, Fleis lin −0.33, −1.60 to 0.40"))
  }

  @Test func pointsStandWhereTheyBelong() throws {
    // A point twice is one larger circle; many thousands are spots of a pixel.
    let twice = BlandAltmanFigure(
      title: "",
      panels: [
        .init(
          title: "", axisTitle: "",
          series: [
            ("", [.init(mean: 0, difference: 1), .init(mean: 0, difference: 1), .init(mean: 10, difference: -1)])
          ],
          levels: [])
      ])
    let circles = twice.svg().matches(of: /<ellipse cx="([0-9.]+)" cy="([0-9.]+)" rx="([0-9.]+)"/)
    #expect(circles.count == 2)
    let (first, second) = (try #require(circles.first).output, try #require(circles.last).output)
    #expect(Double(first.3) ?? 0 > Double(second.3) ?? 9)
    // Further right is a greater mean, further up a greater difference.
    #expect(Double(first.1) ?? 9 < Double(second.1) ?? 0 && Double(first.2) ?? 9 < Double(second.2) ?? 0)
    #expect(Self.plot(of: 100_000).svg().utf8.count < 400_000)
  }

  @Test func scalesAreRound() {
    #expect(PlotScale(0...1).ticks.map(PlotScale(0...1).text) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(PlotScale(-124...120).ticks == [-150, -100, -50, 0, 50, 100, 150])
    let small = PlotScale(0.00012...0.00031)
    #expect(small.range.lowerBound <= 0.00012 && small.range.upperBound >= 0.00031)
    #expect(small.ticks.map(small.text).first == "0.00010")
    #expect(PlotScale(5...5).range.contains(5))
    #expect(PlotScale.text(-0.001, places: 2) == "0.00" && PlotScale.text(-1) == "−1" && PlotScale.text(0.25) == "0.25")
  }
}
