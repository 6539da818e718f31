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

  /// Part of a word. Numbers are none, but those that are written with words.
  fileprivate var isLetter: Bool {
    !looksBlank && properties.isAlphabetic && (properties.numericType == nil || properties.isIdeographic)
  }

  /// A word by itself: an ideograph, a syllable of Hangul.
  fileprivate var isWord: Bool { properties.isIdeographic || (0xAC00...0xD7A3).contains(value) }

  /// Belongs to the letter before it, as an accent or a joiner does.
  fileprivate var isMark: Bool {
    isJoiner || [.nonspacingMark, .spacingMark, .enclosingMark].contains(properties.generalCategory)
  }
}

extension String {
  /// Nothing of it can be seen.
  package var isBlank: Bool { unicodeScalars.allSatisfy(\.looksBlank) }

  /// Whether it can be a reason: there is a word in it, which is two letters in a row of any script, or one ideograph. A
  /// dash, a number and a single letter are none, nor is a bare *no* or *ok*: that answers, and says no why.
  package var saysSomething: Bool {
    let said = String(String.UnicodeScalarView(unicodeScalars.filter { $0.isLetter || $0 == "/" })).lowercased()
    if ["no", "yes", "ok", "okay", "none", "nothing", "nil", "null", "na", "n/a"].contains(said) { return false }
    var letters = 0
    for scalar in unicodeScalars {
      letters = scalar.isLetter ? letters + 1 : scalar.isMark ? letters : 0
      if letters > 1 || scalar.isWord { return true }
    }
    return false
  }
}
