// No export tells of a sealed grade: pairs of studies that differ in nothing else give the same bytes in every format.

import CaseStore
import Desk
import Foundation
import Interchange
import ReviewCore
import TestSupport
import Testing

@Suite struct ExportSealTests {
  /// A study in which case 1 is open and signed alike, and R2's grades of case 2, and R3's draft of case 3, are of a
  /// variant.
  private final class Pair {
    let folder: URL
    let environment: StoreEnvironment
    var path: String { folder.appending(path: "a.study").path }

    init(seed: UInt64, variant: UInt64) throws {
      folder = FileManager.default.temporaryDirectory.appending(path: "endplate-export-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      environment = StoreEnvironment(
        now: { Date(timeIntervalSince1970: 1_800_000_000) }, newID: { UUID().uuidString }, osUser: "test",
        programVersion: "test")
      let people =
        ["R1", "R2", "R3"].map { Principal(PrincipalID($0), role: .reader) } + [
          Principal("coordinator", role: .coordinator), Principal("presenter", role: .presenter),
          Principal("learner", role: .learner),
        ]
      try StudyStore.create(
        at: path, study: Study(title: "T", studyProtocol: StudyProtocol(seed: 3, opening: .caseByCase, withheld: [])),
        principals: people, environment: environment)
      try at("coordinator") { store in
        _ = try store.importCases(["1", "2", "3", "4"].map { Case(id: CaseID($0), sex: .female, age: 60) })
        let elsewhere = Reading(
          reader: "S1", examination: .baseline, state: .imported(ReadElsewhere()),
          grades: [GradeKey(.baseline, "rim_sign"): Grade(.level("present"))])
        let agreed = Consensus(
          origin: .imported, grades: [GradeKey(.baseline, "rim_sign"): AgreedGrade(Grade(.level("present")))],
          madeIn: "elsewhere")
        _ = try store.importReadings(
          ReadingsImport(readings: [.init("3", elsewhere)], consensus: ["4": [agreed]]), from: "a.csv")
      }
      var (shared, secret) = (SeededGenerator(seed: seed), SeededGenerator(seed: seed &* 31 &+ variant))
      for reader in ["R1", "R2", "R3"] as [PrincipalID] {
        try grade(reader, "1", &shared)
        try at(reader) { _ = try $0.sign("1", .baseline, seen: $0.signingSheet("1")) }
      }
      try grade("R2", "2", &secret)
      try at("R2") { _ = try $0.sign("2", .baseline, seen: $0.signingSheet("2")) }
      try grade("R3", "3", &secret)
      try at("coordinator") { _ = try $0.openForConsensus("1") }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func at<T>(_ id: PrincipalID, _ body: (StudyStore) throws -> T) throws -> T {
      let store = try StudyStore.open(at: path, as: id, environment: environment)
      defer { try? store.close() }
      return try body(store)
    }

    func grade(_ reader: PrincipalID, _ id: CaseID, _ dice: inout SeededGenerator) throws {
      var grades: [GradeKey: Grade?] = [:]
      for finding in Codebook.vertebralOsteomyelitis.findings(in: .baseline) where finding.scale == .choice {
        let level = finding.levels.randomElement(using: &dice).map(\.id) ?? "absent"
        grades[GradeKey(.baseline, finding.id)] = Grade(.level(level), note: "secret \(dice.next())")
      }
      try at(reader) { _ = try $0.record(GradeChange(id, grades: grades)) }
    }

    func files(_ format: ExportFormat, as id: PrincipalID) throws -> [ExportedFile] {
      try at(id) { store in
        let teaching = try TeachingLibrary(store: store, study: store.study()).file()
        return try format.files(store.export(id: "study", program: "test", hasNotes: true, teaching: teaching))
      }
    }
  }

  /// The lines of all tables, sorted and without letters: which reader is which follows from a secret of each study.
  private func lines(_ files: [ExportedFile]) -> [String] {
    files.filter { $0.path.hasSuffix(".csv") }.flatMap { file in
      file.text.split(separator: "\r\n").map { String($0).replacing(/,[ABC],/, with: ",") }
    }.sorted()
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func noFormatTellsOfASealedGrade(seed: UInt64) throws {
    let pair = try [1, 2].map { try Pair(seed: seed, variant: $0) }
    for id in ["R1", "coordinator", "presenter"] as [PrincipalID] {
      for format in ExportFormat.all where !format.hasLetters || format.name == "r" {
        #expect(try pair[0].files(format, as: id) == pair[1].files(format, as: id), "\(format.name) as \(id)")
      }
      for format in ExportFormat.all where format.hasLetters {
        let told = try pair.map { try lines($0.files(format, as: id)) }
        #expect(told[0] == told[1], "\(format.name) as \(id)")
        #expect(!told[0].contains { $0.hasPrefix("2,baseline") })
      }
    }
  }

  @Test func everyFormatHasSomethingToTell() throws {
    let pair = try Pair(seed: 1, variant: 1)
    for format in ExportFormat.all where format.name != "r" {
      let text = try pair.files(format, as: "coordinator").map(\.text).joined()
      #expect(text.contains("present"), "\(format.name)")
    }
  }

  @Test func andThatTestCanTell() throws {
    let pair = try [1, 2].map { try Pair(seed: 1, variant: $0) }
    for one in pair {
      var dice = SeededGenerator(seed: 9)
      for reader in ["R1", "R3"] as [PrincipalID] {
        try one.grade(reader, "2", &dice)
        try one.at(reader) { _ = try $0.sign("2", .baseline, seen: $0.signingSheet("2")) }
      }
      try one.at("coordinator") { _ = try $0.openForConsensus("2") }
    }
    let format = try #require(ExportFormat.all.first { $0.name == "long" })
    #expect(try lines(pair[0].files(format, as: "R1")) != lines(pair[1].files(format, as: "R1")))
  }

  @Test func importedReadingsAreSealedFromReaders() throws {
    let pair = try Pair(seed: 1, variant: 1)
    let format = try #require(ExportFormat.all.first { $0.name == "wide" })
    #expect(try pair.files(format, as: "coordinator")[0].text.contains("S1"))
    #expect(try !pair.files(format, as: "R1")[0].text.contains("S1"))
  }

  @Test func aLearnerTakesNothingOut() throws {
    let pair = try Pair(seed: 1, variant: 1)
    #expect(throws: Failure.self) { try pair.files(ExportFormat.all[0], as: "learner") }
  }
}
