// Reads a case file (`endplate-case/1`) and tells everything that is wrong with it in one run.

import ReviewCore

/// A case as its file states it.
package struct CaseFile: Hashable, Sendable {
  package var patientCase: Case
  /// Grades stated by a publication; empty for every file but the embedded ones, as the case's `course` is.
  package var published: [GradeKey: Grade]
  /// Files of key images. Their paths may name somebody: they stay out of the study.
  package var images: [CaseImageFile]

  package init(_ patientCase: Case, published: [GradeKey: Grade] = [:], images: [CaseImageFile] = []) {
    self.patientCase = patientCase
    self.published = published
    self.images = images
  }
}

/// A key image that a case file names.
package struct CaseImageFile: Hashable, Sendable {
  /// From the folder of the case file, as it stands there; see `parts`.
  package var path: String
  package var examination: ExaminationID
  package var sequence: MRSequence
  /// Of its series, for a picture that does not say.
  package var plane: Plane?

  package init(_ path: String, _ examination: ExaminationID, _ sequence: MRSequence, plane: Plane? = nil) {
    (self.path, self.examination, self.sequence, self.plane) = (path, examination, sequence, plane)
  }

  /// A path that names something outside of the folder of the case file, which is refused.
  package var leavesFolder: Bool { Self.leavesFolder(path) }

  static func leavesFolder(_ path: String) -> Bool {
    path.hasPrefix("/") || path.split(separator: "/").contains("..")
  }

  /// The file, and which of its pictures, from 0: `stack.dcm#3` is the third.
  package var parts: (file: String, frame: Int) {
    guard let mark = path.lastIndex(of: "#"), let number = Int(path[path.index(after: mark)...]), number > 0 else {
      return (path, 0)
    }
    return (String(path[..<mark]), number - 1)
  }
}

package enum CaseFileReader {
  /// Who hands the file over: only the embedded sample study may bring published grades.
  package enum Origin: Sendable { case imported, embedded }

  package static func read(
    _ file: InputFile, origin: Origin = .imported, codebook: Codebook = .vertebralOsteomyelitis
  ) -> Outcome<CaseFile> {
    let parsed = YamlDocument.parse(file)
    guard let document = parsed.value else { return Outcome(nil, parsed.faults) }
    var reader = SchemaReader(document, codebook: codebook)
    let block = CaseSchema.file(origin, series: codebook.series)
    guard let fields = reader.fields(document.root, block.schema) else { return Outcome(nil, reader.faults.all) }
    return Outcome(block.read(fields, &reader.faults).file, reader.faults.all)
  }

  /// Reads several files as one import: nothing is taken unless all are right and no id stands in two files.
  package static func read(
    _ files: [InputFile], codebook: Codebook = .vertebralOsteomyelitis
  ) -> Outcome<[CaseFile]> {
    var cases: [CaseFile] = []
    var faults: [Fault] = []
    var names: [CaseID: String] = [:]
    for file in files {
      let outcome = read(file, codebook: codebook)
      faults += outcome.faults
      guard let value = outcome.value else { continue }
      let id = value.patientCase.id
      if let other = names.updateValue(file.name, forKey: id) {
        faults.append(Fault(file.name, "the case ‘\(id)’ stands in \(other) already; give one of them another id"))
      }
      cases.append(value)
    }
    return Outcome(cases, faults)
  }
}
