// Measures key images: adding one, opening the viewer, its keys, what they send, and the memory that they take.

import ArgumentParser
import CaseStore
import Foundation
import PtyHarness
import ReviewCore

struct ImagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "images", abstract: "Measure key images: adding, the viewer at 80×24 and 120×40, memory.",
    discussion: """
      Makes a study of one case with 60 images of 512×512, 15 slices of four series, and looks at them in 256 colours. A \
      time runs from the key written to the terminal until the last byte of the answer, after which nothing came for \
      20 ms. Ends with 1 when a budget is missed. Program and child are those built beside this program.
      """)

  @Option(help: "How often a key is measured.") var times = 40

  func run() throws {
    let sandbox = try Sandbox(environment: ["TERM": "xterm-256color"])
    let study = try makeStudy(sandbox)
    var table = ScreenTable()
    print("\(ScreenTable.machine), 60 images of \(Picture.side)×\(Picture.side), 256 colours\n\n\(ScreenTable.head)")
    try adding(sandbox, study, &table)
    for (columns, rows, bytes) in [(80, 24, 45_000), (120, 40, 110_000)] {
      try viewer(sandbox, study, TerminalSize(columns, rows), "\(columns)×\(rows)", bytes: bytes, &table)
    }
    guard table.isMet else { throw ExitCode(1) }
  }

  private func makeStudy(_ sandbox: Sandbox) throws -> String {
    let study = sandbox.path("images.study")
    let environment = StoreEnvironment(
      now: { Date() }, newID: { UUID().uuidString.lowercased() }, osUser: "bench", programVersion: "bench")
    try StudyStore.create(
      at: study, study: Study(title: "Images", studyProtocol: StudyProtocol(readersPerCase: 1)),
      principals: [Principal("R1", role: .reader), Principal("coordinator", role: .coordinator)],
      environment: environment)
    let store = try StudyStore.open(at: study, as: "coordinator", environment: environment)
    let series = MRSequence.allCases.map { Acquisition($0, plane: .sagittal) }
    _ = try store.importCases([
      Case(id: "1", examinations: [Examination(.baseline, acquisitions: series), Examination("5")])
    ])
    let images = (0..<60).map { Picture(number: $0).image }
    _ = try store.addImages(images)
    try store.close()
    return study
  }

  /// As a coordinator adds it: the program starts, its child reads the file, the study keeps it.
  private func adding(_ sandbox: Sandbox, _ study: String, _ table: inout ScreenTable) throws {
    var responses: [Response] = []
    for number in 0..<max(3, times / 4) {
      let file = sandbox.path("added.dcm")
      try Data(Picture(number: 100 + number).dicom).write(to: URL(filePath: file))
      let words = [
        "image", "add", "1", file, "--examination", "5", "--series", "stir", "--study", study, "--as", "coordinator",
      ]
      let start = ContinuousClock.now
      let result = try sandbox.launch(builtProgram("endplate"), words).run()
      let time = ContinuousClock.now - start
      guard result.status == 0 else { throw Silence(step: "image add", said: result.errorText) }
      responses.append(Response(first: time, last: time, bytes: result.text.utf8.count))
    }
    table.add("add a DICOM of 512×512", responses, milliseconds: 150, bytes: 200)
  }

  private func viewer(
    _ sandbox: Sandbox, _ study: String, _ size: TerminalSize, _ title: String, bytes: Int, _ table: inout ScreenTable
  ) throws {
    let process = try PtyProcess(
      sandbox.launch(builtProgram("endplate"), ["--study", study, "--as", "R1"]), size: size)
    guard process.read(until: { $0.output.holds("Worklist") }, atMost: .seconds(20)) else {
      throw Silence(step: "first frame", said: String(decoding: process.output, as: UTF8.self))
    }
    process.readUntilQuiet(for: .milliseconds(200))
    process.type("\r")
    process.readUntilQuiet(for: .milliseconds(200))
    for step in ViewerStep.all {
      let responses = try (0..<times).map { number in
        settle(process, step.before)
        guard let response = process.respond(to: step.keys[number % step.keys.count]) else {
          throw Silence(step: step.name)
        }
        settle(process, step.after)
        return response
      }
      table.add("\(title): \(step.name)", responses, milliseconds: step.milliseconds, bytes: bytes)
    }
    if size.columns >= 120 { try beside(process, title, &table) }
    // Every slice was looked at.
    settle(process, "V")
    for _ in 0..<15 { settle(process, "]") }
    for _ in 0..<15 { settle(process, "[") }
    guard let figures = ProcessFigures(pid: process.pid) else { throw Silence(step: "memory") }
    table.add(
      "\(title): memory, 60 images", "MiB", Double(figures.proportional) / Double(1 << 20), atMost: 80)
    process.type("Q")
    _ = process.waitForEnd(atMost: .seconds(5))
  }

  /// What a key costs where pictures stand beside the findings, and what is sent once keys rest.
  private func beside(_ process: PtyProcess, _ title: String, _ table: inout ScreenTable) throws {
    process.type("g")
    process.readUntilQuiet(for: .milliseconds(800))
    var followed: [Int] = []
    let responses = try (0..<times).map { number in
      guard let response = process.respond(to: number % 12 < 6 ? Self.down : Self.up) else {
        throw Silence(step: "beside the findings")
      }
      let before = process.output.count
      process.readUntilQuiet(for: .milliseconds(400))
      followed.append(process.output.count - before)
      return response
    }
    table.add("\(title): a cursor key beside pictures", responses, milliseconds: 25, bytes: 1000)
    table.add(
      "\(title): the picture once keys rest", "kB", Double(followed.max() ?? 0) / 1000, atMost: 30)
    settle(process, "\u{1B}")
  }

  private static let (down, up) = ("\u{1B}OB", "\u{1B}OA")

  private func settle(_ process: PtyProcess, _ keys: String) {
    guard !keys.isEmpty else { return }
    process.type(keys)
    process.readUntilQuiet(for: .milliseconds(60))
  }
}

