// The tables of cases and of the codebook.

import ReviewCore

extension ReleaseTables {
  static func cases(_ export: StudyExport) -> ExportTable {
    func list(_ texts: [String]?) -> String { texts.map { $0.isEmpty ? "none" : $0.joined(separator: "; ") } ?? "" }
    let columns: [ExportColumn<Case>] = [
      ExportColumn<Case>("case", required: true, "the case's id") { $0.id.rawValue },
      ExportColumn<Case>("title", "a short title") { $0.title ?? "" },
      ExportColumn<Case>("sex", .word(Sex.allCases.map(\.rawValue)), "empty where it is not stated, as everywhere here")
      {
        $0.sex?.rawValue ?? ""
      },
      ExportColumn<Case>("age", .whole(0...130), "in years, at the baseline") { $0.age.map(String.init) ?? "" },
      ExportColumn<Case>("symptoms", "what brought the patient, with ; between them") {
        list($0.presentation?.symptoms)
      },
      ExportColumn<Case>("duration", "how long, as stated") { $0.presentation?.duration ?? "" },
      ExportColumn<Case>("first_report", .word(["misread", "not misread"]), "what the first report made of the images")
      {
        $0.originalReport.map { $0.misread ? "misread" : "not misread" } ?? ""
      },
      ExportColumn<Case>("taken_for", "what it took them for") { $0.originalReport?.takenFor ?? "" },
      ExportColumn<Case>("biopsies", "tissue, site, guidance: result, with ; between them; none where there was none") {
        list(
          $0.biopsies?.map { biopsy in
            [biopsy.tissue.title, biopsy.site, biopsy.guidance].compactMap { $0 }.joined(separator: ", ") + ": "
              + biopsy.result
          })
      },
      ExportColumn<Case>("cultures", "specimen, result, organism, with ; between them; none where there was none") {
        list(
          $0.cultures?.map { culture in
            [culture.specimen.title, culture.result.rawValue, culture.organism].compactMap { $0 }.joined(
              separator: ", ")
          })
      },
      ExportColumn<Case>("anatomy", "what differs from the usual spine: vertebrae, and what is said of them") {
        $0.anatomy?.words ?? ""
      },
      ExportColumn<Case>("occupation", "as stated") { $0.occupation ?? "" },
      ExportColumn<Case>("labs", "time: name, value and unit with , between them; with ; between times") {
        list($0.labs.map(StatedFact.lines))
      },
      ExportColumn<Case>("serology", "test, titre, result, time, with ; between them") {
        list($0.serology?.map(\.words))
      },
      ExportColumn<Case>("pathogens", "species, and in brackets how it was found, with ; between them") {
        list($0.pathogens?.map(\.words))
      },
      ExportColumn<Case>("basis_of_diagnosis", "histology, therapeutic (the course under treatment), or another") {
        $0.basisOfDiagnosis?.rawValue ?? ""
      },
      ExportColumn<Case>("therapy", "with ; between treatments; none where there was none") { list($0.therapy) },
      ExportColumn<Case>("surgery", "with ; between operations; none where there was none") { list($0.surgery) },
      ExportColumn<Case>("facts", "what else is stated, as labs") { list($0.facts.map(StatedFact.lines)) },
      ExportColumn<Case>("outcome", .word(ClinicalOutcome.allCases.map(\.rawValue)), "clinical outcome") {
        $0.outcome?.rawValue ?? ""
      },
      ExportColumn<Case>("follow_ups", "months after the baseline, with ; between examinations") {
        $0.followUps.map(\.id.rawValue).joined(separator: "; ")
      },
      ExportColumn<Case>("collections", "examination: place, side, level, size, with ; between them") { patientCase in
        patientCase.examinations.flatMap { examination in
          (examination.collections ?? []).map { "\(examination.id): \($0.bare.words)" }
        }.joined(separator: "; ")
      },
    ]
    let given = export.codebook.given(of: Case(id: "")).map { fact in
      ExportColumn<Case>("given.\(fact.id)", "given: \(fact.title); of one with places PLACE:level with ; between them")
      {
        patientCase in
        export.codebook.given(of: patientCase).first { $0.id == fact.id }?.text ?? ""
      }
    }
    return ExportTable("cases", "The cases, a row each", key: ["case"], columns + given, export.cases)
  }

  private struct CodeRow {
    var finding: Finding
    var code: (kind: String, value: String, code: String, label: String)
  }

  static func codebook(_ export: StudyExport) -> ExportTable {
    let rows = export.codebook.findings.flatMap { finding in
      finding.codes.map { CodeRow(finding: finding, code: $0) }
    }
    let columns: [ExportColumn<CodeRow>] = [
      ExportColumn<CodeRow>("finding", required: true, "the finding's id") { $0.finding.id.rawValue },
      ExportColumn<CodeRow>("title", required: true, "the finding's title") { $0.finding.title },
      ExportColumn<CodeRow>(
        "phase", .word([Phase.baseline, .followUp, .every].map(\.rawValue)), required: true, "when it is graded"
      ) {
        $0.finding.phase.rawValue
      },
      ExportColumn<CodeRow>(
        "scale", .word(["choice", "set", "sites", "map", "number"]), required: true,
        "one level, several, bones, a level a bone, or a number"
      ) {
        $0.finding.scale.rawValue
      },
      ExportColumn<CodeRow>(
        "ordered", .word(["yes", "no"]), required: true, "whether the levels' order means more or less"
      ) {
        $0.finding.isOrdered ? "yes" : "no"
      },
      ExportColumn<CodeRow>(
        "kind", .word(["level", "combination", "place", "number", "no answer"]), required: true,
        "what the code stands for"
      ) {
        $0.code.kind
      },
      ExportColumn<CodeRow>("value", "level ids with + between them") { $0.code.value },
      ExportColumn<CodeRow>("code", required: true, "the code; of a number ‘number’, for its own code is the number") {
        $0.code.code
      },
      ExportColumn<CodeRow>("label", required: true, "the code in words") { $0.code.label },
      ExportColumn<CodeRow>("definition", "what a grader looks for") { $0.finding.definition },
      ExportColumn<CodeRow>("source", "where the definition comes from") { $0.finding.source },
    ]
    return ExportTable("codebook", "Findings, levels and codes", key: ["finding", "code"], columns, rows)
  }
}
