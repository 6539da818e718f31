// Bytes from a terminal become keys. A sequence nobody knows becomes nothing: its digits must never grade a case.
//
// Why not the decoder of ncurses: it passes unknown sequences on as the characters they are made of, loses a character
// whose bytes arrive in two pieces, and cannot tell silence from the end of input.

import Grid

package struct KeyDecoder: Sendable {
  static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)
  /// Longer pastes are cut: nobody pastes a megabyte into a note on purpose.
  private static let longestPaste = 1 << 20

  private let sequences: [[UInt8]: Key]
  private let escapeDelay: Int32
  private var units = InputUnits()
  private var tokenizer: ControlTokenizer
  private var pasted: [UInt8]?
  /// How many bytes of the paste's end the last bytes were.
  private var endsSeen = 0
  /// What was given up after a silence, and may still come.
  private var late: LateRest?

  /// - Parameters:
  ///   - sequences: what the terminal database says of the keys of this terminal, besides the common ones.
  ///   - escapeDelay: milliseconds after which an Esc that nothing follows is the key.
  package init(sequences: [[UInt8]: Key] = [:], escapeDelay: Int32 = TerminalOptions.nearEscapeDelay) {
    self.sequences = sequences.filter { $0.key.count > 1 && $0.key[0] == 0x1B }
    self.escapeDelay = escapeDelay
    tokenizer = ControlTokenizer(known: Set(self.sequences.keys))
  }

  /// Milliseconds to wait for the rest of what has begun before `flush`; nil when nothing has.
  /// A lone Esc must feel immediate; what can only be a sequence may take its time on a slow link.
  package var patience: Int32? {
    if pasted != nil { return 5000 }
    switch tokenizer.state {
    case .ground: return units.isOpen ? 1000 : nil
    case .escape: return escapeDelay
    case .intermediate, .csi, .ss3, .string, .stringEscape, .tail: return 2000
    }
  }

  /// The keys of one read.
  package mutating func feed(_ bytes: some Sequence<UInt8>) -> [Key] {
    let bytes = Array(bytes)
    guard !bytes.isEmpty else { return [] }
    let rest = bytes.dropFirst(takeLate(bytes))
    var keys: [Key] = []
    var text = ""
    for byte in rest {
      if pasted != nil {
        if let key = takePasted(byte) { keys.append(key) }
        continue
      }
      for token in units.take(byte).flatMap({ tokenizer.take($0) }) {
        if case .text(let scalar) = token {
          text.unicodeScalars.append(scalar)
          continue
        }
        keys += text.map { .character($0) }
        text = ""
        if let key = key(token) { keys.append(key) }
      }
    }
    tokenizer.endRead()
    return keys + text.map { .character($0) }
  }

  /// What has begun means, now that nothing followed.
  package mutating func flush() -> [Key] {
    defer {
      units.reset()
      tokenizer.reset()
      (pasted, endsSeen) = (nil, 0)
    }
    if let pasted {
      late = .paste
      return [KeyDecoder.paste(pasted)]
    }
    late = LateRest(of: units, tokenizer)
    return tokenizer.state == .escape ? [.escape] : []
  }

  /// How many bytes belong to what was given up.
  private mutating func takeLate(_ bytes: [UInt8]) -> Int {
    guard let late else { return 0 }
    self.late = nil
    let (length, startsPaste) = late.found(in: bytes)
    if startsPaste { pasted = [] }
    return length
  }

  private mutating func key(_ token: ControlTokenizer.Token) -> Key? {
    switch token {
    case .text: return nil
    case .control(let byte): return Key(control: byte)
    case .escape: return .escape
    case .sequence(let bytes): return sequences[bytes] ?? KeySequences.key(of: bytes)
    case .pasteStart:
      pasted = []
      return nil
    }
  }

  // MARK: Paste

  /// Only the 7-bit form ends a paste: what others wrote into a clipboard may hold the other.
  private mutating func takePasted(_ byte: UInt8) -> Key? {
    let end = KeyDecoder.pasteEnd
    if byte == end[endsSeen] {
      endsSeen += 1
    } else {
      // An ESC stands only at its beginning.
      keep(end[..<endsSeen])
      endsSeen = byte == end[0] ? 1 : 0
      if endsSeen == 0 { keep([byte]) }
    }
    guard endsSeen == end.count, let whole = pasted else { return nil }
    (pasted, endsSeen) = (nil, 0)
    return KeyDecoder.paste(whole)
  }

  private mutating func keep(_ bytes: some Collection<UInt8>) {
    guard let count = pasted?.count, count < KeyDecoder.longestPaste else { return }
    pasted?.append(contentsOf: bytes)
  }

  /// Line ends as `\n`; other control characters but the tab are left out.
  private static func paste(_ bytes: [UInt8]) -> Key {
    var text = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\r": text.append("\n")
      case "\n": if !afterReturn { text.append("\n") }
      case "\t": text.append("\t")
      default: if scalar.properties.generalCategory != .control { text.append(scalar) }
      }
      afterReturn = scalar == "\r"
    }
    return .paste(String(text))
  }
}
