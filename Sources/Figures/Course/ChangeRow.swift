// Bones that changed alike over the examinations share a row of the timeline.

import ReviewCore

package struct ChangeRow: Hashable {
  /// `T11 L1 L3`, `T1–T4`; what does not fit goes on in the next row.
  var title: String
  var changes: [ExaminationID: Level]

  static func rows(_ course: Course, columns: Int) -> [ChangeRow] {
    var groups: [(changes: [ExaminationID: Level], bones: [Bone])] = []
    for bone in Bone.allCases {
      let changes = course.points.reduce(into: [ExaminationID: Level]()) { $0[$1.id] = $1.changes[bone] }
      guard !changes.isEmpty else { continue }
      if let index = groups.firstIndex(where: { $0.changes == changes }) {
        groups[index].bones.append(bone)
      } else {
        groups.append((changes, [bone]))
      }
    }
    return groups.flatMap { group in
      names(group.bones).wrapped(to: columns).map { ChangeRow(title: $0, changes: group.changes) }
    }
  }

  /// Runs of three or more vertebrae are said by their ends.
  package static func names(_ bones: [Bone]) -> String {
    var runs: [[Bone]] = []
    for bone in bones {
      if let last = runs.last?.last, last.isVertebra, bone.isVertebra, bone.follows(last) {
        runs[runs.count - 1].append(bone)
      } else {
        runs.append([bone])
      }
    }
    return runs.map { run in
      guard run.count > 2, let first = run.first, let last = run.last else {
        return run.map(\.title).joined(separator: " ")
      }
      return "\(first.title)–\(last.title)"
    }.joined(separator: " ")
  }
}
