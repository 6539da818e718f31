// Out, in, and out again: every format of a study and of one that was made of its release are the same bytes.

import CaseStore
import Desk
import Foundation
import Interchange
import ReviewCore
import SampleCases
import Testing

@Suite struct ExportRoundTripTests {
  /// A study file that goes away.
  private final class File {
    let folder = FileManager.default.temporaryDirectory.appending(path: "endplate-round-\(UUID().uuidString)")
    let environment = StoreEnvironment(
      now: { Date(timeIntervalSince1970: 1_800_000_000) }, newID: { UUID().uuidString }, osUser: "test",
      programVersion: "test")
    let store: StudyStore
    let id: String

    init(_ sample: SampleStudy, cases: [Case]) throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let path = folder.appending(path: "a.study").path
      try StudyStore.create(at: path, study: sample.study, principals: sample.principals, environment: environment)
      store = try StudyStore.open(at: path, as: "coordinator", environment: environment)
      id = try StudyStore.identity(at: path)
      _ = try store.importCases(cases)
    }

    deinit {
      try? store.close()
      try? FileManager.default.removeItem(at: folder)
    }

    func files(_ format: ExportFormat) throws -> [ExportedFile] {
      let teaching = try TeachingLibrary(store: store, study: store.study()).file()
      return try format.files(store.export(id: id, program: "test", hasNotes: true, teaching: teaching))
    }

    func take(_ table: ReadingsFromTable) throws {
      let wanted = ReadingsImport(
        readings: table.entries.map { .init($0.caseID, $0.reading) }, consensus: table.consensus)
      #expect(try store.faults(of: wanted).isEmpty)
      _ = try store.importReadings(wanted, from: "test")
    }
  }

  private let sample: SampleStudy

  init() throws { sample = try SampleStudies.practice(SampleCases.files) }

  /// What readers of the practice study had signed, with what the others of no study had, and gaps.
  private func first() throws -> File {
    let file = try File(sample, cases: sample.cases)
    var readings = sample.readings.filter { ["1", "4", "6"].contains($0.caseID) && $0.reading.state.isSigned }.map {
      var reading = $0.reading
      reading.state = .imported(ReadElsewhere(read: "2026-03-04", madeIn: "Basel"))
      reading.note = "thin, \"old\"; scanner"
      reading.seconds = reading.reader == "R2" ? 0 : 61
      if reading.reader == "R3" { reading.grades[GradeKey(.baseline, "rim_sign")] = nil }
      return ReadingsImport.CaseReading($0.caseID, reading)
    }
    // Nobody of these was asked of anything but the rim.
    readings.append(
      .init(
        "6",
        Reading(
          reader: "S1", examination: .baseline, state: .imported(ReadElsewhere(madeIn: "Bern")),
          grades: [GradeKey(.baseline, "rim_sign"): Grade(.notAssessable)])))
    let grades = readings.first { $0.caseID == "4" && $0.reading.reader == "R1" }?.reading.grades ?? [:]
    let consensus = Consensus(
      origin: .imported, version: 2,
      grades: grades.mapValues { AgreedGrade($0, how: .majority, rationale: "seen on STIR", votes: "R1=; R2=") },
      madeIn: "Basel")
    let report = try file.store.importReadings(
      ReadingsImport(readings: readings, consensus: ["4": [consensus]]), from: "test")
    #expect(report.readings > 10 && report.consensus == 1)
    return file
  }

  private func input(_ files: [ExportedFile], _ path: String) throws -> InputFile {
    let file = try #require(files.first { $0.path == path })
    return InputFile(name: path, bytes: Array(file.text.utf8))
  }

  @Test func aStudyMadeOfAReleaseHasTheSameExportsInEveryFormat() throws {
    let file = try first()
    let format = try #require(ExportFormat.all.first { $0.name == "release" })
    let release = try file.files(format)
    let again = try File(sample, cases: sample.cases)
    let outcome = ReleaseReader.read(
      try ReleaseReader.names.map { try input(release, $0) }, codebook: sample.study.codebook, cases: sample.cases)
    try again.take(try #require(outcome.value, "\(outcome.faults)"))
    for format in ExportFormat.all {
      let (before, after) = (try file.files(format), try again.files(format))
      #expect(before.map(\.path) == after.map(\.path), "\(format.name)")
      for (one, other) in zip(before, after) { #expect(one.text == other.text, "\(format.name) \(one.path)") }
      #expect(format.name == "r" || before.contains { $0.text.contains("present") }, "\(format.name)")
    }
  }

  @Test(arguments: ["long", "wide"])
  func aStudyMadeOfATableHasTheSameTable(name: String) throws {
    let file = try first()
    let format = try #require(ExportFormat.all.first { $0.name == name })
    let table = try input(try file.files(format), "\(name).csv")
    let again = try File(sample, cases: sample.cases)
    let map = try #require(ReadingsTable.header(table).flatMap(ReadingsMap.own(header:)))
    let outcome = ReadingsTable.read(table, map: map, codebook: sample.study.codebook, cases: sample.cases)
    try again.take(try #require(outcome.value, "\(outcome.faults)"))
    #expect(try again.files(format)[0].text == String(decoding: table.bytes, as: UTF8.self))
  }
}
