// What lies over a screen: the locked screen, windows, maps that have the keys, a question at the foot.

import Grid

/// Takes a key, or passes it on to what lies below: the next layer, and at last the commands of the screen.
package protocol Layer: Sendable {
  /// Nil passes the key on.
  func take(_ key: Key, _ state: inout State) -> [Effect]?
  func draw(_ state: State, _ canvas: inout Canvas)
  /// What the last row of the screen says; nil leaves it to what lies below.
  func foot(_ state: State) -> Foot?
  /// All its keys, for `?`; nil where it has none of its own, or where `?` is text.
  func keys(_ state: State) -> [(key: String, words: String)]?
  /// The text field that has the keys, whose notices are told; nil where nothing is typed.
  var typing: LineEditor? { get }
}

package enum Foot: Sendable {
  case nothing
  case words(String)
  case keys([(key: String, words: String)])
}

extension Layer {
  package func draw(_ state: State, _ canvas: inout Canvas) {}
  package func foot(_ state: State) -> Foot? { .nothing }
  package func keys(_ state: State) -> [(key: String, words: String)]? { nil }
  package var typing: LineEditor? { nil }
}

extension State {
  /// What lies over the screen, the topmost first.
  var layers: [any Layer] {
    if let lock { return [lock] }
    if isTooSmall { return [] }
    return (overlay.map { [$0] } ?? []) + Screen.of(screen).over(self)
  }
}

/// A map of the spine that has the keys. Its screen draws it.
struct BoneMap: Layer {
  let picker: BonePicker
  let update: @Sendable (inout State, Key, BonePicker) -> [Effect]

  func take(_ key: Key, _ state: inout State) -> [Effect]? { update(&state, key, picker) }
  func foot(_ state: State) -> Foot? { .keys(picker.foot(state.session.codebook[picker.finding])) }
  func keys(_ state: State) -> [(key: String, words: String)]? {
    let finding = state.session.codebook[picker.finding]
    return picker.keys(finding) + [("← ↑ ↓ →", "go from bone to bone")] + picker.examples(finding)
  }
}
