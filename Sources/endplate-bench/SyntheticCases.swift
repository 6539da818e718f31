// Cases and grades by the dice: plausible in number and kind, meaningless otherwise.

import Foundation
import ReviewCore

/// SplitMix64: the same seed makes the same study.
struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

struct SyntheticCases {
  private var dice: Dice
  private let codebook = Codebook.vertebralOsteomyelitis

  init(seed: UInt64) { dice = Dice(state: seed) }

  private static let symptoms = ["fever", "low-back pain", "neck pain", "weight loss", "night sweats"]

  mutating func patientCase(_ number: Int) -> Case {
    let courses: [[Double]] = [[], [], [Double(Int.random(in: 1...24, using: &dice))], [3, 12]]
    let months = courses.randomElement(using: &dice) ?? []
    return Case(
      id: CaseID(String(number)), title: "case \(number)", sex: Bool.random(using: &dice) ? .male : .female,
      age: Int.random(in: 18...90, using: &dice),
      presentation: Presentation(symptoms: Array(Self.symptoms.shuffled(using: &dice).prefix(2))),
      therapy: ["antibiotic"], outcome: .improved,
      examinations: [
        Examination(.baseline, acquisitions: [.t1w, .t2w, .stir].map { Acquisition($0, plane: .sagittal) })
      ] + months.map { Examination(ExaminationID(months: $0)) })
  }

  /// Half of the cases signed, a fifth in draft, the rest to do.
  mutating func readings(of patientCase: Case, by reader: PrincipalID, at date: Date) -> [Reading] {
    let lot = Int.random(in: 0..<10, using: &dice)
    guard lot < 7 else { return [] }
    let examinations = lot < 5 ? patientCase.examinations : Array(patientCase.examinations.prefix(1))
    return examinations.map { examination in
      let findings = codebook.findings(at: examination.id)
      let graded = lot < 5 ? findings : Array(findings.prefix(Int.random(in: 1..<findings.count, using: &dice)))
      let grades = graded.map { (GradeKey(examination.id, $0.id), Grade(value(of: $0))) }
      return Reading(
        reader: reader, examination: examination.id, state: lot < 5 ? .signed(date) : .draft,
        grades: Dictionary(uniqueKeysWithValues: grades))
    }
  }

  /// In every third reading two findings had another grade first.
  mutating func revisions(of reading: Reading) -> [[GradeKey: Grade]] {
    guard Int.random(in: 0..<3, using: &dice) == 0 else { return [] }
    return reading.grades.keys.sorted { $0.finding < $1.finding }.prefix(2).compactMap { key in
      codebook[key.finding].map { [key: Grade(value(of: $0))] }
    }
  }

  private mutating func value(of finding: Finding) -> GradeValue {
    let levels = finding.levels.map(\.id).shuffled(using: &dice)
    switch finding.scale {
    case .choice: return .level(levels[0])
    case .set: return .levels(finding.inCodeOrder(levels.prefix(Int.random(in: 1...2, using: &dice))))
    case .sites: return .sites(bones().sorted().map(Site.bone))
    case .number: return .number(0)
    case .map: return .map(Dictionary(uniqueKeysWithValues: bones().map { ($0, levels[0]) }))
    }
  }

  private mutating func bones() -> ArraySlice<Bone> {
    Bone.spine.shuffled(using: &dice).prefix(Int.random(in: 1...3, using: &dice))
  }
}
