// Images that a study keeps, at the seats of those who may see them, and marks on them in a real file.

import CaseStore
import Desk
import DeskSupport
import Foundation
import Interchange
import KeyImages
import ReviewCore
import Testing
import Workstation

@Suite struct KeptImagesTests {
  private let rim = GradeKey(.baseline, Codebook.ID.rimSign)

  private func picture(
    _ id: CaseID, _ examination: ExaminationID, _ sequence: MRSequence, at place: Double, _ level: UInt16
  ) -> NewKeyImage {
    let facts = KeyImage(
      examination: examination, sequence: sequence, plane: .sagittal, columns: 32, rows: 32, rowSpacing: 2,
      columnSpacing: 2, position: [place, -32, 32], orientation: [0, 1, 0, 0, 0, -1], series: 7, number: Int(level))
    return NewKeyImage(
      id, facts, pixels: (0..<32 * 32).map { UInt16($0) + level }, frameOfReferenceUID: "1.2", name: "\(place)")
  }

  /// Three slices of T2W and two of STIR in case 2 of the practice study, and one at 5 months of case 5.
  private func bench(_ width: Int = 120, _ height: Int = 40) throws -> Workbench {
    let bench = try Workbench.practice(width, height)
    let coordinator = try #require(bench.state.session.principals.first { $0.role == .coordinator }?.id)
    let store = try StudyStore.open(at: bench.path, as: coordinator, environment: bench.environment)
    _ = try store.addImages(
      [(0.0, MRSequence.t2w), (4, .t2w), (8, .t2w), (4.6, .stir), (8.6, .stir)].enumerated().map { index, entry in
        picture("2", .baseline, entry.1, at: entry.0, UInt16(10 + index))
      } + [picture("5", "5", .stir, at: 0, 90)])
    try store.close()
    return bench
  }

  @Test func theyAreShownInPlaceOfPhantoms() throws {
    let bench = try bench()
    bench.press("/case:2⏎⏎V")
    let text = bench.frame().text
    for words in ["slice 2 of 3, sagittal, at 4 mm", "1 T2W", "2 STIR"] { #expect(text.contains(words), "\(words)") }
    #expect(!text.contains("phantom") && !text.contains("CE T1W"))
    #expect(bench.state.images.shown?.frames.count == 2)
    bench.press("[")
    #expect(bench.frame().text.contains("no image here"))
    #expect(bench.state.images.shown?.frames.count == 1)
    bench.press("[")
    #expect(bench.state.message?.text == "this is the first slice")
  }

  /// Case 5 has phantoms at the baseline; what is kept of a later examination is not there before it may be seen.
  @Test func aWithheldExaminationHasNone() throws {
    let bench = try bench()
    bench.press("/case:5⏎⏎V}")
    #expect(bench.state.images.examination == .baseline)
    #expect(bench.frame().text.contains("simulated from published grades"))
    #expect(try bench.store.images(of: "5") == [])
  }

  @Test func whatWasAddedMeanwhileIsThereTheNextTime() throws {
    let bench = try bench()
    bench.press("/case:1⏎⏎V")
    #expect(bench.frame().text.contains("simulated from published grades"))
    bench.press("⎋")
    let store = try StudyStore.open(at: bench.path, as: "coordinator", environment: bench.environment)
    _ = try store.addImages([picture("1", .baseline, .stir, at: 0, 5)])
    bench.press("V")
    #expect(bench.frame().text.contains("slice 1 of 1"))
    #expect(!bench.frame().text.contains("phantom"))
  }

  /// The file's own numbers name the image; a mark is kept with the grade, undone with it, and there after a restart.
  @Test func aMarkIsKeptWithItsGrade() throws {
    let bench = try bench()
    bench.press("/case:2⏎g")
    bench.state.grading.cursor = try #require(
      bench.state.gradedFindings.firstIndex { $0.id == Codebook.ID.rimSign })
    bench.press("2I")
    #expect(bench.state.screen == .images)
    bench.press("→⏎")
    let grade = try #require(bench.state.reading?.grades[rim])
    #expect(grade.image == ImageReference(series: 7, slice: 11))
    let kept = try bench.store.images(of: "2").map(\.id)
    #expect(kept.contains(try #require(grade.mark).image))
    #expect(grade.mark?.at.x == 4)
    let view = try bench.store.caseView("2")
    #expect(view.reading(of: bench.store.principal.id, .baseline)?.grades[rim] == grade)
    bench.press("⎋u")
    #expect(bench.state.reading?.grades[rim]?.mark == nil)
    bench.press("U")
    #expect(bench.state.reading?.grades[rim] == grade)
    #expect(try bench.store.verify().faults == [])
  }
}

extension KeptImagesTests {
  /// How slices of two examinations are set off is a reader's own, and there after a restart.
  @Test func theOffsetIsKept() throws {
    let bench = try Workbench.published(120, 40)
    bench.press("/case:5⏎⏎Veoo")
    #expect(bench.state.images.offset == 2)
    bench.press("⎋⎋/case:1⏎⏎V⎋⎋/case:5⏎⏎V}e")
    #expect(bench.state.images.offset == 0)
    bench.press("{ee")
    let home = URL(filePath: bench.path).deletingLastPathComponent()
    let again = try Workbench(
      at: bench.path, as: bench.store.principal.id, environment: bench.environment, home: home, 120, 40)
    again.press("/case:5⏎⏎Ve")
    #expect(again.state.images.compared == "5" && again.state.images.offset == 2)
    again.press("OO")
    #expect(again.state.images.offset == 0)
  }

  /// Of cases that go out whole, and only where they are asked for; nothing of a UID is in them.
  @Test func aReleaseTakesThemAlongWhereAsked() throws {
    let bench = try bench()
    let coordinator = try StudyStore.open(at: bench.path, as: "coordinator", environment: bench.environment)
    var export = try coordinator.export(id: "x", program: "Endplate", hasNotes: false)
    let format = try #require(ExportFormat.all.first { $0.name == "release" })
    let bare = try format.files(export)
    #expect(!bare.contains { $0.path.contains("images") })
    #expect(bare.first { $0.path == "README.md" }?.text.contains("images, names of people") == true)
    export.images = try coordinator.exportedImages(of: export.cases)
    #expect(export.images.count == 6)
    let files = try format.files(export)
    let pictures = files.filter { $0.path.hasPrefix("cases/images/") }
    #expect(pictures.count == 6 && Set(pictures.map(\.path)).count == 6)
    // PNG of 16 bits, 32 × 32.
    #expect(pictures.allSatisfy { Array($0.bytes.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] })
    #expect(Array(pictures[0].bytes[16..<26]) == [0, 0, 0, 32, 0, 0, 0, 32, 16, 0])
    let table = try #require(files.first { $0.path == "images.csv" }?.text)
    #expect(table.split(separator: "\r\n").count == 7)
    for image in export.images {
      #expect(table.contains(image.facts.id.rawValue))
      #expect(!table.contains(try #require(image.facts.frameOfReference)))
    }
    let yaml = try #require(files.first { $0.path == "cases/2.yaml" }?.text)
    #expect(yaml.contains("images/2-baseline-t2w"))
    #expect(CaseFileReader.read(InputFile(name: "2.yaml", bytes: Array(yaml.utf8))).value?.images.count == 5)
  }
}
