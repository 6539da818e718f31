// When and where a reading was signed and how long it took, as exports write it.

import Foundation
import ReviewCore

extension Reading {
  /// Where it was made: elsewhere, or in the study with this id.
  func madeIn(_ id: String) -> String {
    if case .imported(let elsewhere) = state { elsewhere.madeIn } else { id }
  }

  /// Empty where no time was measured, as of grades from a script, or given.
  var secondsText: String { seconds == 0 ? "" : "\(seconds)" }

  /// The version of the codebook that it was signed under; empty where that is not known.
  var codebookText: String {
    if case .imported(let elsewhere) = state { return elsewhere.codebook.map(String.init) ?? "" }
    return codebook.map(String.init) ?? ""
  }

  /// When it was signed, UTC; of an imported one as it was given.
  var signedText: String {
    switch state {
    case .signed(let date): date.formatted(Date.ISO8601FormatStyle(timeZone: .gmt))
    case .imported(let elsewhere): elsewhere.read ?? ""
    case .draft, .notStarted: ""
    }
  }
}
