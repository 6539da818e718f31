// A chapter as plain text, for the terminal: wrapped, without the signs that only a page needs.

import Figures
import Grid

package struct PlainMarkdown {
  private let columns: Int

  /// The lines of a chapter, none wider than `columns` but for those that are kept as they are written.
  package static func lines(of markdown: String, columns: Int) -> [String] {
    let plain = PlainMarkdown(columns: max(20, columns))
    var lines: [String] = []
    var before: MarkdownBlock?
    for block in MarkdownBlock.blocks(of: markdown) {
      if let before, !(before.isItem && block.isItem) { lines.append("") }
      lines += plain.lines(of: block)
      before = block
    }
    return lines
  }

  private func lines(of block: MarkdownBlock) -> [String] {
    switch block {
    case .heading(let level, let text):
      let words = wrapped(Self.plain(text), columns)
      let rule = String(repeating: level == 1 ? "=" : "-", count: words.map(Self.width).max() ?? 0)
      return level < 3 ? words + [rule] : words
    case .paragraph(let text): return wrapped(Self.plain(text), columns)
    case .item(let mark, let text):
      let room = max(mark.utf8.count + 1, 2)
      return wrapped(Self.plain(text), columns - room).enumerated().map { index, line in
        Self.padded(index == 0 ? mark : "", room) + line
      }
    case .code(let lines):
      return lines.reversed().drop(while: \.isEmpty).reversed().map { $0.isEmpty ? "" : "  " + $0 }
    case .table(let rows): return table(rows.map { $0.map(Self.plain) })
    }
  }

  /// Columns as wide as their texts, the widest made narrower until all fit; a rule below the head. Where words would go in
  /// pieces, keys of a file among them, that somebody copies, the cells of a row stand below each other.
  private func table(_ rows: [[String]]) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    func widest(_ texts: (String) -> [Substring]) -> [Int] {
      (0..<count).map { column in
        rows.flatMap { column < $0.count ? texts($0[column]) : [] }.map { Self.width(String($0)) }.max() ?? 0
      }
    }
    var widths = widest { [$0[...]] }
    let (words, gap) = (widest { $0.split(separator: " ") }, 2)
    while widths.reduce(-gap, { $0 + $1 + gap }) > columns {
      let able = widths.indices.filter { widths[$0] > words[$0] }
      guard let column = able.max(by: { widths[$0] < widths[$1] }) else { return stacked(rows) }
      widths[column] -= 1
    }
    return rows.enumerated().flatMap { index, row in
      let cells = zip(row, widths).map { wrapped($0, $1) }
      let lines = (0..<(cells.map(\.count).max() ?? 0)).map { line in
        let parts = zip(cells, widths).map { cell, width in Self.padded(line < cell.count ? cell[line] : "", width) }
        return Self.withoutBlanksAtTheEnd(parts.joined(separator: String(repeating: " ", count: gap)))
      }
      return index > 0 ? lines : lines + [widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")]
    }
  }

  /// A row's first cell, and the others below it with an indent; a rule below the head.
  private func stacked(_ rows: [[String]]) -> [String] {
    rows.enumerated().flatMap { index, row in
      let lines = row.enumerated().flatMap { place, cell in
        place == 0 ? wrapped(cell, columns) : wrapped(cell, columns - 2).map { "  " + $0 }
      }
      return index > 0 ? lines : lines + [String(repeating: "-", count: lines.map(Self.width).max() ?? 0)]
    }
  }

  /// Without the signs of bold and slanted words; a link to a chapter is the command that prints it.
  static func plain(_ text: String) -> String {
    var plain = text.replacing(#/\[([^\]]*)\]\(doc:([^)]*)\)/#) { "\($0.1) (endplate guide \($0.2))" }
    plain = plain.replacing(#/<doc:([^>]*)>/#) { "endplate guide \($0.1)" }
    plain = plain.replacing(#/\[([^\]]*)\]\(#[^)]*\)/#) { "\($0.1)" }
    plain = plain.replacing(#/\[([^\]]*)\]\((https?:[^)]*)\)/#) { "\($0.1) (\($0.2))" }
    // Stars stay where they stand for themselves: in code, and with blanks around them.
    var isCode = false
    var result = ""
    for part in plain.split(separator: "`", omittingEmptySubsequences: false) {
      result += isCode ? "`\(part)`" : part.replacing(#/\*\*?([^*\s](?:[^*]*[^*\s])?)\*\*?/#) { "\($0.1)" }
      isCode.toggle()
    }
    return result
  }

  private func wrapped(_ text: String, _ columns: Int) -> [String] {
    SafeText.wrapped(text, columns: max(1, columns), width: PlainWidth.width)
  }

  private static func width(_ text: String) -> Int { SafeText.columns(text, width: PlainWidth.width) }

  private static func padded(_ text: String, _ columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - width(text)))
  }

  private static func withoutBlanksAtTheEnd(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }
}

extension MarkdownBlock {
  fileprivate var isItem: Bool { if case .item = self { true } else { false } }
}
