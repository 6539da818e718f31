// A key as a person presses it. The terminal makes them, the workstation binds them.

package enum Key: Hashable, Sendable {
  /// One character as it is seen, with its combining marks.
  case character(Character)
  /// Ctrl with a lower-case letter or one of `@ \ ] ^ _`.
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  case function(Int)
  /// A bracketed paste, whole: never keys, so that no pasted text acts as commands. Lines end in `\n`.
  case paste(String)
}

extension Key {
  /// Keys that have a name of their own. `<` and `#` mean something in a key script, so they are written by name.
  package static let named: [(name: String, key: Key)] =
    [
      ("Enter", .enter), ("Esc", .escape), ("Tab", .tab), ("BackTab", .backTab), ("Backspace", .backspace),
      ("Delete", .delete), ("Insert", .insert), ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right),
      ("PageUp", .pageUp), ("PageDown", .pageDown), ("Home", .home), ("End", .end), ("Space", .character(" ")),
      ("lt", .character("<")), ("Hash", .character("#")),
    ] + (1...24).map { ("F\($0)", .function($0)) }

  /// As help and footers name it: `g`, `Enter`, `^P`, `F1`.
  package var title: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let letter): "^" + letter.uppercased()
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .backTab: "Shift-Tab"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .paste: "paste"
    default: Self.named.first { $0.key == self }?.name ?? ""
    }
  }
}
