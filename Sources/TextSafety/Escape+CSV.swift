// Comma-separated values (RFC 4180) that a spreadsheet does not run.

extension Escape {
  /// Rows of fields as RFC 4180 has them: a comma between fields, CR LF after each row, a quotation mark doubled.
  ///
  /// A field that a spreadsheet would take for a formula, because it begins with `=`, `+`, `-`, `@` (also in full
  /// width), a tabulator or a carriage return, gets an apostrophe in front (OWASP, "CSV Injection"). Plain numbers keep
  /// their sign.
  package static func csv(_ rows: [[String]]) -> String {
    rows.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func field(_ value: String) -> String {
    let text = isFormula(value) ? "'" + value : value
    guard text.unicodeScalars.contains(where: { quoted.contains($0) }) else { return text }
    var field = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
      if scalar == "\"" { field.append("\"") }
      field.append(scalar)
    }
    return String(field) + "\""
  }

  private static func isFormula(_ value: String) -> Bool {
    guard let first = value.unicodeScalars.first, formulas.contains(first) else { return false }
    return Double(value)?.isFinite != true
  }

  private static let quoted = Set("\",\r\n".unicodeScalars)
  private static let formulas = Set("=+-@\t\r＝＋－＠".unicodeScalars)
}
