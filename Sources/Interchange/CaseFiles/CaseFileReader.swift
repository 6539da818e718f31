// Reads a case file (`endplate-case/1`) and tells everything that is wrong with it in one run.

import ReviewCore

/// A case as its file states it.
package struct CaseFile: Hashable, Sendable {
  package var patientCase: Case
  /// Grades stated by a publication; empty for every file but the embedded ones.
  package var published: [GradeKey: Grade]

  package init(_ patientCase: Case, published: [GradeKey: Grade] = [:]) {
    self.patientCase = patientCase
    self.published = published
  }
}

package enum CaseFileReader {
  /// Who hands the file over: only the embedded sample study may bring published grades.
  package enum Origin: Sendable { case imported, embedded }

  package static func read(
    _ file: InputFile, origin: Origin = .imported, codebook: Codebook = .vertebralOsteomyelitis
  ) -> Outcome<CaseFile> {
    let document = YamlDocument.parse(file)
    guard let root = document.value?.root else { return Outcome(nil, document.faults) }
    var reader = SchemaReader(file: file.name, codebook: codebook)
    let fields = reader.fields(root, CaseSchema.schema(origin))
    let value = fields.map { build($0, &reader.faults) }
    return Outcome(value, reader.faults.all)
  }

  /// Reads several files as one import: nothing is taken unless all are right and no id stands in two files.
  package static func read(
    _ files: [InputFile], codebook: Codebook = .vertebralOsteomyelitis
  ) -> Outcome<[CaseFile]> {
    var cases: [CaseFile] = []
    var faults: [Fault] = []
    var names: [CaseID: String] = [:]
    for file in files {
      let outcome = read(file, codebook: codebook)
      faults += outcome.faults
      guard let value = outcome.value else { continue }
      let id = value.patientCase.id
      if let other = names.updateValue(file.name, forKey: id) {
        faults.append(Fault(file.name, "the case ‘\(id)’ stands in \(other) already; give one of them another id"))
      }
      cases.append(value)
    }
    return Outcome(cases, faults)
  }

  private static func build(_ fields: Fields, _ faults: inout FaultList) -> CaseFile {
    var published: [GradeKey: Grade] = [:]
    let examinations = examinations(fields, &published, &faults)
    if let course = fields.grades("course"), !course.isEmpty, examinations.count == 1 {
      faults.add(
        fields.place(of: "course"),
        "course: it is graded, but there is no follow-up examination; name one under ‘follow_ups’, or delete the grades"
      )
    }
    return CaseFile(
      Case(
        id: CaseID(fields.text("id") ?? ""), title: fields.text("title"), sex: fields.word("sex"),
        age: fields.whole("age"),
        presentation: fields.record("presentation").map {
          Presentation(symptoms: $0.texts("symptoms") ?? [], duration: $0.text("duration"))
        },
        originalReport: fields.record("original_report").map {
          OriginalReport(misread: $0.yesNo("misread") ?? false, takenFor: $0.text("taken_for"))
        },
        biopsies: fields.records("biopsies")?.compactMap(biopsy),
        cultures: fields.records("cultures")?.compactMap { culture($0, &faults) },
        basisOfDiagnosis: fields.word("basis_of_diagnosis"), therapy: fields.texts("therapy"),
        outcome: fields.word("outcome"), examinations: examinations,
        course: fields.grades("course")?.mapValues(\.value) ?? [:]),
      published: published)
  }

  private static func biopsy(_ fields: Fields) -> Biopsy? {
    guard let tissue: Biopsy.Tissue = fields.word("tissue"), let result = fields.text("result") else { return nil }
    return Biopsy(
      tissue, site: fields.text("site"), bone: fields.word("bone"), guidance: fields.text("guidance"), result: result,
      remark: fields.text("remark"))
  }

  private static func culture(_ fields: Fields, _ faults: inout FaultList) -> Culture? {
    guard let specimen: Culture.Specimen = fields.word("specimen"), let result: Culture.Result = fields.word("result")
    else { return nil }
    if result == .negative, fields.has("organism") {
      faults.add(
        fields.place(of: "organism"), "organism: the culture is negative; delete the organism, or say positive")
    }
    return Culture(specimen, result, organism: fields.text("organism"))
  }

  private static func examinations(
    _ fields: Fields, _ published: inout [GradeKey: Grade], _ faults: inout FaultList
  ) -> [Examination] {
    var examinations = [examination(.baseline, fields.record("baseline"), &published, &faults)]
    var seen: Set<ExaminationID> = []
    for followUp in fields.records("follow_ups") ?? [] {
      guard let months = followUp.number("months") else { continue }
      let id = ExaminationID(months: months)
      if !seen.insert(id).inserted {
        faults.add(
          followUp.place(of: "months"), "months: there are two examinations at \(id.title); merge them, or mend one")
      }
      examinations.append(examination(id, followUp, &published, &faults))
    }
    return examinations.sorted { $0.id.months < $1.id.months }
  }

  private static func examination(
    _ id: ExaminationID, _ fields: Fields?, _ published: inout [GradeKey: Grade], _ faults: inout FaultList
  ) -> Examination {
    for (finding, grade) in fields?.grades("published") ?? [:] { published[GradeKey(id, finding)] = grade }
    return Examination(
      id, acquisitions: fields?.records("acquisitions")?.compactMap { acquisition($0, &faults) } ?? [],
      remarks: fields?.texts("remarks") ?? [])
  }

  private static func acquisition(_ fields: Fields, _ faults: inout FaultList) -> Acquisition? {
    guard let sequence: MRSequence = fields.word("sequence") else { return nil }
    let isAcquired = fields.yesNo("acquired") ?? true
    if !isAcquired, let key = ["plane", "tr", "te", "ti", "fat_suppressed"].first(where: fields.has) {
      faults.add(fields.place(of: key), "\(key): the sequence was not acquired; delete ‘\(key)’, or ‘acquired: no’")
    }
    return Acquisition(
      sequence, isAcquired: isAcquired, plane: fields.word("plane"), tr: fields.number("tr"), te: fields.number("te"),
      ti: fields.number("ti"), fatSuppressed: fields.yesNo("fat_suppressed"), figure: fields.text("figure"),
      remark: fields.text("remark"))
  }
}
