// Who leads a session is on record, once for each time that it changes.

import ReviewCore
import Testing

@testable import CaseStore

@Suite struct LeadTests {
  @Test func whoLeadsIsOnRecordWhenItChanges() throws {
    let session = try SessionStudy()
    let entries = { try session["R1"].audit(AuditFilter(caseID: "1", kinds: [.sessionLed])) }
    #expect(try session["R1"].noteLead("1", others: ["R3", "R2"]))
    #expect(try session["R1"].noteLead("1", others: ["R2", "R3"]))
    #expect(try entries().count == 1)
    try session["R1"].noteLead("1", others: ["R2"])
    try session["R2"].noteLead("1", others: [])
    try session["coord"].noteLead("1", others: ["R2"])
    // Who only looks on leads nothing.
    #expect(try !session["show"].noteLead("1", others: ["R2"]))
    #expect(
      try entries().map { "\($0.principal?.rawValue ?? "") with \($0.detail ?? "nobody")" } == [
        "R1 with R2, R3", "R1 with R2", "R2 with nobody", "coord with R2",
      ])
    #expect(try session["coord"].verify().faults == [])
  }

  @Test func nothingIsOnRecordBeforeACaseIsOpenAndAfterItIsRecorded() throws {
    let closed = try SessionStudy(opens: false)
    #expect(try !closed["R1"].noteLead("1", others: []))
    #expect(try closed["R1"].audit(AuditFilter(kinds: [.sessionLed])) == [])
    let session = try SessionStudy()
    let version = try session.settled()
    for reader in ["R1", "R2", "R3"] as [PrincipalID] { try session.play(.confirm(version), by: reader) }
    #expect(try !session["R1"].noteLead("1", others: ["R3"]))
    #expect(try session["R1"].audit(AuditFilter(kinds: [.sessionLed])) == [])
    // Whoever joined meanwhile is there once it is reopened.
    try session.play(.reopen(version, reason: "histology came"))
    #expect(try session["R1"].noteLead("1", others: ["R3"]))
    #expect(try session["R1"].audit(AuditFilter(kinds: [.sessionLed])).map(\.detail) == ["R3"])
  }
}
