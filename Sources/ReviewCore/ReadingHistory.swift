// How a reading came to be what it is.

import struct Foundation.Date

/// One act on a reading.
public struct ReadingEvent: Codable, Hashable, Sendable {
  public enum Act: Codable, Hashable, Sendable {
    case graded, undone, redone
    case signed(meaning: String, missing: [FindingID])
    case amended(reason: String)
  }

  public var at: Date
  /// False where the reader is a letter still: `at` is then when the case was opened.
  public var isTimed = true
  /// Or the letter that stands for them.
  public var reader: PrincipalID
  public var examination: ExaminationID
  public var round: Int
  public var version: Int
  public var act: Act
  /// Empty for a signature and an amendment.
  public var changes: [GradeDifference]

  public init(
    at: Date, reader: PrincipalID, examination: ExaminationID, round: Int, version: Int, act: Act,
    changes: [GradeDifference] = []
  ) {
    self.at = at
    self.reader = reader
    self.examination = examination
    self.round = round
    self.version = version
    self.act = act
    self.changes = changes
  }
}
