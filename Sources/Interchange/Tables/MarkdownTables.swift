// Tables as Markdown with pipes (GitHub Flavored Markdown, "Tables").

import TextSafety

enum MarkdownTables {
  static func text(_ tables: [Table]) -> String { tables.map(text).joined(separator: "\n") }

  private static func text(_ table: Table) -> String {
    var lines = ["**\(Escape.markdown(table.heading))**", ""]
    lines.append(row(table.columns.map { Escape.markdown($0.title) }))
    lines.append(row(table.columns.map { $0.alignment == .trailing ? "--:" : ":--" }))
    for section in table.sections {
      if let title = section.title {
        lines.append(row(["**\(Escape.markdown(title))**"] + table.columns.dropFirst().map { _ in "" }))
      }
      lines += section.rows.map { row($0.map { cell($0, in: table) }) }
    }
    for footnote in table.footnotes { lines += ["", "<sup>\(footnote.mark)</sup> \(Escape.markdown(footnote.text))"] }
    for note in table.notes { lines += ["", Escape.markdown(note)] }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  private static func cell(_ cell: Table.Cell, in table: Table) -> String {
    let marks = table.marks(cell)
    return cell.lines.map(Escape.markdown).joined(separator: "<br>") + (marks.isEmpty ? "" : "<sup>\(marks)</sup>")
  }
}
