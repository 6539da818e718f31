// What a level of a table of ratings is called on the screen.

import ReviewCore

extension State {
  /// A level, a set of levels or bones, a part's yes and no, in the codebook's words.
  func levelTitle(_ id: String) -> String {
    let parts = id.split(separator: "+").map(String.init)
    let bones = parts.compactMap { Bone(rawValue: $0) }
    if bones.count == parts.count, !bones.isEmpty { return Bone.runs(bones.sorted()).joined(separator: ", ") }
    let finding = agreement.detail.item.flatMap { session.codebook[$0.finding] }
    return parts.map { finding?.level(LevelID($0))?.title ?? $0.replacing("_", with: " ") }.joined(separator: " + ")
  }
}
