// When a reading was signed, as exports write it.

import Foundation
import ReviewCore

extension Reading {
  /// When it was signed, UTC; of an imported one as it was given.
  var signedText: String {
    switch state {
    case .signed(let date): date.formatted(Date.ISO8601FormatStyle(timeZone: .gmt))
    case .imported(let elsewhere): elsewhere.read ?? ""
    case .draft, .notStarted: ""
    }
  }
}
