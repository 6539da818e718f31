// A host with a study and many seats, for the benchmarks over SSH.

import CaseStore
import Foundation
import PtyHarness
import ReviewCore

final class SeatBench {
  let sandbox: Sandbox
  /// Nil where everybody sits at a terminal of this account.
  let host: SshHost?
  let study: String
  let people: [String]

  init(seats: Int, cases: Int, isLocal: Bool = false) throws {
    sandbox = try Sandbox()
    host = isLocal ? nil : try SshHost(sandbox)
    study = sandbox.path("bench.study")
    people = (1...seats).map { "R\($0)" }
    let readers = people.map { Principal(PrincipalID($0), role: .reader) }
    let environment = StoreEnvironment(
      now: { Date() }, newID: { UUID().uuidString.lowercased() }, osUser: "bench", programVersion: "bench")
    try StudyStore.build(
      at: study, study: Study(title: "Benchmark", isIllustrative: true),
      principals: readers + [Principal("coordinator", role: .coordinator)], environment: environment
    ) { builder in
      var synthetic = SyntheticCases(seed: 1)
      for number in 1...cases { try builder.add(synthetic.patientCase(number)) }
    }
    guard let host else { return }
    for person in people {
      let result = try sandbox.launch(
        builtProgram("endplate"),
        [
          "seat", "add", person, "--key", host.key(of: person) + ".pub", "--install", "--study", study,
          "--authorized-keys", host.authorizedKeys,
        ]
      ).run()
      guard result.status == 0 else { throw Silence(step: "seat add", said: result.errorText) }
    }
  }

  /// Somebody at their seat, on the worklist.
  func sit(_ person: String, through port: Int? = nil) throws -> PtyProcess {
    let seat = try PtyProcess(
      host?.ssh(as: person, ["-t"], through: port)
        ?? sandbox.launch(builtProgram("endplate"), ["--study", study, "--as", person]))
    guard seat.read(until: { $0.output.holds("Worklist") }, atMost: .seconds(60)) else {
      throw Silence(step: "sitting down", said: String(decoding: seat.output, as: UTF8.self))
    }
    seat.readUntilQuiet()
    return seat
  }

  /// How many grades of a person are in the file.
  func grades(of person: String) throws -> Int {
    let environment = StoreEnvironment(
      now: { Date() }, newID: { UUID().uuidString.lowercased() }, osUser: "bench", programVersion: "bench")
    let store = try StudyStore.open(at: study, as: PrincipalID(person), environment: environment)
    return try store.worklist(WorklistQuery(), limit: 10_000).rows.reduce(0) { try $0 + store.history($1.id).count }
  }

  /// The workstations of all seats, and the halves of sshd that belong to them.
  func processes() -> (seats: [ProcessFigures], sshd: [ProcessFigures]) {
    let seats = Processes.running(with: builtProgram("endplate"), host == nil ? "--as" : "seat open", study)
    let sshd = Processes.running(with: "sshd: \(SshHost.account)")
    return (seats.compactMap(ProcessFigures.init), sshd.compactMap(ProcessFigures.init))
  }
}
