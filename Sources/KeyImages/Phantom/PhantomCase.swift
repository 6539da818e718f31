// What a phantom is drawn from: the grades that are stated of an examination, and nothing else.

import ReviewCore

/// An examination as its grades tell it. Drawn from published grades only, never from a reader's.
package struct PhantomCase: Hashable, Sendable {
  /// What becomes of lesions until a follow-up.
  package struct Course: Hashable, Sendable {
    /// Size of a lesion against the baseline; 0 is gone.
    var scale: Double
    /// How much of its contrast against marrow is left, 0 to 1.
    var contrast: Double
    /// A rim of fat stands around what is left.
    var hasEdge: Bool

    static let baseline = Course(scale: 1, contrast: 1, hasEdge: false)
  }

  package let caseID: CaseID
  package let examination: ExaminationID
  /// Of the baseline.
  let grades: [FindingID: GradeValue]
  let rimBone: Bone?
  let haloBone: Bone?
  private let course: Course
  private let changes: [Bone: LevelID]
  /// Bones that any examination names: all examinations are drawn in one field.
  private let changed: Set<Bone>
  /// Bones whose lesion is new at a follow-up: it is not there before.
  private let newcomers: [Bone: ExaminationID]
  private let lacking: Set<MRSequence>

  private typealias ID = Codebook.ID

  /// Nil where nothing is stated of the examination: what is not stated is not drawn.
  package init?(_ patientCase: Case, published: Consensus, at id: ExaminationID) {
    guard let examination = patientCase.examination(id) else { return nil }
    let isLast = patientCase.examinations.last?.id == id
    let stated = published.values(at: id)
    let later = isLast && !id.isBaseline ? patientCase.course : [:]
    if stated.isEmpty, later.isEmpty { return nil }
    caseID = patientCase.id
    self.examination = id
    grades = published.values(at: .baseline)
    rimBone = published.grades[GradeKey(.baseline, ID.rimSign)]?.grade?.bone
    haloBone = published.grades[GradeKey(.baseline, ID.haloSign)]?.grade?.bone
    changes = stated[ID.lesionChanges]?.changes ?? [:]
    course = id.isBaseline ? .baseline : Self.course(stated.merging(later) { own, _ in own })
    changed = patientCase.followUps.reduce(into: []) { bones, followUp in
      bones.formUnion((published.values(at: followUp.id)[ID.lesionChanges]?.changes ?? [:]).keys)
    }
    newcomers = patientCase.followUps.reduce(into: [:]) { newcomers, followUp in
      for (bone, level) in published.values(at: followUp.id)[ID.lesionChanges]?.changes ?? [:] where level == "new" {
        newcomers[bone] = followUp.id
      }
    }
    lacking = Set(MRSequence.allCases.filter(examination.lacks))
  }

  private static func course(_ stated: [FindingID: GradeValue]) -> Course {
    func has(_ finding: FindingID, _ level: LevelID) -> Bool { stated[finding]?.contains(level) ?? false }
    var course = Course.baseline
    if has(ID.followUpGrade, "healing") { course = Course(scale: 0.7, contrast: 0.75, hasEdge: false) }
    if has(ID.marrow, "partial") { course = Course(scale: 0.65, contrast: 0.7, hasEdge: false) }
    if has(ID.marrow, "almost_complete") { course = Course(scale: 0.4, contrast: 0.5, hasEdge: false) }
    if has(ID.followUpGrade, "healed") || has(ID.marrow, "complete") {
      course = Course(scale: 0, contrast: 0, hasEdge: false)
    }
    if has(ID.followUpGrade, "aggravated") { course = Course(scale: 1.25, contrast: 1, hasEdge: false) }
    course.hasEdge = has(ID.healingEdge, "present")
    return course
  }

  /// The series that are drawn, in the order of the codebook.
  package var sequences: [MRSequence] { MRSequence.allCases.filter { !lacking.contains($0) && !isUngraded($0) } }

  private func isUngraded(_ sequence: MRSequence) -> Bool {
    switch sequence {
    case .t1w: grades[ID.t1w]?.isAnswer != true
    case .t2w: grades[ID.t2w]?.isAnswer != true
    case .stir: grades[ID.stir]?.isAnswer != true
    default: grades[ID.enhancement]?.isAnswer != true
    }
  }

  func has(_ finding: FindingID, _ level: LevelID) -> Bool { grades[finding]?.contains(level) ?? false }

  /// The vertebrae that the grades name one by one, at the baseline or in what became of them.
  var namedBones: Set<Bone> {
    let named = (grades[ID.involvedBones]?.siteList ?? []).compactMap { site -> Bone? in
      if case .bone(let bone) = site { bone } else { nil }
    }
    return Set(named + changed + [rimBone, haloBone].compactMap(\.self)).filter(\.isVertebra)
  }

  /// All vertebrae that may hold a lesion: those named, and those that an extent shades.
  var shadedBones: Set<Bone> {
    Set((grades[ID.involvedBones]?.siteList ?? []).flatMap(\.shaded)).union(namedBones).filter(\.isVertebra)
  }

  /// Whether an extent is so long that it says nothing of a single vertebra.
  func isLoose(_ bone: Bone) -> Bool { !namedBones.contains(bone) }

  /// What became of the lesion of a bone until this examination.
  func course(of bone: Bone) -> Course {
    if let first = newcomers[bone], examination.months < first.months || changes[bone] != "new" {
      return Course(scale: 0, contrast: 0, hasEdge: false)
    }
    var own = course
    switch changes[bone] {
    case "increased": own.scale = 1.3
    case "decreased": own.scale = min(0.65, own.scale)
    case "resolved": own.scale = 0
    case "new": (own.scale, own.contrast) = (0.8, 1)
    default: break
    }
    return own
  }
}
