// A table as a value: what a formatter needs, and nothing of any format.

import TextSafety

package struct Table: Hashable, Sendable {
  package enum Alignment: Hashable, Sendable { case leading, trailing }

  package struct Column: Hashable, Sendable {
    package var title: String
    package var alignment: Alignment
    /// What programs read in place of the column, as the two ends of an interval; empty where that is the column itself.
    package var fields: [String]

    package init(_ title: String, _ alignment: Alignment = .leading, fields: [String] = []) {
      self.title = title.madeSafe
      self.alignment = alignment
      self.fields = fields
    }

    /// The titles under which programs read it.
    var fieldTitles: [String] { fields.isEmpty ? [title] : fields }
  }

  /// What stands where a row and a column meet. Text from files is made safe here, for all formats.
  package struct Cell: Hashable, Sendable, ExpressibleByStringLiteral {
    /// Never empty; more than one where a patient has several biopsies, for instance.
    package var lines: [String]
    /// Remarks that belong to this cell; a formatter sets them below the table.
    package var remarks: [String]
    /// What programs read, one for each field of the column; the lines unless said.
    package var fields: [String]

    package init(_ lines: [String], fields: [String]? = nil, remarks: [String] = []) {
      self.lines = lines.isEmpty ? [""] : lines.map(\.madeSafe)
      self.remarks = remarks.map(\.madeSafe)
      self.fields = fields ?? [self.lines.joined(separator: "; ")]
    }

    package init(_ line: String, fields: [String]? = nil, remarks: [String] = []) {
      self.init([line], fields: fields, remarks: remarks)
    }
    package init(stringLiteral value: String) { self.init(value) }
  }

  /// Rows under a heading of their own.
  package struct Section: Hashable, Sendable {
    /// Nil where a table is not divided.
    package var title: String?
    /// One cell a column.
    package var rows: [[Cell]]

    package init(_ title: String? = nil, rows: [[Cell]]) {
      self.title = title.map(\.madeSafe)
      self.rows = rows
    }
  }

  /// `Table 1`; nil where a table has no number. LaTeX numbers its tables itself.
  package var number: String?
  package var title: String
  /// The first column says what a row is about.
  package var columns: [Column]
  package var sections: [Section]
  /// What stands below the table: abbreviations, whose grades they are, what is not stated.
  package var notes: [String]

  package init(
    _ title: String, number: String? = nil, columns: [Column], sections: [Section], notes: [String] = []
  ) {
    self.number = number
    self.title = title.madeSafe
    self.columns = columns
    self.sections = sections
    self.notes = notes.map(\.madeSafe)
  }

  package init(_ title: String, number: String? = nil, columns: [Column], rows: [[Cell]], notes: [String] = []) {
    self.init(title, number: number, columns: columns, sections: [Section(rows: rows)], notes: notes)
  }

  /// Number and title together.
  package var heading: String { ([number] + [title]).compactMap { $0 }.joined(separator: ". ") }

  /// The remarks of all cells in reading order, each with the letter by which cells refer to it.
  package var footnotes: [(mark: String, text: String)] {
    var texts: [String] = []
    for remark in sections.flatMap(\.rows).joined().flatMap(\.remarks) where !texts.contains(remark) {
      texts.append(remark)
    }
    return zip(0..., texts).map { (Self.mark($0), $1) }
  }

  /// The letters of a cell: `a` or `a,b`; empty without remarks.
  package func marks(_ cell: Cell) -> String {
    guard !cell.remarks.isEmpty else { return "" }
    return footnotes.filter { cell.remarks.contains($0.text) }.map(\.mark).joined(separator: ",")
  }

  /// `a`…`z`, then `aa`, `ab`.
  private static func mark(_ index: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(97 + index % 26)))
    return index < 26 ? letter : mark(index / 26 - 1) + letter
  }
}
