// Keys as key scripts write them, and as control bytes send them.

import Grid

extension Key {
  private static let names = Dictionary(named.map { ($0.key, $0.name) }, uniquingKeysWith: { first, _ in first })

  /// What a script types for this key: `g`, `<Enter>`, `<C-p>`, `<Paste>two<Space>words<EndPaste>`.
  package var name: String {
    if let name = Key.names[self] { return "<\(name)>" }
    switch self {
    case .character(let character): return String(character)
    case .control(let letter): return "<C-\(letter)>"
    case .paste(let text): return "<Paste>" + text.map { Key(pasted: $0).name }.joined() + "<EndPaste>"
    default: return "<?>"
    }
  }

  /// The key of a control byte (0x00…0x1F, 0x7F); nil for any other byte.
  /// A terminal sends the same byte for Ctrl-M and Enter, Ctrl-I and Tab, Ctrl-H and Backspace.
  init?(control byte: UInt8) {
    switch byte {
    case 0x08, 0x7F: self = .backspace
    case 0x09: self = .tab
    case 0x0A, 0x0D: self = .enter
    case 0x1B: self = .escape
    case 0x00..<0x20:
      let letter = Character(Unicode.Scalar(byte | 0x40))
      self = .control(Character(letter.lowercased()))
    default: return nil
    }
  }

  private init(pasted character: Character) {
    switch character {
    case "\n": self = .enter
    case "\t": self = .tab
    default: self = .character(character)
    }
  }
}
