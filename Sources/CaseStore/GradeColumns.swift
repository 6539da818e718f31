// A grade as the columns of a row: value, note, series, slice, bone, confidence.

internal import GRDB
import ReviewCore

enum GradeColumns {
  static let names = "value, note, series, slice, bone, confidence"

  /// Nil where the value is null: cleared, or unresolved in a consensus.
  static func grade(_ row: Row, from first: Int, finding: FindingID, codebook: Codebook) throws -> Grade? {
    guard let text = row[first] as String? else { return nil }
    guard let scale = codebook[finding]?.scale else {
      throw StoreError.badData(["the study file grades ‘\(finding)’, which its codebook does not have"])
    }
    let image = (row[first + 2] as Int?).flatMap { series in
      (row[first + 3] as Int?).map { ImageReference(series: series, slice: $0) }
    }
    return Grade(
      try GradeValue(canonical: text, scale: scale), note: row[first + 1], image: image,
      bone: (row[first + 4] as String?).flatMap(Bone.init(rawValue:)), confidence: row[first + 5])
  }
}
