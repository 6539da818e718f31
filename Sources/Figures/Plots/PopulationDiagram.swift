// The study population as a flow of boxes, with who left before the next one.

import Grid
import ReviewCore

package struct PopulationDiagram: Hashable, Sendable {
  package let steps: [PopulationStep]

  package init(_ steps: [PopulationStep]) {
    self.steps = steps
  }

  /// One line of the diagram: runs of text from its left edge.
  private typealias Line = [(String, Style)]

  /// Rows it needs at a width.
  package func height(width: Int) -> Int { lines(width: width).count }

  /// Draws what fits, from row `offset` of the diagram.
  package func draw(into canvas: inout Canvas, rect: Rect, offset: Int = 0) {
    for (row, line) in lines(width: rect.width).dropFirst(max(0, offset)).prefix(rect.height).enumerated() {
      canvas.put(line, x: rect.x, y: rect.y + row, clip: rect)
    }
  }

  /// Wide diagrams stay readable when boxes and reasons stay narrow.
  private func lines(width: Int) -> [Line] {
    let box = min(max(narrowestBox, width * 2 / 5), 44, width)
    let reasons = max(8, min(width - box / 2 - 5, 76))
    var lines: [Line] = []
    for (index, step) in steps.enumerated() {
      let isLast = index == steps.count - 1
      lines += self.box(
        step, width: box, hasEntry: index > 0, hasExit: !isLast || !step.excluded.isEmpty, isLast: isLast)
      lines += exits(step, column: box / 2, width: reasons, goesOn: !isLast)
    }
    return lines
  }

  /// Columns of a box that breaks no word of a label.
  private var narrowestBox: Int {
    steps.map { step in
      let words = step.label.split(separator: " ").map { String($0).columns }
      return String(step.count).count + 5 + (words.max() ?? 0)
    }.max() ?? 0
  }

  private static let border = Style.role(.border)

  private func box(_ step: PopulationStep, width: Int, hasEntry: Bool, hasExit: Bool, isLast: Bool) -> [Line] {
    let (left, right) = (max(0, width / 2 - 1), max(0, width - width / 2 - 2))
    func edge(_ first: String, _ middle: String, _ last: String) -> Line {
      let bar = String(repeating: "─", count: left) + middle + String(repeating: "─", count: right)
      return [(first + bar + last, Self.border)]
    }
    let count = String(step.count)
    let room = max(1, width - 5 - count.count)
    let style: Style = isLast ? .role(.heading, .bold) : .role(.heading)
    let texts = step.label.wrapped(to: room)
    return [edge("┌", hasEntry ? "▼" : "─", "┐")]
      + texts.enumerated().map { row, text in
        let number = row == 0 ? count : String(repeating: " ", count: count.count)
        return [
          ("│ ", Self.border), (number, style.with(.bold)), (" " + Self.padded(text, room) + " ", style),
          ("│", Self.border),
        ]
      } + [edge("└", hasExit ? "┬" : "─", "┘")]
  }

  /// The way to the next box, and beside it who does not take it.
  private func exits(_ step: PopulationStep, column: Int, width: Int, goesOn: Bool) -> [Line] {
    let indent = String(repeating: " ", count: column)
    let way: (String, Style) = (goesOn ? "│" : " ", Self.border)
    var lines: [Line] = []
    let numbers = step.excluded.map { String($0.count).count }.max() ?? 0
    for (index, exclusion) in step.excluded.enumerated() {
      let isEnd = !goesOn && index == step.excluded.count - 1
      let number = String(repeating: " ", count: numbers - String(exclusion.count).count) + String(exclusion.count)
      for (row, text) in exclusion.reason.wrapped(to: width - numbers - 1).enumerated() {
        let fork: (String, Style) =
          row == 0 ? (isEnd ? "└──" : "├──", Self.border) : (isEnd ? "   " : "│  ", Self.border)
        let lead = row == 0 ? number : String(repeating: " ", count: numbers)
        lines.append([(indent, .plain), fork, (" \(lead) ", Style(.standard, on: .standard, .bold)), (text, .plain)])
      }
      for detail in exclusion.details {
        for (row, text) in detail.reason.wrapped(to: width - numbers - 5).enumerated() {
          let lead = row == 0 ? String(detail.count) : String(repeating: " ", count: String(detail.count).count)
          let blank = String(repeating: " ", count: numbers + 4)
          lines.append([
            (indent, .plain), isEnd ? (" ", .plain) : ("│", Self.border), ("\(blank)\(lead) \(text)", .role(.muted)),
          ])
        }
      }
    }
    return lines.isEmpty && goesOn ? [[(indent, .plain), way]] : lines
  }

  private static func padded(_ text: String, _ columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - text.columns))
  }

  /// The flow in words, a line a step.
  package var textAlternative: String {
    steps.map { step in
      let excluded = step.excluded.map { "\($0.count) \($0.reason)" }.joined(separator: "; ")
      return "\(step.count) \(step.label)" + (excluded.isEmpty ? "" : ". Excluded: \(excluded)")
    }.joined(separator: ". ") + (steps.isEmpty ? "" : ".")
  }
}
