// The codebook of a study from a file.

import Codebooks
import ReviewCore

extension CodebookReader {
  /// The codebook that a study carries; nil where the file has faults.
  package static func codebook(_ file: InputFile) -> Outcome<Codebook> {
    let outcome = read(file)
    guard let scheme = outcome.value else { return Outcome(nil, outcome.faults) }
    return Outcome(Codebook(scheme, text: String(decoding: file.bytes, as: UTF8.self)), outcome.faults)
  }
}
