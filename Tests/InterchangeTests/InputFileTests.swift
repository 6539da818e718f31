// Files from disk: what is missing, no file, or too large is told.

import Foundation
import Interchange
import Testing

struct InputFileTests {
  @Test func fromDisk() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "input-file-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let small = folder.appending(path: "small.yaml").path
    let large = folder.appending(path: "large.yaml").path
    try Data("id: 1".utf8).write(to: URL(filePath: small))
    try Data(count: 3 << 20).write(to: URL(filePath: large))

    #expect(try InputFile.load(small) == InputFile(name: small, bytes: Array("id: 1".utf8)))
    let cut = try InputFile.load(large)
    #expect(cut.size == 3_145_728)
    #expect(cut.bytes.count == 1_048_577)
    #expect(throws: InputFile.Problem.missing("/nowhere/x.yaml")) { try InputFile.load("/nowhere/x.yaml") }
    #expect(throws: InputFile.Problem.notAFile(folder.path)) { try InputFile.load(folder.path) }
    #expect(throws: InputFile.Problem.notAFile("/dev/zero")) { try InputFile.load("/dev/zero") }
  }
}
