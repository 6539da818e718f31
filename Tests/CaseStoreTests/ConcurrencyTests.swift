// Several readers write at once, each through a handle of their own.

import ReviewCore
import Testing

@testable import CaseStore

@Suite struct ConcurrencyTests {
  @Test func nothingIsLostAndTheChainHolds() async throws {
    let study = try TestStudy(cases: (1...4).map { .sample(CaseID(String($0)), followUps: []) })
    let findings = Codebook.vertebralOsteomyelitis.findings(in: .baseline).filter { $0.scale == .choice }
    // Two windows of each reader; each window has cases of its own.
    let windows = (["R1", "R2", "R3"] as [PrincipalID]).flatMap { reader in (0..<2).map { (reader, $0) } }
    let stored = try await atOnce(
      windows.map { reader, window in
        {
          let store = try study.open(reader)
          var dice = Dice(UInt64(window))
          return try [window + 1, window + 3].map { number in
            let id = CaseID(String(number))
            var last = Reading(reader: reader, examination: .baseline)
            for finding in findings {
              guard let level = finding.levels.randomElement(using: &dice) else { continue }
              last = try store.record(GradeChange(id, .baseline, finding.id, Grade(.level(level.id)))).reading
            }
            _ = try store.undo(id)
            last = try store.redo(id).reading
            return last
          }
        }
      }
    ).flatMap { $0 }
    #expect(stored.count == 12)
    for reader in ["R1", "R2", "R3"] as [PrincipalID] {
      let store = try study.open(reader)
      let readings = try (1...4).flatMap { try store.caseView(CaseID(String($0))).readings }
      #expect(readings.count == 4)
      for reading in readings {
        #expect(reading.grades.count == findings.count)
        #expect(stored.contains(reading))
      }
      #expect(try store.audit(AuditFilter(principal: reader)).count == 4 * (findings.count + 2))
    }
    #expect(try study.open("coord").verify().faults == [])
  }
}
