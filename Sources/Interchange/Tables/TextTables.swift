// Tables as aligned text for a terminal, in 80 columns.

import TextSafety

struct TextTables: TextSetting {
  let width: CharacterWidth

  private static let columns = 80
  private static let gap = 2
  /// A column is not wrapped to less than this; a table in too many columns is continued below instead. The widest of
  /// these at which a table needs no more continuations is taken. Single words are never broken.
  private static let readable = Array((8...14).reversed())

  func text(_ tables: [Table]) -> String { tables.map(text).joined(separator: "\n") }

  private func text(_ table: Table) -> String {
    var lines = wrapped(table.heading, Self.columns)
    for (index, band) in bands(of: table).enumerated() {
      if index > 0 { lines += ["", "(continued)"] }
      lines += self.lines(of: table, band)
    }
    for footnote in table.footnotes { lines += hanging("[\(footnote.mark)] ", footnote.text, limit: Self.columns) }
    for note in table.notes { lines += wrapped(note, Self.columns) }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: What stands beside each other

  /// Columns that stand beside each other, and how wide each is. The first column stands in every band.
  private struct Band {
    var columns: [Int]
    var widths: [Int]
  }

  private func bands(of table: Table) -> [Band] {
    let natural = table.columns.indices.map { texts(table, $0).map { columns($0) }.max() ?? 0 }
    let words = table.columns.indices.map { index in
      // One column more for the indent of cells with several lines.
      let indent = table.sections.flatMap(\.rows).contains { $0[index].lines.count > 1 } ? 1 : 0
      let words = texts(table, index).flatMap { $0.split(separator: " ") }
      return indent + (words.map { columns(String($0)) }.max() ?? 0)
    }
    let attempts = Self.readable.map { readable in
      let least = table.columns.indices.map { index in
        let isNumber = table.columns[index].alignment == .trailing
        return isNumber ? words[index] : max(words[index], min(natural[index], readable))
      }
      return split(table.columns.indices.dropFirst(), least: least).map { columns in
        Band(columns: columns, widths: fitted(columns.map { natural[$0] }, least: columns.map { least[$0] }))
      }
    }
    let fewest = attempts.map(\.count).min() ?? 1
    return attempts.first { $0.count == fewest } ?? []
  }

  /// As many columns beside each other as fit, each time after the first column.
  private func split(_ indices: Range<Int>, least: [Int]) -> [[Int]] {
    var bands: [[Int]] = [[0]]
    for index in indices {
      let used = (bands[bands.count - 1] + [index]).reduce(-Self.gap) { $0 + least[$1] + Self.gap }
      if used > Self.columns, bands[bands.count - 1].count > 1 { bands.append([0]) }
      bands[bands.count - 1].append(index)
    }
    return bands
  }

  /// The natural widths, the widest made narrower one column at a time until all fit.
  private func fitted(_ natural: [Int], least: [Int]) -> [Int] {
    var widths = natural
    while widths.reduce(-Self.gap, { $0 + $1 + Self.gap }) > Self.columns {
      let shrinkable = widths.indices.filter { widths[$0] > least[$0] }
      guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
    }
    return widths
  }

  /// Everything that is set in a column, with its marks.
  private func texts(_ table: Table, _ column: Int) -> [String] {
    [table.columns[column].title] + table.sections.flatMap(\.rows).flatMap { lines(of: $0[column], table) }
  }

  private func lines(of cell: Table.Cell, _ table: Table) -> [String] {
    let marks = table.marks(cell)
    guard !marks.isEmpty, let last = cell.lines.last else { return cell.lines }
    return cell.lines.dropLast() + ["\(last) [\(marks)]"]
  }

  // MARK: Lines

  private func lines(of table: Table, _ band: Band) -> [String] {
    let rule = String(repeating: "-", count: band.widths.reduce(-Self.gap) { $0 + $1 + Self.gap })
    let heads = band.columns.map { [table.columns[$0].title] }
    var lines = [rule] + row(heads, band, table) + [rule]
    for (index, section) in table.sections.enumerated() {
      if let title = section.title { lines += (index > 0 ? [""] : []) + wrapped(title, Self.columns) }
      let rows = section.rows.map { cells in
        row(band.columns.map { self.lines(of: cells[$0], table) }, band, table)
      }
      // Where cells run over several lines, a blank line tells the rows apart; not those that go on with the one above.
      let isSpaced = section.title == nil && rows.contains { $0.count > 1 }
      for (position, row) in rows.enumerated() {
        let goesOn = section.rows[position][0].lines == [""]
        lines += (isSpaced && position > 0 && !goesOn ? [""] : []) + row
      }
    }
    return lines + [rule]
  }

  private func row(_ cells: [[String]], _ band: Band, _ table: Table) -> [String] {
    let wrappedCells = zip(cells, band.widths).map { lines, width in
      // Of several lines in a cell, each goes on indented.
      lines.flatMap { lines.count > 1 ? hanging("", $0, limit: width) : wrapped($0, width) }
    }
    return (0..<(wrappedCells.map(\.count).max() ?? 0)).map { line in
      var text = ""
      for (position, cell) in wrappedCells.enumerated() {
        let part = line < cell.count ? cell[line] : ""
        let isNumber = table.columns[band.columns[position]].alignment == .trailing
        let width = band.widths[position]
        text += (position > 0 ? "  " : "") + (isNumber ? leftPad(part, to: width) : pad(part, to: width))
      }
      return trimmedEnd(text)
    }
  }

  /// The first line after a head, the others indented: by the head, or by one column where it is empty.
  private func hanging(_ head: String, _ text: String, limit: Int) -> [String] {
    let indent = String(repeating: " ", count: max(1, head.count))
    return wrapped(text, limit - indent.count).enumerated().map { ($0 == 0 ? head : indent) + $1 }
  }
}
