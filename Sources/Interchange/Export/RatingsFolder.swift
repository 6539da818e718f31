// A table of ratings a finding, as other programs for agreement read them, with a list of what each is.

import Agreement
import ReaderAgreement
import ReviewCore
import TextSafety

package enum RatingsFolder {
  /// - Throws: `RatingTableError` where the readers' names cannot be told apart.
  static func files(_ export: StudyExport) throws -> [ExportedFile] {
    let agreement = try StudyAgreement(export.study, readers: export.readers, opened: export.opened)
    var list = [["file", "finding", "part", "title", "comparison", "scale", "levels", "examinations", "endplate"]]
    var files: [ExportedFile] = []
    for ratings in agreement.findings {
      for item in ratings.allItems where item.units.count > item.unnamed.count {
        let path = "\(prefix(ratings.comparison, agreement))\(item.id).csv"
        files.append(ExportedFile(path, RatingsExport.matrix(item)))
        list.append([
          path, item.finding.rawValue, item.part ?? "", item.title, ratings.comparison.title, scale(item),
          item.levels.joined(separator: "; "), "\(item.units.count - item.unnamed.count)", options(item, path),
        ])
      }
    }
    return [ExportedFile("ratings.csv", Escape.csv(list))] + files
  }

  /// Where there is one round, the name of a finding is enough.
  private static func prefix(_ comparison: Comparison, _ agreement: StudyAgreement) -> String {
    switch comparison {
    case .readers where agreement.rounds.count == 1: ""
    case .readers(let round): "round-\(round)/"
    case .rounds(let reader): "\(reader)/"
    }
  }

  private static func scale(_ item: RatedItem) -> String { item.isSetValued ? "sets" : item.table.scale.rawValue }

  /// The command that reads it.
  private static func options(_ item: RatedItem, _ path: String) -> String {
    "endplate agreement --ratings \(path) --cluster patient --scale \(scale(item))"
      + (item.isSetValued ? "" : " --levels '\(item.levels.joined(separator: ","))'")
  }
}
