// What a file holds of one reading, collected from its tables while a case is verified.

internal import GRDB
import ReviewCore

/// Which reading of a case, by local numbers.
struct ReadingID: Hashable, Comparable {
  var round: Int
  var reader: Int64
  var examination: Int64

  /// From columns 1 to 3, as every statement of `CaseStreams` about readings has them.
  init(_ row: Columns) throws { try self.init(round: row[1], reader: row[2], examination: row[3]) }

  init(round: Int, reader: Int64, examination: Int64) {
    (self.round, self.reader, self.examination) = (round, reader, examination)
  }

  static func < (a: ReadingID, b: ReadingID) -> Bool {
    (a.round, a.reader, a.examination) < (b.round, b.reader, b.examination)
  }
}

struct ReadingRecords {
  var steps: [Step] = []
  var signatures: [Signature] = []
  var amendments: [Amendment] = []
  /// As shown, from `current`.
  var shown: [GradeRow.Key: GradeRow] = [:]
  /// As shown, from `reading`.
  var standing: ReadingStanding?
  var seconds = 0

  /// There is a fact of it, not only something derived.
  var isFact: Bool { !steps.isEmpty || !signatures.isEmpty || !amendments.isEmpty }

  /// What its standing follows from.
  var expected: ReadingStanding {
    let version = amendments.last?.version ?? 1
    return ReadingStanding(version: version, signedAt: signatures.last { $0.version == version }?.at)
  }
}

struct ReadingStanding: Hashable {
  var version: Int
  var signedAt: String?
}