/// What is measured in the viewer.
private struct ViewerStep {
  let name: String
  var before = ""
  let keys: [String]
  var after = ""
  let milliseconds: Double

  private static let escape = "\u{1B}"

  static let all: [ViewerStep] = [
    ViewerStep(name: "open the viewer", keys: ["V"], after: escape, milliseconds: 60),
    ViewerStep(name: "slice", before: "V", keys: ["]", "["], after: escape, milliseconds: 30),
    ViewerStep(name: "window", before: "V", keys: ["w"], after: escape, milliseconds: 30),
    ViewerStep(name: "pan", before: "V++", keys: ["l", "h"], after: "0" + escape, milliseconds: 30),
    ViewerStep(name: "one series", before: "V", keys: ["3"], after: "0" + escape, milliseconds: 30),
    ViewerStep(name: "slice, one series", before: "V3", keys: ["]", "["], after: "0" + escape, milliseconds: 30),
  ]
}

/// A picture that looks like MR to a compressor and a terminal: smooth areas, edges, noise.
private struct Picture {
  static let side = 512
  let number: Int

  private var values: [UInt16] {
    var dice = Dice(state: UInt64(number) + 1)
    let side = Double(Self.side)
    return (0..<Self.side * Self.side).map { index in
      let (x, y) = (Double(index % Self.side) / side, Double(index / Self.side) / side)
      let body = hypot(x - 0.5, (y - 0.5) * 0.8) < 0.4 ? 900.0 : 40
      let bone = sin(y * 40) > 0 && abs(x - 0.45) < 0.08 ? 700.0 : 0
      let shade = 300 * sin(x * 7 + Double(number)) * cos(y * 5)
      let noise = Double.random(in: -25...25, using: &dice)
      return UInt16(min(4095, max(0, body + bone + shade + noise)))
    }
  }

  private var position: [Double] { [Double(number / 4) * 4 - 30, -100, 120] }
  private static let orientation: [Double] = [0, 1, 0, 0, 0, -1]

  var image: NewKeyImage {
    let facts = KeyImage(
      sequence: MRSequence.allCases[number % 4], plane: .sagittal, columns: Self.side, rows: Self.side,
      rowSpacing: 0.5, columnSpacing: 0.5, position: position, orientation: Self.orientation,
      windows: [.init(center: 800, width: 1600)])
    return NewKeyImage(
      "1", facts, pixels: values, instanceUID: "1.2.\(number)", frameOfReferenceUID: "1.9", name: "picture \(number)")
  }

  /// Explicit little endian, with what a picture must have.
  var dicom: [UInt8] {
    func little(_ number: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(number >> (8 * $0) & 0xFF) } }
    func element(_ group: Int, _ number: Int, _ kind: String, _ value: [UInt8]) -> [UInt8] {
      let padded = value.count % 2 == 0 ? value : value + [kind == "UI" ? 0 : 0x20]
      let length = kind == "OW" ? [0, 0] + little(padded.count, 4) : little(padded.count, 2)
      return little(group, 2) + little(number, 2) + Array(kind.utf8) + length + padded
    }
    func text(_ values: [Double]) -> [UInt8] { Array(values.map { "\($0)" }.joined(separator: "\\").utf8) }
    let meta = element(2, 0x10, "UI", Array("1.2.840.10008.1.2.1".utf8))
    var file = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)
    file += element(2, 0, "UL", little(meta.count, 4)) + meta
    file += element(8, 0x16, "UI", Array("1.2.840.10008.5.1.4.1.1.4".utf8))
    file += element(8, 0x18, "UI", Array("1.2.3.\(number)".utf8))
    file += element(0x20, 0x32, "DS", text(position)) + element(0x20, 0x37, "DS", text(Self.orientation))
    file += element(0x28, 2, "US", little(1, 2)) + element(0x28, 4, "CS", Array("MONOCHROME2".utf8))
    file += element(0x28, 0x10, "US", little(Self.side, 2)) + element(0x28, 0x11, "US", little(Self.side, 2))
    file += element(0x28, 0x30, "DS", text([0.5, 0.5]))
    for (number, value) in [(0x100, 16), (0x101, 12), (0x102, 11), (0x103, 0)] {
      file += element(0x28, number, "US", little(value, 2))
    }
    return file + element(0x7FE0, 0x10, "OW", values.flatMap { little(Int($0), 2) })
  }
}
