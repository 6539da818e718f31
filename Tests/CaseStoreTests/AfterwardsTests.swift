// The impression asked a second time: after the clinical data, apart from the first, before the case can be opened.

import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

@Suite struct AfterwardsTests {
  let study: TestStudy
  let reader: StudyStore

  init() throws {
    study = try TestStudy(StudyProtocol(readersPerCase: 1, seed: 7, impressionAfterClinicalData: true))
    reader = try study.open("R1")
  }

  private func impression(_ level: LevelID, _ finding: FindingID = ID.impressionAfter) -> GradeChange {
    GradeChange("1", .baseline, finding, Grade(.level(level)))
  }

  /// Answers what is asked afterwards, and signs with it what stands.
  @discardableResult
  private func answer(_ level: LevelID, in store: StudyStore? = nil) throws -> SigningReceipt {
    let store = store ?? reader
    let change = impression(level)
    return try store.sign("1", .baseline, with: change, seen: store.signingSheet("1", with: change))
  }

  /// Both examinations of case 1.
  private func signAll() throws {
    _ = try reader.record(impression("metastasis", ID.impression))
    let receipt = try reader.sign("1")
    #expect(!receipt.missing.contains(ID.impressionAfter))
    _ = try reader.sign("1", "5")
  }

  @Test func onlyAStudyThatAsksHasIt() {
    #expect(Study(title: "a").codebook == .vertebralOsteomyelitis)
    let joint = StudyProtocol(mode: .joint, impressionAfterClinicalData: true)
    #expect(Study(title: "a", studyProtocol: joint).codebook == .vertebralOsteomyelitis)
    let asking = Study(title: "a", studyProtocol: StudyProtocol(impressionAfterClinicalData: true)).codebook
    #expect(asking.findings(in: .baseline).suffix(2).map(\.id) == [ID.impression, ID.impressionAfter])
    #expect(
      asking.findings(toSign: .baseline).map(\.id) == Codebook.vertebralOsteomyelitis.findings(in: .baseline).map(\.id))
  }

  @Test func itWaitsForTheClinicalData() throws {
    _ = try reader.record(impression("metastasis", ID.impression))
    #expect(storeError { try answer("osteomyelitis") }?.category == .badData)
    _ = try reader.sign("1")
    // The follow-up is not signed: the biopsy is still withheld.
    #expect(try reader.caseView("1").patientCase.biopsies == nil)
    #expect(storeError { try answer("osteomyelitis") }?.category == .badData)
  }

  @Test func itIsKeptApartAndTheFirstStaysSigned() throws {
    try signAll()
    #expect(try reader.caseView("1").patientCase.biopsies != nil)
    #expect(storeError { try reader.record(impression("other", ID.impression)) } == .readingSigned("1", .baseline))
    let both = GradeChange(
      "1",
      grades: [ID.impression, ID.impressionAfter].reduce(into: [GradeKey: Grade?]()) {
        $0[GradeKey(.baseline, $1)] = Grade(.level("other"))
      })
    #expect(
      storeError { try reader.sign("1", .baseline, with: both, seen: reader.signingSheet("1", with: both)) }
        == .readingSigned("1", .baseline))
    #expect(storeError { try reader.record(impression("osteomyelitis")) }?.category == .badData)

    let receipt = try answer("osteomyelitis")

    #expect(receipt.meaning == "I graded this with the clinical data before me.")
    let reading = try #require(try reader.caseView("1").reading(of: "R1", .baseline))

    #expect(reading.state.isSigned)
    #expect(reading.version == 2)
    #expect(reading.values() == [ID.impression: .level("metastasis"), ID.impressionAfter: .level("osteomyelitis")])
    let acts = try reader.history("1").filter { $0.examination == .baseline }
    #expect(acts.map(\.version) == [1, 1, 2, 2, 2])
    #expect(try reader.audit(AuditFilter(kinds: [.amended])).map(\.reason) == ["asked again with the clinical data"])
    #expect(storeError { try reader.undo("1") } == .readingSigned("1", .baseline))
  }

  @Test func nothingIsNoAnswer() throws {
    try signAll()
    let nothing = GradeChange("1", .baseline, ID.impressionAfter, nil)
    func sign() throws -> SigningReceipt {
      try reader.sign("1", .baseline, with: nothing, seen: reader.signingSheet("1", with: nothing))
    }
    #expect(storeError { try sign() }?.category == .badData)
    try answer("osteomyelitis")
    let before = try reader.caseView("1")
    let error = storeError { try sign() }
    #expect(error?.category == .badData && error?.description.contains("is not taken away") == true)
    #expect(try reader.caseView("1") == before)
  }

  @Test func itIsNotSignedWithoutTheConfidenceThatTheProtocolAsksFor() throws {
    let study = try TestStudy(
      StudyProtocol(readersPerCase: 1, seed: 7, asksConfidence: true, impressionAfterClinicalData: true),
      cases: [.sample("1", followUps: [])])
    let reader = try study.open("R1")
    _ = try reader.sign("1")
    for (value, confidence, isSigned) in [
      (GradeValue.level("osteomyelitis"), nil, false), (.level("osteomyelitis"), 3, true), (.notAssessable, nil, true),
    ] as [(GradeValue, Int?, Bool)] {
      let change = GradeChange("1", .baseline, ID.impressionAfter, Grade(value, confidence: confidence))
      let seen = try reader.signingSheet("1", with: change)
      let error = storeError { try reader.sign("1", .baseline, with: change, seen: seen) }
      #expect(
        error == (isSigned ? nil : .notSignable("1", .baseline, [.noConfidence([ID.impressionAfter])])), "\(value)")
    }
    #expect(try reader.caseView("1").reading(of: "R1", .baseline)?.version == 3)
  }

  @Test func theCaseIsSignedOnceItIsAnswered() throws {
    try signAll()
    let coordinator = try study.open("coord")
    #expect(storeError { try coordinator.openForConsensus("1") } != nil)
    #expect(
      try reader.worklist(WorklistQuery(), offset: 0, limit: 9).rows.first { $0.id == "1" }?.own
        == .draft(graded: 1, of: 24))
    #expect(try coordinator.caseView("1").signatures.first?.isSigned == false)

    try answer("osteomyelitis")

    #expect(try reader.worklist(WorklistQuery(), offset: 0, limit: 9).rows.first { $0.id == "1" }?.own == .signed)
    _ = try coordinator.openForConsensus("1")
    #expect(storeError { try answer("other") } == .caseOpened("1"))
    #expect(try coordinator.verify().faults == [])
  }
}
