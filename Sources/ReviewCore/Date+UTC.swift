// A point in time as people read it.

import Foundation

extension Date {
  /// `2026-03-01 14:02:11Z`.
  package var utc: String {
    formatted(Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .gmt))
  }
}
