// Measures how long it takes to verify a study file, and how much memory.

import ArgumentParser
import CaseStore
import Foundation
import ReviewCore

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Measure verifying a study file: time, and peak memory of the process.")

  @Argument(help: "A study made by ‘generate’.") var file: String
  @Flag(help: "As a seat verifies it.") var seat = false

  func run() throws {
    let environment = StoreEnvironment(
      now: { Date() }, newID: { UUID().uuidString.lowercased() }, osUser: NSUserName(), programVersion: "bench")
    let store = try StudyStore.open(at: file, as: seat ? "R1" : "coordinator", environment: environment)
    var faults: [String] = []
    let taken = try ContinuousClock().measure {
      faults = try store.verify(scope: seat ? .seat : .file) { done, total in
        FileHandle.standardError.write(Data("\r\(done) of \(total)".utf8))
      }.faults
    }
    print("\n\(try store.info().cases) cases verified in \(taken / .seconds(1)) s (budget 60)")
    print("peak memory of the process \(AgreementBenchmark.peakMegabytes()) MB (budget 200)")
    for fault in faults { print("fault: \(fault)") }
  }
}
