// Starts `endplate-dicom`, the only program that parses DICOM and PNG: files are hostile, and its parsers have crashed on
// some. It has limits of memory and time, and what it says is checked.

import Foundation
import KeyImages
import TextSafety

package struct PictureChild: Sendable {
  private let program: String

  /// - Throws: `Failure` where it is not installed, with what to install.
  package init() throws(Failure) {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    try self.init(beside: own.folderOfPath)
  }

  /// - Parameter folder: where the program itself lies; the child lies beside it, or in `../libexec/endplate`.
  package init(beside folder: String) throws(Failure) {
    let places = [folder + "/endplate-dicom", folder + "/../libexec/endplate/endplate-dicom"]
    guard let found = places.first(where: { access($0, X_OK) == 0 }) else {
      throw Failure(
        .cannotShow,
        "endplate-dicom, which reads DICOM and PNG files, was not built; install libdcmtk-dev, libopenjp2-7-dev and "
          + "libpng-dev, and build again with script/run or script/install")
    }
    program = found
  }

  /// One frame of a file, from 0.
  package func read(_ path: String, frame: Int = 0) throws(Failure) -> SourcePicture {
    switch try reading(path, frame: frame) {
    case .success(let picture): return picture
    case .failure(let refusal):
      throw Failure(refusal.isUnreadable ? .noInput : .badData, "\(path): \(refusal.words)")
    }
  }

  /// The same with the refusal by itself.
  ///
  /// - Throws: where the child cannot be started.
  func reading(_ path: String, frame: Int) throws(Failure) -> Result<SourcePicture, PictureRefusal> {
    let (output, status) = try run(["read", path, String(frame)], input: [])
    if status == 0, let picture = SourcePicture(output) { return .success(picture) }
    return .failure(refusal(output))
  }

  /// A picture of our own as a file's bytes.
  ///
  /// - Parameter sheet: lines of `name value…`, `pixels` and 16-bit values, as the child takes them.
  package func written(_ sheet: [UInt8], as format: String) throws(Failure) -> [UInt8] {
    let (output, status) = try run(["write", format], input: sheet)
    guard status == 0, !output.isEmpty else {
      throw Failure(.inputOutput, "a picture cannot be written as \(format): \(refusal(output).words)")
    }
    return output
  }

  /// The versions of its libraries: `DCMTK 3.6.7, OpenJPEG 2.5.0, libpng 1.6.39`.
  package func versions() throws(Failure) -> String {
    let (output, status) = try run(["versions"], input: [])
    guard status == 0, !output.isEmpty else {
      throw Failure(.cannotShow, "\(program): does not say its version; install Endplate again")
    }
    return String(decoding: output.prefix(200).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  private func refusal(_ output: [UInt8]) -> PictureRefusal {
    PictureRefusal(String(decoding: output.prefix(200).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }

  /// How much a child may answer, and how long it may take.
  private static let most = 4096 * 4096 * 4 + 4096
  private static let seconds = 20.0

  private func run(_ arguments: [String], input: [UInt8]) throws(Failure) -> (output: [UInt8], status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = [:]
    let (output, source) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = input.isEmpty ? FileHandle.nullDevice : source
    do {
      try process.run()
    } catch {
      throw Failure(.cannotShow, "\(program): cannot be started; install Endplate again")
    }
    let late = DispatchWorkItem { process.terminate() }
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.seconds, execute: late)
    defer { late.cancel() }
    if !input.isEmpty {
      // It reads all before it writes anything. Where it went away, its status says so.
      try? source.fileHandleForWriting.write(contentsOf: Data(input))
      try? source.fileHandleForWriting.close()
    }
    var read: [UInt8] = []
    while let more = try? output.fileHandleForReading.read(upToCount: 1 << 20), !more.isEmpty {
      read += more
      if read.count > Self.most {
        process.terminate()
        break
      }
    }
    process.waitUntilExit()
    // What the loader says where it finds no library.
    if process.terminationStatus == 127, read.isEmpty {
      throw Failure(
        .cannotShow,
        "endplate-dicom, which reads DICOM and PNG files, finds a library missing; install Endplate again with "
          + "script/install, or its package with what that recommends")
    }
    return (read, process.terminationReason == .exit ? process.terminationStatus : -1)
  }
}
