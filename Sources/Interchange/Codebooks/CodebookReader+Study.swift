// The codebook of a study from a file.

import Codebooks
import ReviewCore

extension CodebookReader {
  /// The codebook that a study carries; nil where the file has faults. The built-in one's own file is the built-in one.
  package static func codebook(_ file: InputFile, isBuiltIn: Bool = false) -> Outcome<Codebook> {
    let outcome = read(file)
    guard let scheme = outcome.value else { return Outcome(nil, outcome.faults) }
    if isBuiltIn, scheme.file.id == Codebook.vertebralOsteomyelitis.id {
      return Outcome(.vertebralOsteomyelitis, outcome.faults)
    }
    return Outcome(Codebook(scheme, text: String(decoding: file.bytes, as: UTF8.self)), outcome.faults)
  }
}
