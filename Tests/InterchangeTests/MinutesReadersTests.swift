// The minutes name everybody, say by which rules, and count first reads against what was agreed.

import Foundation
import Interchange
import ReviewCore
import Testing

@Suite struct MinutesReadersTests {
  @Test func everyReaderIsThereAndFirstReadsAreCounted() throws {
    // Given: three readings of which two agree on the rim, agreed as present; R3 took no part and is recorded absent.
    let rim = GradeKey(.baseline, Codebook.ID.rimSign)
    let begin = Date(timeIntervalSince1970: 1_772_000_000)
    let version = ConsensusVersion(1, revision: 0)
    let readings = [("R1", "present"), ("R2", "absent"), ("R3", "present")].map { reader, level in
      Reading(
        reader: PrincipalID(reader), examination: .baseline, state: .signed(begin),
        grades: [rim: Grade(.level(LevelID(level)))])
    }
    let session = Deliberation(
      caseID: "1", codebook: .vertebralOsteomyelitis, examinations: [.baseline], readers: ["R1", "R2", "R3"],
      readings: readings,
      events: [
        ConsensusEvent(
          at: begin, by: "R1", version: version,
          act: .agreed([rim: AgreedGrade(Grade(.level("present")), how: .majority)])),
        ConsensusEvent(at: begin + 60, by: "R2", version: version, act: .absent("R3", reason: "on leave")),
      ])
    let table = ConsensusTable(
      session, names: ReaderNames(known: ["R1", "R2", "R3"]), stage: .inDiscussion, openedAt: begin, openedBy: "coord",
      viewer: "R1")
    let people = [Principal("R1", name: "Anna", role: .reader), Principal("coord", name: "Cora", role: .coordinator)]
    // When
    let minutes = ConsensusText(codebook: .vertebralOsteomyelitis, principals: people).minutes(
      table, study: Study(title: "a"), patient: "F 46", head: AuditHead(rawValue: "00"), format: .text)
    // Then
    for words in [
      "Patient: F 46.", "Read independently first by 3 readers, of whom 2 must be present",
      "codebook \(Codebook.vertebralOsteomyelitis.id), version", "R1 (Anna), reader: took part",
      "R2, reader: took part",
      "R3, reader: took no part; recorded absent: on leave", "coord (Cora), not a reader of the case: took part",
      "First reads against the consensus",
    ] {
      #expect(minutes.contains(words), "‘\(words)’ is not in\n\(minutes)")
    }
    let counts = minutes.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(counts.contains(["R1", "1", "0", "0"]))
    #expect(counts.contains(["R2", "0", "1", "0"]))
  }
}
