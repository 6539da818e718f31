// Tables as JSON, for programs.

import Foundation

enum JSONTables {
  /// An array of tables: `number`, `title`, `columns`, `sections` with `title` and `rows`, `footnotes`, `notes`. A row is an
  /// object with a member for each column, or for each field of a column; a number where the column holds numbers, an array
  /// where a cell has several lines, null where nothing is defined. `footnotes` of a row name those that belong to it.
  static func text(_ tables: [Table]) -> String { JSONText.of(tables.map(Document.init)) }

  private struct Document: Encodable {
    let number: String?
    let title: String
    let columns: [String]
    let sections: [Section]
    let footnotes: [String: String]
    let notes: [String]

    init(_ table: Table) {
      (number, title, notes) = (table.number, table.title, table.notes)
      columns = table.columns.flatMap(\.fieldTitles)
      footnotes = Dictionary(uniqueKeysWithValues: table.footnotes.map { ($0.mark, $0.text) })
      sections = table.sections.map { Section(title: $0.title, rows: $0.rows.map { Row($0, table) }) }
    }
  }

  private struct Section: Encodable {
    let title: String?
    let rows: [Row]
  }

  private struct Row: Encodable {
    private var members: [(key: String, value: Value)] = []

    init(_ row: [Table.Cell], _ table: Table) {
      for (column, cell) in zip(table.columns, row) {
        let isNumber = column.alignment == .trailing
        if column.fieldTitles.count == 1, cell.lines.count > 1 {
          members.append((column.title, .list(cell.lines)))
        } else {
          members += zip(column.fieldTitles, cell.fields).map { ($0, Value($1, isNumber: isNumber)) }
        }
      }
      let marks = row.flatMap { table.marks($0).split(separator: ",").map(String.init) }
      if !marks.isEmpty { members.append(("footnotes", .list(marks))) }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      for member in members { try container.encode(member.value, forKey: Key(stringValue: member.key)) }
    }
  }

  private enum Value: Encodable {
    case number(Double), text(String), list([String]), null

    init(_ text: String, isNumber: Bool) {
      guard isNumber else {
        self = .text(text)
        return
      }
      let isDefined = !text.isEmpty && text != "not defined"
      self = !isDefined ? .null : Double(text).map { .number($0) } ?? .text(text)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .text(let text): try container.encode(text)
      case .list(let list): try container.encode(list)
      case .null: try container.encodeNil()
      }
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }
}
