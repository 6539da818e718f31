// From bytes to whole characters, however they arrive: the first half of what a terminal sends.

/// One character from a terminal, before anything is made of it.
enum InputUnit: Hashable, Sendable {
  /// A character. Control characters of both sets (C0 and C1) are among them.
  case scalar(Unicode.Scalar)
  /// Bytes that are none.
  case junk
}

/// Puts characters together from the bytes of UTF-8.
///
/// A byte 0x80…0x9F where a character should begin is a C1 control in its 8-bit form, whatever the locale: as text it
/// would be broken, and a terminal set to 8-bit controls (S8C1T) sends it in either.
struct InputUnits: Sendable {
  private var begun: [UInt8] = []
  private var length = 0

  /// Whether a character has begun and is not whole.
  var isOpen: Bool { !begun.isEmpty }

  /// Forgets what has begun.
  mutating func reset() { begun = [] }

  /// What this byte completes; in order, at most two.
  mutating func take(_ byte: UInt8) -> [InputUnit] {
    if begun.isEmpty { return begin(byte) }
    guard continues(byte) else {
      begun = []
      return [.junk] + begin(byte)
    }
    begun.append(byte)
    guard begun.count == length else { return [] }
    defer { begun = [] }
    return [String(decoding: begun, as: UTF8.self).unicodeScalars.first.map { .scalar($0) } ?? .junk]
  }

  private mutating func begin(_ byte: UInt8) -> [InputUnit] {
    switch byte {
    case 0..<0xA0: return [.scalar(Unicode.Scalar(byte))]
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return [.junk]
    }
    begun = [byte]
    return []
  }

  /// Well-formed UTF-8 (Unicode, table 3-7): the second byte is narrower after some first ones.
  private func continues(_ byte: UInt8) -> Bool {
    guard begun.count == 1 else { return (0x80...0xBF).contains(byte) }
    return switch begun[0] {
    case 0xE0: (0xA0...0xBF).contains(byte)
    case 0xED: (0x80...0x9F).contains(byte)
    case 0xF0: (0x90...0xBF).contains(byte)
    case 0xF4: (0x80...0x8F).contains(byte)
    default: (0x80...0xBF).contains(byte)
    }
  }
}
