// Pictures from files into a study: kept as they are, with nothing of their headers that names anybody.

import CaseStore
import Desk
import Foundation
import KeyImages
import ReviewCore
import Testing

@Suite struct KeptPictureTests {
  private let folder: URL
  private let child: PictureChild
  private let store: StudyStore
  private var path: String { folder.appending(path: "a.study").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "kept-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    child = try PictureChild(beside: root.appending(path: ".build/debug").path)
    let environment = StoreEnvironment(
      now: { Date() }, newID: { UUID().uuidString.lowercased() }, osUser: "tests", programVersion: "1")
    let file = folder.appending(path: "a.study").path
    var plan = StudyProtocol(readersPerCase: 1)
    plan.imageLimits.perExamination = 1000
    try StudyStore.create(
      at: file, study: Study(title: "Pictures", studyProtocol: plan),
      principals: [Principal("R1", role: .reader), Principal("coord", role: .coordinator)], environment: environment)
    store = try StudyStore.open(at: file, as: "coord", environment: environment)
    _ = try store.importCases([Case(id: "1")])
  }

  private static let canaries = ["ZZCANARY", "TEST^KEYIMAGE", "19010203"]

  /// The words with which files are refused, by the child or by the store.
  private func add(_ files: [PictureFile], isLookedThrough: Bool = true) throws -> [String] {
    var refused: [String] = []
    for image in try child.newImages(files, refused: { refused += $0.lines }) {
      do { _ = try store.addImages([image], isLookedThrough: isLookedThrough) } catch let error as StoreError {
        refused.append(error.description)
      }
    }
    return refused
  }

  /// No string of a header is in the file, its log, the audit trail or an error.
  private func expectNoCanary(_ words: [String]) throws {
    let audit = try store.audit().map { "\($0)" }
    for canary in Self.canaries {
      #expect(!(words + audit).contains { $0.contains(canary) }, "\(canary)")
      for suffix in ["", "-wal"] {
        guard let bytes = try? Data(contentsOf: URL(filePath: path + suffix)) else { continue }
        #expect(bytes.range(of: Data(canary.utf8)) == nil, "\(canary) in the study\(suffix)")
      }
    }
  }

  private func wanted(_ path: String) -> PictureFile {
    PictureFile(path, of: "1", at: .baseline, as: .t2w, plane: .sagittal)
  }

  @Test func nothingOfAHeaderIsKept() throws {
    var dicom = TinyDicom()
    for (tag, words) in [
      (0x0010_0010 as UInt32, "TEST^KEYIMAGE"), (0x0010_0030, "19010203"), (0x0010_0020, "ZZCANARY1"),
      (0x0008_103E, "ZZCANARY2"), (0x0020_4000, "ZZCANARY3"),
    ] { dicom.text(tag, "LO", words) }
    dicom.text(0x0020_0011, "IS", "4")
    dicom.text(0x0020_0013, "IS", "12")
    dicom.text(0x0008_0018, "UI", "1.2.840.1")
    let file = folder.appending(path: "one.dcm").path
    try Data(dicom.bytes).write(to: URL(filePath: file))
    #expect(try add([wanted(file)]) == [])
    try expectNoCanary([])
    let image = try #require(try store.images(of: "1").first)
    #expect(image.reference == ImageReference(series: 4, slice: 12))
    #expect(image.plane == .sagittal)
    #expect(try store.pixels(of: image.id, in: "1") == (0..<48).map { UInt16($0 * 10) })
    let bytes = try Data(contentsOf: URL(filePath: path + "-wal"))
    #expect(bytes.range(of: Data("1.2.840.1".utf8)) == nil)
  }

  @Test func seriesAndPlaneAreAskedForWhereNobodySays() throws {
    let file = folder.appending(path: "one.dcm").path
    try Data(TinyDicom().bytes).write(to: URL(filePath: file))
    #expect(
      try add([PictureFile(file, of: "1", at: .baseline)]).first?.hasSuffix(
        "does not say of which series it is (--series), nor in which plane it lies (--plane); name it") == true)
    #expect(
      try add([PictureFile(file, of: "1", at: .baseline, as: .stir)]).first?.hasSuffix(
        "does not say in which plane it lies (--plane); name it") == true)
    #expect(try store.images(of: "1") == [])
  }

  /// A plane is measured: who names another made a mistake. Of which series a picture is, its times only hint at.
  @Test func whatIsSaidAgainstTheHeaderIsRefusedOrNoted() throws {
    var dicom = TinyDicom()
    dicom.text(0x0018_0080, "DS", "4000")
    dicom.text(0x0018_0081, "DS", "100")
    dicom.text(0x0020_0037, "DS", "1\\0\\0\\0\\1\\0")
    let file = folder.appending(path: "one.dcm").path
    try Data(dicom.bytes).write(to: URL(filePath: file))
    let refused = try add([wanted(file)])
    #expect(
      refused.first?.hasSuffix("is axial by its header, and sagittal was said; correct that, or leave it out") == true)
    var noted: [String] = []
    let image = PictureFile(file, of: "1", at: .baseline, as: .stir)
    _ = try child.newImages([image], refused: { _ in }, noted: { noted.append($0) })
    #expect(noted.first?.hasSuffix("is T2W by its timing, and is kept as STIR, as was said") == true)
  }

  @Test func whatMayHaveTextWaitsForSomebodyToLook() throws {
    var dicom = TinyDicom()
    dicom.text(0x0028_0301, "CS", "YES")
    let file = folder.appending(path: "one.dcm").path
    try Data(dicom.bytes).write(to: URL(filePath: file))
    #expect(try add([wanted(file)], isLookedThrough: false).first?.contains("--looked-through") == true)
    #expect(try add([wanted(file)]) == [])
    #expect(try store.audit().last?.detail?.contains("looked through") == true)
  }

  /// A collection of files, where there is one: each is kept as it is stored, or refused.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["ENDPLATE_DICOM"] != nil))
  func everyFileIsKeptOrRefused() throws {
    let collection = try #require(ProcessInfo.processInfo.environment["ENDPLATE_DICOM"])
    let names = try FileManager.default.subpathsOfDirectory(atPath: collection).filter { $0.hasSuffix(".dcm") }.sorted()
    // Sagittal is said of those alone that do not say it themselves.
    let words = try names.flatMap { name in
      let path = "\(collection)/\(name)"
      let words = try add([PictureFile(path, of: "1", at: .baseline, as: .t2w)])
      return words.first?.contains("--plane") == true ? try add([wanted(path)]) : words
    }
    #expect(names.count > 90)
    try expectNoCanary(words)
    // The collection has one picture under the UID of another.
    #expect(words.contains { $0.contains("its pixels differ") })
    for word in words { #expect(word.utf8.allSatisfy { $0 >= 0x20 }, "\(word)") }
    for image in try store.images(of: "1") {
      #expect(try store.pixels(of: image.id, in: "1")?.count == image.columns * image.rows)
    }
    #expect(try store.verify().faults == [])
  }
}
