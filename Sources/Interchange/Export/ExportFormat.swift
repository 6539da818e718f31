// The formats of `endplate export`: one entry each.

import ReaderAgreement
import ReviewCore

/// A file of an export, with its path inside the folder of the export.
package struct ExportedFile: Hashable, Sendable {
  package var path: String
  package var bytes: [UInt8]

  package init(_ path: String, _ text: String) { self.init(path, bytes: Array(text.utf8)) }

  package init(_ path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }
}

package struct ExportFormat: Sendable {
  package enum Shape: Sendable { case file, folder }

  /// As on the command line.
  package let name: String
  package let about: String
  package let shape: Shape
  /// False where readers have columns or places of their own: a letter has none, for it is another reader in each case.
  package let hasLetters: Bool
  /// Whether what was agreed is in it, beside the readings.
  package let hasConsensus: Bool
  /// A `file` has one, a `folder` any number.
  private let make: @Sendable (StudyExport) throws -> [ExportedFile]

  init(
    _ name: String, _ shape: Shape, _ about: String,
    letters hasLetters: Bool = true, consensus hasConsensus: Bool = false, mark: (path: String, line: String)? = nil,
    make: @escaping @Sendable (StudyExport) throws -> [ExportedFile]
  ) {
    (self.name, self.about, self.shape, self.hasLetters, self.make) = (name, about, shape, hasLetters, make)
    (self.mark, self.hasConsensus) = (mark, hasConsensus)
  }

  /// The files of an export; of a folder with the sums that say what belongs to it.
  package func files(_ export: StudyExport) throws -> [ExportedFile] {
    let files = try make(export)
    guard case .folder = shape else { return files }
    return files + [ExportedFile(Self.sums, files.map { "\(ReleasePackage.hash($0.bytes))  \($0.path)\n" }.joined())]
  }

  /// As `sha256sum` writes and checks it.
  package static let sums = "SHA256SUMS"

  /// Of a folder: a file that every export of the format has, and a line that stands in it and in nothing else.
  package let mark: (path: String, line: String)?

  package static let all: [ExportFormat] = [
    ExportFormat(
      "release", .folder, "every reading, the consensus, cases, codebook and protocol as one documented package",
      consensus: true, mark: ("datapackage.json", "\"format\": \"\(ReleasePackage.format)\"")
    ) {
      try ReleasePackage($0).files
    },
    ExportFormat("long", .file, "CSV, one row a grade") {
      [ExportedFile("long.csv", RatingsExport.long($0.study, id: $0.id, $0.opened, hasNotes: $0.hasNotes))]
    },
    ExportFormat("wide", .file, "CSV, one row a case", letters: false) {
      [ExportedFile("wide.csv", WideTable($0).csv)]
    },
    ExportFormat(
      "ratings", .folder, "CSV, one table of ratings a finding, for agreement --ratings", letters: false,
      mark: ("ratings.csv", RatingsFolder.header.joined(separator: ","))
    ) {
      try RatingsFolder.files($0)
    },
    ExportFormat(
      "redcap", .folder, "REDCap: data dictionary, events, mapping and records of all readings", letters: false,
      consensus: true, mark: ("SETUP.md", RedcapProject.setupTitle)
    ) {
      RedcapProject($0).files
    },
    ExportFormat("r", .file, "an R script that loads a release and prints its tables") {
      [ExportedFile("analyse.R", RScript.text($0))]
    },
    ExportFormat("anki", .file, "Anki: questions of finished cases with their pictures") {
      [ExportedFile("cards.txt", AnkiCards($0).text)]
    },
  ]
}
