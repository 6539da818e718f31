// Points in time as the study file keeps them: UTC, milliseconds, sortable text.

import Foundation

enum Timestamp {
  private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  /// `2026-03-01T14:02:11.000Z`.
  static func text(_ date: Date) -> String {
    style.format(Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1000).rounded() / 1000))
  }

  static func date(_ text: String) throws -> Date {
    guard let date = try? style.parse(text) else {
      throw StoreError.badData(["the study file holds ‘\(text)’ where a time should be"])
    }
    return date
  }
}
