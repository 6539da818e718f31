// Which readings are compared, and how findings become tables of ratings.

import Agreement
import Foundation
import Interchange
import ReaderAgreement
import ReviewCore
import Testing

struct StudyAgreementTests {
  private let study = Study(title: "T")

  @Test func aJointStudyIsToldSoAndItsConsensusIsNotUsed() throws {
    let grades = [GradeKey(.baseline, ID.rimSign): AgreedGrade(Grade(.level("present")))]
    var joint = study
    joint.studyProtocol.mode = .joint
    let published = OpenedCase(
      id: "1", round: 1, readings: [], consensus: Consensus(origin: .published, grades: grades))

    let agreement = try StudyAgreement(joint, readers: three, opened: [published])

    #expect(agreement.absence == .joint)
    #expect(agreement.findings.isEmpty)
  }

  @Test func consensusAloneIsNoReading() throws {
    let grades = [GradeKey(.baseline, ID.rimSign): AgreedGrade(Grade(.level("present")))]
    let recorded = OpenedCase(
      id: "1", round: 1, readings: [], consensus: Consensus(origin: .session, grades: grades))

    let agreement = try StudyAgreement(study, readers: three, opened: [recorded])

    #expect(agreement.absence == .nothingOpened)
    #expect(try StudyAgreement(study, readers: ["R1"], opened: []).absence == .nothingOpened)
    let alone = [
      OpenedCase(id: "1", round: 1, readings: [reading("R1", [ID.rimSign: .level("absent")])], consensus: nil)
    ]
    #expect(try StudyAgreement(study, readers: ["R1"], opened: alone).absence == .oneReader)
  }

  @Test func importedReadingsThatAreLeftOutAreToldSo() throws {
    var entry = opened("1", ID.rimSign, [.level("present"), .level("absent"), .level("absent")])
    for index in entry.readings.indices { entry.readings[index].state = .imported(ReadElsewhere()) }
    var own = study
    own.studyProtocol.countsImported = false

    let absence = try StudyAgreement(own, readers: three, opened: [entry]).absence

    #expect(absence == .importedLeftOut && absence?.words.contains("counts_imported: no") == true)
    #expect(try StudyAgreement(study, readers: three, opened: [entry]).absence == nil)
  }

  @Test func draftsDoNotCount() throws {
    var entry = opened("1", ID.rimSign, [.level("present"), .level("absent"), .level("absent")])
    entry.readings[2].state = .draft

    let item = try StudyAgreement(study, readers: three, opened: [entry]).item("rim_sign")

    #expect(item?.lines == ["present absent -"])
  }

