// The derived criterion, the consistency checks and the flags of a course.

import ReviewCore
import Testing

@Suite struct ChecksTests {
  typealias ID = Codebook.ID

  @Test func theCriterionIsNotMetAsSoonAsOnePartIsNot() {
    let met: [FindingID: GradeValue] = [
      ID.t1w: .levels(["hypo"]), ID.t2w: .levels(["iso", "hyper"]), ID.stir: .levels(["hyper"]),
      ID.enhancement: .levels(["marginal", "global"]),
    ]
    func criterion(_ grades: [FindingID: GradeValue]) -> CriterionStanding? {
      let patient = Case(id: "1", examinations: [Examination(.baseline)])
      return SchemeReading(.vertebralOsteomyelitis, of: patient) { _, _ in grades }?.criteria(at: .baseline).first
    }
    #expect(criterion(met)?.standing == .met)
    var open = met
    open[ID.enhancement] = .notAcquired
    #expect(criterion(open)?.parts.map(\.standing) == [.met, .met, .met, .notStated])
    #expect(criterion(open)?.standing == .notStated)
    open[ID.t1w] = .levels(["iso"])
    #expect(criterion(open)?.standing == .notMet)
  }

  private func warnings(
    _ grades: [FindingID: GradeValue], baseline: [FindingID: GradeValue] = [:], _ examination: Examination,
    _ studyProtocol: StudyProtocol = StudyProtocol()
  ) -> [String] {
    let before = examination.id.isBaseline ? [] : [Examination(.baseline)]
    let view = CaseView(patientCase: Case(id: "1", examinations: before + [examination]), stage: .reading)
    return Codebook.vertebralOsteomyelitis.warnings(
      at: examination, of: view, studyProtocol: studyProtocol, grades: [:]
    ) {
      $1 == .previous ? [:] : $0 == examination.id ? grades : $0.isBaseline ? baseline : [:]
    }.map(\.text)
  }

