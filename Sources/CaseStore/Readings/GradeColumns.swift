// A grade as the columns of a row.

internal import GRDB
import ReviewCore

enum GradeColumns {
  static let names = "value, note, series, slice, bone, confidence, overrules"

  /// Nil where the value is null: cleared, or unresolved in a consensus.
  static func grade(_ row: Row, from first: Int, finding: FindingID, codebook: Codebook) throws -> Grade? {
    guard let text = row[first] as String? else { return nil }
    guard let known = codebook[finding] else { throw StoreError.unknownCode(finding.rawValue, "a finding") }
    let image = (row[first + 2] as Int?).flatMap { series in
      (row[first + 3] as Int?).map { ImageReference(series: series, slice: $0) }
    }
    return Grade(
      try known.stored(text), note: row[first + 1], image: image,
      bone: try .stored(row[first + 4] as String?, "a bone"), confidence: row[first + 5],
      overrules: (row[first + 6] as String?).map { LevelID($0) })
  }
}
