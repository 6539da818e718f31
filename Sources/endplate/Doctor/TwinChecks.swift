// Two files of one study: a copy that somebody grades in is lost to the others.

import CaseStore
import Foundation
import Seats
import TextSafety

struct TwinChecks {
  /// Nil where there is none.
  let study: String?

  /// Among the files beside the study, and those that seats lead to.
  var findings: [Diagnosis] {
    guard let study else { return [] }
    let folder = study.folderOfPath
    let beside = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    let led = (try? AuthorizedKeysFile(named: nil).read().entries.map(\.seat.study)) ?? []
    let paths =
      [study] + beside.filter { $0.hasSuffix(".study") }.map { "\(folder.isEmpty ? "." : folder)/\($0)" } + led
    let files = Set(paths.map { URL(filePath: $0).resolvingSymlinksInPath().path })
    let known = files.compactMap { path in (try? StudyStore.identity(at: path)).map { (path: path, uuid: $0) } }
    return Dictionary(grouping: known, by: \.uuid).values.filter { $0.count > 1 }.map { twins in
      Diagnosis(
        state: .poor,
        thing: "study: one study lies in several files: \(twins.map(\.path).sorted().joined(separator: ", "))",
        cure: "Keep the one that is read in, and move its copies to another folder, as backups are.")
    }
  }
}
