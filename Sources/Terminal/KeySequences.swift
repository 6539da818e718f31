// The escape sequences of keys, as tables.

import Grid

enum KeySequences {
  /// `ESC [ x` and `ESC [ 1 ; modifier x`: xterm, VT220 and what followed them (ECMA-48 CSI).
  static let csiFinals: [Unicode.Scalar: Key] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "Z": .backTab,
    "P": .function(1), "Q": .function(2), "R": .function(3), "S": .function(4),
  ]

  /// `ESC [ n ~` and `ESC [ n ; modifier ~`: the VT220 editing and function keys.
  static let csiNumbers: [Int: Key] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6),
    18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
  ]

  /// `ESC O x`: cursor keys and the numeric keypad in application mode, so that its digits grade too.
  static let ss3Finals: [Unicode.Scalar: Key] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "M": .enter,
    "P": .function(1), "Q": .function(2), "R": .function(3), "S": .function(4),
    "j": .character("*"), "k": .character("+"), "l": .character(","), "m": .character("-"), "n": .character("."),
    "o": .character("/"), "p": .character("0"), "q": .character("1"), "r": .character("2"), "s": .character("3"),
    "t": .character("4"), "u": .character("5"), "v": .character("6"), "w": .character("7"), "x": .character("8"),
    "y": .character("9"), "X": .character("="),
  ]

  /// `ESC [ [ x`: function keys of the Linux console.
  static let linuxFinals: [Unicode.Scalar: Key] = [
    "A": .function(1), "B": .function(2), "C": .function(3), "D": .function(4), "E": .function(5),
  ]

  /// The key of a whole sequence in its 7-bit form; nil for a reply, a report and whatever else is none.
  static func key(of bytes: [UInt8]) -> Key? {
    guard bytes.count > 2, let last = bytes.last else { return nil }
    let final = Unicode.Scalar(last)
    switch bytes[1] {
    case 0x4F: return bytes.count == 3 ? ss3Finals[final] : nil
    case 0x5B where bytes[2] == 0x5B: return bytes.count == 4 ? linuxFinals[final] : nil
    case 0x5B: return key(final, parameters: bytes[2..<(bytes.count - 1)])
    default: return nil
    }
  }

  /// `n`, `n ; modifier` or `n ; modifier : event`, modifiers ignored. `CSI row ; column R` is the cursor's place, not
  /// F3 with a modifier; event 3 is a key that was let go (kitty's keyboard protocol).
  private static func key(_ final: Unicode.Scalar, parameters: ArraySlice<UInt8>) -> Key? {
    if parameters.isEmpty { return csiFinals[final] }
    let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
      part.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { number($0) }
    }
    guard numbers.count <= 2, numbers[0].count == 1, let first = numbers[0][0] else { return nil }
    if numbers.count == 2 {
      let modifier = numbers[1]
      guard modifier.count <= 2, modifier.allSatisfy({ $0 != nil }), modifier.count < 2 || modifier[1] != 3 else {
        return nil
      }
    }
    if final == "~" { return csiNumbers[first] }
    return first == 1 && final != "R" ? csiFinals[final] : nil
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// The terminal database's names of keys, for terminals that follow neither table above.
  static let capabilities: [(name: String, key: Key)] =
    [
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
      ("kpp", .pageUp), ("knp", .pageDown), ("kich1", .insert), ("kdch1", .delete), ("kcbt", .backTab),
      ("kent", .enter),
    ] + (1...12).map { ("kf\($0)", .function($0)) }
}
