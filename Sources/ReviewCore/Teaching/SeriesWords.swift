// Words that tell of the other cases of a study: what no case says while another one is quizzed.

/// Tells texts that speak of other cases than the one they are about. Too many are told rather than too few: what is
/// held back is only said later.
public enum SeriesWords {
  private static let words: Set<String> = [
    "seven", "series", "group", "other", "others", "another", "nobody", "anybody", "everybody", "everyone", "patients",
    "women", "men",
  ]

  private static let phrases = [
    " of 7", "the man of", "the man with", "the woman of", "the only", "no patient", "every patient", "these cases",
    "one of three", "one of two", "one of five", "like her", "like him", "the count of", "mimic", "without her",
  ]

  /// Whether some word or phrase of a text speaks of other cases.
  public static func tell(in text: String) -> Bool {
    let lower = text.lowercased()
    return lower.split { !$0.isLetter }.contains { words.contains(String($0)) }
      || phrases.contains { lower.contains($0) }
  }
}
