// Numbers and times as the screens show them.

import Foundation
import TextSafety

/// `0.62`, `−0.05`, `1.00`; with three places `0.620`.
func decimal(_ value: Double, places: Int = 2) -> String { value.decimals(places, minus: "−") }

/// `4 min 10 s`.
func timeSpent(_ seconds: Int) -> String {
  let (minutes, rest) = seconds.quotientAndRemainder(dividingBy: 60)
  return minutes == 0 ? "\(rest) s" : rest == 0 || minutes > 59 ? "\(minutes) min" : "\(minutes) min \(rest) s"
}

enum CalendarDay {
  /// `2026-11-26`, in UTC.
  static func text(_ date: Date) -> String { date.formatted(.iso8601.year().month().day()) }
}
