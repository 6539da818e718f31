// What single cells of a table say: cases, examinations, findings, numbers, texts, days.

import ReviewCore
import TextSafety

extension ReadingsTable {
  mutating func patientCase(_ row: Row) -> Case? {
    guard let text = row[.patientCase] else {
      faults.add(FilePosition(row.line, 1), "the row names no case")
      return nil
    }
    let id = CaseID(map.words[.patientCase]?[text] ?? text)
    if let known = cases[id] {
      note(text, of: ["case", id.rawValue], line: row.line)
      return known
    }
    let near = Spelling.nearest(to: id.rawValue, in: cases.keys.map(\.rawValue)).map { "; did you mean ‘\($0)’?" }
    faults.add(
      FilePosition(row.line, 1),
      "there is no case ‘\(PlainText.brief(id.rawValue))’ in the study"
        + (near ?? "; import the cases first, or give their ids under ‘cases’ in the map"))
    return nil
  }

  /// `baseline`, months, or `follow_up_2` of the case.
  mutating func examination(_ text: String?, _ patientCase: Case, line: Int) -> ExaminationID? {
    guard let text else { return .baseline }
    let named = map.words[.examination]?[text] ?? text
    let followUps = patientCase.followUps.map(\.id)
    if named.hasPrefix("follow_up_"), let place = Int(named.dropFirst("follow_up_".count)),
      followUps.indices.contains(place - 1)
    {
      return followUps[place - 1]
    }
    let id = Double(named.replacing(",", with: ".")).map { ExaminationID(months: $0) } ?? ExaminationID(named)
    if patientCase.examination(id) != nil { return id }
    let known = patientCase.examinations.map(\.id.rawValue)
    let near = Spelling.nearest(to: named, in: known).map { "did you mean ‘\($0)’? " } ?? ""
    faults.add(
      FilePosition(line, 1),
      "case \(patientCase.id) has no examination ‘\(PlainText.brief(named))’; \(near)it has \(known.joined(separator: ", "))"
    )
    return nil
  }

  mutating func number(_ text: String, _ part: ReadingsMap.Part, _ limits: ClosedRange<Int>, _ row: Row) -> Int? {
    if let number = text.plainWhole, limits.contains(number) { return number }
    faults.add(
      FilePosition(row.line, 1),
      "\(part.rawValue): ‘\(PlainText.brief(text))’ is not a whole number from \(limits.lowerBound) to \(limits.upperBound)"
    )
    return nil
  }

  mutating func finding(_ name: String, _ row: Row) -> Finding? {
    if let finding = codebook.finding(named: name) { return finding }
    let known = codebook.findings.map(\.id.rawValue) + map.findings.map(\.name)
    let near = Spelling.nearest(to: name, in: known).map { "; did you mean ‘\($0)’?" }
    faults.add(
      FilePosition(row.line, 1),
      name.isEmpty
        ? "the row names no finding"
        : "there is no finding ‘\(PlainText.brief(name))’"
          + (near ?? "; \(thereIs(codebook.findings.map(\.id.rawValue)))"))
    return nil
  }

  /// Free text as it is recorded.
  mutating func text(_ part: ReadingsMap.Part, _ row: Row) -> String? {
    guard let written = row[part] else { return nil }
    let free = FreeText(written)
    if let words = free.words {
      faults.add(FilePosition(row.line, 1), "\(part.rawValue): the text holds \(words); delete it")
      return nil
    }
    guard free.text.unicodeScalars.count <= SchemaReader.textLimit else {
      faults.add(
        FilePosition(row.line, 1), "\(part.rawValue): the text is longer than \(SchemaReader.textLimit) characters")
      return nil
    }
    return free.text
  }

  private static func dayWithPoints(_ text: String) -> String? {
    guard let parts = text.wholeMatch(of: /(\d{1,2})\.(\d{1,2})\.(\d{4})/) else { return nil }
    func two(_ digits: Substring) -> String { digits.utf8.count == 1 ? "0\(digits)" : String(digits) }
    return "\(parts.3)-\(two(parts.2))-\(two(parts.1))"
  }

  /// `2026-03-04`, or `2026-03-04T09:12:00Z`; a blank for the `T` and seconds left out are taken too, and `4.3.2026`,
  /// in which the day comes first wherever points are used.
  mutating func day(_ text: String, _ row: Row) -> String? {
    var written = (Self.dayWithPoints(text) ?? text).replacing(" ", with: "T")
    if written.utf8.count == 16 { written += ":00" }
    if written.utf8.count == 19 { written += "Z" }
    let start = "\(written.prefix(10)) \(written.utf8.count == 20 ? String(written.dropFirst(11).prefix(5)) : "00:00")"
    if [10, 20].contains(written.utf8.count), start.moment != nil,
      written.utf8.count == 10 || written.wholeMatch(of: /.{10}T\d\d:\d\d:[0-5]\dZ/) != nil
    {
      return written
    }
    faults.add(
      FilePosition(row.line, 1),
      "read: ‘\(PlainText.brief(text))’ is not a date; write it as 2026-03-04 or 2026-03-04T09:12:00Z")
    return nil
  }
}
