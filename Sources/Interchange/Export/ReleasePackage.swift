// The complete package of a study: for a journal, an archive, or another Endplate.

import Crypto
import Foundation
import ReviewCore
import TextSafety
import Yams

/// The files of a release. The same study gives the same bytes: nothing in it says when, where or by whom it was made.
package struct ReleasePackage {
  package static let format = "endplate-release/1"
  let export: StudyExport

  package init(_ export: StudyExport) { self.export = export }

  package var files: [ExportedFile] {
    get throws {
      let tables =
        [
          ReleaseTables.readings(export), ReleaseTables.consensus(export), ReleaseTables.cases(export),
          ReleaseTables.codebook(export),
        ] + (export.images.isEmpty ? [] : [ReleaseTables.images(export)])
      var files = tables.map { ExportedFile($0.path, $0.csv) }
      files.append(
        ExportedFile("codebook.yaml", try export.codebook.origin?.text ?? CodebookText.yaml(export.codebook)))
      files += export.codebook.former.compactMap { former in
        former.codebook.origin.map { ExportedFile("codebooks/\(former.codebook.version).yaml", $0.text) }
      }
      let seed = export.knowsSeed ? export.study.studyProtocol.seed : nil
      files.append(
        ExportedFile(
          "protocol.yaml",
          try StudyDescriptionWriter.yaml(
            export.study, readers: export.readers, seed: seed, assign: export.assign)))
      var names = FileNames()
      for (index, patientCase) in export.cases.enumerated() {
        let name = patientCase.id.rawValue.isIdentifier ? patientCase.id.rawValue : "number-\(index + 1)"
        files.append(
          ExportedFile(
            "cases/\(names.unique(name)).yaml",
            try CaseFileWriter.yaml(export.published(patientCase), images: export.imageFiles(of: patientCase.id))))
      }
      files += zip(export.images, export.imagePaths).map { ExportedFile("cases/\($1)", bytes: $0.png) }
      let hashes = Dictionary(uniqueKeysWithValues: files.map { ($0.path, Self.hash($0.bytes)) })
      files.append(ExportedFile("README.md", ReleaseReadme(export, tables: tables, hashes: hashes).text))
      files.append(ExportedFile("datapackage.json", dataPackage(tables, hashes)))
      return files
    }
  }

  static func hash(_ text: String) -> String { hash(Array(text.utf8)) }

  static func hash(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.utf8.count == 1 ? "0" + digits : digits
    }.joined()
  }

  private func dataPackage(_ tables: [ExportTable], _ hashes: [String: String]) -> String {
    let study = export.study
    var pairs: [(String, JSONValue)] = [
      ("profile", .text("tabular-data-package")), ("format", .text(Self.format)), ("name", .text("endplate-release")),
      ("title", .text(study.title)), ("program", .text(export.program)),
      ("codebook", .text("\(study.codebook.id), version \(study.codebook.version)")),
    ]
    if let source = study.source { pairs.append(("source", .text(source))) }
    if study.isIllustrative { pairs.append(("illustrative", .yesNo(true))) }
    if study.isConstructed { pairs.append(("constructed", .yesNo(true))) }
    pairs.append(("notes", .yesNo(export.hasNotes)))
    pairs.append(
      ("resources", .list(tables.map { $0.resource(bytes: $0.csv.utf8.count, hash: hashes[$0.path] ?? "") })))
    return JSONValue.object(pairs).written() + "\n"
  }
}

extension StudyExport {
  /// A case as it goes out: remarks on images are free text; grades of a publication are its consensus, and stand in consensus.csv.
  func published(_ patientCase: Case) -> Case {
    var bare = patientCase
    bare.course = [:]
    guard !hasNotes else { return bare }
    bare.examinations = bare.examinations.map { examination in
      var examination = examination
      examination.remarks = []
      examination.collections = examination.collections?.map(\.bare)
      for index in examination.acquisitions.indices { examination.acquisitions[index].remark = nil }
      return examination
    }
    return bare
  }
}
