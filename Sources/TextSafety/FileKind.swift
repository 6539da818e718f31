// What a file is, where its first bytes say so: for whoever gave it where another kind was asked for.

package struct FileKind: Hashable, Sendable {
  /// `an Endplate study`, `a picture (PNG)`.
  package let title: String
  /// What takes it; nil where nothing here does.
  package let use: String?
  package let isText: Bool

  /// `an Endplate study; --study opens it`.
  package var words: String { title + (use.map { "; \($0)" } ?? "") }

  /// As many bytes tell it.
  package static let bytesNeeded = 4096

  /// - Parameter head: the first bytes of the file.
  /// - Returns: nil where they do not say.
  package init?(_ head: some Collection<UInt8>) {
    let head = Array(head.prefix(Self.bytesNeeded))
    if let known = Self.binary.first(where: { head.dropFirst($0.offset).starts(with: $0.magic) }) {
      (title, use, isText) = (known.title, known.use, false)
      return
    }
    let lines = head.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    let format = lines.lazy.compactMap { line -> String? in
      guard line.starts(with: "format:".utf8) else { return nil }
      return line.dropFirst(7).split { " \t\"'".utf8.contains($0) }.first.map { String(decoding: $0, as: UTF8.self) }
    }.first
    guard let format, let known = Self(format: format) else { return nil }
    self = known
  }

  /// The kind of text file that says `format: …`; nil for a word that is none.
  package init?(format: String) {
    guard let known = Self.text.first(where: { $0.format == format }) else { return nil }
    (title, use, isText) = (known.title, known.use, true)
  }

  // Of the SQLite file format the application id lies at 68; a DICOM file has its letters behind 128 bytes.
  private static let binary: [(magic: [UInt8], offset: Int, title: String, use: String?)] = [
    (Array("EndP".utf8), 68, "an Endplate study", "--study opens it, as in ‘endplate --study FILE’"),
    (Array("SQLite format 3\0".utf8), 0, "a database of another program", nil),
    ([0x89, 0x50, 0x4E, 0x47], 0, "a picture (PNG)", nil), ([0xFF, 0xD8, 0xFF], 0, "a picture (JPEG)", nil),
    (Array("DICM".utf8), 128, "a DICOM file", nil),
    (Array("PK\u{3}\u{4}".utf8), 0, "a ZIP archive, as spreadsheets are; save the table as CSV", nil),
    ([0xD0, 0xCF, 0x11, 0xE0], 0, "an old workbook (xls); save its sheet as CSV", nil),
    (Array("%PDF".utf8), 0, "a PDF document", nil), ([0x1F, 0x8B], 0, "compressed with gzip; unpack it first", nil),
  ]

  private static let text: [(format: String, title: String, use: String?)] = [
    ("endplate-case/1", "a case file", "‘endplate import’ takes it into a study"),
    ("endplate-study/1", "the description of a study", "‘endplate study new FILE --from’ makes the study"),
    ("endplate-readings/1", "a file of readings for practice", nil),
    ("endplate-teaching/1", "a script for teaching", "‘endplate teach --script’ takes it"),
    ("endplate-codebook/1", "a codebook", "‘endplate codebook show’ prints it"),
    ("endplate-map/1", "a map of a table of readings", "‘endplate import readings --map’ takes it"),
  ]
}
