// Makes a study of any size with three readers' grades and revisions.

import ArgumentParser
import CaseStore
import Foundation
import ReviewCore

struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Make a study with three readers' grades and revisions.")

  @Argument(help: "The study file to make.") var file: String
  @Option(help: "How many cases.") var cases = 100_000
  @Option(help: "Another seed makes other grades.") var seed: UInt64 = 1

  func run() throws {
    let start = ContinuousClock.now
    let readers = ["R1", "R2", "R3"].map { Principal(PrincipalID($0), role: .reader) }
    let clock = Date(timeIntervalSince1970: 1_772_000_000)
    let environment = StoreEnvironment(
      now: { clock }, newID: { UUID().uuidString.lowercased() }, osUser: "bench", programVersion: "bench")
    try StudyStore.build(
      at: file, study: Study(title: "Benchmark", studyProtocol: StudyProtocol(seed: seed), isIllustrative: true),
      principals: readers + [Principal("coordinator", role: .coordinator)], environment: environment
    ) { builder in
      var synthetic = SyntheticCases(seed: seed)
      for number in 1...max(cases, 1) {
        let patientCase = synthetic.patientCase(number)
        let readings = readers.flatMap { synthetic.readings(of: patientCase, by: $0.id, at: clock) }
        try builder.add(patientCase, readings: readings) { synthetic.revisions(of: $0) }
        if number % 1000 == 0 { FileHandle.standardError.write(Data("\r\(number) cases".utf8)) }
      }
    }
    let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
    print("\n\(cases) cases in \(ContinuousClock.now - start), \(size / 1_000_000) MB")
  }
}
