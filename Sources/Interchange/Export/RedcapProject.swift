// All readings as records of a REDCap project: a case is a record, an examination an event, a reading an instance of a
// repeating instrument. Double data entry knows two entries; this has as many as there were readers.

import ReviewCore
import TextSafety

package struct RedcapProject {
  let export: StudyExport
  let dictionary: RedcapDictionary
  private let asked: AskedElsewhere
  /// REDCap takes `A` and `a` for the same record.
  private let recordIDs: [CaseID: String]

  package init(_ export: StudyExport) {
    self.export = export
    dictionary = RedcapDictionary(export)
    asked = AskedElsewhere(export.opened, export.codebook)
    var names = FileNames()
    recordIDs = export.cases.reduce(into: [:]) { $0[$1.id] = names.unique($1.id.rawValue) }
  }

  package var files: [ExportedFile] {
    [
      ExportedFile("SETUP.md", setup), ExportedFile("dictionary.csv", dictionary.csv),
      ExportedFile(
        "instruments.csv",
        Escape.csv(
          [["instrument_name", "instrument_label"], ["case_info", "Case"], ["examination", "Examination"]]
            + dictionary.forms.map { [$0.name, $0.label] })),
      ExportedFile("arms.csv", Escape.csv([["arm_num", "name"], ["1", "Arm 1"]])),
      // REDCap makes the unique name itself, and takes the file only where it is left blank.
      ExportedFile(
        "events.csv",
        Escape.csv(
          [["event_name", "arm_num", "unique_event_name", "custom_event_label"]]
            + (0...followUps).map { [Self.eventName($0), "1", "", ""] })),
      ExportedFile("mapping.csv", Escape.csv([["arm_num", "unique_event_name", "form"]] + mapping)),
      ExportedFile(
        "repeating.csv",
        Escape.csv(
          [["event_name", "form_name", "custom_form_label"]]
            + (0...followUps).map { [Self.event($0), $0 == 0 ? "read_baseline" : "read_follow_up", ""] })),
      ExportedFile("records.csv", Escape.csv([columns] + records.map { record in columns.map { record[$0] ?? "" } })),
    ]
  }

  // MARK: Events

  private var followUps: Int { export.cases.map(\.followUps.count).max() ?? 0 }

  static func eventName(_ place: Int) -> String { place == 0 ? "Baseline" : "Follow up \(place)" }

  static func event(_ place: Int) -> String { place == 0 ? "baseline_arm_1" : "follow_up_\(place)_arm_1" }

  private var mapping: [[String]] {
    (0...followUps).flatMap { place in
      let phase: Phase = place == 0 ? .baseline : .followUp
      let forms =
        (place == 0 ? ["case_info"] : []) + ["examination"] + dictionary.forms.filter { $0.phase == phase }.map(\.name)
      return forms.map { ["1", Self.event(place), $0] }
    }
  }

  // MARK: Records

  private typealias Record = [String: String]
  private static let repeatInstrument = "redcap_repeat_instrument"
  private static let repeatInstance = "redcap_repeat_instance"
  private static let eventColumn = "redcap_event_name"

  private var columns: [String] {
    let forms = ["case_info", "examination"] + dictionary.forms.map(\.name)
    return ["record_id", Self.eventColumn, Self.repeatInstrument, Self.repeatInstance]
      + forms.flatMap { form in
        dictionary.fields.filter { $0.form == form && $0.name != "record_id" }.flatMap(\.columns) + ["\(form)_complete"]
      }
  }

  /// Those of the study, then those of imported readings: each has a place of its own among the instances.
  private var readers: [String] {
    let known = export.readers.map(\.rawValue)
    return known + Set(export.readings.filter(\.isNamed).map(\.reader)).subtracting(known).sorted()
  }

  private var records: [Record] {
    let readings = Dictionary(grouping: export.readings.filter(\.isNamed), by: \.entry.id)
    let consensus = export.opened.reduce(into: [CaseID: Consensus]()) { $0[$1.id] = $1.consensus ?? $0[$1.id] }
    return export.cases.flatMap { patientCase in
      patientCase.examinations.enumerated().flatMap { place, examination -> [Record] in
        var base: Record = [
          "record_id": recordIDs[patientCase.id] ?? patientCase.id.rawValue, Self.eventColumn: Self.event(place),
        ]
        var event = base
        if place == 0 {
          event["sex"] = patientCase.sex?.rawValue
          event["age"] = patientCase.age.map(String.init)
          event["case_info_complete"] = "2"
        }
        event["months"] = examination.id.months.plain
        event["examination_complete"] = "2"
        if let agreed = consensus[patientCase.id] {
          event.merge(record(agreed, examination.id)) { first, _ in first }
        }
        let instances = (readings[patientCase.id] ?? []).filter { $0.reading.examination == examination.id }.map {
          source in
          base[Self.repeatInstrument] = form(examination.id, isConsensus: false)?.name
          base[Self.repeatInstance] = "\(instance(source))"
          return base.merging(record(source)) { first, _ in first }
        }
        return [event] + instances
      }
    }
  }

  /// What is said of cases whose record has another name.
  private var renamed: String {
    let changed = export.cases.compactMap { patientCase -> String? in
      guard let id = recordIDs[patientCase.id], id != patientCase.id.rawValue else { return nil }
      return "`\(patientCase.id)` is `\(id)`"
    }
    return changed.isEmpty
      ? ""
      : "REDCap takes records whose names differ only in large and small letters for one, so the case \(changed.joined(separator: ", the case ")).\n\n"
  }

  private func instance(_ source: StudyExport.CaseReading) -> Int {
    (source.entry.round - 1) * readers.count + (readers.firstIndex(of: source.reader) ?? 0) + 1
  }

  private func form(_ examination: ExaminationID, isConsensus: Bool) -> RedcapDictionary.Form? {
    dictionary.forms.first { $0.isConsensus == isConsensus && ($0.phase == .baseline) == examination.isBaseline }
  }

  private func record(_ source: StudyExport.CaseReading) -> Record {
    let reading = source.reading
    guard let form = form(reading.examination, isConsensus: false) else { return [:] }
    let head = [
      "reader": source.reader, "round": "\(source.entry.round)", "version": "\(reading.version)",
      "signed": reading.signedText, "seconds": reading.secondsText, "made_in": export.madeIn(reading),
      "reading_note": reading.note ?? "",
    ]
    return record(form, head) { finding in
      let grade = reading.grades[GradeKey(reading.examination, finding.finding.id, comparator: finding.comparator)]
      let missing = asked.missing(finding.finding, in: reading)
      return (grade, finding.comparator == .baseline ? finding.finding.answers(grade, missing: missing).first : nil)
    }
  }

  private func record(_ consensus: Consensus, _ examination: ExaminationID) -> Record {
    guard let form = form(examination, isConsensus: true) else { return [:] }
    let head = [
      "round": "\(consensus.round)", "version": "\(consensus.version)", "made_in": consensus.madeIn ?? export.id,
    ]
    return record(form, head) { finding in
      let agreed = consensus.grades[GradeKey(examination, finding.finding.id, comparator: finding.comparator)]
      return (agreed?.grade, agreed.flatMap { finding.finding.answers($0.grade, missing: .unresolved).first })
    }
  }

  /// - Parameter grade: the grade of a finding, and its answer where there is no grade; nil where nothing is to be said.
  private func record(
    _ form: RedcapDictionary.Form, _ head: [String: String], grade: (RedcapFinding) -> (Grade?, Answer?)
  ) -> Record {
    var record: Record = ["\(form.name)_complete": "2"]
    for (ending, value) in head { if let field = form.head(ending) { record[field.name] = value } }
    for finding in form.findings {
      let (grade, answer) = grade(finding)
      if let grade, grade.value.isAnswer {
        fill(&record, finding, grade)
      } else if let code = answer?.code {
        // A box that was not ticked and one that was not seen are the same to REDCap: boxes stay empty, their state says why.
        record[finding.state?.name ?? finding.answer.name] = code
      }
      record[finding.note?.name ?? ""] = grade?.note
    }
    record[""] = nil
    return record
  }

  private func fill(_ record: inout Record, _ finding: RedcapFinding, _ grade: Grade) {
    switch finding.finding.scale {
    case .choice: record[finding.answer.name] = grade.value.levelIDs.first.map(finding.finding.code)
    case .set:
      for level in finding.finding.levels {
        record["\(finding.answer.name)___\(finding.finding.code(level.id))"] =
          grade.value.contains(level.id) ? "1" : "0"
      }
      record[finding.state?.name ?? ""] = "1"
    case .sites, .map, .number: record[finding.answer.name] = grade.value.text
    }
    record[finding.bone?.name ?? ""] = grade.bone?.rawValue
    record[finding.confidence?.name ?? ""] = grade.confidence.map(String.init)
  }

  // MARK: What is set up by hand

  static let setupTitle = "# Setting up the project in REDCap"

  private var setup: String {
    let repeating = (0...followUps).map {
      "  - \(Self.eventName($0)): \($0 == 0 ? "Reading, baseline" : "Reading, follow-up")"
    }
    let codes = NoAnswer.allCases.map { "  \($0.code), \($0.title)" }
    return """
      \(Self.setupTitle)

      All readings as they were signed, a case a record, an examination an event, a reading an instance of a repeating
      instrument (instance = reader's place + \(readers.count) × (round − 1): \(readers.enumerated().map { "\($1) \($0 + 1)" }.joined(separator: ", "))).

      1. New project, empty. Project Setup: enable *longitudinal data collection* and *repeating instruments and events*.
      2. Project Setup, Additional customizations, **Missing Data Codes**, one a line. Without them the import of records
         refuses these codes:

      \(codes.joined(separator: "\n"))

      3. Data Dictionary: upload `dictionary.csv`. Instruments are those of `instruments.csv`.
      4. Define My Events: upload `arms.csv`, then `events.csv` (the unique names are left blank: REDCap makes them, as
         `\(Self.event(0))`\(followUps > 0 ? ", `\(Self.event(1))`" : "")).
      5. Designate Instruments for My Events: upload `mapping.csv`; it replaces the whole mapping.
      6. Repeating instruments have no upload: Project Setup, Repeating instruments and events, *Repeat instruments*, and tick
         in each event (or send `repeating.csv` by the API as `repeatingFormsEvents`):

      \(repeating.joined(separator: "\n"))

      7. Data Import Tool: upload `records.csv`; dates as Y-M-D, *blank values ignored*.

      \(renamed)Check boxes hold 1 and 0 only where the finding was graded; the field beside them that ends in `_st` says so, and why
      not where it was not. Bones are text, as `T10,L1,upper_sacrum`; changes per bone as `T11:increased,L2:decreased`.

      """
  }
}
