// The minutes name everybody, say by which rules, and count signed readings against what was agreed.

import Foundation
import Interchange
import ReviewCore
import Testing

@Suite struct MinutesReadersTests {
  /// Where nobody read alone there is nobody's grade to tell: no column of dashes, no "not graded".
  @Test func aJointReadingHasNoColumnsOfReaders() throws {
    let rim = GradeKey(.baseline, Codebook.ID.rimSign)
    let begin = Date(timeIntervalSince1970: 1_772_000_000)
    let session = Deliberation(
      caseID: "1", codebook: .vertebralOsteomyelitis, examinations: [.baseline], readers: ["R1", "R2"], readings: [],
      events: [
        ConsensusEvent(
          at: begin, by: "R1", version: ConsensusVersion(1, revision: 0),
          act: .agreed([rim: AgreedGrade(Grade(.level("present")), how: .discussed)])),
        ConsensusEvent(
          at: begin + 60, by: "R1", version: ConsensusVersion(1, revision: 1), act: .noted(rim, "seen on STIR")),
      ])
    let table = ConsensusTable(
      session, names: ReaderNames(known: ["R1", "R2"]), stage: .inDiscussion, openedAt: begin, openedBy: "R1",
      viewer: "R1")
    let text = ConsensusText(codebook: .vertebralOsteomyelitis, principals: [])
    let minutes = text.minutes(
      table, study: Study(title: "a", studyProtocol: StudyProtocol(mode: .joint)), head: AuditHead(rawValue: "00"),
      format: .text)
    let lines = minutes.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    // That it was discussed is what a joint reading is.
    #expect(lines.contains("finding consensus") && lines.contains("rim sign present"), "\(minutes)")
    #expect(lines.contains("- rim sign. Agreed: present. Note: seen on STIR."), "\(minutes)")
    #expect(!minutes.contains("discussed"), "\(minutes)")
    #expect(!minutes.contains("not graded"))
    #expect(text.status(table).contains("finding") && !text.status(table).contains("agreement"))
  }

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
      "R3, reader: no act of their own on record; absent: on leave",
      "coord (Cora), not a reader of the case: took part",
      "Signed readings against the consensus",
    ] {
      #expect(minutes.contains(words), "‘\(words)’ is not in\n\(minutes)")
    }
    let counts = minutes.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(counts.contains(["R1", "1", "0", "0"]))
    #expect(counts.contains(["R2", "0", "1", "0"]))
  }

  /// Unanimous first reads, agreed on, and then a vote against it; a bone and an image stand beside the grades.
  @Test func whatAVoteWasAgainstIsNotUnanimousAndPlacesAreTold() throws {
    let rim = GradeKey(.baseline, Codebook.ID.rimSign)
    let halo = GradeKey(.baseline, Codebook.ID.haloSign)
    let begin = Date(timeIntervalSince1970: 1_772_000_000)
    let seen = Grade(.level("present"), image: ImageReference(series: 4, slice: 12), bone: .l4)
    let readings = ["R1", "R2", "R3"].map { reader in
      Reading(
        reader: PrincipalID(reader), examination: .baseline, state: .signed(begin),
        grades: [
          rim: reader == "R1" ? seen : Grade(.level("present")), halo: reader == "R2" ? seen : Grade(.level("present")),
        ])
    }
    let votes = zip(["R1", "R2", "R3"] as [PrincipalID], ["present", "absent", "absent"] as [LevelID])
    let acts: [(PrincipalID, ConsensusAct)] =
      [
        ("R1", .agreed([rim: AgreedGrade(seen, how: .unanimous), halo: AgreedGrade(seen, how: .unanimous)])),
        ("R1", .called(rim)),
      ]
      + votes.map { ($0, .voted(rim, .cast(.level($1)))) } + [("R1", .revealed(rim))]
    let session = Deliberation(
      caseID: "1", codebook: .vertebralOsteomyelitis, examinations: [.baseline], readers: ["R1", "R2", "R3"],
      readings: readings,
      events: acts.map { ConsensusEvent(at: begin, by: $0, version: ConsensusVersion(), act: $1) })
    let table = ConsensusTable(
      session, names: ReaderNames(known: ["R1", "R2", "R3"]), stage: .inDiscussion, openedAt: begin, openedBy: "R1",
      viewer: "R1")
    let minutes = ConsensusText(codebook: .vertebralOsteomyelitis, principals: []).minutes(
      table, study: Study(title: "a"), head: AuditHead(rawValue: "00"), format: .text)
    #expect(minutes.contains("Agreed: present (not as last voted). Kept with it: L4, image 4/12"), "\(minutes)")
    #expect(minutes.contains("rim sign: R1 present (L4, image 4/12); R2 present"), "\(minutes)")
    #expect(
      minutes.contains("Where it was seen\n-----------------\n- halo sign: R2 L4, image 4/12; agreed L4, image 4/12"),
      "\(minutes)")
  }

  @Test func whoLedAndWhichSeatsWereLostIsSaid() throws {
    let begin = Date(timeIntervalSince1970: 1_772_000_000)
    let rim = GradeKey(.baseline, Codebook.ID.rimSign)
    let halo = GradeKey(.baseline, Codebook.ID.haloSign)
    let readings = ["R1", "R2", "R3"].map { reader in
      Reading(
        reader: PrincipalID(reader), examination: .baseline, state: .signed(begin),
        grades: [
          rim: Grade(.level(reader == "R2" ? "absent" : "present"), note: reader == "R2" ? "faint" : nil),
          halo: Grade(.level("absent"), note: reader == "R3" ? "at the edge of the field" : nil),
        ])
    }
    let session = Deliberation(
      caseID: "1", codebook: .vertebralOsteomyelitis, examinations: [.baseline], readers: ["R1", "R2", "R3"],
      readings: readings, events: [])
    let table = ConsensusTable(
      session, names: ReaderNames(known: ["R1", "R2", "R3"]), stage: .opened, openedAt: begin, openedBy: "R1",
      viewer: "R1")
    func led(_ seconds: Double, _ by: PrincipalID, _ others: String?, round: Int = 1) -> AuditEntry {
      AuditEntry(
        at: begin + seconds, kind: .sessionLed, principal: by, osUser: "study", programVersion: "1", caseID: "1",
        round: round, detail: others)
    }
    let seats = [
      led(0, "R1", nil), led(10, "R1", "R2, R3"), led(20, "R1", "R2"), led(30, "R1", "R2, R3"), led(40, "R2", "R3"),
      led(50, "R2", "R3", round: 2),
    ]
    var view = CaseView(patientCase: Case(id: "1"), stage: .opened, readings: readings)
    view.readings[0].note = "motion on STIR"
    let text = ConsensusText(codebook: .vertebralOsteomyelitis, principals: [])
    let minutes = text.minutes(
      table, study: Study(title: "a"), head: AuditHead(rawValue: "00"), seats: seats, of: view, format: .text)
    let said = minutes.split(separator: "\n").map(String.init)
    let at = try #require(said.firstIndex(of: "Who was there"))
    #expect(
      said[(at + 2)...(at + 6)].map { $0.split(separator: "Z  ").last.map(String.init) } == [
        "R1 leads", "R2, R3 joined", "R3 left", "R3 is back", "R2 leads; R1 left",
      ])
    #expect(minutes.contains("R3, reader: was there"))
    // Each remark once, of the finding that nobody discussed too.
    for remark in ["faint", "at the edge of the field", "motion on STIR"] {
      #expect(minutes.components(separatedBy: remark).count == 2, "\(remark)\n\(minutes)")
    }
  }
}
