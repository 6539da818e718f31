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

  /// Two readers who agreed that a lesion is solitary, and on two bones.
  private static func agreed(confirmed: [PrincipalID]) -> ConsensusTable {
    let begin = Date(timeIntervalSince1970: 1_772_000_000)
    let grades: [GradeKey: AgreedGrade] = [
      GradeKey(.baseline, Codebook.ID.lesionNumber): AgreedGrade(Grade(.level("solitary")), how: .discussed),
      GradeKey(.baseline, Codebook.ID.involvedBones): AgreedGrade(
        Grade(.sites([.bone(.l1), .bone(.l5)])), how: .discussed),
    ]
    let acts: [(PrincipalID, ConsensusAct)] = [("R1", .agreed(grades))] + confirmed.map { ($0, .confirmed) }
    let session = Deliberation(
      caseID: "1", round: 1, codebook: .vertebralOsteomyelitis, examinations: [.baseline], readers: ["R1", "R2"],
      quorum: 2, readings: [],
      events: acts.map { ConsensusEvent(at: begin, by: $0, version: ConsensusVersion(), act: $1) })
    return ConsensusTable(
      session, names: ReaderNames(known: ["R1", "R2"]), stage: session.isRecorded ? .recorded : .inDiscussion,
      openedAt: begin, openedBy: "R1", viewer: "R1")
  }

  @Test func whatDoesNotGoTogetherIsInMinutesAndStatus() {
    let view = CaseView(patientCase: Case(id: "1", examinations: [Examination(.baseline)]), stage: .inDiscussion)
    let text = ConsensusText(codebook: .vertebralOsteomyelitis, principals: [])
    let table = Self.agreed(confirmed: [])
    let words = "baseline: solitary, but several bones are involved"
    #expect(text.status(table, of: view).contains("- ! \(words)"))
    let minutes = text.minutes(
      table, study: Study(title: "a"), head: AuditHead(rawValue: "00"), of: view, format: .text)
    #expect(minutes.contains("What does not go together\n-------------------------\n- \(words)"), "\(minutes)")
  }

  /// Where a sign was seen does not go together with where a lesion is: in words, and once.
  @Test func bonesThatDoNotGoTogetherAreInTheMinutesOnce() {
    let grades: [FindingID: Grade] = [
      Codebook.ID.involvedBones: Grade(.sites([.bone(.l5)])),
      Codebook.ID.rimSign: Grade(.level("present"), bone: .l4),
      Codebook.ID.haloSign: Grade(.level("absent"), bone: .l5),
    ]
    let keyed = grades.reduce(into: [GradeKey: AgreedGrade]()) {
      $0[GradeKey(.baseline, $1.key)] = AgreedGrade($1.value, how: .discussed)
    }
    let session = Deliberation(
      caseID: "1", codebook: .vertebralOsteomyelitis, examinations: [.baseline], readers: ["R1", "R2"], readings: [],
      events: [ConsensusEvent(at: .distantPast, by: "R1", version: ConsensusVersion(), act: .agreed(keyed))])
    let table = ConsensusTable(
      session, names: ReaderNames(known: ["R1", "R2"]), stage: .inDiscussion, openedAt: .distantPast, openedBy: "R1",
      viewer: "R1")
    let view = CaseView(patientCase: Case(id: "1", examinations: [Examination(.baseline)]), stage: .inDiscussion)
    for format in ConsensusText.Format.allCases {
      let minutes = ConsensusText(codebook: .vertebralOsteomyelitis, principals: []).minutes(
        table, study: Study(title: "a"), head: AuditHead(rawValue: "00"), of: view, format: format)
      for words in ["which is not among the involved bones", "halo sign is absent, but seen in L5"] {
        #expect(minutes.split(separator: words, omittingEmptySubsequences: false).count == 2, "\(minutes)")
      }
    }
  }

  /// Talked about it is `1.1`, and recorded `1`, wherever it is named.
  @Test func aVersionHasOneName() {
    let text = ConsensusText(codebook: .vertebralOsteomyelitis, principals: [])
    func said(_ table: ConsensusTable) -> (status: String, minutes: String) {
      (
        text.status(table),
        text.minutes(table, study: Study(title: "a"), head: AuditHead(rawValue: "00"), format: .text)
      )
    }
    let open = said(Self.agreed(confirmed: ["R1"]))
    #expect(open.status.contains("round 1, version 1.1, "), "\(open.status)")
    #expect(open.minutes.contains("Confirmations of version 1.1\n"))
    let recorded = said(Self.agreed(confirmed: ["R1", "R2"]))
    #expect(recorded.status.contains("round 1, version 1, recorded"), "\(recorded.status)")
    #expect(recorded.minutes.contains("round 1; recorded as version 1.\n"), "\(recorded.minutes)")
    #expect(recorded.minutes.contains("Confirmations of version 1\n"))
    #expect(recorded.minutes.contains("the consensus is recorded as version 1\n"))
  }

  /// Bones stand as ranges in the table, which is no wider than a page; what was left open is not called agreed.
  @Test func theMinutesAreAsWideAsAPage() throws {
    let bones = GradeKey(.baseline, Codebook.ID.involvedBones)
    let spine = Anatomy.usual.spine.filter { $0 <= .l5 }.map(Site.bone)
    let readings = [("R1", spine), ("R2", Array(spine.dropFirst()))].map { reader, sites in
      Reading(
        reader: PrincipalID(reader), examination: .baseline, state: .signed(.distantPast),
        grades: [bones: Grade(.sites(sites))])
    }
    let session = Deliberation(
      caseID: "1", round: 1, codebook: .vertebralOsteomyelitis, examinations: [.baseline], readers: ["R1", "R2"],
      quorum: 2, readings: readings,
      events: [
        ConsensusEvent(
          at: .distantPast, by: "R1", version: ConsensusVersion(),
          act: .agreed([bones: AgreedGrade(nil, how: .unresolved)]))
      ])
    let table = ConsensusTable(
      session, names: ReaderNames(known: ["R1", "R2"]), stage: .inDiscussion, openedAt: .distantPast, openedBy: "R1",
      viewer: "R1")
    let text = ConsensusText(codebook: .vertebralOsteomyelitis, principals: [])
      .minutes(table, study: Study(title: "a"), head: AuditHead(rawValue: "00"), format: .text)
    #expect(text.contains("C1–L5 each") && text.contains("Left unresolved.") && !text.contains("Agreed: unresolved"))
    let grades = text.split(separator: "\n").drop { $0 != "Grades" }.prefix { $0 != "Discussed" }
    #expect(grades.allSatisfy { $0.count <= 120 }, "\(text)")
  }
}
