// The state machine of ECMA-48 for what comes from a terminal: text, control characters, and whole sequences.
//
// It stands before the map of keys, so that nothing of a sequence nobody knows, of a late reply or of a string (OSC,
// DCS, APC, PM, SOS) is ever taken for a key. C1 controls are their ESC forms, in 8 bits or as U+0080…U+009F.

struct ControlTokenizer: Sendable {
  enum Token: Hashable, Sendable {
    case text(Unicode.Scalar)
    /// A control character of C0 other than Esc, or Delete.
    case control(UInt8)
    /// Esc that introduces nothing.
    case escape
    /// A whole sequence in its 7-bit form, from its ESC to its final byte.
    case sequence([UInt8])
    /// The beginning of a bracketed paste; what follows is its text until `ESC [ 201 ~`.
    case pasteStart
  }

  enum State: Hashable, Sendable {
    case ground
    /// After an ESC; in a string, where only `\` ends it.
    case escape, stringEscape
    /// `ESC` and intermediate bytes.
    case intermediate
    case csi, ss3
    /// OSC, DCS, APC, PM or SOS: swallowed, nothing of it is kept.
    case string
    /// So many more characters belong to a report that has begun: coordinates of a mouse, a key of the Linux console.
    case tail(Int)
  }

  private(set) var state = State.ground
  private var sequence: [UInt8] = []
  /// Whether the ESC that was the last to come has stood there alone while others could have followed at once.
  private var stoodAlone = false

  /// Whether the sequence began with a control of C1.
  private var isEightBit = false

  /// Longer sequences are no keys: their rest is swallowed and not kept.
  private static let longest = 64
  private static let esc: Unicode.Scalar = "\u{1B}"
  /// Sequences without parameters after which as many characters follow as stand here: clicks as X10 and xterm's
  /// highlight tracking report them (ctlseqs, "Mouse Tracking").
  private static let tails: [[UInt8]: Int] = [
    Array("\u{1B}[M".utf8): 3, Array("\u{1B}[t".utf8): 2, Array("\u{1B}[T".utf8): 6, Array("\u{1B}[[".utf8): 1,
  ]
  private static let pasteStart: [UInt8] = Array("\u{1B}[200~".utf8)

  /// What the terminal database calls keys.
  private let known: Set<[UInt8]>

  init(known: Set<[UInt8]> = []) { self.known = known }

  /// Says that a read is at its end: an ESC that is its last byte may be a key, and a character that comes with the
  /// next read is another.
  mutating func endRead() { stoodAlone = state == .escape }

  mutating func reset() {
    state = .ground
    sequence = []
  }

  mutating func take(_ unit: InputUnit) -> [Token] {
    if case .tail(let left) = state { return takeTail(unit, left) }
    guard case .scalar(let scalar) = unit else {
      if case .escape = state { reset() }
      return []
    }
    // The C1 form of a control is its ESC form.
    if (0x80...0x9F).contains(scalar.value) {
      let first = take(ControlTokenizer.esc)
      stoodAlone = false
      let second = take(Unicode.Scalar(UInt8(scalar.value - 0x40)))
      isEightBit = true
      return first + second
    }
    return take(scalar)
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> [Token] {
    switch state {
    case .ground: return takeGround(scalar)
    case .escape: return takeEscaped(scalar)
    case .string:
      switch scalar.value {
      case 0x1B: state = .stringEscape
      case 0x07, 0x18, 0x1A: reset()
      default: break
      }
      return []
    case .stringEscape:
      if scalar == "\\" {
        reset()
        return []
      }
      // Another sequence begins and breaks the string off.
      beginEscape()
      return scalar == ControlTokenizer.esc ? [] : takeEscaped(scalar)
    case .intermediate, .csi, .ss3: return takeSequence(scalar)
    case .tail: return []
    }
  }

  private mutating func beginEscape() {
    (state, sequence, stoodAlone, isEightBit) = (.escape, [0x1B], false, false)
  }

  private mutating func takeGround(_ scalar: Unicode.Scalar) -> [Token] {
    switch scalar.value {
    case 0x1B:
      beginEscape()
      return []
    case 0..<0x20, 0x7F: return [.control(UInt8(scalar.value))]
    default: return [.text(scalar)]
    }
  }

  private mutating func takeEscaped(_ scalar: Unicode.Scalar) -> [Token] {
    switch scalar {
    case ControlTokenizer.esc:
      stoodAlone = false
      return [.escape]
    case "[": return begin(.csi, scalar)
    case "O": return begin(.ss3, scalar)
    case "]", "P", "X", "^", "_":
      state = .string
      return []
    default: break
    }
    let whole = scalar.isASCII ? sequence + [UInt8(scalar.value)] : []
    defer { if state == .escape { reset() } }
    // A key of the database, as a VT52 has them.
    if known.contains(whole) { return [.sequence(whole)] }
    // A person typed Esc and then something; both at once is a chord with Alt, which means nothing here.
    if stoodAlone {
      reset()
      return [.escape] + takeGround(scalar)
    }
    if (0x20...0x2F).contains(scalar.value) { return begin(.intermediate, scalar) }
    return []
  }

  private mutating func begin(_ next: State, _ scalar: Unicode.Scalar) -> [Token] {
    state = next
    sequence.append(UInt8(scalar.value))
    return []
  }

  /// Parameters, intermediates and the final byte. What does not belong there is swallowed, but for what breaks off.
  private mutating func takeSequence(_ scalar: Unicode.Scalar) -> [Token] {
    switch scalar.value {
    case 0x1B: beginEscape()
    case 0x18, 0x1A: reset()
    case 0..<0x20, 0x7F: break
    case 0x20...0x3F:
      if state == .intermediate, scalar.value >= 0x30 { return finish(scalar) }
      if sequence.count <= ControlTokenizer.longest { sequence.append(UInt8(scalar.value)) }
    case 0x40...0x7E: return finish(scalar)
    default: sequence = [0x1B]
    }
    return []
  }

  private mutating func finish(_ scalar: Unicode.Scalar) -> [Token] {
    sequence.append(UInt8(scalar.value))
    let whole = sequence
    // No terminal that people sit at sends a chord in this form: it is a report, and must not move a cursor.
    if isEightBit, whole.contains(UInt8(ascii: ";")) {
      reset()
      return []
    }
    if !known.contains(whole), let count = ControlTokenizer.tails[whole] {
      state = .tail(count)
      return []
    }
    reset()
    if whole == ControlTokenizer.pasteStart { return [.pasteStart] }
    return whole.count > ControlTokenizer.longest ? [] : [.sequence(whole)]
  }

  private mutating func takeTail(_ unit: InputUnit, _ left: Int) -> [Token] {
    if left > 1 {
      state = .tail(left - 1)
      return []
    }
    let whole = sequence
    reset()
    // Only the Linux console's keys end in something that tells them apart.
    guard whole.last == 0x5B, case .scalar(let scalar) = unit, scalar.isASCII else { return [] }
    return [.sequence(whole + [UInt8(scalar.value)])]
  }
}
