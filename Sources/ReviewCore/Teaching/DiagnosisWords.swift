// Words that name a diagnosis: what an unknown case must not say before its diagnosis is shown.

/// Tells texts that name what a case may be. Infection and tumour are held alike, whatever the case is: what is held
/// back tells nothing then.
public enum DiagnosisWords {
  private static let stems = [
    "infect", "osteomyel", "spondylodis", "spondylitis", "septic", "sepsis", "germ", "bacter", "mycobac", "tubercul",
    "fung", "pyogen", "microorg", "antibiotic", "metasta", "tumour", "tumor", "cancer", "carcinoma", "malignan",
    "neoplas", "prostat", "granulation", "staphyloc", "salmonell",
  ]

  /// Whether some word of a text begins as one that names a diagnosis.
  public static func named(in text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter }
    return words.contains { word in stems.contains { word.hasPrefix($0) } }
  }
}
