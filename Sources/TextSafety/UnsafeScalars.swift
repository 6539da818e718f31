// Which characters may reach a terminal, a page or a record. All of it looks at scalars: a `Character` may join a sign
// with the letter before it, and then compares unequal to the sign.

extension Unicode.Scalar {
  /// U+200C and U+200D: they shape Persian, Devanagari and others, and take no room.
  package var isJoiner: Bool { value == 0x200C || value == 0x200D }

  /// What would act on a terminal, reorder its line or hide in it: controls, format and bidirectional characters but
  /// the joiners, line and paragraph separators, private use and unassigned ones.
  package var isUnsafe: Bool {
    if value < 0x7F { return value < 0x20 }
    switch properties.generalCategory {
    case .format: return !isJoiner
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return true
    default: return false
    }
  }

  /// `U+001B`.
  package var code: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}

extension String {
  /// Every unsafe scalar replaced by U+FFFD.
  package var madeSafe: String { replacing(\.isUnsafe) }

  /// As `madeSafe`, with line ends (LF and CR LF) and tabs kept: text of many lines on its way out.
  package var linesMadeSafe: String {
    guard !isPlainASCII else { return self }
    var safe = String.UnicodeScalarView()
    var scalars = unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      let isLineEnd = scalar == "\n" || scalar == "\t" || (scalar == "\r" && scalars.starts(with: ["\n"]))
      safe.append(scalar.isUnsafe && !isLineEnd ? "\u{FFFD}" : scalar)
    }
    return String(safe)
  }

  /// Whether both are the same bytes: composed and decomposed forms of a name are two files.
  package func isSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  private var isPlainASCII: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }

  private func replacing(_ isReplaced: (Unicode.Scalar) -> Bool) -> String {
    guard !isPlainASCII else { return self }
    var safe = String.UnicodeScalarView()
    for scalar in unicodeScalars { safe.append(isReplaced(scalar) ? "\u{FFFD}" : scalar) }
    return String(safe)
  }
}
