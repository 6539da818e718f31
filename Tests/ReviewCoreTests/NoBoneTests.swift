// That no bone is involved is an answer: neither a bone, nor not graded, nor not assessable.

import Foundation
import Testing

@testable import ReviewCore

@Suite struct NoBoneTests {
  private let codebook = Codebook.vertebralOsteomyelitis
  private let bones = key(ID.involvedBones)

  private func finding(_ id: FindingID) throws -> Finding { try #require(codebook[id]) }

  @Test(arguments: [ID.involvedBones, ID.lesionChanges])
  func noneIsReadWrittenAndStandsAlone(id: FindingID) throws {
    let finding = try finding(id)
    let none = try finding.value("None")
    #expect(none.isNone && none.isAnswer && none.bones.isEmpty && none.regions.isEmpty)
    #expect(none.text == "none" && finding.words(none) == "none" && finding.glyphs(none) == "·")
    #expect(none.searchWords == ["none"] && finding.searchWords.contains("none"))
    // As the study file keeps it, and as JSON has it.
    #expect(try GradeValue(canonical: none.text, scale: finding.scale) == none)
    #expect(try JSONDecoder().decode([GradeValue].self, from: JSONEncoder().encode([none])) == [none])
    let other = finding.scale == .map ? "T11:new" : "T11"
    #expect(throws: GradeError.notAlone("none", id)) { try finding.value("none,\(other)") }
  }

  @Test func noneAgainstBonesIsDisputedBoneByBone() throws {
    let none = GradeValue.sites([])
    let bones = try #require(Codebook.vertebralOsteomyelitis[ID.involvedBones])
    func agreement(_ values: GradeValue...) -> ReaderAgreement { ReaderAgreement(values, of: bones) }
    #expect(agreement(none, none, none) == .unanimous)
    #expect(agreement(none, none, .sites([.bone(.l3)])) == .boneByBone(agreed: 0, disputed: 1))
    // There is no bone to count.
    #expect(agreement(none, none, .notAssessable) == .partial(2, of: 3))
    #expect(ReaderAgreement.majority([none, none, .sites([.bone(.l3)])], of: bones) == none)
    // That each bone is left out by most is nobody's word that none is involved.
    let each = [Bone.l1, .l2, .l3].map { GradeValue.sites([.bone($0)]) }
    #expect(ReaderAgreement.majority(each, of: bones) == nil)
  }

  @Test func aConsensusOnNoneThatNobodySaidNeedsARationale() throws {
    let split: [GradeValue?] = [.sites([.bone(.l1)]), .sites([.bone(.l2)]), .sites([.bone(.l3)])]
    var table = Table.agreeing(except: [ID.involvedBones: split])
    #expect(table.refusal(.agree(bones, AgreedGrade(Grade(.sites([]))))) == .rationaleNeeded("involved bones"))
    try table.play(.agree(bones, AgreedGrade(Grade(.sites([])), rationale: "collections only")))
    #expect(table.session.decisions[bones]?.grade?.value == .sites([]))
    // When one had said it, it is theirs
    let said = Table.agreeing(except: [ID.involvedBones: [.sites([]), .sites([]), .sites([.bone(.l3)])]])
    #expect(said.refusal(.agree(bones, AgreedGrade(Grade(.sites([]))))) == nil)
    #expect(said.session.suggestion(on: bones)?.grade?.value == .sites([]))
  }

  /// A reading of a baseline and a follow-up at 5 months, of which only the bones are graded.
  private func view(_ bones: GradeValue) -> CaseView {
    let reading = Reading(
      reader: "R1", examination: .baseline, state: .draft,
      grades: [GradeKey(.baseline, ID.involvedBones): Grade(bones)])
    let examinations = [Examination(.baseline), Examination(ExaminationID(months: 5))]
    return CaseView(
      patientCase: Case(id: "1", examinations: examinations), round: 1, stage: .reading, readings: [reading])
  }

  @Test func withoutBonesNobodyIsAskedWhatBecameOfThem() throws {
    let later = ExaminationID(months: 5)
    for (bones, isAsked) in [(GradeValue.sites([]), false), (.sites([.bone(.l1)]), true), (.notAssessable, true)] {
      let sheet = try #require(SigningSheet(view(bones), later, of: "R1", in: Study(title: "T")))
      #expect(sheet.missing.contains(ID.lesionChanges) == isAsked, "\(bones)")
      #expect(sheet.missing.contains(ID.marrow))
      // It can still be graded: a bone may be new.
      #expect(codebook.asked(at: later, of: view(bones), by: "R1").shown.map(\.id).contains(ID.lesionChanges))
    }
  }

  @Test func aConsensusWithoutBonesHasNothingToSayOfTheirChange() throws {
    let later = ExaminationID(months: 5)
    let changes = GradeKey(later, ID.lesionChanges)
    var table = Table(
      [ID.involvedBones: [.sites([]), .sites([]), .sites([.bone(.l3)])]], examinations: [.baseline, later])
    #expect(table.session.keys.contains(changes))
    try table.play(.agree(bones, AgreedGrade(Grade(.sites([])))))
    #expect(!table.session.keys.contains(changes))
    #expect(table.session.keys.contains(GradeKey(later, ID.marrow)))
    try table.play(.agree(bones, AgreedGrade(Grade(.sites([.bone(.l3)])))))
    #expect(table.session.keys.contains(changes))
  }

  @Test func rulesAndFiltersSeeNoneAsNoPlace() throws {
    let reading = SchemeReading(codebook, of: Case(id: "1")) { examination, _ in
      examination.isBaseline ? [ID.involvedBones: .sites([]), ID.lesionNumber: .level("solitary")] : [:]
    }
    // Not that several bones are involved.
    #expect(
      try #require(reading).warnings(at: .baseline).map(\.text) == ["there is a lesion, but no bone is involved"])
    let (filter, problems) = WorklistFilter.parse("bones:none", codebook: codebook)
    #expect(filter.facts == [.grade(ID.involvedBones, "none")] && problems.isEmpty)
  }
}
