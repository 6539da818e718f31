// Words that name a diagnosis: what an unknown case must not say before its diagnosis is shown.

/// Tells texts that name what a case may be.
public struct DiagnosisWords: Hashable, Sendable {
  private let stems: [String]

  private static let infection = [
    "infect", "osteomyel", "spondylodis", "spondylitis", "septic", "sepsis", "germ", "bacter", "mycobac", "tubercul",
    "fung", "pyogen", "microorg", "antibiotic",
  ]
  private static let tumour = ["metasta", "tumour", "tumor", "cancer", "carcinoma", "malignan", "neoplas", "prostat"]

  /// - Parameter diagnosis: level of the finding *impression*. Words of infection are always held; those of tumours
  ///   where the case is one.
  public init(_ diagnosis: LevelID?) {
    stems = Self.infection + (diagnosis == "metastasis" ? Self.tumour : [])
  }

  /// Whether some word of a text begins as one that names a diagnosis.
  public func named(in text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter }
    return words.contains { word in stems.contains { word.hasPrefix($0) } }
  }
}
