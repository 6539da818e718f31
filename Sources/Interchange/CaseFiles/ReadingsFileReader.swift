// Reads a file of readings (`endplate-readings/1`), as the practice study brings them.

import ReviewCore

/// One reader's grades of one examination of a case.
package struct CaseReading: Hashable, Sendable {
  package var caseID: CaseID
  package var reading: Reading

  package init(caseID: CaseID, reading: Reading) {
    self.caseID = caseID
    self.reading = reading
  }
}

package struct ReadingsFile: Hashable, Sendable {
  /// Where the readings come from.
  package var about: String
  package var isIllustrative: Bool
  package var readings: [CaseReading]
}

package enum ReadingsFileReader {
  package static func read(
    _ file: InputFile, codebook: Codebook = .vertebralOsteomyelitis
  ) -> Outcome<ReadingsFile> {
    let parsed = YamlDocument.parse(file)
    guard let document = parsed.value else { return Outcome(nil, parsed.faults) }
    var reader = SchemaReader(document, codebook: codebook)
    guard let fields = reader.fields(document.root, ReadingsSchema.schema) else {
      return Outcome(nil, reader.faults.all)
    }
    var readings: [CaseReading] = []
    for entry in (fields.records("baseline") ?? []) + (fields.records("follow_up") ?? []) {
      guard let reading = reading(entry, codebook, &reader.faults) else { continue }
      let isTwice = readings.contains {
        $0.caseID == reading.caseID && $0.reading.reader == reading.reading.reader
          && $0.reading.examination == reading.reading.examination
      }
      if isTwice { reader.faults.add(entry.place, "this reader's reading of this examination stands here twice") }
      readings.append(reading)
    }
    return Outcome(
      ReadingsFile(
        about: fields.text("about") ?? "", isIllustrative: fields.yesNo("illustrative") ?? false, readings: readings),
      reader.faults.all)
  }

  private static func reading(_ fields: Fields, _ codebook: Codebook, _ faults: inout FaultList) -> CaseReading? {
    guard let caseID = fields.text("case"), let reader = fields.text("reader") else { return nil }
    let examination = fields.number("months").map { ExaminationID(months: $0) } ?? .baseline
    let grades = fields.grades("grades") ?? [:]
    let signed = fields.moment("signed")
    // A signature stands for a complete reading.
    let missing = codebook.findings(at: examination).filter { grades[$0.id] == nil }.map(\.id.rawValue)
    if signed != nil, !missing.isEmpty {
      faults.add(fields.place(of: "signed"), "signed, but not graded: \(missing.joined(separator: ", "))")
    }
    var keyed: [GradeKey: Grade] = [:]
    for (finding, grade) in grades { keyed[GradeKey(examination, finding)] = grade }
    return CaseReading(
      caseID: CaseID(caseID),
      reading: Reading(
        reader: PrincipalID(reader), examination: examination,
        state: signed.map { .signed($0) } ?? .draft, grades: keyed, note: fields.text("note"),
        seconds: fields.whole("seconds") ?? 0))
  }
}
