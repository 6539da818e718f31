// Transitional segments: L6 is a bone of patients whose case declares it, and of nobody else.

import Foundation
import Testing

@testable import ReviewCore

@Suite struct AnatomyTests {
  private let bones = Codebook.vertebralOsteomyelitis[ID.involvedBones]
  private let changes = Codebook.vertebralOsteomyelitis[ID.lesionChanges]
  private let sixth = Anatomy(extra: [.l6])

  @Test(arguments: ["L6", "L4-L6", "L5,l6"])
  func whoHasItCanNameIt(text: String) throws {
    let finding = try #require(bones)
    let value = try finding.value(text, in: sixth)
    #expect(value.bones.contains(.l6) || value.text == "L4-L6")
    #expect(try GradeValue(canonical: value.text, scale: .sites) == value)
    let error = #expect(throws: GradeError.self) { try finding.value(text) }
    let words = error?.description ?? ""
    for part in ["no L6", "C1…C7", "L1…L5", "pelvic_girdle_left", "none", "anatomy: {extra: [L6]}"] {
      #expect(words.contains(part), "\(words)")
    }
  }

  @Test func itLiesBetweenL5AndS1() throws {
    #expect(Bone.l5 < .l6 && .l6 < Bone.s1)
    #expect(sixth.spine.count == 30 && Anatomy.usual.spine.count == 29 && !Bone.spine.contains(.l6))
    let run = Site.run(.l4, .s1)
    #expect(run.shaded(in: sixth) == [.l4, .l5, .l6, .s1] && run.shaded(in: .usual) == [.l4, .l5, .s1])
    #expect(Site.wholeSpine.shaded(in: sixth).contains(.l6) && !Site.wholeSpine.shaded.contains(.l6))
    #expect(Site.bone(.l6).regions == [.lumbar])
    #expect(sixth.bones(of: .lumbar).last == .l6 && Region.lumbar.bones.last == .l5)
    #expect(Bone.s1.follows(.l5) && Bone.l6.follows(.l5) && Bone.s1.follows(.l6) && !Bone.s1.follows(.l4))
  }

  /// What conditions of the codebook see of a patient's bones.
  private func warnings(_ anatomy: Anatomy?, _ text: String) throws -> [String] {
    var patient = Case(id: "1", examinations: [Examination(.baseline), Examination(ExaminationID(months: 5))])
    patient.anatomy = anatomy
    let value = try #require(bones).value(text, in: patient.bones)
    let reading = SchemeReading(.vertebralOsteomyelitis, of: patient) { examination, _ in
      examination.isBaseline ? [ID.involvedBones: value, ID.lesionNumber: .level("solitary")] : [:]
    }
    return try #require(reading).warnings(at: .baseline).map(\.text)
  }

  @Test func rulesCountIt() throws {
    #expect(try warnings(sixth, "L5,L6").count == 1)
    #expect(try warnings(sixth, "L6").isEmpty)
    // A change there leads to the rule's grade as any other.
    var patient = Case(id: "1", examinations: [Examination(.baseline), Examination(ExaminationID(months: 5))])
    patient.anatomy = sixth
    let value = try #require(changes).value("L6:new", in: sixth)
    let outcome = Codebook.vertebralOsteomyelitis.suggestion(at: "5", comparator: .baseline, of: patient) { id, _ in
      id == "5" ? [ID.lesionChanges: value] : [:]
    }
    #expect(outcome?.grade?.level == "aggravated")
    #expect(outcome?.grade?.sentence.contains("L6") == true, "\(outcome?.grade?.sentence ?? "")")
  }

  @Test func aConsensusTakesItOnlyWhereTheCaseHasIt() throws {
    for (anatomy, isTaken) in [(sixth, true), (.usual, false)] as [(Anatomy, Bool)] {
      var patient = Case(id: "1")
      patient.anatomy = anatomy
      let session = Deliberation(
        caseID: "1", codebook: .vertebralOsteomyelitis, examinations: [.baseline], readers: ["R1", "R2"], readings: [],
        patientCase: patient)
      let move = ConsensusMove.agree(
        key(ID.involvedBones), AgreedGrade(Grade(.sites([.bone(.l6)])), rationale: "seen"))
      let act = try? session.act(move, by: r1)
      #expect((act != nil) == isTaken)
    }
  }

  @Test func aProtocolOfBeforeWithholdsWhatItDidNotKnow() throws {
    var old = try #require(
      JSONSerialization.jsonObject(with: JSONEncoder().encode(StudyProtocol(withheld: [.culture]))) as? [String: Any])
    old["withheldSaysLater"] = nil
    let read = try JSONDecoder().decode(StudyProtocol.self, from: JSONSerialization.data(withJSONObject: old))
    #expect(read.withheld == [.culture, .labs, .facts])
    #expect(StudyProtocol(withheld: [.culture]).withheld == [.culture])
  }
}
