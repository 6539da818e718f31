// Grades as people type and read them.

import Foundation
import ReviewCore
import Testing

@Suite struct GradeValueTests {
  let codebook = Codebook.vertebralOsteomyelitis

  func finding(_ name: String) throws -> Finding { try #require(codebook.finding(named: name)) }

  @Test(arguments: [
    ("rim", "present", "present"), ("t2w", "hyper, iso", "iso,hyper"),
    ("bones", "L1,T10,upper_sacrum", "T10,L1,upper_sacrum"),
    ("bones", "ribs", "ribs_left,ribs_right"), ("bones", "pelvic_girdles", "pelvic_girdle_left,pelvic_girdle_right"),
    ("bones", "t5-l5", "T5-L5"), ("changes", "L2:decreased,T11:increased", "T11:increased,L2:decreased"),
    ("changes", "t11:increased,Sternum:new", "T11:increased,sternum:new"),
    ("stir", "not_assessable", "not-assessable"), ("enhancement", "not-acquired", "not-acquired"),
    ("marrow", "almost-complete", "almost_complete"),
  ])
  func aPersonsTextBecomesTheCanonicalOne(name: String, typed: String, canonical: String) throws {
    let finding = try finding(name)
    let value = try finding.value(typed)
    #expect(value.text == canonical)
    #expect(try GradeValue(canonical: canonical, scale: finding.scale) == value)
    #expect(try JSONDecoder().decode(GradeValue.self, from: JSONEncoder().encode(value)) == value)
  }

  /// Another value leaves what was seen and noted, not how certain the reader was of the one before.
  @Test func aCertaintyIsOfOneValue() {
    let grade = Grade(.level("present"), note: "thin", bone: .l5, confidence: 4)
    #expect(grade.with(.level("present")) == grade)
    #expect(grade.with(.level("absent")) == Grade(.level("absent"), note: "thin", bone: .l5))
  }

  @Test(arguments: [
    ("rim", "maybe", "rim_sign: there is no level ‘maybe’; allowed: absent, present, not-assessable, not-acquired"),
    ("rim", "absent,present", "rim_sign: takes one level only"),
    ("rim", " , ", "rim_sign: no grade given"),
    ("bones", "T13", "there is no bone or extent ‘T13’; did you mean ‘T1’?"),
    ("changes", "T11", "‘T11’ is not a change of a bone; write it as T11:increased"),
    ("changes", "T11:new,T11:new", "T11 is named twice"),
    (
      "changes", "upper_sacrum:increased",
      "‘upper_sacrum’ is several bones, and a change is of each; name them one by one, as S1:increased,S2:increased"
    ),
    (
      "changes", "T5-L5",
      "‘T5-L5’ is several bones, and a change is of each; name them one by one, as T5:increased,T6:increased"
    ),
    (
      "changes", "femur:new",
      "there is no bone ‘femur’; use C1…C7, T1…T12, L1…L5, S1…S5, "
        + Bone.girdles.map(\.rawValue).joined(separator: ", ") + ", or none"
    ),
  ])
  func aWrongTextIsAnsweredWithTheCure(name: String, typed: String, message: String) throws {
    let finding = try finding(name)
    #expect {
      try finding.value(typed)
    } throws: { error in
      (error as? GradeError)?.description == message
    }
  }

  @Test func wordsArePeoplesWords() throws {
    #expect(
      try finding("bones").words(.sites([.wholeSpine, .bone(.ribsLeft), .bone(.ribsRight)])) == "whole spine, both ribs"
    )
    #expect(
      try finding("bones").words(.sites([.run(.t5, .l5), .bone(.pelvicGirdleLeft), .bone(.pelvicGirdleRight)]))
        == "T5–L5, both pelvic girdles")
    #expect(try finding("t2w").words(.levels(["iso", "hyper"])) == "iso + hyper")
    #expect(try finding("t2w").glyphs(.levels(["iso", "hyper"])) == "±+")
    let changes = try finding("lesion_changes")
    #expect(changes.glyphs(.map([.l5: "decreased", .t11: "increased"])) == "↑↓")
    #expect(changes.glyphs(.map([.l5: "decreased", .t11: "new", .l1: "new", .l2: "new"])) == "4")
    let bones = try finding("involved_bones")
    #expect(bones.glyphs(.sites([.bone(.t11)])) == "T11" && bones.glyphs(.sites([.bone(.t11), .bone(.l5)])) == "2")
    #expect(bones.glyphs(.sites([.wholeSpine])) == "1")
  }

  @Test func theWholeSpineCountsTowardEveryRegionOfTheSpineAndNoOther() {
    #expect(GradeValue.sites([.wholeSpine]).regions == [.cervical, .thoracic, .lumbar, .sacral])
    #expect(GradeValue.sites([.run(.t5, .l5), .upperSacrum]).regions == [.thoracic, .lumbar, .sacral])
    #expect(Site(id: "L5-T5") == nil)
    #expect(Site(id: "T5-ribs_left") == nil)
  }

  @Test func levelsHaveDistinctGlyphsWithinAFinding() {
    for finding in codebook.findings {
      #expect(Set(finding.levels.map(\.glyph)).count == finding.levels.count, "\(finding.id)")
      #expect(finding.levels.allSatisfy { $0.glyph.count == 1 }, "\(finding.id)")
      #expect(finding.shortTitle.count <= 12, "\(finding.id)")
    }
  }

  @Test func namesOfFindingsAreUnique() {
    let names = codebook.findings.map(\.id.rawValue) + codebook.findings.flatMap(\.aliases)
    #expect(Set(names).count == names.count)
  }
}
