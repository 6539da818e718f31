// The practice study as three readers have signed it, exported.

import Agreement
import Foundation
import ReviewCore
import SampleCases
import Testing

@testable import Interchange

/// The practice study with the cases opened that all readers have signed, one of them with a consensus.
struct Exported {
  var export: StudyExport
  let study: Study

  init(hasNotes: Bool = false) throws {
    let sample = try SampleStudies.practice(SampleCases.files)
    study = sample.study
    let opened = ["1", "4", "6"].map { (id: CaseID) in
      let readings = sample.readings.filter { $0.caseID == id }.map(\.reading)
      let grades = readings.filter { $0.reader == "R1" }.flatMap(\.grades).map {
        ($0.key, AgreedGrade($0.value, how: .majority))
      }
      return OpenedCase(
        id: id, round: 1, readings: readings,
        consensus: id == "4" ? Consensus(origin: .session, grades: Dictionary(uniqueKeysWithValues: grades)) : nil)
    }
    export = StudyExport(
      study: study, id: "here", readers: ["R1", "R2", "R3"], cases: sample.cases, opened: opened,
      votes: ["4": [1: [GradeKey(.baseline, "rim_sign"): "R1=present; R2="]]], program: "Endplate test",
      hasNotes: hasNotes,
      knowsSeed: true)
  }

  func file(_ format: String, _ path: String) throws -> String {
    let entry = try #require(ExportFormat.all.first { $0.name == format })
    return try #require(try entry.files(export).first { $0.path == path }?.text)
  }

  func input(_ format: String, _ path: String) throws -> InputFile {
    InputFile(name: path, bytes: Array(try file(format, path).utf8))
  }

  func read(_ text: String, _ map: ReadingsMap) -> Outcome<ReadingsFromTable> {
    ReadingsTable.read(
      InputFile(name: "t.csv", bytes: Array(text.utf8)), map: map, codebook: study.codebook, cases: export.cases)
  }

  /// What a map says of a table, and the table read by it.
  func read(_ text: String, map yaml: String) throws -> Outcome<ReadingsFromTable> {
    let map = ReadingsMap.read(InputFile(name: "map.yaml", bytes: Array(yaml.utf8)), codebook: study.codebook)
    return read(text, try #require(map.value, "\(map.faults)"))
  }
}

/// Rows of a table by the names of their columns.
func rows(_ csv: String) throws -> [[String: String]] {
  let rows = try CSVTable.rows(Array(csv.utf8))
  return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0].cells, $0.cells)) }
}
