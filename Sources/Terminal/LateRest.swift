// The rest of a sequence that came after it was given up: on a link that stalls it must not become keys either.

/// What was given up. It is looked for once, at the beginning of the read that comes next.
enum LateRest: Sendable {
  /// The character and the sequence that had begun.
  case sequence(InputUnits, ControlTokenizer)
  case paste

  /// Nil where nothing had begun that could go on.
  init?(of units: InputUnits, _ tokenizer: ControlTokenizer) {
    if tokenizer.state == .ground { return nil }
    self = .sequence(units, tokenizer)
  }

  /// How many bytes at the beginning are that rest, 0 where it is something else; and whether a paste begins with it.
  ///
  /// A person's single keys are never taken for one: it takes two bytes in one read, or the end of a string.
  func found(in bytes: [UInt8]) -> (length: Int, startsPaste: Bool) {
    guard bytes.count > 1 else { return (0, false) }
    switch self {
    case .paste:
      let end = KeyDecoder.pasteEnd
      let start = bytes.indices.first { bytes[$0...].starts(with: end) }
      return (start.map { $0 + end.count } ?? 0, false)
    case .sequence(var units, var tokenizer):
      switch tokenizer.state {
      case .escape where !Array("[O]PX^_".utf8).contains(bytes[0]): return (0, false)
      case .intermediate where !(0x20...0x3F).contains(bytes[0]): return (0, false)
      case .csi where !(0x20...0x3F).contains(bytes[0]): return (0, false)
      case .ss3 where !(0x30...0x3F).contains(bytes[0]): return (0, false)
      default: break
      }
      for (index, byte) in bytes.enumerated() {
        let tokens = units.take(byte).flatMap { tokenizer.take($0) }
        guard tokenizer.state == .ground, !units.isOpen else { continue }
        return (index + 1, tokens.contains(.pasteStart))
      }
      return (0, false)
    }
  }
}
