// The list of formats in which tables are written.

/// How many columns of a terminal a character takes.
package typealias CharacterWidth = (Character) -> Int

package struct TableFormat: Sendable {
  package let name: String
  /// Writes the tables, with a line feed at the end. The width of characters matters to aligned text only.
  package let write: @Sendable ([Table], @escaping CharacterWidth) -> String

  package static let text = TableFormat(name: "text") { TextTables(width: $1).text($0) }

  package static let all: [TableFormat] = [
    text,
    TableFormat(name: "markdown") { tables, _ in MarkdownTables.text(tables) },
    TableFormat(name: "csv") { tables, _ in CSVTables.text(tables) },
    TableFormat(name: "json") { tables, _ in JSONTables.text(tables) },
    TableFormat(name: "html") { tables, _ in HTMLTables.text(tables) },
    TableFormat(name: "latex") { tables, _ in LaTeXTables.text(tables) },
  ]
}
