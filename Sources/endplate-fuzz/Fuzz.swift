// What libFuzzer calls with each input: one of the parsers that read what others wrote. See script/fuzz.

import Agreement
import CaseStore
import Foundation
import Interchange
import ReviewCore
import Seats
import Terminal
import TextSafety

/// The parsers by name. Each traps where what it promises is broken.
private let parsers: [String: @Sendable ([UInt8]) -> Void] = [
  "case": { file in check(CaseFileReader.read(InputFile(name: "f", bytes: file)).faults, file) },
  "study": { file in check(StudyDescriptionReader.read(InputFile(name: "f", bytes: file)).faults, file) },
  "codebook": { file in check(CodebookReader.read(InputFile(name: "f", bytes: file)).faults, file) },
  "teaching": { file in check(TeachingFileReader.read(InputFile(name: "f", bytes: file)).faults, file) },
  "theme": { file in check(ThemeFileReader.read(InputFile(name: "f", bytes: file)).faults, file) },
  "map": { file in check(ReadingsMap.read(InputFile(name: "f", bytes: file)).faults, file) },
  "ratings": ratings,
  "keyscript": { file in _ = try? KeyScript(String(decoding: file, as: UTF8.self)) },
  "authorized_keys": authorizedKeys,
  "keys": keys,
  "text": text,
  "studyfile": studyFile,
]

/// Messages are one line each and safe to print, and name a line that the file has.
private func check(_ faults: [Fault], _ file: [UInt8]) {
  let lines = file.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
  for fault in faults {
    precondition(fault.description.unicodeScalars.allSatisfy { !$0.isUnsafe }, "\(fault)")
    precondition(fault.line >= 1 && fault.line <= lines && fault.column >= 1, "\(fault)")
  }
}

/// The first byte says how the table is read.
@Sendable private func ratings(_ file: [UInt8]) {
  var options = RatingsOptions()
  options.form = [.wide, .transposed, .long, .counts][Int(file.first ?? 0) % 4]
  options.missing = ["NA"]
  var rest = file.dropFirst()
  do {
    let table = try RatingsFile(levels: ["a", "b", "c"], scale: .nominal, options: options) { buffer in
      let count = min(buffer.count, rest.count)
      buffer.copyBytes(from: rest.prefix(count))
      rest = rest.dropFirst(count)
      return count
    }
    precondition(table.notes.allSatisfy { $0.madeSafe.isSameBytes(as: $0) }, "\(table.notes)")
  } catch {
    precondition("\(error)".madeSafe.isSameBytes(as: "\(error)"), "\(error)")
  }
}

/// A file from which nothing is taken stays what it is.
@Sendable private func authorizedKeys(_ file: [UInt8]) {
  let keys = AuthorizedKeys(file)
  precondition(keys.bytes == file && keys.entries.allSatisfy { $0.number >= 1 }, "the file changed")
}

/// No key is a control character: those have names of their own. What else a terminal would not show is kept out of texts.
@Sendable private func keys(_ bytes: [UInt8]) {
  var decoder = KeyDecoder()
  let keys = decoder.feed(bytes) + decoder.flush()
  for case .character(let character) in keys {
    precondition(character.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }, "\(keys)")
  }
}

/// Whatever a note holds, pages and minutes stay pages and minutes.
@Sendable private func text(_ bytes: [UInt8]) {
  let written = FreeText(String(decoding: bytes, as: UTF8.self)).text
  precondition(written.unicodeScalars.allSatisfy { !$0.isUnsafe || $0.isJoiner }, written)
  let page = Escape.markup(written)
  precondition(!page.utf8.contains { "<>\"'".utf8.contains($0) }, page)
  let lines = PlainMarkdown.lines(of: Escape.markdown(written), columns: 40)
  precondition(lines.allSatisfy { $0.madeSafe.isSameBytes(as: $0) }, written)
}

/// A file from a stranger: opened, listed and verified, or refused with words.
@Sendable private func studyFile(_ bytes: [UInt8]) {
  let folder = FileManager.default.temporaryDirectory.appending(path: "endplate-fuzz-\(getpid())")
  let path = folder.appending(path: "a.study").path
  try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else { return }
  let environment = StoreEnvironment(
    now: { Date() }, newID: { UUID().uuidString }, osUser: "fuzz", programVersion: "fuzz")
  do {
    let store = try StudyStore.open(at: path, as: "coordinator", environment: environment)
    _ = try store.worklist(WorklistQuery(), limit: 100).rows.map { try store.caseView($0.id) }
    _ = try store.verify()
  } catch {
    precondition(!"\(error)".isEmpty)
  }
}

private let parser: @Sendable ([UInt8]) -> Void = {
  let name = ProcessInfo.processInfo.environment["ENDPLATE_FUZZ"] ?? ""
  guard let parser = parsers[name] else {
    fatalError("ENDPLATE_FUZZ names no parser; it is one of \(parsers.keys.sorted().joined(separator: ", "))")
  }
  return parser
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  parser(Array(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)))
  return 0
}

#if REPLAY
  /// Without the fuzzer's own `main`: each file that is named once, for the other sanitizers.
  @main enum Replay {
    static func main() throws {
      for path in CommandLine.arguments.dropFirst() {
        parser([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
      }
    }
  }
#endif
