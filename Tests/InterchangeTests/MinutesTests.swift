// The minutes of a consensus session: what of it is not proven is said where it was done.

import Foundation
import Interchange
import ReviewCore
import Testing

@Suite struct MinutesTests {
  @Test func whatIsNotProvenIsMarkedInTheLogToo() throws {
    // Given: a vote called by R1, and one by R2 after a reset of their passphrase.
    let rim = GradeKey(.baseline, Codebook.ID.rimSign)
    let halo = GradeKey(.baseline, Codebook.ID.haloSign)
    let begin = Date(timeIntervalSince1970: 1_772_000_000)
    let version = ConsensusVersion(1, revision: 0)
    let events = [
      ConsensusEvent(at: begin, by: "R1", version: version, act: .called(rim)),
      ConsensusEvent(at: begin + 60, by: "R2", version: version, act: .called(halo)),
    ]
    let session = Deliberation(
      caseID: "1", round: 1, codebook: .vertebralOsteomyelitis, examinations: [.baseline], readers: ["R1", "R2"],
      quorum: 2, readings: [], events: events)
    let table = ConsensusTable(
      session, names: ReaderNames(known: ["R1", "R2"]), stage: .opened, openedAt: begin, openedBy: "R1", viewer: "R1")
    let act = AuditEntry(
      at: begin + 60, kind: .voteCalled, principal: "R2", osUser: "study", programVersion: "1", caseID: "1", round: 1,
      unproven: PassphraseReset(by: "coord", at: begin))
    let text = ConsensusText(codebook: .vertebralOsteomyelitis, principals: [])
    for format in ConsensusText.Format.allCases {
      // When
      let minutes = text.minutes(
        table, study: Study(title: "a"), head: AuditHead(rawValue: "00"), unproven: [act], format: format)
      // Then
      let log = minutes.split(separator: "\n").filter { $0.contains("called a vote on") }
      #expect(
        log.count == 2 && log[0].hasSuffix("rim sign") && log[1].hasSuffix("halo sign (not proven to be R2)"), "\(log)")
      #expect(minutes.contains("Not proven"))
    }
  }
}
