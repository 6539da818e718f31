// What a person types to narrow a worklist.

import ReviewCore
import Testing

@Suite struct WorklistFilterTests {
  let codebook = Codebook.vertebralOsteomyelitis

  @Test func wordsAndFactsAreToldApart() {
    let (filter, problems) = WorklistFilter.parse(
      "Fever rim:absent bones:sacrum status:draft sex:f age:>60 follow-up:<6", codebook: codebook)
    #expect(problems.isEmpty)
    #expect(filter.words == ["fever"])
    #expect(
      filter.facts == [
        .grade(Codebook.ID.rimSign, "absent"), .grade(Codebook.ID.involvedBones, "sacral"), .status(.draft),
        .sex(.female),
        .age(61...1000), .followUp(0...5.999),
      ])
  }

  @Test(arguments: [
    ("rimm:absent", "there is no fact ‘rimm’; did you mean ‘rim’?"),
    ("rim:maybe", "rim: there is no ‘maybe’; use absent, present, not-assessable, not-acquired"),
    (
      "status:done", "status: there is no ‘done’; use todo, draft, signed, ready, opened, recorded, published, imported"
    ),
    ("age:old", "age: ‘old’ is not a number; write age:60, age:<60, age:>60 or age:40-60"),
    (
      "bones:nowhere",
      "bones: there is no ‘nowhere’; use T11, T5-L5, whole-spine, upper-sacrum, cervical, thoracic, lumbar, sacral, pelvic-girdles, ribs, sternum, "
        + "pectoral-girdles, pelvic-girdle-left, pelvic-girdle-right, ribs-left, ribs-right, pectoral-girdle-left, "
        + "pectoral-girdle-right, none, not-assessable, not-acquired"
    ),
    (
      "bones:l5-t5",
      "bones: there is no ‘l5-t5’; use T11, T5-L5, whole-spine, upper-sacrum, cervical, thoracic, lumbar, sacral, pelvic-girdles, ribs, sternum, "
        + "pectoral-girdles, pelvic-girdle-left, pelvic-girdle-right, ribs-left, ribs-right, pectoral-girdle-left, "
        + "pectoral-girdle-right, none, not-assessable, not-acquired"
    ),
    ("rim:", "rim: directly after the colon, one of absent, present, not-assessable, not-acquired"),
    ("case:", "case: write case:4 or case:SPINE-0*"),
    ("age:", "age: write age:60, age:<60, age:>60 or age:40-60"),
    ("age:60-40", "age: ‘60-40’ is not a number; write age:60, age:<60, age:>60 or age:40-60"),
  ])
  func aFactThatMeansNothingIsNamed(text: String, problem: String) {
    let (filter, problems) = WorklistFilter.parse(text, codebook: codebook)
    #expect(filter.isEmpty)
    #expect(problems == [problem])
  }

  @Test(arguments: [
    "bones:t11", "bones:T5-L5", "bones:upper-sacrum", "bones:whole_spine", "bones:ribs-left", "bones:pelvic-girdles",
    "bones:not-assessable", "lesion_changes:new", "lesion_changes:L4",
  ])
  func placesAndChangesAreFacts(text: String) {
    let (filter, problems) = WorklistFilter.parse(text, codebook: codebook)
    #expect(problems.isEmpty)
    #expect(filter.facts.count == 1)
  }

  @Test(arguments: [
    ("4", "4", true), ("4", "14", false), ("4", "42", false), ("spine-0*", "SPINE-012", true),
    ("SPINE-0*", "SPINE-100", false), ("*-7", "A-7", true), ("*-7", "A-70", false), ("a*b*c", "aXbYbZc", true),
    ("a*b*c", "acb", false), ("aa*aa", "aaa", false), ("*", "anything", true), ("1%", "12", false),
    ("4", "SPINE-2024-0004", true), ("004", "4", true), ("4", "SPINE-2024-0014", false), ("4", "4-b", false),
    ("0", "A-000", true), ("0", "A", false), ("2024", "SPINE-2024-0004", false), ("a-4", "a-04", false),
  ])
  func aCaseIsMeantByItsIdOrAPattern(pattern: String, id: CaseID, isMeant: Bool) {
    let (filter, problems) = WorklistFilter.parse("case:\(pattern)", codebook: codebook)
    #expect(problems.isEmpty && filter.facts == [.id(pattern)])
    #expect(WorklistFilter.matches(pattern, id) == isMeant)
  }

  @Test func aGradeIsFoundByItsLevelsBonesAndRegions() {
    #expect(GradeValue.levels(["iso", "hyper"]).searchWords == ["iso", "hyper"])
    #expect(
      GradeValue.sites([.bone(.t10), .upperSacrum]).searchWords == ["t10", "upper-sacrum", "sacral", "thoracic"])
    #expect(GradeValue.notAssessable.searchWords == ["not-assessable"])
  }

  @Test(arguments: [("t11", "T11"), ("whole-spin", "whole_spine"), ("zzzzzz", nil)] as [(String, String?)])
  func theNearestWordIsOfferedOnlyIfItIsNear(typed: String, nearest: String?) {
    #expect(Spelling.nearest(to: typed, in: Bone.allCases.map(\.rawValue) + ["whole_spine"]) == nearest)
  }

  /// Of one letter nothing is left after one edit: case 9 is not a misspelt case 1.
  @Test func aSingleLetterIsNearNothing() {
    #expect(Spelling.nearest(to: "9", in: ["1", "2", "7"]) == nil)
    #expect(Spelling.nearest(to: "12", in: ["1", "21"]) == "1")
  }
}
