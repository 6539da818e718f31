// Warnings about grades that do not go together. They warn; they never change a grade.

/// One warning, with the findings it is about.
public struct ConsistencyWarning: Hashable, Sendable {
  public var findings: [FindingID]
  public var text: String

  public init(_ findings: [FindingID], _ text: String) {
    self.findings = findings
    self.text = text
  }
}

/// Looks at grades and at acquisitions explicitly *not acquired*, never at what is merely not stated.
public enum ConsistencyCheck {
  private typealias ID = Codebook.ID

  /// Changes of soft tissue that the baseline's soft tissue does not allow.
  private static let softTissue: [(baseline: Set<LevelID>, change: LevelID, text: String)] = [
    (["none"], "reduced", "soft tissue is reduced although the baseline had no soft-tissue inflammation"),
    (["none"], "resolved", "soft tissue is resolved although the baseline had no soft-tissue inflammation"),
    (
      ["limited", "extensive"], "never_present",
      "soft tissue was never present although the baseline had soft-tissue inflammation"
    ),
  ]

  /// - Parameters:
  ///   - grades: of one examination.
  ///   - baseline: those of the baseline by the same reader or consensus; empty where they are not known.
  public static func warnings(
    _ grades: [FindingID: GradeValue], baseline: [FindingID: GradeValue], examination: Examination,
    studyProtocol: StudyProtocol
  ) -> [ConsistencyWarning] {
    var warnings: [ConsistencyWarning] = []
    func graded(_ finding: FindingID, _ level: LevelID) -> Bool { grades[finding]?.contains(level) ?? false }

    if let value = grades[ID.enhancement], value.isAnswer, examination.lacks(.contrastEnhancedT1W) {
      warnings.append(.init([ID.enhancement], "enhancement is graded, but contrast was not acquired"))
    }
    let signs: [(FindingID, String, [(FindingID, MRSequence)])] = [
      (ID.haloSign, "halo", [(ID.t2w, .t2w), (ID.stir, .stir)]),
      (ID.rimSign, "rim", [(ID.t1w, .t1w), (ID.t2w, .t2w), (ID.stir, .stir)]),
    ]
    for (sign, name, sequences) in signs where graded(sign, "present") {
      for (signal, sequence) in sequences {
        if examination.lacks(sequence) || grades[signal] == .notAcquired {
          warnings.append(.init([sign, signal], "\(name) is present, but \(sequence.title) was not acquired"))
        } else if grades[signal] == .notAssessable {
          warnings.append(.init([sign, signal], "\(name) is present, but \(sequence.title) is not assessable"))
        }
      }
    }
    let sites = grades[ID.involvedBones]?.siteList ?? []
    if graded(ID.lesionNumber, "solitary"), sites.count > 1 || sites.contains(where: \.coversSeveralBones) {
      warnings.append(.init([ID.lesionNumber, ID.involvedBones], "solitary, but several bones are involved"))
    }
    for grade in ["healing", "healed"] as [LevelID] where graded(ID.followUpGrade, grade) {
      if graded(ID.abscess, "present") {
        warnings.append(.init([ID.followUpGrade, ID.abscess], "\(grade), but there is an abscess"))
      }
    }
    if graded(ID.followUpGrade, "healed"), graded(ID.softTissueChange, "increased") {
      warnings.append(.init([ID.followUpGrade, ID.softTissueChange], "healed, but soft tissue increased"))
    }
    let before = Set(baseline[ID.softTissueInflammation]?.levelIDs ?? [])
    for row in softTissue where graded(ID.softTissueChange, row.change) && !row.baseline.isDisjoint(with: before) {
      warnings.append(.init([ID.softTissueChange, ID.softTissueInflammation], row.text))
    }
    return warnings + ofAcquisitions(examination, studyProtocol)
  }

  /// Times of acquisition outside the ranges of the protocol.
  static func ofAcquisitions(_ examination: Examination, _ studyProtocol: StudyProtocol) -> [ConsistencyWarning] {
    examination.acquisitions.filter(\.isAcquired).flatMap { acquisition in
      (studyProtocol.range(for: acquisition.sequence)?.faults(acquisition) ?? []).map {
        ConsistencyWarning([], "\(acquisition.sequence.title): \($0) of the protocol")
      }
    }
  }
}

extension Site {
  /// A run or the whole spine is more than one bone; the upper sacrum may be one lesion.
  fileprivate var coversSeveralBones: Bool {
    switch self {
    case .wholeSpine, .run: true
    case .bone, .upperSacrum: false
    }
  }
}
