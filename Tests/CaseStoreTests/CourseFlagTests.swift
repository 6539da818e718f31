// Flags of courses in the worklist's filter, and grades against either examination before.

import ReviewCore
import Testing

@testable import CaseStore

@Suite struct CourseFlagTests {
  private typealias ID = Codebook.ID

  private static func published(_ grades: [ExaminationID: [FindingID: LevelID]]) -> Consensus {
    var agreed: [GradeKey: AgreedGrade] = [:]
    for (examination, values) in grades {
      for (finding, level) in values { agreed[GradeKey(examination, finding)] = AgreedGrade(Grade(.level(level))) }
    }
    return Consensus(origin: .published, grades: agreed)
  }

  @Test func eachFlagFindsItsCases() throws {
    // Given: the patient of every case is cured; a case for each flag, and one without any.
    let folder = try Folder()
    let world = World()
    let cases: [(CaseID, [Double], Consensus)] = [
      ("short", [2], Self.published(["2": [ID.followUpGrade: "healing"]])),
      ("against", [9], Self.published(["9": [ID.followUpGrade: "aggravated"]])),
      ("abscess", [9], Self.published(["9": [ID.abscess: "present"]])),
      ("overruled", [9], Self.published(["9": [ID.followUpGrade: "healing", ID.spread: "yes"]])),
      ("plain", [3, 9], Self.published(["9": [ID.followUpGrade: "healing"]])),
    ]
    try StudyStore.build(
      at: folder(), study: Study(title: "Spine"), principals: people, environment: world.environment()
    ) { builder in
      for (id, months, consensus) in cases {
        try builder.add(.sample(id, followUps: months), published: consensus, readings: [])
      }
    }
    let store = try StudyStore.open(at: folder(), as: "R1", environment: world.environment())
    // When
    func found(_ flag: String) throws -> [CaseID] {
      let (filter, problems) = WorklistFilter.parse("flag:\(flag)", codebook: .vertebralOsteomyelitis)
      #expect(problems.isEmpty)
      return try store.worklist(WorklistQuery(filter: filter, sort: .number), limit: 9).rows.map(\.id)
    }
    // Then
    #expect(try found("short-follow-up") == ["short"])
    #expect(try found("imaging-against-outcome") == ["against"])
    #expect(try found("abscess") == ["abscess"])
    #expect(try found("overruled-rule") == ["overruled"])
  }

  @Test func aFlagWaitsForTheLastExaminationAndComesWithTheSignature() throws {
    // Given: baseline, 3 and 5 months; the reader has signed the baseline and grades 3 months.
    let study = try TestStudy(cases: [.sample("1", followUps: [3, 5])])
    let store = try study.open("R1")
    func flags() throws -> Set<CourseFlag>? { try store.worklist(WorklistQuery(), limit: 1).rows.first?.flags }
    _ = try store.sign("1")
    #expect(try store.caseView("1").patientCase.examinations.map(\.id) == [.baseline, "3"])
    #expect(try flags() == [])
    // When: all is signed, the last one aggravated although the patient was cured.
    _ = try store.sign("1", "3")
    _ = try store.record(GradeChange("1", "5", ID.followUpGrade, Grade(.level("aggravated"))))
    #expect(try flags() == [])
    _ = try store.sign("1", "5")
    // Then
    #expect(try flags() == [.shortFollowUp, .imagingAgainstOutcome])
  }

  @Test func bothComparatorsAreKeptInTheFile() throws {
    // Given
    let study = try TestStudy(cases: [.sample("1", followUps: [3, 5])])
    let store = try study.open("R1")
    _ = try store.sign("1")
    _ = try store.sign("1", "3")
    // When
    let since = GradeKey("5", ID.foci, comparator: .previous)
    _ = try store.record(GradeChange("1", "5", ID.foci, Grade(.level("decreased"))))
    _ = try store.record(GradeChange("1", "5", grades: [since: Grade(.level("increased"))]))
    // Then
    let kept = try study.open("R1").caseView("1").reading(of: "R1", "5")
    #expect(
      kept?.grades == [GradeKey("5", ID.foci): Grade(.level("decreased")), since: Grade(.level("increased"))])
  }

  @Test func whatCannotBeComparedIsRefused() throws {
    let study = try TestStudy(cases: [.sample("1", followUps: [3, 5])])
    let store = try study.open("R1")
    func fault(_ examination: ExaminationID, _ finding: FindingID, _ level: LevelID) -> StoreError? {
      storeError {
        try store.record(
          GradeChange(
            "1", examination,
            grades: [GradeKey(examination, finding, comparator: .previous): Grade(.level(level))]))
      }
    }
    #expect(fault(.baseline, ID.rimSign, "absent") == .badData(["rim_sign: the baseline has no comparator"]))
    _ = try store.sign("1")
    #expect(
      fault("3", ID.foci, "decreased")
        == .badData(["foci: the baseline is the examination before; grade against the baseline"]))
    _ = try store.sign("1", "3")
    #expect(
      fault("5", ID.marrow, "partial") == .badData(["marrow: says how things are and compares with nothing"]))
    #expect(fault("5", ID.foci, "decreased") == nil)
  }
}
