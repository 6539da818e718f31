// Bland-Altman plots for print: differences against means, with the limits of agreement.

/// One plot for each pair of readers, or one of all readers against their mean.
package struct BlandAltmanFigure: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    package var mean: Double
    package var difference: Double

    package init(mean: Double, difference: Double) { (self.mean, self.difference) = (mean, difference) }
  }

  /// A line across the plot, with the band of its interval.
  package struct Level: Hashable, Sendable {
    package var value: Double
    package var interval: ClosedRange<Double>?
    package var isLimit: Bool
    /// The value in figures.
    package var words: String

    package init(_ value: Double, interval: ClosedRange<Double>?, isLimit: Bool, words: String) {
      (self.value, self.interval, self.isLimit, self.words) = (value, interval, isLimit, words)
    }
  }

  package struct Panel: Hashable, Sendable {
    package var title: String
    package var axisTitle: String
    /// The points of each reader, with a name where there are several.
    package var series: [(name: String, points: [Point])] { zip(names, points).map { ($0, $1) } }
    private var names: [String]
    private var points: [[Point]]
    package var levels: [Level]

    package init(title: String, axisTitle: String, series: [(name: String, points: [Point])], levels: [Level]) {
      (self.title, self.axisTitle, self.levels) = (title, axisTitle, levels)
      (names, points) = (series.map(\.name), series.map(\.points))
    }
  }

  package var title: String
  package var panels: [Panel]
  package var notes: [String]

  package init(title: String, panels: [Panel], notes: [String] = []) {
    (self.title, self.panels, self.notes) = (title, panels, notes)
  }

  private static let panel = (width: 440.0, height: 320.0)
  private static let ink = "#222222"
  /// Okabe & Ito's colours, which the colour-blind tell apart; dark enough for print.
  private static let colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#444444"]

  package func svg() -> String { drawn().svg.text }

  /// The boxes of all texts, in the figure's pixels.
  package func labelBoxes() -> [LabelledSheet.Label] { drawn().labels }

  private func drawn() -> LabelledSheet {
    let columns = panels.count > 1 ? 2 : 1
    let rows = (panels.count + columns - 1) / columns
    let width = Double(columns) * Self.panel.width + 16
    let bottom = 40 + Double(rows) * Self.panel.height
    let notes = notes.flatMap { SVG.wrapped($0, size: 11, width: width - 32) }
    let height = bottom + 16 + Double(notes.count) * 16
    var sheet = LabelledSheet(SVG(width: width, height: height, title: title, description: textAlternative))
    sheet.svg.rect(Box(0, 0, width, height), fill: "#ffffff")
    sheet.write(SVG.fitted(title, size: 15, width: width - 32), x: 16, y: 24, size: 14, bold: true)
    for (index, panel) in panels.enumerated() {
      let place = Box(
        Double(index % columns) * Self.panel.width, 36 + Double(index / columns) * Self.panel.height, Self.panel.width,
        Self.panel.height)
      draw(panel, place, &sheet)
    }
    for (index, note) in notes.enumerated() {
      sheet.write(note, x: 16, y: bottom + 14 + Double(index) * 16, size: 11, fill: "#444444")
    }
    return sheet
  }

  private func draw(_ panel: Panel, _ place: Box, _ sheet: inout LabelledSheet) {
    let points = panel.series.flatMap(\.points)
    let hasLegend = panel.series.count > 1 && panel.series.count <= Self.colours.count
    sheet.write(
      SVG.fitted(panel.title, size: 13, width: place.width - 80), x: place.x + 64, y: place.y + 18, size: 12, bold: true
    )
    let plot = Box(
      place.x + 64, place.y + (hasLegend ? 46 : 28), place.width - 64 - 78, place.height - (hasLegend ? 94 : 76))
    let levels = panel.levels.flatMap { [$0.value] + ($0.interval.map { [$0.lowerBound, $0.upperBound] } ?? []) }
    let across = PlotScale(Self.range(points.map(\.mean)))
    let up = PlotScale(Self.range(points.map(\.difference) + levels + [0]))
    func x(_ value: Double) -> Double { across.place(value, from: plot.x, to: plot.x + plot.width) }
    func y(_ value: Double) -> Double { up.place(value, from: plot.y + plot.height, to: plot.y) }
    for level in panel.levels {
      guard let interval = level.interval, interval.lowerBound < interval.upperBound else { continue }
      let top = y(interval.upperBound)
      sheet.svg.rect(Box(plot.x, top, plot.width, y(interval.lowerBound) - top), fill: "#e4e4e4")
    }
    drawAxes(panel, plot, across, up, &sheet)
    let isCrowd = points.count > Self.crowd
    for (index, series) in (hasLegend ? panel.series : [("", points)]).enumerated() {
      let places = series.points.map { (x($0.mean), y($0.difference)) }
      for (at, count) in Self.spots(places, unit: isCrowd ? 2.5 : 0.1) {
        let radius = isCrowd ? 1.3 : min(2.6 * Double(count).squareRoot(), 9)
        sheet.svg.ellipse(
          Box(at.x - radius, at.y - radius, 2 * radius, 2 * radius), fill: "none",
          stroke: hasLegend ? Self.colours[index] : Self.ink)
      }
    }
    for level in panel.levels {
      sheet.svg.line(
        from: (plot.x, y(level.value)), to: (plot.x + plot.width, y(level.value)), stroke: Self.ink, width: 1.4,
        dash: level.isLimit ? "6 4" : nil)
    }
    write(panel.levels, right: plot.x + plot.width + 8, y: y, &sheet)
    if hasLegend { drawLegend(panel, x: plot.x, y: place.y + 34, right: place.x + place.width, &sheet) }
  }

  /// Values beside their lines, moved apart where lines are close.
  private func write(_ levels: [Level], right: Double, y: (Double) -> Double, _ sheet: inout LabelledSheet) {
    var last = -Double.infinity
    for level in levels.sorted(by: { $0.value > $1.value }) {
      let place = max(y(level.value) + 4, last + 14)
      sheet.write(level.words, x: right, y: place, size: 11)
      last = place
    }
  }

  private func drawAxes(
    _ panel: Panel, _ plot: Box, _ across: PlotScale, _ up: PlotScale, _ sheet: inout LabelledSheet
  ) {
    let (bottom, right) = (plot.y + plot.height, plot.x + plot.width)
    for tick in up.ticks {
      let y = up.place(tick, from: bottom, to: plot.y)
      sheet.svg.line(from: (plot.x - 4, y), to: (plot.x, y), stroke: "#555555")
      if tick == 0 { sheet.svg.line(from: (plot.x, y), to: (right, y), stroke: "#aaaaaa") }
      sheet.write(up.text(tick), x: plot.x - 7, y: y + 4, size: 11, anchor: .end, fill: "#555555")
    }
    for tick in across.ticks {
      let x = across.place(tick, from: plot.x, to: right)
      sheet.svg.line(from: (x, bottom), to: (x, bottom + 4), stroke: "#555555")
      sheet.write(across.text(tick), x: x, y: bottom + 16, size: 11, anchor: .middle, fill: "#555555")
    }
    sheet.svg.line(from: (plot.x, plot.y), to: (plot.x, bottom), stroke: "#555555")
    sheet.svg.line(from: (plot.x, bottom), to: (right, bottom), stroke: "#555555")
    sheet.write(panel.axisTitle, x: plot.x + plot.width / 2, y: bottom + 33, size: 11, anchor: .middle, fill: "#555555")
  }

  private func drawLegend(_ panel: Panel, x: Double, y: Double, right: Double, _ sheet: inout LabelledSheet) {
    let room = (right - x) / Double(panel.series.count)
    for (index, series) in panel.series.enumerated() {
      let start = x + Double(index) * room
      sheet.svg.ellipse(Box(start, y - 7, 6, 6), fill: "none", stroke: Self.colours[index])
      sheet.write(SVG.fitted(series.name, size: 11, width: room - 16), x: start + 10, y: y, size: 11)
    }
  }

  /// More points than this are drawn as small spots of a grid, however many fall on one.
  private static let crowd = 2000

  /// Points that fall on one spot are one, with their number.
  private static func spots(
    _ points: [(x: Double, y: Double)], unit: Double
  ) -> [(at: (x: Double, y: Double), count: Int)] {
    struct Spot: Hashable {
      let x: Int
      let y: Int
    }
    let tally = points.reduce(into: [Spot: Int]()) {
      $0[Spot(x: Int(($1.x / unit).rounded()), y: Int(($1.y / unit).rounded())), default: 0] += 1
    }
    return tally.sorted { ($0.key.x, $0.key.y) < ($1.key.x, $1.key.y) }
      .map { ((Double($0.key.x) * unit, Double($0.key.y) * unit), $0.value) }
  }

  private static func range(_ values: [Double]) -> ClosedRange<Double> {
    (values.min() ?? 0)...(values.max() ?? 1)
  }

  /// The figure in words.
  package var textAlternative: String {
    panels.map { "\($0.title): \($0.levels.map(\.words).joined(separator: ", "))" }.joined(separator: ". ")
  }
}
