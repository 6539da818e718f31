// Tables as CSV, for spreadsheets and programs.

import TextSafety

enum CSVTables {
  /// One table with a row of column titles first. Several tables become one: columns of the same title are one column,
  /// and what a table does not have stays empty. Where there are several tables or sections, the first column names
  /// them. Notes and remarks are not in it.
  static func text(_ tables: [Table]) -> String {
    let titles = tables.flatMap { $0.columns.map(\.title) }.reduce(into: [String]()) { titles, title in
      if !titles.contains(title) { titles.append(title) }
    }
    let isDivided = tables.count > 1 || tables.contains { $0.sections.contains { $0.title != nil } }
    let rows = tables.flatMap { table in
      table.sections.flatMap { section in
        section.rows.map { row in
          let cells = Dictionary(zip(table.columns.map(\.title), row), uniquingKeysWith: { first, _ in first })
          let fields = titles.map { cells[$0]?.lines.joined(separator: "; ") ?? "" }
          return isDivided ? [section.title ?? table.heading] + fields : fields
        }
      }
    }
    return Escape.csv([isDivided ? ["Section"] + titles : titles] + rows)
  }
}
