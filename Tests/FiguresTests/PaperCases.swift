// The seven cases of the source paper, as far as pictures need them.

import ReviewCore

typealias ID = Codebook.ID

struct PaperCase {
  var patient: Case
  var grades: [ExaminationID: [FindingID: GradeValue]]

  var appearance: LesionGrades { grades[.baseline] ?? [:] }
  func values(_ examination: ExaminationID) -> [FindingID: GradeValue] { grades[examination] ?? [:] }

  typealias LesionGrades = [FindingID: GradeValue]

  static let all: [PaperCase] = rows.enumerated().map { index, row in
    let examinations = [Examination(.baseline)] + row.months.map { Examination(ExaminationID(months: $0)) }
    var grades: [ExaminationID: [FindingID: GradeValue]] = [
      .baseline: made([
        (ID.involvedBones, row.bones), (ID.lesionNumber, row.lesions), (ID.t1w, "hypo"), (ID.t2w, row.t2w),
        (ID.stir, "hyper"), (ID.enhancement, row.enhancement), (ID.rimSign, row.rim), (ID.haloSign, "present"),
        (ID.disks, "preserved"), (ID.softTissueInflammation, row.inflammation), (ID.softTissueAbscess, "absent"),
      ])
    ]
    if let last = row.months.last {
      grades[ExaminationID(months: last)] = made([(ID.followUpGrade, "healing")] + (index == 4 ? almost : []))
    }
    if index == 4 {
      grades["5"] = made([(ID.lesionChanges, "T11:increased,L1:increased,L3:increased,L4:new,L2:decreased")])
    }
    return PaperCase(
      patient: Case(
        id: CaseID("\(index + 1)"), sex: row.sex, age: row.age,
        biopsies: [Biopsy(.bone, bone: row.biopsy, result: "chronic osteomyelitis")], therapy: row.therapy,
        outcome: index == 4 ? .cured : .improved, examinations: examinations,
        course: [ID.healingEdge: .level("present")]),
      grades: grades)
  }

  private static let almost = [(ID.marrow, "almost_complete")]

  /// Grades from words; a word the codebook does not know is left out, and the goldens would show it.
  static func made(_ words: [(FindingID, String)]) -> [FindingID: GradeValue] {
    words.reduce(into: [:]) { $0[$1.0] = try? Codebook.vertebralOsteomyelitis[$1.0]?.value($1.1) }
  }

  private struct Row {
    var sex: Sex
    var age: Int
    var bones: String
    var lesions = "multiple"
    var t2w = "iso,hyper"
    var enhancement = "global"
    var rim = "present"
    var inflammation = "limited"
    var biopsy: Bone
    var therapy = ["antibiotic"]
    var months: [Double]
  }

  private static let rows = [
    Row(sex: .male, age: 53, bones: "L5", lesions: "solitary", biopsy: .l5, months: [2]),
    Row(
      sex: .male, age: 42, bones: "S1", lesions: "solitary", t2w: "hyper", biopsy: .s1,
      therapy: ["surgical debridement", "antibiotic"], months: [5]),
    Row(sex: .male, age: 80, bones: "T10,L1,upper_sacrum", t2w: "hyper", biopsy: .l1, months: [4]),
    Row(
      sex: .female, age: 46, bones: "T5-L5,upper_sacrum,pelvic_girdles", enhancement: "marginal,global", rim: "absent",
      biopsy: .t11, months: [3, 8, 12]),
    Row(
      sex: .male, age: 56, bones: "whole_spine,ribs", inflammation: "none", biopsy: .t11,
      therapy: ["antibiotic", "anti-TB"], months: [5, 10.5, 25]),
    Row(
      sex: .female, age: 53, bones: "whole_spine", enhancement: "marginal,global", biopsy: .l3,
      therapy: ["antibiotic", "anti-TB"], months: [6.5]),
    Row(
      sex: .male, age: 66, bones: "whole_spine,ribs,sternum,pectoral_girdles,pelvic_girdles",
      enhancement: "marginal,global", biopsy: .l3, therapy: ["antibiotic", "anti-TB"], months: [7]),
  ]
}
