// A study whose codebook is a file, with three readers at seats of their own.

import CaseStore
import Desk
import Foundation
import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Workstation

package final class FileStudy {
  package private(set) var codebook: Codebook
  package let folder: URL
  private let environment = StoreEnvironment(
    now: { Date(timeIntervalSince1970: 1_800_000_000) }, newID: { UUID().uuidString.lowercased() }, osUser: "somebody",
    programVersion: "test")

  package static let readers: [PrincipalID] = ["R1", "R2", "R3"]
  package var path: String { folder.appending(path: "a.study").path }

  /// - Parameters:
  ///   - name: of a codebook that comes with the program.
  ///   - cases: case files without their first line, one after another.
  package convenience init(
    _ name: String, cases: [String], _ studyProtocol: StudyProtocol = StudyProtocol(seed: 3)
  ) throws {
    guard let file = SampleCases.codebooks.first(where: { $0.name == "\(name).yaml" }) else {
      throw StoreError.badData(["there is no codebook \(name)"])
    }
    try self.init(Self.read(String(decoding: file.bytes, as: UTF8.self)), cases: cases, studyProtocol)
  }

  /// The codebook that a file's text describes.
  package static func read(_ text: String) throws -> Codebook {
    let read = CodebookReader.codebook(InputFile(name: "codebook.yaml", bytes: Array(text.utf8)))
    guard let codebook = read.value else { throw StoreError.badData(read.faults.map(\.description)) }
    return codebook
  }

  /// Another version of the codebook for the study.
  package func change(to text: String) throws {
    let new = try Self.read(text)
    try at("coordinator") { _ = try $0.changeCodebook(to: new, seen: $0.codebookChange(to: new)) }
    codebook = try at("coordinator") { try $0.study().codebook }
  }

  package init(
    _ codebook: Codebook, cases: [String], _ studyProtocol: StudyProtocol = StudyProtocol(seed: 3)
  ) throws {
    self.codebook = codebook
    folder = FileManager.default.temporaryDirectory.appending(path: "endplate-file-study-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let people =
      Self.readers.map { Principal($0, role: .reader) } + [Principal("coordinator", role: .coordinator)]
    try StudyStore.create(
      at: path, study: Study(title: "T", studyProtocol: studyProtocol, codebook: codebook),
      principals: people, environment: environment)
    let files = cases.enumerated().map { number, text in
      InputFile(name: "\(number + 1).yaml", bytes: Array("format: endplate-case/1\n\(text)".utf8))
    }
    // As a study that was opened again has it, not as it was read.
    let carried = try at("coordinator") { try $0.study().codebook }
    let outcome = CaseFileReader.read(files, codebook: carried)
    guard let known = outcome.value else { throw StoreError.badData(outcome.faults.map(\.description)) }
    _ = try at("coordinator") { try $0.importCases(known.map(\.patientCase)) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  package func at<T>(_ id: PrincipalID, _ body: (StudyStore) throws -> T) throws -> T {
    let store = try StudyStore.open(at: path, as: id, environment: environment)
    defer { try? store.close() }
    return try body(store)
  }

  /// Records and signs as the command does: `collapse=T12:none,L1:over_half`.
  package func sign(_ id: CaseID, by reader: PrincipalID, _ words: [String]) throws {
    try record(id, by: reader, words)
    try at(reader) { store in
      let sheet = try store.signingSheet(id)
      guard sheet.obstacles.isEmpty else { throw StoreError.badData(sheet.obstacles.map(\.description)) }
      _ = try store.sign(id, .baseline, seen: sheet)
    }
  }

  /// The same without signing.
  package func record(_ id: CaseID, by reader: PrincipalID, _ words: [String]) throws {
    try at(reader) { store in
      var grades: [GradeKey: Grade?] = [:]
      for text in words {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let finding = codebook.finding(named: parts[0]) else {
          throw StoreError.badData(["no finding in \(text)"])
        }
        let cells =
          codebook.places(of: finding).isEmpty ? [(finding, parts[1])] : try codebook.cells(of: finding, parts[1])
        for (cell, value) in cells { grades[GradeKey(.baseline, cell.id)] = Grade(try cell.value(value)) }
      }
      _ = try store.record(GradeChange(id, grades: grades))
    }
  }

  /// Opens the case, takes over what all graded alike, agrees on the rest as the words say, and all confirm.
  package func agree(_ id: CaseID, _ words: [String] = []) throws {
    _ = try at("coordinator") { try $0.openForConsensus(id) }
    try agreeOpened(id, words)
  }

  /// The same of a case that is open already.
  package func agreeOpened(_ id: CaseID, _ words: [String] = []) throws {
    try at("R1") { store in
      if try !store.consensusTable(id).unsettled.filter({ $0.agreement == .unanimous }).isEmpty {
        _ = try store.consensus(id, .takeOver(nil))
      }
      for text in words {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard let finding = codebook[FindingID(parts[0])] else { throw StoreError.badData(["no finding in \(text)"]) }
        let grade = AgreedGrade(Grade(try finding.value(parts[1])), rationale: "looked at together")
        _ = try store.consensus(id, .agree(GradeKey(.baseline, finding.id), grade))
      }
    }
    for reader in Self.readers {
      _ = try at(reader) { store in
        try store.consensus(id, .confirm(try store.consensusTable(id).version))
      }
    }
  }

  /// A reader at the screen.
  /// - Parameter later: seconds by which the seat's clock is ahead of the others'.
  package func seat(_ id: PrincipalID, _ width: Int = 80, _ height: Int = 24, later: Double = 0) throws -> Workbench {
    var environment = environment
    let now = environment.now
    environment.now = { now() + later }
    return try Workbench(at: path, as: id, environment: environment, home: folder, width, height)
  }
}
