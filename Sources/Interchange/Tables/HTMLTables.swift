// Tables as an HTML page that reads well on paper and with a screen reader.

import TextSafety

enum HTMLTables {
  /// A whole page without anything from outside: no script, no font, no picture.
  static func text(_ tables: [Table]) -> String {
    let title = Escape.markup(tables.first?.heading ?? "Tables")
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="UTF-8">
      \(Escape.policy)
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      \(tables.map(text).joined(separator: "\n"))
      </body>
      </html>

      """
  }

  /// Rules as in print: above, below the heads, at the end; no row is torn between pages, heads come again on each.
  private static let style = """
    body { font: 11pt/1.35 Georgia, "Times New Roman", serif; color: #111; background: #fff; margin: 2em; }
    table { border-collapse: collapse; margin: 0 0 .6em; border-top: 2px solid #111; border-bottom: 2px solid #111; }
    caption { text-align: left; font-weight: bold; padding-bottom: .4em; }
    th, td { text-align: left; vertical-align: top; padding: .2em .7em .2em 0; font-weight: normal; }
    thead th { vertical-align: bottom; font-weight: bold; border-bottom: 1px solid #111; }
    th[scope=rowgroup] { font-style: italic; padding-top: .6em; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    .note { font-size: 9.5pt; margin: .15em 0; max-width: 60em; }
    section { margin-bottom: 2em; }
    @media print { body { margin: 0; font-size: 9pt; } thead { display: table-header-group; }
      tr { break-inside: avoid; } }
    """

  private static func text(_ table: Table) -> String {
    var lines = ["<section>", "<table>", "<caption>\(Escape.markup(table.heading))</caption>", "<thead>", "<tr>"]
    lines += table.columns.map { "<th scope=\"col\"\(kind($0))>\(Escape.markup($0.title))</th>" }
    lines += ["</tr>", "</thead>"]
    for section in table.sections {
      lines.append("<tbody>")
      if let title = section.title {
        lines.append(
          "<tr><th scope=\"rowgroup\" colspan=\"\(table.columns.count)\">\(Escape.markup(title))</th></tr>")
      }
      lines += section.rows.map { row($0, in: table) }
      lines.append("</tbody>")
    }
    lines.append("</table>")
    lines += table.footnotes.map { "<p class=\"note\"><sup>\($0.mark)</sup> \(Escape.markup($0.text))</p>" }
    lines += table.notes.map { "<p class=\"note\">\(Escape.markup($0))</p>" }
    return (lines + ["</section>"]).joined(separator: "\n")
  }

  private static func row(_ row: [Table.Cell], in table: Table) -> String {
    let cells = zip(0..., zip(row, table.columns)).map { index, pair in
      let (cell, column) = pair
      let marks = table.marks(cell)
      let content =
        cell.lines.map(Escape.markup).joined(separator: "<br>") + (marks.isEmpty ? "" : "<sup>\(marks)</sup>")
      return index == 0
        ? "<th scope=\"row\"\(kind(column))>\(content)</th>" : "<td\(kind(column))>\(content)</td>"
    }
    return "<tr>" + cells.joined() + "</tr>"
  }

  private static func kind(_ column: Table.Column) -> String {
    column.alignment == .trailing ? " class=\"number\"" : ""
  }
}
