// A table of ratings a finding, as other programs for agreement read them, with a list of what each is.

import Agreement
import ReaderAgreement
import ReviewCore
import TextSafety

package enum RatingsFolder {
  static let header = [
    "file", "finding", "part", "title", "comparison", "scale", "levels", "examinations", "endplate",
  ]

  /// - Throws: `RatingTableError` where the readers' names cannot be told apart.
  static func files(_ export: StudyExport) throws -> [ExportedFile] {
    let agreement = try StudyAgreement(export.study, readers: export.readers, opened: export.opened)
    var list = [header]
    var files: [ExportedFile] = []
    var names = FileNames(taken: ["ratings", ExportFormat.sums])
    let folders = folders(agreement)
    for ratings in agreement.findings {
      for item in ratings.allItems where item.units.count > item.unnamed.count {
        let path = names.unique((folders[ratings.comparison] ?? "") + item.id) + ".csv"
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
  private static func folders(_ agreement: StudyAgreement) -> [Comparison: String] {
    var names = FileNames()
    return agreement.findings.map(\.comparison).reduce(into: [:]) { folders, comparison in
      guard folders[comparison] == nil else { return }
      switch comparison {
      case .readers where agreement.rounds.count == 1: folders[comparison] = ""
      case .readers(let round): folders[comparison] = names.unique("round-\(round)") + "/"
      case .rounds(let reader): folders[comparison] = names.unique(reader.rawValue) + "/"
      }
    }
  }

  private static func scale(_ item: RatedItem) -> String { item.isSetValued ? "sets" : item.table.scale.rawValue }

  /// The command that reads it.
  private static func options(_ item: RatedItem, _ path: String) -> String {
    "endplate agreement --ratings \(path) --cluster patient --scale \(scale(item))"
      + (item.readersPerUnit < item.columns.count ? " --readers-per-case \(item.readersPerUnit)" : "")
      + (item.isSetValued ? "" : " --levels '\(item.levels.joined(separator: ","))'")
  }
}
