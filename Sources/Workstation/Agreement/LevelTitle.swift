// What a level of a table of ratings is called on the screen.

import ReviewCore

extension State {
  /// A level, a set of levels or bones, a part's yes and no, in the codebook's words.
  func levelTitle(_ id: String) -> String {
    let parts = id.split(separator: "+").map(String.init)
    let bones = parts.compactMap { Bone(rawValue: $0) }
    if bones.count == parts.count, !bones.isEmpty { return shortTitle(bones.sorted()) }
    let finding = agreement.detail.item.flatMap { session.codebook[$0.finding] }
    return parts.map { finding?.level(LevelID($0))?.title ?? $0.replacing("_", with: " ") }.joined(separator: " + ")
  }
}

/// `T5–L5, S1, ribs left`: neighbours of the spine as runs.
func shortTitle(_ bones: [Bone]) -> String {
  var runs: [(first: Bone, last: Bone)] = []
  for bone in bones {
    if let last = runs.last?.last, last.isVertebra, bone.isVertebra, bone.follows(last) {
      runs[runs.count - 1].last = bone
    } else {
      runs.append((bone, bone))
    }
  }
  return runs.map { $0.first == $0.last ? $0.first.title : Site.run($0.first, $0.last).title }.joined(separator: ", ")
}
