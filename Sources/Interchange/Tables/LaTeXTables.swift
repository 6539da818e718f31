// Tables as LaTeX with the rules of booktabs, to be put into a paper.

import TextSafety

enum LaTeXTables {
  static func text(_ tables: [Table]) -> String {
    "% needs \\usepackage{booktabs,array} and, for “'” and quotation marks, \\usepackage[T1]{fontenc}\n"
      + tables.map(text).joined(separator: "\n")
  }

  private static func text(_ table: Table) -> String {
    var lines = [
      "\\begin{table}[htbp]", "\\caption{\(Escape.latex(table.title))}",
      table.columns.count > 8 ? "\\scriptsize" : "\\footnotesize", "\\setlength{\\tabcolsep}{\(Self.gap)pt}",
      "\\begin{tabular}{@{}\(specification(table))@{}}", "\\toprule",
      table.columns.map { "\\bfseries \(Escape.latex($0.title))" }.joined(separator: " & ") + " \\\\",
      "\\midrule",
    ]
    for (index, section) in table.sections.enumerated() {
      if let title = section.title {
        if index > 0 { lines.append("\\addlinespace") }
        lines.append("\\multicolumn{\(table.columns.count)}{@{}l}{\\itshape \(Escape.latex(title))} \\\\")
      }
      lines += section.rows.map { row in row.map { cell($0, in: table) }.joined(separator: " & ") + " \\\\" }
    }
    lines += ["\\bottomrule", "\\end{tabular}"]
    let below =
      table.footnotes.map { "\\textsuperscript{\($0.mark)} \(Escape.latex($0.text))" }
      + table.notes.map(Escape.latex)
    if !below.isEmpty { lines.append("\\par\\smallskip\\raggedright \(below.joined(separator: "\\par "))") }
    return (lines + ["\\end{table}"]).joined(separator: "\n") + "\n"
  }

  /// Points on either side of a column.
  private static let gap = 3

  /// Every column gets a share of the line in proportion to what stands in it, so that the table fits the page. The
  /// empty space lets LaTeX hyphenate the first word of a cell too.
  private static func specification(_ table: Table) -> String {
    let weights = table.columns.indices.map { weight(of: $0, in: table) }
    let total = weights.reduce(0, +)
    return zip(table.columns, weights).map { column, weight in
      let share = decimal(weight / total)
      let side = column.alignment == .trailing ? "\\raggedleft" : "\\raggedright"
      return ">{\(side)\\arraybackslash\\hspace{0pt}}p{\\dimexpr \(share)\\linewidth-\(2 * gap)pt\\relax}"
    }.joined()
  }

  /// Long text wraps, so it counts less than its length; a word cannot, so it counts whole.
  private static func weight(of column: Int, in table: Table) -> Double {
    let texts = [table.columns[column].title] + table.sections.flatMap(\.rows).flatMap { $0[column].lines }
    let longest = texts.map(\.count).max() ?? 1
    let word = texts.flatMap { $0.split { $0 == " " || $0 == "-" } }.map(\.count).max() ?? 1
    return Double(max(word, 6)) + Double(longest - word).squareRoot() + 2
  }

  /// Three decimals, rounded down so that the shares never add up to more than the line.
  private static func decimal(_ share: Double) -> String {
    let thousandths = Int(share * 1000)
    return thousandths >= 1000
      ? "1" : "0." + String(repeating: "0", count: 3 - "\(thousandths)".count) + "\(thousandths)"
  }

  private static func cell(_ cell: Table.Cell, in table: Table) -> String {
    let marks = table.marks(cell)
    return cell.lines.map(Escape.latex).joined(separator: " \\newline ")
      + (marks.isEmpty ? "" : "\\textsuperscript{\(marks)}")
  }
}
