// A column of an exported table: its name, what stands in it, what may stand in it, and where it comes from. Tables, their
// Table Schema and their description are made from one list.

import ReviewCore
import TextSafety

package struct ExportColumn<Row> {
  package enum Kind {
    case text
    case whole(ClosedRange<Int>)
    case word([String])
    /// Another form, as a regular expression.
    case pattern(String)
  }

  package let name: String
  package let about: String
  let kind: Kind
  let isRequired: Bool
  let value: (Row) -> String

  init(_ name: String, _ kind: Kind, required: Bool = false, _ about: String, _ value: @escaping (Row) -> String) {
    (self.name, self.about, self.kind, isRequired, self.value) = (name, about, kind, required, value)
  }

  /// A column of texts.
  init(_ name: String, required: Bool = false, _ about: String, _ value: @escaping (Row) -> String) {
    self.init(name, .text, required: required, about, value)
  }
}

/// A table with its columns.
struct ExportTable {
  let name: String
  let title: String
  let csv: String
  let rows: Int
  let fields: [JSONValue]
  let about: [(name: String, about: String)]
  let primaryKey: [String]
  let foreignKeys: [JSONValue]

  init<Row>(
    _ name: String, _ title: String, key: [String],
    references: [(fields: [String], table: String, columns: [String])] = [],
    _ columns: [ExportColumn<Row>], _ rows: [Row]
  ) {
    self.name = name
    self.title = title
    csv = Escape.csv([columns.map(\.name)] + rows.map { row in columns.map { $0.value(row) } })
    self.rows = rows.count
    fields = columns.map(\.field)
    about = columns.map { ($0.name, $0.about) }
    primaryKey = key
    foreignKeys = references.map { reference in
      .object([
        ("fields", .texts(reference.fields)),
        ("reference", .object([("resource", .text(reference.table)), ("fields", .texts(reference.columns))])),
      ])
    }
  }

  var path: String { "\(name).csv" }

  /// A resource of `datapackage.json`, with its Table Schema.
  func resource(bytes: Int, hash: String) -> JSONValue {
    .object([
      ("name", .text(name)), ("path", .text(path)), ("title", .text(title)),
      ("profile", .text("tabular-data-resource")),
      ("format", .text("csv")), ("mediatype", .text("text/csv")), ("encoding", .text("utf-8")),
      ("bytes", .whole(bytes)), ("hash", .text("sha256:\(hash)")),
      ("dialect", .object([("delimiter", .text(",")), ("lineTerminator", .text("\r\n")), ("quoteChar", .text("\""))])),
      (
        "schema",
        .object(
          [
            ("fields", .list(fields)), ("missingValues", .texts([""])), ("primaryKey", .texts(primaryKey)),
          ] + (foreignKeys.isEmpty ? [] : [("foreignKeys", .list(foreignKeys))]))
      ),
    ])
  }
}

extension ExportColumn {
  fileprivate var field: JSONValue {
    var type = "string"
    var constraints: [(String, JSONValue)] = isRequired ? [("required", .yesNo(true))] : []
    switch kind {
    case .text: break
    case .whole(let limits):
      type = "integer"
      constraints += [("minimum", .whole(limits.lowerBound)), ("maximum", .whole(limits.upperBound))]
    case .word(let words): constraints.append(("enum", .texts(words)))
    case .pattern(let pattern): constraints.append(("pattern", .text(pattern)))
    }
    return .object(
      [("name", .text(name)), ("type", .text(type)), ("description", .text(about))]
        + (constraints.isEmpty ? [] : [("constraints", .object(constraints))]))
  }
}

/// JSON whose keys stay in the order given.
indirect enum JSONValue {
  case text(String)
  case whole(Int)
  case yesNo(Bool)
  case list([JSONValue])
  case object([(String, JSONValue)])

  static func texts(_ texts: [String]) -> JSONValue { .list(texts.map { .text($0) }) }

  /// Indented by two blanks a level; lists of plain values on one line.
  func written(_ indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .text(let text): return Self.quoted(text)
    case .whole(let number): return String(number)
    case .yesNo(let answer): return answer ? "true" : "false"
    case .list(let items) where items.allSatisfy(\.isPlain):
      return "[" + items.map { $0.written() }.joined(separator: ", ") + "]"
    case .list(let items):
      return "[\n" + items.map { inner + $0.written(inner) }.joined(separator: ",\n") + "\n\(indent)]"
    case .object(let pairs):
      return "{\n" + pairs.map { "\(inner)\(Self.quoted($0)): \($1.written(inner))" }.joined(separator: ",\n")
        + "\n\(indent)}"
    }
  }

  private var isPlain: Bool {
    switch self {
    case .text, .whole, .yesNo: true
    case .list, .object: false
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return Escape.json(result + "\"")
  }
}
