// A case without an involved bone, from the key to the release and back: an epidural abscess alone.

import CaseStore
import Desk
import DeskSupport
import Foundation
import Interchange
import ReaderAgreement
import ReviewCore
import Testing
import Workstation

@Suite struct NoBoneTests {
  private let bones = GradeKey(.baseline, Codebook.ID.involvedBones)

  /// What else is graded of such a case: of lesions of bone nothing can be.
  private static let rest = [
    "posterior=not-assessable", "lesions=not-assessable", "t1w=not-assessable", "t2w=not-assessable",
    "stir=not-assessable", "ce=not-assessable", "rim=absent", "halo=absent", "disks=preserved",
    "inflammation=extensive",
    "soft_tissue_abscess=present", "impression=other",
  ]

  private func study(_ studyProtocol: StudyProtocol = StudyProtocol(seed: 3)) throws -> FileStudy {
    try FileStudy(
      "vertebral_osteomyelitis",
      cases: ["id: ep\nsex: male\nbaseline:\n  remarks: [only an epidural collection; no bone is involved]\n"],
      studyProtocol)
  }

  @Test func noneIsOneKeyOnTheMapAndStaysWhenTheMapIsLookedAtAgain() throws {
    let bench = try study().seat("R1")
    bench.press("g⏎")
    #expect(bench.frame().text.contains("n no bone"))
    bench.press("n")
    #expect(bench.state.reading?.values()[Codebook.ID.involvedBones] == .sites([]))
    #expect(bench.frame().text.contains("none"))
    // Looked at again and kept
    bench.press("↑⏎")
    #expect(bench.frame().text.contains("· no bone"))
    bench.press("⏎")
    #expect(bench.state.reading?.values()[Codebook.ID.involvedBones] == .sites([]))
    // A bone in its place, and none again by undo
    bench.press("↑⏎l3⏎")
    #expect(bench.state.reading?.values()[Codebook.ID.involvedBones] == .sites([.bone(.l3)]))
    bench.press("u")
    #expect(bench.state.reading?.values()[Codebook.ID.involvedBones] == .sites([]))
  }

