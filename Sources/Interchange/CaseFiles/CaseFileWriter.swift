// Writes a case as a case file: what is not stated is left out, and reading it back gives the same case.

import ReviewCore
import Yams

package enum CaseFileWriter {
  /// - Parameter images: its key images, by their paths from the case file.
  /// - Throws: what Yams says of a text it cannot write; none that a case file may hold.
  package static func yaml(_ patientCase: Case, images: [CaseImageFile] = []) throws -> String {
    let node = CaseSchema.file(.embedded).write(StatedCase(patientCase, images: images))
    return try Yams.serialize(node: node, indent: 2, width: -1, allowUnicode: true)
  }
}
