// What can be seen of a text. Some letters and signs leave as much room on the page as a blank, and no more.

extension Unicode.Scalar {
  /// Nothing is drawn for it, whatever Unicode calls it: white space, what a font may ignore (joiners, variation
  /// selectors), the fillers of Hangul, the Braille pattern without a dot, the notehead without a head, the blanks among
  /// Egyptian hieroglyphs.
  package var looksBlank: Bool {
    properties.isWhitespace || properties.isDefaultIgnorableCodePoint || isFiller
      || [0x13441, 0x13442, 0x1D159].contains(value)
  }

  /// Drawn as a blank of its own width, though it counts as a letter or a sign.
  var isFiller: Bool { [0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0].contains(value) }

  fileprivate var isLetterOrDigit: Bool {
    !looksBlank && (properties.isAlphabetic || properties.numericType != nil)
  }
}

extension String {
  /// Nothing of it can be seen.
  package var isBlank: Bool { unicodeScalars.allSatisfy(\.looksBlank) }

  /// Whether it can be a reason: one letter or digit at least, so that a dot or a dash is none.
  package var saysSomething: Bool { unicodeScalars.contains(where: \.isLetterOrDigit) }
}
