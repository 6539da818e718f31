// The source paper's codebook: the file that people read is what the program works with.

import Codebooks
import Foundation
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@Suite struct PaperCodebookTests {
  private typealias ID = Codebook.ID

  private static let asRead = "Sources/CCodebook/vertebral_osteomyelitis.json"

  /// What was read of the file is embedded, so that no start of the program reads YAML. `UPDATE_GOLDENS=1` writes it anew.
  @Test func whatIsEmbeddedIsWhatIsReadOfTheFile() throws {
    // Given
    let file = try #require(SampleCases.codebooks.first { $0.name == "vertebral_osteomyelitis.yaml" })
    let read = CodebookReader.codebook(InputFile(name: file.name, bytes: file.bytes))
    let scheme = try #require(CodebookReader.read(InputFile(name: file.name, bytes: file.bytes)).value)
    #expect(read.faults.isEmpty)
    // When
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(scheme.file), as: UTF8.self) + "\n"
    // Then
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent(Self.asRead)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
      try json.write(to: path, atomically: true, encoding: .utf8)
      return
    }
    #expect(try String(contentsOf: path, encoding: .utf8) == json, "write it anew with UPDATE_GOLDENS=1")
    #expect(Codebook.vertebralOsteomyelitis == read.value)
  }

  @Test func itsFindingsAreOneAnswerEach() {
    let codebook = Codebook.vertebralOsteomyelitis
    #expect(Codebook.builtInName == "\(codebook.id), version \(codebook.version)")
    #expect(codebook.isPlain && codebook.hasPictures && codebook.suggestedGrade == ID.followUpGrade)
    #expect(codebook.findings(in: .baseline).count == 13 && codebook.findings(in: .followUp).count == 10)
    #expect(codebook.bones == ID.involvedBones && codebook.changesOfBones == ID.lesionChanges)
    #expect(codebook.signOfCourse?.id == ID.healingEdge)
    #expect(codebook.lesion.map { Set($0.series.values) } == [ID.t1w, ID.t2w, ID.stir, ID.enhancement])
    #expect(codebook.evidence(of: ID.haloSign, "present").count == 2)
  }

  /// What is plain ASCII takes another way than what is not, to the same end.
  @Test func idsAreComparedWithoutCaseAndWithEitherDash() {
    let ascii = String(String.UnicodeScalarView((0x20...0x7E).compactMap(Unicode.Scalar.init)))
    #expect(ascii.asID + "é_b" == (ascii + "É-B").asID)
    #expect("T1-W".isSameID(as: "t1_w") && !"T1W".isSameID(as: "T1_W"))
  }

  @Test func theBodyIsThatOfTheProgram() throws {
    let file = try sample("vertebral_osteomyelitis")
    // What only some patients have stands behind what everybody has.
    let bones = Bone.usual + Bone.extras
    #expect(file.body.places.map(\.id) == bones.map(\.rawValue))
    #expect(file.body.places.map(\.region) == bones.map(\.region.rawValue))
    #expect(file.body.usual.count == Bone.usual.count)
    #expect(file.file.series.map(\.id.text) == MRSequence.allCases.map(\.rawValue))
  }

  /// A study file of before the codebook was a file has its findings alone.
  @Test func aStudyOfBeforeIsCompleted() throws {
    // Given
    let whole = Codebook.vertebralOsteomyelitis
    let document = try JSONEncoder().encode(whole)
    var fields = try #require(try JSONSerialization.jsonObject(with: document) as? [String: Any])
    fields["origin"] = nil
    // When
    let bare = try JSONSerialization.data(withJSONObject: fields)
    // Then
    #expect(try JSONDecoder().decode(Codebook.self, from: bare) == whole)
    // And another one's stay what they are.
    fields["id"] = "another"
    let other = try JSONDecoder().decode(Codebook.self, from: JSONSerialization.data(withJSONObject: fields))
    #expect(other.origin == nil && other.findings == whole.findings)
  }
}
