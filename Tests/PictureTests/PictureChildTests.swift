// The child that parses picture files: what it says of good ones, and of bad ones.

import Desk
import Foundation
import KeyImages
import ReviewCore
import Testing

@Suite struct PictureChildTests {
  private let folder: URL
  private let child: PictureChild

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "pictures-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    child = try PictureChild(beside: root.appending(path: ".build/debug").path)
  }

  private func file(_ bytes: [UInt8], _ name: String = "a.dcm") throws -> String {
    let path = folder.appending(path: name).path
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  private func read(_ dicom: TinyDicom) throws -> SourcePicture { try child.read(file(dicom.bytes)) }

  /// The words with which a file is refused.
  private func refusal(_ bytes: [UInt8], _ name: String = "a.dcm", frame: Int = 0) throws -> String {
    let path = try file(bytes, name)
    do throws(Failure) {
      _ = try child.read(path, frame: frame)
    } catch {
      return error.words ?? ""
    }
    return "shown"
  }

  @Test func theLibrariesAreTold() throws {
    #expect(try child.versions().wholeMatch(of: #/DCMTK 3\.[0-9.]+, OpenJPEG 2\.[0-9.]+, libpng 1\.[0-9.]+/#) != nil)
  }

  @Test func pixelsAreReadAsTheyAreStored() throws {
    let picture = try read(TinyDicom())
    #expect((picture.columns, picture.rows) == (8, 6))
    #expect(picture.values == (0..<48).map { Int32($0 * 10) })
    #expect(picture.spacing == nil)
    #expect(picture.plane == nil)
    #expect(picture.sequence == nil)
  }

  @Test func geometryTimingAndWindowsAreRead() throws {
    var dicom = TinyDicom()
    dicom.text(0x0028_0030, "DS", "1.5\\0.75")
    dicom.text(0x0020_0032, "DS", "-7\\1\\2")
    dicom.text(0x0020_0037, "DS", "0\\1\\0\\0\\0\\-1")
    dicom.text(0x0018_0080, "DS", "4000")
    dicom.text(0x0018_0081, "DS", "60")
    dicom.text(0x0018_0082, "DS", "160")
    dicom.text(0x0028_1050, "DS", "200\\100")
    dicom.text(0x0028_1051, "DS", "400\\50")
    let picture = try read(dicom)
    #expect(picture.plane == .sagittal)
    #expect(picture.place == -7)
    #expect(picture.aspect == 2)
    #expect(picture.sequence == .stir)
    #expect(picture.windows == [GreyWindow(center: 200, width: 400), GreyWindow(center: 100, width: 50)])
  }

  @Test func whatCannotBeIsLeftOut() throws {
    var dicom = TinyDicom()
    dicom.text(0x0028_0030, "DS", "0\\0")
    dicom.text(0x0020_0032, "DS", "nan\\1e400\\-inf")
    dicom.text(0x0020_0037, "DS", "0\\1\\0\\0\\1\\0")
    dicom.text(0x0028_1050, "DS", "abc")
    dicom.text(0x0028_1051, "DS", "0")
    let picture = try read(dicom)
    #expect(picture.spacing == nil)
    #expect(picture.position.isEmpty && picture.orientation.isEmpty)
    #expect(picture.windows.isEmpty)
  }

  /// Signed and rescaled, and with white as 0: all look the same.
  @Test func whateverTheyAreStoredAsTheyLookTheSame() throws {
    func look(_ picture: SourcePicture) -> [Double] {
      let frame = picture.frame()
      return frame.pixels.map { frame.window.brightness(Double($0)) }
    }
    var plain = TinyDicom()
    plain.text(0x0028_1050, "DS", "240")
    plain.text(0x0028_1051, "DS", "480")
    var signed = plain
    signed.number(0x0028_0101, 16)
    signed.number(0x0028_0102, 15)
    signed.number(0x0028_0103, 1)
    signed.text(0x0028_1053, "DS", "1")
    signed.text(0x0028_1052, "DS", "1024")
    signed.pixels((0..<48).map { UInt16(bitPattern: Int16($0 * 10 - 1024)) })
    var inverted = plain
    inverted.text(0x0028_0004, "CS", "MONOCHROME1")
    inverted.pixels((0..<48).map { UInt16(470 - $0 * 10) })
    inverted.text(0x0028_1050, "DS", "230")
    let wanted = try look(read(plain))
    #expect(Set(wanted).count == 48)
    #expect(try look(read(signed)) == wanted)
    #expect(zip(try look(read(inverted)), wanted).allSatisfy { abs($0 - $1) < 0.05 })
  }

  /// Only pixels and what they need leave the child; nothing of it is a text of the file.
  @Test func noTextOfTheHeaderIsRead() throws {
    let path = try file(TinyDicom().bytes)
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let process = Process()
    process.executableURL = root.appending(path: ".build/debug/endplate-dicom")
    process.arguments = ["read", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(said.count > 192)
    for secret in ["SECRET", "19010203"] { #expect(said.range(of: Data(secret.utf8)) == nil, "\(secret)") }
  }

  @Test func whatIsNoPictureIsRefusedInWords() throws {
    var colored = TinyDicom()
    colored.text(0x0028_0004, "CS", "RGB")
    colored.number(0x0028_0002, 3)
    var empty = TinyDicom()
    empty.remove(0x7FE0_0010)
    var huge = TinyDicom(rows: 65535, columns: 65535)
    huge.pixels([1])
    var promising = TinyDicom(rows: 4000, columns: 4000)
    promising.pixels([1, 2])
    var deep = TinyDicom()
    deep.number(0x0028_0101, 40)
    #expect(try refusal(colored.bytes).contains("is a colour picture"))
    #expect(try refusal(empty.bytes).contains("holds no picture"))
    #expect(try refusal(huge.bytes).contains("larger than"))
    #expect(try refusal(promising.bytes).contains("cut short"))
    #expect(try refusal(deep.bytes).contains("has 40 bits a pixel"))
    #expect(try refusal(TinyDicom(rows: 0).bytes).contains("0 rows"))
    #expect(try refusal(TinyDicom().bytes, frame: 3).contains("no such frame; it has 1"))
    #expect(try refusal([]).contains("is empty"))
    #expect(try refusal(Array("no picture at all".utf8)).contains("neither DICOM nor PNG"))
    #expect(try refusal(Array(TinyDicom().bytes.dropLast(40))).contains("cut short"))
    #expect(try refusal(Array(TinyDicom().bytes.prefix(150))).contains("cut short"))
  }

  /// A length that the file does not hold is believed by nobody.
  @Test func aLengthThatLiesIsRefused() throws {
    var dicom = TinyDicom()
    dicom.tail = [0xE0, 0x7F, 0x10, 0x00] + Array("OW".utf8) + [0, 0, 0xF0, 0xFF, 0xFF, 0xFF] + [1, 2, 3, 4]
    #expect(try refusal(dicom.bytes).contains("cut short"))
  }

  /// Sequences nested so deep that parsing them overflows the stack kill the child, and nothing else.
  @Test func nestingThatOverflowsTheStackIsRefused() throws {
    var dicom = TinyDicom()
    dicom.inserted = TinyDicom.nested(40_000)
    #expect(try refusal(dicom.bytes).contains("nested deeper"))
    var shallow = TinyDicom()
    shallow.inserted = TinyDicom.nested(20)
    #expect(try read(shallow).values.count == 48)
  }

  @Test func aSecondaryCaptureIsCautioned() throws {
    var capture = TinyDicom()
    capture.text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.7")
    #expect(try read(capture).mayHaveText)
    var burned = TinyDicom()
    burned.text(0x0028_0301, "CS", "YES")
    #expect(try read(burned).mayHaveText)
    #expect(try !read(TinyDicom()).mayHaveText)
    let lines = PictureFacts.lines(of: try read(burned))
    #expect(lines.contains { $0.name == "caution" })
  }

  /// Known truth: what a phantom is drawn as comes back from the file, pixel by pixel and in its place.
  @Test(arguments: ["dicom", "png"])
  func phantomsComeBack(format: String) throws {
    let grades: [FindingID: GradeValue] = [
      Codebook.ID.involvedBones: .sites([.bone(.l5)]), Codebook.ID.t1w: .levels(["hypo"]),
      Codebook.ID.stir: .levels(["hyper"]),
    ]
    let published = Consensus(
      origin: .published,
      grades: Dictionary(
        uniqueKeysWithValues: grades.map { (GradeKey(.baseline, $0.key), AgreedGrade(Grade($0.value))) }))
    let drawn = try #require(PhantomCase(Case(id: "X"), published: published, at: .baseline))
    let phantom = Phantom(drawn)
    let frame = try #require(phantom.frames(slice: 4)[.stir])
    let bytes = try child.written(phantom.sheet(.stir, frame, slice: 4), as: format)
    let picture = try child.read(file(bytes, format == "png" ? "a.png" : "a.dcm"))
    #expect(picture.values == frame.pixels.map(Int32.init))
    guard format == "dicom" else { return }
    #expect(picture.plane == .sagittal)
    #expect(picture.place == Phantom.position(4))
    #expect(picture.sequence == .stir)
    #expect(!picture.mayHaveText)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(Phantom.mark) && text.contains("PHANTOM^NO PATIENT"))
    #expect(try refusal(child.written(phantom.sheet(.stir, frame, slice: 4), as: "png"), "b.dcm").contains("is a PNG"))
  }

  @Test func withoutTheChildOneIsToldWhatToInstall() {
    do throws(Failure) {
      _ = try PictureChild(beside: "/nowhere")
      Issue.record("there is no program there")
    } catch {
      #expect(error.words?.contains("install libdcmtk-dev") == true)
    }
  }
}
