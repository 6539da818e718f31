// What a file is, by its first bytes.

import Testing

@testable import TextSafety

@Suite struct FileKindTests {
  private static func study() -> [UInt8] {
    var bytes = Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 112)
    bytes.replaceSubrange(68..<72, with: Array("EndP".utf8))
    return bytes
  }

  @Test func whatIsEasilyKnownIsNamed() {
    #expect(FileKind(Self.study())?.words == "an Endplate study; --study opens it, as in ‘endplate --study FILE’")
    #expect(FileKind(Self.study().prefix(64))?.title == "a database of another program")
    #expect(FileKind([UInt8](repeating: 0, count: 128) + Array("DICM".utf8))?.title == "a DICOM file")
    #expect(FileKind(Array("\u{89}PNG".unicodeScalars.map { UInt8($0.value) }))?.title == "a picture (PNG)")
    #expect(
      FileKind(Array("# mine\nformat: \"endplate-case/1\"  # a case\nid: 1\n".utf8))?.words
        == "a case file; ‘endplate import’ takes it into a study")
    for text in ["", "id: 1\n", "format: endplate-case/2\n", "a format: endplate-case/1\n"] {
      #expect(FileKind(Array(text.utf8)) == nil, "\(text)")
    }
  }
}