  @Test func gradesThatDoNotGoTogetherWarnAndNothingElseDoes() {
    // Given
    let examination = Examination(
      .baseline,
      acquisitions: [
        Acquisition(.contrastEnhancedT1W, isAcquired: false), Acquisition(.stir, isAcquired: false),
        Acquisition(.t1w, tr: 900, te: 12),
      ])
    let grades: [FindingID: GradeValue] = [
      ID.enhancement: .levels(["global"]), ID.haloSign: .level("present"), ID.rimSign: .level("present"),
      ID.t2w: .notAssessable, ID.lesionNumber: .level("solitary"), ID.involvedBones: .sites([.bone(.l1), .bone(.l2)]),
    ]
    let studyProtocol = StudyProtocol(ranges: [SequenceRange(.t1w, tr: 500...700, te: 10...17)])

    // Then
    #expect(
      warnings(grades, examination, studyProtocol) == [
        "enhancement is graded, but contrast was not acquired",
        "halo is present, but T2W is not assessable", "halo is present, but STIR was not acquired",
        "rim is present, but T2W is not assessable", "rim is present, but STIR was not acquired",
        "solitary, but several bones are involved", "T1W: TR 900 ms is outside 500–700 ms of the protocol",
      ])
    #expect(
      warnings(grades.filter { $0.key == ID.enhancement }, Examination(.baseline), studyProtocol).isEmpty,
      "what is merely not stated never warns")
  }

  @Test func aSignInABoneThatIsNotInvolvedWarns() {
    func warnings(_ involved: [Site], rim: Bone?) -> [String] {
      let grades = [
        GradeKey(.baseline, ID.involvedBones): Grade(.sites(involved)),
        GradeKey(.baseline, ID.rimSign): Grade(.level("present"), bone: rim),
      ]
      return ConsistencyWarning.ofBones(grades, .vertebralOsteomyelitis, .usual).map(\.text)
    }
    #expect(
      warnings([.bone(.l1)], rim: .l2) == ["rim sign is seen in L2, which is not among the involved bones"])
    #expect(warnings([.bone(.l1), .bone(.l2)], rim: .l2).isEmpty)
    // An extent has the bones that it shades; of bones that are not graded, or none, other checks tell.
    #expect(warnings([.run(.t5, .l5)], rim: .l2).isEmpty && warnings([.wholeSpine], rim: .l2).isEmpty)
    #expect(warnings([], rim: .l2).isEmpty && warnings([.bone(.l1)], rim: nil).isEmpty)
  }

  /// *None* is an answer, and contradicts what is said of a lesion; without it nothing is said.
  @Test func noBoneContradictsWhatIsSaidOfALesion() {
    var grades: [FindingID: GradeValue] = [
      ID.involvedBones: .sites([]), ID.rimSign: .level("present"), ID.haloSign: .level("present"),
      ID.posteriorElements: .level("involved"), ID.lesionNumber: .level("multiple"),
    ]
    #expect(
      warnings(grades, Examination(.baseline)) == [
        "rim is present, but no bone is involved", "halo is present, but no bone is involved",
        "posterior elements are involved, but no bone is", "there are lesions, but no bone is involved",
      ])
    grades[ID.lesionNumber] = .level("solitary")
    #expect(warnings(grades, Examination(.baseline)).last == "there is a lesion, but no bone is involved")
    grades[ID.involvedBones] = nil
    #expect(warnings(grades, Examination(.baseline)).isEmpty)
    let none: [FindingID: GradeValue] = [
      ID.involvedBones: .sites([]), ID.rimSign: .level("absent"), ID.haloSign: .level("absent"),
      ID.posteriorElements: .level("spared"),
    ]
    #expect(warnings(none, Examination(.baseline)).isEmpty)
  }

  @Test func anAbscessOrMoreSoftTissueContradictsHealing() {
    let grades: [FindingID: GradeValue] = [
      ID.followUpGrade: .level("healed"), ID.abscess: .level("present"), ID.softTissueChange: .level("increased"),
    ]
    #expect(
      warnings(grades, Examination("5")) == ["healed, but there is an abscess", "healed, but soft tissue increased"])
  }

  @Test(
    arguments: [
      ("none", "reduced", "soft tissue is reduced although the baseline had no soft-tissue inflammation"),
      ("none", "resolved", "soft tissue is resolved although the baseline had no soft-tissue inflammation"),
      ("limited", "never_present", "soft tissue was never present although the baseline had soft-tissue inflammation"),
      (
        "extensive", "never_present", "soft tissue was never present although the baseline had soft-tissue inflammation"
      ),
      ("none", "never_present", nil), ("none", "increased", nil), ("limited", "resolved", nil), (nil, "reduced", nil),
    ] as [(LevelID?, LevelID, String?)])
  func aChangeOfSoftTissueThatTheBaselineRulesOutWarns(before: LevelID?, change: LevelID, warning: String?) {
    let baseline: [FindingID: GradeValue] = before.map { [ID.softTissueInflammation: .level($0)] } ?? [:]
    let found = warnings([ID.softTissueChange: .level(change)], baseline: baseline, Examination("5"))
    #expect(found == [warning].compactMap { $0 })
  }

  @Test func flagsOfACourse() {
    // Given: the last examination at 5 months, aggravated by its grade, but the patient improved.
    let values: (ExaminationID) -> [FindingID: GradeValue] = { examination in
      examination.isBaseline
        ? [ID.softTissueAbscess: .level("absent")]
        : [
          ID.followUpGrade: .level("aggravated"), ID.foci: .level("decreased"),
          ID.lesionChanges: .map([.l1: "decreased"]), ID.marrow: .level("partial"), ID.signalArea: .level("decreased"),
          ID.destruction: .level("stable"), ID.spread: .level("no"), ID.softTissueChange: .level("reduced"),
          ID.abscess: .level("absent"),
        ]
    }
    // Then
    func patient(_ last: ExaminationID) -> Case {
      Case(id: "1", examinations: [.baseline, last].map { Examination($0) })
    }
    #expect(
      CourseFlag.flags(.vertebralOsteomyelitis, of: patient("5"), outcome: .improved, values: values)
        == [.shortFollowUp, .imagingAgainstOutcome, .overruled])
    #expect(CourseFlag.flags(.vertebralOsteomyelitis, of: patient("6"), outcome: nil, values: { _ in [:] }) == [])
  }

  @Test func aPopulationMustAddUp() {
    let flow = [
      PopulationStep(10, "all", excluded: [.init(3, "no images", details: [.init(1, "lost"), .init(1, "moved")])]),
      PopulationStep(8, "read"),
    ]
    #expect(
      populationFaults(flow) == [
        "‘all’ leaves 7 patients, but ‘read’ has 8", "‘no images’ counts 3 patients, its parts 2",
      ])
  }
}
