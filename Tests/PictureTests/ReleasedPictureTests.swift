// Pictures of a release, read back as what they were; and what `endplate check` says of the pictures of a case file.

import CPixels
import CaseStore
import Desk
import Foundation
import Interchange
import KeyImages
import ReviewCore
import Testing

@Suite struct ReleasedPictureTests {
  private let folder: URL
  private let child: PictureChild

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "released-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "img"), withIntermediateDirectories: true)
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    child = try PictureChild(beside: root.appending(path: ".build/debug").path)
  }

  private func study(_ name: String) throws -> StudyStore {
    let environment = StoreEnvironment(
      now: { Date() }, newID: { UUID().uuidString.lowercased() }, osUser: "tests", programVersion: "1")
    let path = folder.appending(path: name).path
    try StudyStore.create(
      at: path, study: Study(title: "Pictures", studyProtocol: StudyProtocol(readersPerCase: 1)),
      principals: [Principal("coord", role: .coordinator)], environment: environment)
    let store = try StudyStore.open(at: path, as: "coord", environment: environment)
    _ = try store.importCases([Case(id: "1", examinations: [Examination(.baseline), Examination("5")])])
    return store
  }

  private func picture(
    _ sequence: MRSequence, _ plane: Plane?, at examination: ExaminationID = .baseline, frame: String?, place: Double?,
    level: UInt16
  ) -> NewKeyImage {
    let facts = KeyImage(
      examination: examination, sequence: sequence, plane: plane, columns: 6, rows: 4,
      rowSpacing: place == nil ? nil : 0.1 + 0.2, columnSpacing: place == nil ? nil : 0.72,
      aspect: place == nil ? 1.25 : 1,
      position: place.map { [$0, -33.8000001, 130.5] } ?? [], orientation: place == nil ? [] : [0, 1, 0, 0, 0, -1],
      windows: place == nil ? [] : [.init(center: 900.0 / 7, width: 1800.0 / 7), .init(center: 40, width: 80)],
      tr: 3000, te: 60, ti: sequence == .stir ? 150 : nil, series: 4, number: Int(level))
    return NewKeyImage(
      "1", facts, pixels: (0..<24).map { UInt16($0) * level }, instanceUID: "1.2.\(level)", frameOfReferenceUID: frame,
      name: "\(level)")
  }

  /// Out, in and out again: place, spacing, windows, times, series, plane, the id that marks name, and which of them can be
  /// compared by place.
  @Test func aReleaseIsReadBackAsItWas() throws {
    let store = try study("one.study")
    _ = try store.addImages([
      picture(.stir, .sagittal, frame: "1.9", place: 4.000000123, level: 3),
      picture(.t2w, .sagittal, frame: "1.9", place: 4, level: 2711),
      picture(.t2w, .axial, at: "5", frame: "1.8", place: 5.5, level: 17),
      picture(.t1w, .coronal, frame: nil, place: nil, level: 5),
    ])
    let cases = [try store.caseView("1").patientCase]
    let out = try store.exportedImages(of: cases)
    #expect(out.count == 4)
    // When: read by the child, told nothing but the examination.
    let other = try study("two.study")
    let files = try out.enumerated().map { index, image in
      let path = folder.appending(path: "\(index).png").path
      try Data(image.png).write(to: URL(filePath: path))
      return PictureFile(path, of: "1", at: image.facts.examination)
    }
    var refused: [String] = []
    let images = try child.newImages(files) { refused += $0.lines }
    #expect(refused == [])
    _ = try other.addImages(images, isLookedThrough: true)
    // Then
    let again = try other.exportedImages(of: [other.caseView("1").patientCase])
    #expect(again.map(\.png) == out.map(\.png))
    for (one, two) in zip(out.map(\.facts), again.map(\.facts)) {
      var known = two
      (known.frameOfReference, known.instance, known.isLookedThrough) = (
        one.frameOfReference, one.instance, one.isLookedThrough
      )
      #expect(known == one)
    }
    #expect(Set(again.compactMap(\.facts.frameOfReference)).count == 2)
    // No UID and no hash of one goes out; adding them to where they came from adds nothing.
    for image in out {
      let bytes = Data(image.png)
      for hidden in ["1.9", image.facts.frameOfReference, image.facts.instance].compactMap(\.self) {
        #expect(bytes.range(of: Data(hidden.utf8)) == nil)
      }
    }
    _ = try store.addImages(images, isLookedThrough: true)
    #expect(try store.images(of: "1").count == 4)
  }

  /// Anybody can write such a text.
  @Test(arguments: [
    "position nan 1 2", "position 1 2", "position 1 2 1e999", "spacing 0 1", "spacing 1 1 1", "window 1 0", "tr -5",
    "sequence \u{1B}[2J", "image ../../x y", "frame-of-reference A B", "aspect 0", "series 1 2", "name ZZCANARY",
    "position 1 2 3 x", "plane sag ittal", "tr", "\u{0}tr 5",
  ])
  func nonsenseInItIsLeftOut(line: String) throws {
    var png = [UInt8](repeating: 0, count: 4096)
    let count = endplate_pixels_png([0, 1, 2, 3], 2, 2, 1, "te 60\n\(line)", &png, png.count)
    let path = folder.appending(path: "odd.png").path
    try Data(png.prefix(count)).write(to: URL(filePath: path))
    let picture = try child.read(path)
    #expect(picture.te == 60 && picture.tr == nil)
    #expect(picture.spacing == nil && picture.position.isEmpty && picture.windows.isEmpty && picture.aspect == 1)
    #expect(picture.sequence == nil && picture.statedPlane == nil && picture.series == nil)
    #expect(picture.frameOfReferenceUID == nil)
  }

  private func check(_ images: String, plane: Bool = true) -> [String] {
    let text = """
      format: endplate-case/1
      id: 7
      baseline:
        acquisitions:
          - sequence: stir
      \(plane ? "      plane: sagittal\n" : "")\(images)
      """
    let file = InputFile(name: folder.appending(path: "7.yaml").path, bytes: Array(text.utf8))
    #expect(FileCheck.faults([file]).map(\.description) == [])
    return PictureCheck.faults([file], codebook: .vertebralOsteomyelitis) { () throws(Failure) in child }.map {
      "\($0.line): \($0.severity.rawValue): \($0.message)"
    }
  }

  @Test func checkLooksAtThePicturesOfACase() throws {
    try Data(TinyDicom().bytes).write(to: folder.appending(path: "img/a.dcm"))
    try Data("no picture".utf8).write(to: folder.appending(path: "img/b.dcm"))
    let away = FileManager.default.temporaryDirectory.appending(path: "away-\(UUID().uuidString).dcm")
    try Data(TinyDicom().bytes).write(to: away)
    try FileManager.default.createSymbolicLink(at: folder.appending(path: "img/c.dcm"), withDestinationURL: away)
    #expect(check("      images: [img/a.dcm]") == [])
    #expect(
      check("      images: [img/a.dcm, img/x.dcm, img, img/b.dcm, img/c.dcm, img/a.dcm#9]") == [
        "7: error: images: ‘img/x.dcm’ is not there: put the picture beside this file, or correct its path",
        "7: error: images: ‘img’ is not there: put the picture beside this file, or correct its path",
        "7: error: images: ‘img/b.dcm’ is neither DICOM nor PNG; export the picture from the PACS as DICOM, with its header",
        "7: error: images: ‘img/c.dcm’ is a link that leads out of the folder of the case file; put the picture itself there",
        "7: error: images: ‘img/a.dcm#9’ has no such frame; it has 1",
      ])
    #expect(
      check("      images: [img/a.dcm]", plane: false) == [
        "6: error: images: ‘img/a.dcm’ does not say in which plane it lies; write ‘plane’ in its series"
      ])
    var burned = TinyDicom()
    burned.text(0x0028_0301, "CS", "YES")
    try Data(burned.bytes).write(to: folder.appending(path: "img/d.dcm"))
    #expect(
      check("      images: [img/d.dcm, img/a.dcm, img/d.dcm]").map { $0.prefix(77) }
        == [
          "7: warning: images: ‘img/d.dcm’ and 1 other may have text burned in: look with"
        ].map { $0.prefix(77) })
    let many = (0..<61).map { _ in "img/a.dcm" }.joined(separator: ", ")
    #expect(check("      images: [\(many)]").first?.contains("names 61; a study keeps up to 60") == true)
    // A picture of another plane than its series is taken as it lies: a case file says the plane of the series.
    var axial = TinyDicom()
    axial.text(0x0020_0037, "DS", "1\\0\\0\\0\\1\\0")
    try Data(axial.bytes).write(to: folder.appending(path: "img/e.dcm"))
    #expect(check("      images: [img/e.dcm]") == [])
    let other = CaseFile(Case(id: "1"), images: [CaseImageFile("img/e.dcm", .baseline, .stir, plane: .sagittal)])
    let taken = try child.newImages(other.pictures(besides: folder.appending(path: "7.yaml").path)) { _ in }
    #expect(taken.map(\.facts.plane) == [.axial])
    // An import does not follow the link either.
    let file = CaseFile(Case(id: "1"), images: [CaseImageFile("img/c.dcm", .baseline, .stir, plane: .sagittal)])
    var refused: [String] = []
    _ = try child.newImages(file.pictures(besides: folder.appending(path: "7.yaml").path)) { refused += $0.lines }
    #expect(refused.first?.contains("leads out of the folder") == true)
  }

  @Test func withoutTheChildItIsSaid() throws {
    let file = InputFile(
      name: "7.yaml",
      bytes: Array(
        "format: endplate-case/1\nid: 7\nbaseline:\n  acquisitions:\n    - {sequence: stir, images: [a.dcm]}\n".utf8))
    let faults = PictureCheck.faults([file], codebook: .vertebralOsteomyelitis) { () throws(Failure) in
      try PictureChild(beside: "/nowhere")
    }
    #expect(faults.first?.severity == .warning)
    #expect(faults.first?.message.contains("install libdcmtk-dev") == true)
    #expect(faults.count == 2)
  }
}
