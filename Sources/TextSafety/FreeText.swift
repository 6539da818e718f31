// Free text as it is recorded: what people type, paste, give to an option or write into a file.

/// One cleaning for all ways in.
///
/// Tabs, line ends of every kind and fillers that look like a blank become one, CR LF a single one. Joiners stay. Controls, bidirectional and other unseen
/// characters, and U+FFFD, which stands for a character that was lost before, are left out.
package struct FreeText: Hashable, Sendable {
  package let text: String
  /// What was left out: each scalar once, in the order of the text.
  package let leftOut: [Unicode.Scalar]

  package init(_ written: String) {
    var kept = String.UnicodeScalarView()
    var leftOut: [Unicode.Scalar] = []
    var afterReturn = false
    for scalar in written.unicodeScalars {
      defer { afterReturn = scalar == "\r" }
      switch scalar.value {
      case 0x0A where afterReturn: continue
      case 0x09...0x0D, 0x85, 0x2028, 0x2029: kept.append(" ")
      case _ where scalar.isFiller: kept.append(" ")
      default:
        if scalar.isUnsafe || scalar == "\u{FFFD}" {
          if !leftOut.contains(scalar) { leftOut.append(scalar) }
        } else {
          kept.append(scalar)
        }
      }
    }
    text = String(kept)
    self.leftOut = leftOut
  }

  /// What was left out in words, as `U+202E, which reorders text`; nil for nothing.
  package var words: String? {
    guard let first = leftOut.first else { return nil }
    let others = leftOut.count - 1
    return Self.words(first) + (others == 0 ? "" : others == 1 ? ", and another" : ", and \(others) others")
  }

  /// Free text for a record from where somebody can be told to write it anew.
  ///
  /// - Throws: `FreeTextFault` for what would be left out.
  package static func checked(_ written: String) throws(FreeTextFault) -> String {
    let free = FreeText(written)
    if let words = free.words { throw FreeTextFault(words: words) }
    return free.text
  }

  private static func words(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control: return "\(scalar.code), a control character"
    case .privateUse: return "\(scalar.code), which means something in one font only"
    case .unassigned: return "\(scalar.code), which is not a character"
    default:
      if scalar == "\u{FFFD}" { return "U+FFFD, which stands for a character that was lost" }
      return "\(scalar.code), which \(scalar.properties.isBidiControl ? "reorders text" : "cannot be seen")"
    }
  }
}

/// A character that a text may not hold.
package struct FreeTextFault: Error, Hashable, Sendable {
  /// `U+202E, which reorders text`.
  package let words: String

  package init(words: String) { self.words = words }

  /// To be put behind the name of the option or key.
  package var message: String { "the text holds \(words); delete it" }
}
