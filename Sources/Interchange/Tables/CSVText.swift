// Comma-separated values (RFC 4180) that a spreadsheet does not run.

/// Rows of fields as RFC 4180 has them: a comma between fields, CR LF after each row, a quotation mark doubled.
///
/// A field that a spreadsheet would take for a formula, because it begins with `=`, `+`, `-`, `@`, a tabulator or a
/// carriage return, gets an apostrophe in front (OWASP, "CSV Injection"). Plain numbers keep their sign.
package enum CSVText {
  package static func text(_ rows: [[String]]) -> String {
    rows.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
  }

  package static func row(_ fields: [String]) -> String { text([fields]) }

  private static func field(_ value: String) -> String {
    let text = isFormula(value) ? "'" + value : value
    guard text.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private static func isFormula(_ value: String) -> Bool {
    guard let first = value.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else { return false }
    return Double(value)?.isFinite != true
  }
}