  /// The next digit is meant for what was undone, or done again.
  @Test func whatIsUndoneHasTheCursor() throws {
    let bench = try study().seat("R1")
    bench.press("gl3⏎")
    let row = bench.state.grading.cursor
    bench.press("1")
    #expect(bench.state.grading.cursor == row + 1)
    bench.press("u")
    #expect(
      bench.state.grading.cursor == row && bench.state.gradedFinding.flatMap { bench.state.grade(of: $0.id) } == nil)
    bench.press("u")
    #expect(bench.state.grading.cursor == row - 1)
    bench.press("UU")
    #expect(bench.state.grading.cursor == row)
  }

  /// How certain somebody was is undone with the grade, and done again with it.
  @Test func aCertaintyIsUndoneWithItsGrade() throws {
    let bench = try study(StudyProtocol(seed: 3, asksConfidence: true)).seat("R1")
    bench.press("gl3⏎3")
    let finding = try #require(bench.state.gradedFinding?.id)
    bench.press("14")
    #expect(bench.state.grade(of: finding)?.confidence == 4)
    let level = bench.state.grade(of: finding)?.value
    bench.press("u")
    #expect(bench.state.grade(of: finding) == nil && bench.state.gradedFinding?.id == finding)
    bench.press("U")
    #expect(bench.state.grade(of: finding)?.value == level && bench.state.grade(of: finding)?.confidence == 4)
    // The digit after it is another grade, which is asked of anew.
    bench.press("u25")
    #expect(bench.state.grade(of: finding)?.value != level && bench.state.grade(of: finding)?.confidence == 5)
    // Left for later, `n` comes back to it, once all is graded.
    bench.press("↑1⏎1⏎")
    #expect(bench.frame().text.contains("? "))
    for _ in 0..<20 where bench.state.notGraded.count > 0 { bench.press("n13") }
    #expect(bench.state.notGraded.isEmpty, "\(bench.state.notGraded.map(\.id))")
    // The rest is asked one after another: no digit of it is another grade.
    #expect(bench.state.gradedFinding?.id == finding && bench.state.grading.isAskingConfidence)
    let values = bench.state.reading?.values()
    bench.press("⎋n24n")
    #expect(bench.state.reading?.values() == values && bench.state.uncertain() == nil)
    // One that was given later is taken back alone, and asked for again.
    bench.press("u")
    #expect(bench.state.reading?.values() == values && bench.state.grading.isAskingConfidence)
    bench.press("3n")
    #expect(bench.state.reading?.values() == values && bench.state.uncertain() == nil)
    #expect(bench.state.message?.text == "all is graded; S signs")
  }

  @Test func fromTheReadersToTheReleaseAndBack() throws {
    let study = try study()
    for (reader, bones) in [("R1", "none"), ("R2", "none"), ("R3", "L3")] as [(PrincipalID, String)] {
      try study.sign("ep", by: reader, ["bones=\(bones)"] + Self.rest)
    }
    // Agreement: the empty set is a rating, and overlaps with nothing.
    _ = try study.at("coordinator") { try $0.openForConsensus("ep") }
    let agreement = try study.at("coordinator") { store in
      try StudyAgreement(store.study(), readers: FileStudy.readers, opened: store.openedCases())
    }
    let items = agreement.findings.flatMap(\.allItems)
    #expect(items.first { $0.id == "involved_bones" }?.cells == [["{}", "{}", "L3"]])
    #expect(items.first { $0.id == "involved_bones.lumbar" }?.cells == [["no", "no", "yes"]])

    // Consensus: the majority's none is suggested, chosen by its key, and recorded.
    let row = try study.at("R1") { try #require($0.consensusTable("ep").row(bones)) }
    #expect(row.agreement == .boneByBone(agreed: 0, disputed: 1))
    #expect(row.suggestion?.grade?.value == .sites([]) && row.suggestion?.how == .majority)
    try study.at("R1") { store in
      _ = try store.consensus("ep", .takeOver(nil))
      _ = try store.consensus("ep", .agree(bones, AgreedGrade(Grade(.sites([])))))
    }
    for reader in FileStudy.readers {
      _ = try study.at(reader) { try $0.consensus("ep", .confirm($0.consensusTable("ep").version)) }
    }
    let view = try study.at("coordinator") { try $0.caseView("ep") }
    #expect(view.consensus?.grades[bones]?.grade?.value == .sites([]))

    // Tables and texts say none.
    let shown = try study.at("coordinator") { store in
      CaseText.linear(view, study: try store.study())
    }
    #expect(shown.contains("baseline, consensus, involved bones: none"), "\(shown)")

    // The release says it in a row, which is read back as the same grade.
    let format = try #require(ExportFormat.all.first { $0.name == "release" })
    let files = try study.at("coordinator") { try format.files($0.export(id: "s", program: "test", hasNotes: true)) }
    let inputs = try ReleaseReader.names.map { name in
      InputFile(name: name, bytes: Array(try #require(files.first { $0.path == name }).text.utf8))
    }
    let read = ReleaseReader.read(inputs, codebook: study.codebook, cases: [view.patientCase])
    let again = try #require(read.value, "\(read.faults)")
    #expect(again.entries.compactMap { $0.reading.grades[bones]?.value.text }.sorted() == ["L3", "none", "none"])
    #expect(again.consensus["ep"]?.first?.grades[bones]?.grade?.value == .sites([]))
    for (name, words) in [("long", ",none,0,none,"), ("wide", "none")] {
      let format = try #require(ExportFormat.all.first { $0.name == name })
      let text = try study.at("coordinator") { try format.files($0.export(id: "s", program: "test", hasNotes: false)) }
      #expect(text[0].text.contains(words), "\(name): \(text[0].text)")
    }
  }
}
