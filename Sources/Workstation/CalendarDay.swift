// A day as people read it.

import Foundation

enum CalendarDay {
  /// `2026-11-26`, in UTC.
  static func text(_ date: Date) -> String { date.formatted(.iso8601.year().month().day()) }
}