  @Test func whatIsNoAnswerIsMissingCountedAndComparedOnAssessability() throws {
    let cases = [
      opened("1", ID.rimSign, [.level("present"), .notAssessable, .level("absent")]),
      opened("2", ID.rimSign, [.notAcquired, .notAssessable, nil]),
    ]

    let agreement = try StudyAgreement(study, readers: three, opened: cases)

    let ratings = try #require(agreement.findings.first)
    #expect(ratings.items.map(\.lines) == [["present - absent", "- - -"]])
    #expect(
      ratings.assessability?.lines == ["assessable not assessable assessable", "not assessable not assessable -"])
    let excluded = ratings.exclusions
    let counts = [
      excluded.ratings, excluded.notAssessable, excluded.notAcquired, excluded.notGraded, excluded.used,
    ]
    #expect(counts == [6, 2, 1, 1, 2])
    let percent = ratings.assessability?.report(resampling: nil)["percent_agreement.unweighted"]
    #expect(isNear(percent, 2.0 / 3))
  }

  @Test func aSetIsComparedAsAWholeAndLevelByLevel() throws {
    let both: GradeValue = .levels(["iso", "hyper"])
    let cases = [opened("1", ID.t2w, [both, .levels(["hyper"]), both]), opened("2", ID.t2w, [both, both, both])]

    let agreement = try StudyAgreement(study, readers: three, opened: cases)

    #expect(agreement.findings.flatMap { $0.items.map(\.id) } == ["t2w", "t2w.hypo", "t2w.iso", "t2w.hyper"])
    #expect(agreement.item("t2w")?.lines == ["hyper+iso hyper hyper+iso", "hyper+iso hyper+iso hyper+iso"])
    #expect(agreement.item("t2w.iso")?.lines == ["yes no yes", "yes yes yes"])
    let whole = agreement.item("t2w")?.report(resampling: nil)
    #expect(isNear(whole?["percent_agreement.unweighted"], 2.0 / 3))
    // Two of three pairs overlap by a half in case 1: 1/3 + 2/3 x 1/2.
    #expect(isNear(whole?["percent_agreement.jaccard"], 5.0 / 6))
  }

  @Test func extentsOverlapByTheBonesTheyShadeAndCountTowardRegions() throws {
    let spine: GradeValue = .sites([.wholeSpine])
    let lumbar: GradeValue = .sites([.run(.l1, .l5)])

    let agreement = try StudyAgreement(
      study, readers: three, opened: [opened("1", ID.involvedBones, [spine, lumbar, lumbar])])

    let overlap = agreement.item("involved_bones")?.report(resampling: nil)["percent_agreement.jaccard"]
    // Five of the 29 bones of the spine are shared by two of three pairs.
    #expect(isNear(overlap, (1 + 2 * 5.0 / 29) / 3))
    #expect(agreement.item("involved_bones.lumbar")?.lines == ["yes yes yes"])
    #expect(agreement.item("involved_bones.sacral")?.lines == ["yes no no"])
  }

  @Test func changesAreComparedBoneByBoneAndFollowUpsResamplePatients() throws {
    let worse: GradeValue = .map([.t11: "increased", .l2: "decreased"])
    let better: GradeValue = .map([.t11: "decreased"])
    let cases = [
      opened("1", ID.lesionChanges, [worse, better, nil], at: "5"),
      opened("2", ID.lesionChanges, [better, better, better], at: "3"),
    ]
    var twice = cases
    twice[0].readings += opened("1", ID.lesionChanges, [better, better, better], at: "10.5").readings

    let agreement = try StudyAgreement(study, readers: three, opened: twice)

    #expect(agreement.findings.flatMap { $0.items.map(\.id) } == ["lesion_changes.T11", "lesion_changes.L2"])
    let item = try #require(agreement.item("lesion_changes.L2"))
    #expect(item.units.map(\.title) == ["1 at 5 months", "1 at 10.5 months", "2 at 3 months"])
    let unnamed = "not_named not_named not_named"
    #expect(item.lines == ["decreased not_named -", unnamed, unnamed])
    #expect(item.levels == ["resolved", "decreased", "unchanged", "increased", "new", "not_named"])
    #expect(item.report(resampling: nil).isClustered)
    #expect(
      try StudyAgreement(study, readers: three, opened: cases).item("lesion_changes.L2")?.report(resampling: nil)
        .isClustered == false)
  }

  @Test func aSecondRoundComparesEachReaderWithThemselves() throws {
    let cases = [
      opened("1", ID.rimSign, [.level("present"), .level("absent"), .level("absent")], round: 1),
      opened("1", ID.rimSign, [.level("present"), .level("present"), nil], round: 2),
    ]

    let agreement = try StudyAgreement(study, readers: three, opened: cases)

    let rim = agreement.findings.filter { $0.finding.id == ID.rimSign }
    #expect(
      rim.map(\.comparison) == [
        .readers(round: 1), .readers(round: 2), .rounds(of: "R1"), .rounds(of: "R2"), .rounds(of: "R3"),
      ])
    #expect(
      rim.map { $0.items[0].lines } == [
        ["present absent absent"], ["present present -"], ["present present"], ["absent present"], ["absent -"],
      ])
    #expect(rim[2].items[0].columns == ["R1_1", "R1_2"])
  }

  @Test func theProtocolsCoefficientComesFirstOrWhatIsNearest() throws {
    let cases = [
      opened("1", ID.rimSign, [.level("present"), .level("absent"), .level("absent")]),
      opened("2", ID.softTissueInflammation, [.level("none"), .level("limited"), .level("none")]),
      opened("3", ID.t1w, [.levels(["hypo"]), .levels(["iso"]), .levels(["hypo"])]),
    ]
    func primaries(_ named: String) throws -> [String] {
      var study = study
      study.studyProtocol.primaryStatistic = named
      let agreement = try StudyAgreement(study, readers: three, opened: cases)
      return ["rim_sign", "soft_tissue_inflammation", "t1w"].compactMap { agreement.item($0).map(agreement.primary) }
    }

    let sets = "krippendorff_alpha.jaccard"
    let percent = ["percent_agreement.unweighted", "percent_agreement.linear", "percent_agreement.jaccard"]
    #expect(try primaries("percent_agreement.linear") == percent)
    #expect(try primaries("gwet_ac.quadratic") == ["gwet_ac.unweighted", "gwet_ac.quadratic", sets])
    #expect(
      try primaries("krippendorff_alpha.ordinal") == ["krippendorff_alpha.nominal", "krippendorff_alpha.ordinal", sets])
    #expect(try primaries("light_kappa") == ["light_kappa", "light_kappa", sets])
    let agreement = try StudyAgreement(study, readers: three, opened: cases)
    let first = agreement.figures(resampling: nil).first { $0.id == "rim_sign" }
    #expect(first?.primaryTitle == "Gwet AC1")
  }

  @Test func aCellOfTheTableOfCountsLeadsToItsExaminations() throws {
    let yes: GradeValue = .level("present")
    let no: GradeValue = .level("absent")
    let cases = [
      opened("1", ID.rimSign, [yes, no, no]), opened("2", ID.rimSign, [yes, yes, no]),
      opened("3", ID.rimSign, [yes, no, nil]),
    ]

    let item = try #require(try StudyAgreement(study, readers: three, opened: cases).item("rim_sign"))

    let table = try #require(CrossTable(item, "R1", "R2"))
    #expect(table.levels == ["absent", "present"])
    #expect(table[1, 0].map(\.title) == ["1", "3"])
    #expect(table[0, 0].isEmpty)
    #expect(CrossTable(item, "R1", "R3")?.missing == 1)
    #expect(CrossTable(item, "R1", "R9") == nil)
  }

  /// Until its consensus is recorded a case counts for all readers together, and for no reader by name.
  @Test func whatNamesAReaderLeavesOutCasesInLetters() throws {
    let (yes, no): (GradeValue, GradeValue) = (.level("present"), .level("absent"))
    var cases = [
      opened("1", ID.rimSign, [yes, no, no]), opened("2", ID.rimSign, [yes, yes, no]),
      opened("3", ID.rimSign, [yes, no, yes]),
    ]
    let all = try #require(try StudyAgreement(study, readers: three, opened: cases).item("rim_sign"))
    cases[0].names = ReaderNames(shuffled: ["R3", "R1", "R2"])
    let item = try #require(try StudyAgreement(study, readers: three, opened: cases).item("rim_sign"))

    let table = try #require(CrossTable(item, "R1", "R2"))
    #expect(table[1, 0].map(\.title) == ["3"])
    #expect(table.unnamed == 1)
    let (report, whole) = (item.report(resampling: nil), all.report(resampling: nil))
    #expect(report["percent_agreement.unweighted"] == whole["percent_agreement.unweighted"])
    #expect(report["pair.R1-R2.n"]?.value == 2)
    #expect(whole["pair.R1-R2.n"]?.value == 3)
    #expect(report["reader.R1.proportion.present"]?.casesUsed == 2)
    #expect(!RatingsExport.matrix(item).contains("\n1,"))
    let rows = RatingsExport.long(study, id: "here-1", cases).split(whereSeparator: \.isNewline).filter {
      $0.hasPrefix("1,")
    }
    #expect(!rows.isEmpty && rows.allSatisfy { row in !three.contains { row.contains($0.rawValue) } })
    #expect(rows.first { $0.contains("rim_sign") && $0.contains("present") }?.contains(",B,") == true)
  }

  @Test func whereAllReadersAreLettersNothingIsSaidOfAnyOne() throws {
    let (yes, no): (GradeValue, GradeValue) = (.level("present"), .level("absent"))
    let cases = [opened("1", ID.rimSign, [yes, no, no]), opened("2", ID.rimSign, [yes, yes, no])].map { entry in
      var entry = entry
      entry.names = ReaderNames(shuffled: ["R3", "R1", "R2"])
      return entry
    }
    let item = try #require(try StudyAgreement(study, readers: three, opened: cases).item("rim_sign"))

    let report = item.report(resampling: nil)

    #expect(report["percent_agreement.unweighted"]?.value != nil)
    #expect(report["pair.R1-R2.n"] == nil && report["reader.R1.proportion.present"] == nil)
    let text = report.text(primary: "gwet_ac.unweighted")
    #expect(text.contains("Readers are letters in 2 of 2 cases") && !text.contains("R1 and R2"))
    #expect(!text.contains("Use of the levels") && !report.json.contains("pair.R1"))
  }

  /// The counts that lead to cases are those of the report.
  @Test func cellsHoldAsManyExaminationsAsTheReportCounts() throws {
    let agreement = try Practice().agreement
    for item in agreement.findings.flatMap(\.allItems) {
      let report = item.report(resampling: nil)
      for (first, second) in [("R1", "R2"), ("R1", "R3"), ("R2", "R3")] {
        let table = try #require(CrossTable(item, first, second))
        let counts = table.levels.indices.map { row in table.levels.indices.map { table[row, $0].count } }
        #expect(Double(counts.joined().reduce(0, +)) == report["pair.\(first)-\(second).n"]?.value)
        if !item.isSetValued {
          #expect(report["pair.\(first)-\(second).table"]?.content == .table(counts))
        }
      }
    }
  }

  @Test func namesOfFindingsAndItems() throws {
    let agreement = try Practice().agreement

    #expect(agreement.items(named: "rim").flatMap(\.1).map(\.id) == ["rim_sign"])
    #expect(agreement.items(named: "t2w.iso").flatMap(\.1).map(\.id) == ["t2w.iso"])
    #expect(agreement.items(named: "nothing").isEmpty)
  }
}
