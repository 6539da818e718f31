// Bytes from a terminal become keys. A sequence nobody knows becomes nothing: its digits must never grade a case.
//
// Why not the decoder of ncurses: it passes unknown sequences on as the characters they are made of, loses a character
// whose bytes arrive in two pieces, and cannot tell silence from the end of input.

import Grid

package struct KeyDecoder: Sendable {
  private static let escape: UInt8 = 0x1B
  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)
  /// Longer pastes are cut: nobody pastes a megabyte into a note on purpose.
  private static let longestPaste = 1 << 20
  private static let longestSequence = 64

  private let sequences: [[UInt8]: Key]
  private let prefixes: Set<[UInt8]>
  private let longestKnown: Int
  private var pending: [UInt8] = []
  private var pasted: [UInt8]?

  /// `sequences`: what the terminal database says of the keys of this terminal, besides the common ones.
  package init(sequences: [[UInt8]: Key] = [:]) {
    self.sequences = sequences.filter { $0.key.count > 1 && $0.key[0] == KeyDecoder.escape }
    prefixes = Set(self.sequences.keys.flatMap { bytes in (1..<bytes.count).map { Array(bytes[..<$0]) } })
    longestKnown = self.sequences.keys.map(\.count).max() ?? 0
  }

  /// Milliseconds to wait for the rest of what has begun before `flush`; nil when nothing has.
  /// A lone Esc must feel immediate; a sequence that is cut in half by a slow link may take its time.
  package var patience: Int32? {
    if pasted != nil { return 1000 }
    if pending.isEmpty { return nil }
    return pending[0] == KeyDecoder.escape && pending.count < 3 ? 25 : 1000
  }

  package mutating func feed(_ bytes: some Sequence<UInt8>) -> [Key] {
    pending += bytes
    var keys: [Key] = []
    var text = ""
    var rest = pending[...]
    decoding: while !rest.isEmpty {
      if pasted != nil {
        guard let key = takePaste(&rest) else { break }
        keys.append(key)
        continue
      }
      let step = next(rest)
      if case .text(let scalar, _) = step {
        if !SafeText.isUnsafe(scalar) { text.unicodeScalars.append(scalar) }
      } else {
        keys += text.map { .character($0) }
        text = ""
      }
      switch step {
      case .incomplete: break decoding
      case .key(let key, let length):
        keys.append(key)
        rest = rest.dropFirst(length)
      case .pasteStart(let length):
        pasted = []
        rest = rest.dropFirst(length)
      case .text(_, let length), .nothing(let length): rest = rest.dropFirst(length)
      }
    }
    pending = Array(rest)
    return keys + text.map { .character($0) }
  }

  /// What has begun means, now that nothing followed.
  package mutating func flush() -> [Key] {
    defer {
      pending = []
      pasted = nil
    }
    if let pasted { return [KeyDecoder.paste(pasted + pending)] }
    switch pending {
    case [KeyDecoder.escape]: return [.escape]
    case [KeyDecoder.escape, 0x4F], [KeyDecoder.escape, 0x5B]:
      return [.escape, .character(Character(Unicode.Scalar(pending[1])))]
    default: return []
    }
  }

  // MARK: One step

  private enum Step {
    case key(Key, Int)
    case text(Unicode.Scalar, Int)
    case pasteStart(Int)
    case nothing(Int)
    case incomplete
  }

  private func next(_ bytes: ArraySlice<UInt8>) -> Step {
    let first = bytes[bytes.startIndex]
    if first == KeyDecoder.escape { return known(bytes) ?? escaped(bytes) }
    if let key = Key(control: first) { return .key(key, 1) }
    return KeyDecoder.scalar(bytes)
  }

  /// The longest sequence of the terminal database that the bytes begin with.
  private func known(_ bytes: ArraySlice<UInt8>) -> Step? {
    let all = Array(bytes.prefix(longestKnown))
    if all.count == bytes.count, prefixes.contains(all), sequences[all] == nil { return .incomplete }
    for length in stride(from: all.count, to: 1, by: -1) {
      if let key = sequences[Array(all.prefix(length))] { return .key(key, length) }
    }
    return nil
  }

  private func escaped(_ bytes: ArraySlice<UInt8>) -> Step {
    guard bytes.count > 1 else { return .incomplete }
    switch bytes[bytes.startIndex + 1] {
    case 0x5B: return KeyDecoder.csi(bytes)
    case 0x4F:
      guard bytes.count > 2 else { return .incomplete }
      let final = Character(Unicode.Scalar(bytes[bytes.startIndex + 2]))
      return KeySequences.ss3Finals[final].map { .key($0, 3) } ?? .nothing(3)
    default: return .key(.escape, 1)
    }
  }

  /// ECMA-48: `ESC [`, parameter bytes, intermediate bytes, one final byte. Modifiers are ignored.
  private static func csi(_ bytes: ArraySlice<UInt8>) -> Step {
    let body = bytes.dropFirst(2)
    guard let end = body.firstIndex(where: { !(0x20...0x3F).contains($0) }) else {
      return body.count > longestSequence ? .nothing(bytes.count) : .incomplete
    }
    let length = end - bytes.startIndex
    guard (0x40...0x7E).contains(body[end]) else { return .nothing(length) }
    let parameters = String(decoding: body[..<end], as: UTF8.self)
    let final = Character(Unicode.Scalar(body[end]))
    let number = parameters.prefix { $0 != ";" }
    switch final {
    case "~" where parameters == "200": return .pasteStart(length + 1)
    case "~":
      return Int(number).flatMap { KeySequences.csiNumbers[$0] }.map { .key($0, length + 1) }
        ?? .nothing(length + 1)
    case "M" where parameters.isEmpty:
      // A click reported to whoever left the mouse on: three bytes follow that are no text.
      return bytes.count < length + 4 ? .incomplete : .nothing(length + 4)
    default:
      let plain = parameters.isEmpty || number == "1"
      return plain
        ? KeySequences.csiFinals[final].map { .key($0, length + 1) } ?? .nothing(length + 1)
        : .nothing(length + 1)
    }
  }

  private static func scalar(_ bytes: ArraySlice<UInt8>) -> Step {
    let first = bytes[bytes.startIndex]
    let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    if first >= 0x80, first < 0xC2 || first > 0xF4 { return .nothing(1) }
    let sequence = bytes.prefix(length)
    // A byte that is no continuation ends a broken character before it.
    if let broken = sequence.dropFirst().firstIndex(where: { $0 & 0xC0 != 0x80 }) {
      return .nothing(broken - bytes.startIndex)
    }
    if sequence.count < length { return .incomplete }
    guard let text = String(validating: sequence, as: UTF8.self), let scalar = text.unicodeScalars.first else {
      return .nothing(length)
    }
    return .text(scalar, length)
  }

  // MARK: Paste

  /// Moves bytes into the paste; the key once its end has come.
  private mutating func takePaste(_ rest: inout ArraySlice<UInt8>) -> Key? {
    let end = KeyDecoder.pasteEnd
    var index = rest.startIndex
    var isEnd = false
    while index < rest.endIndex {
      if rest[index] == KeyDecoder.escape {
        let tail = rest[index...].prefix(end.count)
        isEnd = tail.elementsEqual(end)
        if isEnd || (tail.count < end.count && end.starts(with: tail)) { break }
      }
      index += 1
    }
    var whole = pasted ?? []
    pasted = nil
    whole.append(contentsOf: rest[..<index].prefix(KeyDecoder.longestPaste - whole.count))
    rest = rest[(isEnd ? index + end.count : index)...]
    if isEnd { return KeyDecoder.paste(whole) }
    pasted = whole
    return nil
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
