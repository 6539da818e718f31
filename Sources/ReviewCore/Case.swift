// One patient of a study. Whatever is nil or missing is *not stated*: never a guess.

public enum Sex: String, CaseIterable, Codable, Hashable, Sendable {
  case male, female
  /// `M` or `F`.
  public var letter: String { self == .male ? "M" : "F" }
}

public struct Presentation: Codable, Hashable, Sendable {
  public var symptoms: [String]
  /// As stated, with its unit: `5 days`.
  public var duration: String?

  public init(symptoms: [String], duration: String? = nil) {
    self.symptoms = symptoms
    self.duration = duration
  }
}

/// What the first radiology report had made of the images.
public struct OriginalReport: Codable, Hashable, Sendable {
  public var misread: Bool
  /// What it was taken for, where that is stated for this patient.
  public var takenFor: String?

  public init(misread: Bool, takenFor: String? = nil) {
    self.misread = misread
    self.takenFor = takenFor
  }
}

public struct Biopsy: Codable, Hashable, Sendable {
  /// What was taken: bone, or whatever else is stated.
  public struct Tissue: OpenWord {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let bone = Tissue(rawValue: "bone")
    public static let skin = Tissue(rawValue: "skin")
    public static let lymphNode = Tissue(rawValue: "lymph_node")
    public static let usual =
      [bone, skin, lymphNode] + ["disk", "epidural", "paraspinal", "psoas"].map { Tissue(rawValue: $0) }
  }
  public var tissue: Tissue
  /// As stated: `L5`, `S1 upper endplate`, `shoulder`.
  public var site: String?
  /// Set where the site is a bone of the codebook, so that the spine map can mark it.
  public var bone: Bone?
  /// As stated: `CT`.
  public var guidance: String?
  public var result: String
  /// What else is stated of the specimen, in our words.
  public var remark: String?

  public init(
    _ tissue: Tissue, site: String? = nil, bone: Bone? = nil, guidance: String? = nil, result: String,
    remark: String? = nil
  ) {
    self.tissue = tissue
    self.site = site
    self.bone = bone
    self.guidance = guidance
    self.result = result
    self.remark = remark
  }
}

public struct Culture: Codable, Hashable, Sendable {
  /// What was cultured: bone, blood, or whatever else is stated.
  public struct Specimen: OpenWord {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let bone = Specimen(rawValue: "bone")
    public static let blood = Specimen(rawValue: "blood")
    public static let usual =
      [bone, blood]
      + ["pus", "disk", "epidural", "paraspinal", "psoas", "urine", "sputum"].map { Specimen(rawValue: $0) }
  }
  public enum Result: String, CaseIterable, Codable, Hashable, Sendable { case positive, negative }
  public var specimen: Specimen
  public var result: Result
  public var organism: String?

  public init(_ specimen: Specimen, _ result: Result, organism: String? = nil) {
    self.specimen = specimen
    self.result = result
    self.organism = organism
  }
}

public struct BasisOfDiagnosis: OpenWord {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public static let histology = BasisOfDiagnosis(rawValue: "histology")
  /// The course under treatment.
  public static let therapeutic = BasisOfDiagnosis(rawValue: "therapeutic")
  public static let usual =
    [histology, therapeutic]
    + ["culture", "serology", "pcr", "imaging", "clinical"].map { BasisOfDiagnosis(rawValue: $0) }
}

public enum ClinicalOutcome: String, CaseIterable, Codable, Hashable, Sendable {
  case improved, cured, unchanged, worsened, died
}

/// One patient: everything that is stated apart from grades.
public struct Case: Codable, Hashable, Sendable, Identifiable {
  public var id: CaseID
  /// Shown while reading unless the protocol withholds it, because it may tell the answer.
  public var title: String?
  public var sex: Sex?
  /// In years.
  public var age: Int?
  public var presentation: Presentation?
  public var originalReport: OriginalReport?
  public var biopsies: [Biopsy]?
  public var cultures: [Culture]?
  public var basisOfDiagnosis: BasisOfDiagnosis?
  /// In the order given: `antibiotic`, `anti-tuberculous`, `surgical debridement`.
  public var therapy: [String]?
  public var outcome: ClinicalOutcome?
  /// The baseline first, then the follow-ups by months.
  public var examinations: [Examination]
  /// Grades stated of the follow-up as a whole, without the examination they were seen on.
  public var course: [FindingID: GradeValue]
  /// Nil where nothing is said of it: the usual one.
  public var anatomy: Anatomy?
  /// As stated: `teacher`.
  public var occupation: String?
  /// Laboratory values, in the order given; nil where they are not stated, as the lists below.
  public var labs: [StatedFact]?
  public var serology: [Serology]?
  public var pathogens: [Pathogen]?
  /// As stated; empty where there was none.
  public var surgery: [String]?
  /// What else is stated, each under a name of its own.
  public var facts: [StatedFact]?
  /// Facts that the codebook's rules use and no reader grades, as `pain.T12`; nil without any.
  public var given: [FindingID: GradeValue]?

  public init(
    id: CaseID, title: String? = nil, sex: Sex? = nil, age: Int? = nil, presentation: Presentation? = nil,
    originalReport: OriginalReport? = nil, biopsies: [Biopsy]? = nil, cultures: [Culture]? = nil,
    basisOfDiagnosis: BasisOfDiagnosis? = nil, therapy: [String]? = nil, outcome: ClinicalOutcome? = nil,
    examinations: [Examination] = [Examination(.baseline)], course: [FindingID: GradeValue] = [:],
    given: [FindingID: GradeValue]? = nil
  ) {
    self.id = id
    self.title = title
    self.sex = sex
    self.age = age
    self.presentation = presentation
    self.originalReport = originalReport
    self.biopsies = biopsies
    self.cultures = cultures
    self.basisOfDiagnosis = basisOfDiagnosis
    self.therapy = therapy
    self.outcome = outcome
    self.examinations = examinations
    self.course = course
    self.given = given
  }

  public func examination(_ id: ExaminationID) -> Examination? { examinations.first { $0.id == id } }

  public var followUps: [Examination] { examinations.filter { !$0.id.isBaseline } }

  /// The follow-up examination before this one, against which an interval is graded; nil for the first follow-up, which
  /// has the baseline before it, and for the baseline.
  public func followUp(before id: ExaminationID) -> ExaminationID? {
    guard let index = followUps.firstIndex(where: { $0.id == id }), index > 0 else { return nil }
    return followUps[index - 1].id
  }

  /// `M 53`, with `?` for what is not stated.
  public var patient: String { "\(sex?.letter ?? "?") \(age.map(String.init) ?? "?")" }
}
