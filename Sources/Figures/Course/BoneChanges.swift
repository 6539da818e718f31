// What became of bones, with the levels that say it.

import Grid
import ReviewCore

/// A level for each of some bones, of one finding of the codebook.
package struct BoneChanges: Hashable, Sendable {
  /// The levels of the finding, in its order.
  package var levels: [Level]
  package var levelIDs: [Bone: LevelID]

  package init(_ levelIDs: [Bone: LevelID] = [:], _ finding: Finding?) {
    (self.levelIDs, levels) = (levelIDs, finding?.levels ?? [])
  }

  package static let none = BoneChanges([:], nil)

  package var isEmpty: Bool { levelIDs.isEmpty }

  package subscript(bone: Bone) -> Level? { levelIDs[bone].map(level) }

  /// The levels that occur, in the order of the finding.
  var used: [Level] { levels.filter { levelIDs.values.contains($0.id) } }

  private func level(_ id: LevelID) -> Level { levels.first { $0.id == id } ?? Level(id, glyph: "?") }

  /// `↑ T11 L1 L3, new L4, ↓ L2`.
  package var words: String {
    used.reversed().map { level in
      "\(level.isStarred ? level.title : level.glyph) \(ChangeRow.names(levelIDs.filter { $0.value == level.id }.keys.sorted()))"
    }.joined(separator: ", ")
  }
}

extension Level {
  /// A star says nothing by itself: where there is room the word stands in its place.
  var isStarred: Bool { glyph == "*" }

  /// The colour of a change: of what got better, worse, or neither.
  var changeRole: Role {
    switch tone {
    case "bad": .aggravated
    case "good": .healing
    default: .equivocal
    }
  }
}
