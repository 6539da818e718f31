// Tables as CSV, for spreadsheets and programs.

import TextSafety

enum CSVTables {
  /// One table with a row of column titles first. Several tables become one: columns of the same title are one column,
  /// and what a table does not have stays empty. Where there are several tables or sections, the first column names
  /// them. Remarks of a row stand in the last column; notes below a table are rows that begin with `Note`.
  static func text(_ tables: [Table]) -> String {
    let titles = tables.flatMap { $0.columns.flatMap(\.fieldTitles) }.reduce(into: [String]()) { titles, title in
      if !titles.contains(title) { titles.append(title) }
    }
    let isDivided = tables.count > 1 || tables.contains { $0.sections.contains { $0.title != nil } }
    let hasRemarks = tables.contains { !$0.footnotes.isEmpty }
    let head = (isDivided ? ["Section"] : []) + titles + (hasRemarks ? ["Footnotes"] : [])
    let rows = tables.flatMap { table in
      table.sections.flatMap { section in
        section.rows.map { row in
          let columns = table.columns.flatMap(\.fieldTitles)
          let cells = Dictionary(zip(columns, fields(row, table)), uniquingKeysWith: { first, _ in first })
          return (isDivided ? [section.title ?? table.heading] : []) + titles.map { cells[$0] ?? "" }
            + (hasRemarks ? [row.flatMap(\.remarks).joined(separator: "; ")] : [])
        }
      }
    }
    let notes = tables.flatMap(\.notes).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return Escape.csv(
      [head] + rows + notes.map { head.count > 1 ? ["Note", $0] + head.dropFirst(2).map { _ in "" } : [$0] })
  }

  /// A field for each title of the columns.
  private static func fields(_ row: [Table.Cell], _ table: Table) -> [String] {
    zip(table.columns, row).flatMap { column, cell in
      column.fieldTitles.indices.map { cell.fields.indices.contains($0) ? cell.fields[$0] : "" }
    }
  }
}
