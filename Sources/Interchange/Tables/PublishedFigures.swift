// The group figures that the source paper prints, and where: what `verify-paper` compares with.

/// A figure as the paper prints it.
package struct PublishedFigure: Hashable, Sendable {
  /// What of a group figure is compared.
  package enum Part: Hashable, Sendable {
    /// `3 (43)`: patients and whole per cent.
    case share
    /// `5`: patients.
    case count
    /// `56.6`: with as many decimals as printed.
    case mean(decimals: Int)
    /// `42–80`.
    case range
    /// How many values a mean rests on.
    case values
  }

  package var label: String
  package var published: String
  package var place: String
  /// The id of the group figure; nil where no figure of single patients leads to it.
  package var id: String?
  package var part: Part
  /// Why it cannot be computed from the cases.
  package var obstacle: String?

  fileprivate init(_ label: String, _ published: String, _ place: String, _ id: String, _ part: Part = .share) {
    self.label = label
    self.published = published
    self.place = place
    self.id = id
    self.part = part
  }

  /// A figure that the cases cannot yield.
  fileprivate init(_ label: String, _ published: String, _ place: String, because obstacle: String) {
    self.label = label
    self.published = published
    self.place = place
    part = .count
    self.obstacle = obstacle
  }
}

extension PublishedFigure {
  private static let population = "Methods, population"
  private static let clinical = "Results, clinical data"
  private static let bones = "Results, involved bones"
  private static let signal = "Results, signal intensity"
  private static let signs = "Results, signs"
  private static let biopsy = "Results, biopsy and culture"
  private static let course = "Results, follow-up; table 3"

  package static let all: [PublishedFigure] = [
    PublishedFigure("patients included", "7", population, "follow_ups", .values),
    PublishedFigure("men", "5", population, "sex.male", .count),
    PublishedFigure("women", "2", population, "sex.female", .count),
    PublishedFigure("age, mean", "56.6", population, "age", .mean(decimals: 1)),
    PublishedFigure("age, range", "42–80", population, "age", .range),
    PublishedFigure("original report misread", "7", population, "report.misread", .count),

    PublishedFigure("diagnosis by histology", "6 (86)", clinical, "basis.histology"),
    PublishedFigure("diagnosis by the course", "1 (14)", clinical, "basis.therapeutic"),

    PublishedFigure("cervical spine", "3 (43)", bones, "region.cervical"),
    PublishedFigure("thoracic spine", "5 (71)", bones, "region.thoracic"),
    PublishedFigure("lumbar spine", "6 (86)", bones, "region.lumbar"),
    PublishedFigure("sacrum", "6 (86)", bones, "region.sacral"),
    PublishedFigure("pelvic girdles", "2 (29)", bones, "region.pelvic_girdles"),
    PublishedFigure("ribs", "2 (29)", bones, "region.ribs"),
    PublishedFigure("sternum", "1 (14)", bones, "region.sternum"),
    PublishedFigure("pectoral girdles", "1 (14)", bones, "region.pectoral_girdles"),
    PublishedFigure("solitary lesion", "2 (29)", bones, "lesion_number.solitary"),
    PublishedFigure("multiple lesions", "5 (71)", bones, "lesion_number.multiple"),
    PublishedFigure("posterior elements involved", "3 (43)", bones, "posterior_elements.involved"),

    PublishedFigure("T1W low", "7", signal, "t1w.hypo", .count),
    PublishedFigure("T2W intermediate and high", "5 (71)", signal, "t2w.iso+hyper"),
    PublishedFigure("T2W high", "2 (29)", signal, "t2w.hyper"),
    PublishedFigure("STIR high", "7", signal, "stir.hyper", .count),
    PublishedFigure("enhancement marginal and global", "3 (43)", signal, "enhancement.marginal+global"),
    PublishedFigure("enhancement global only", "4 (57)", signal, "enhancement.global"),

    PublishedFigure("rim sign", "6 (86)", signs, "rim_sign.present"),
    PublishedFigure("halo sign", "7 (100)", signs, "halo_sign.present"),
    PublishedFigure("disks preserved", "7 (100)", signs, "disks.preserved"),
    PublishedFigure("limited soft-tissue inflammation", "6 (86)", signs, "soft_tissue_inflammation.limited"),
    PublishedFigure("soft-tissue abscess", "0", signs, "soft_tissue_abscess.present", .count),

    PublishedFigure("histology: chronic osteomyelitis", "6 (86)", biopsy, "histology.chronic osteomyelitis"),
    PublishedFigure("histology: chronic fibrosis", "1 (14)", biopsy, "histology.chronic fibrosis"),
    PublishedFigure("bone culture positive", "1 (14)", biopsy, "culture.bone"),
    PublishedFigure("blood culture positive", "2 (29)", biopsy, "culture.blood"),

    PublishedFigure("one follow-up", "5 (71)", course, "follow_ups.1"),
    PublishedFigure("three follow-ups", "2 (29)", course, "follow_ups.3"),
    PublishedFigure("follow-up studies", "11", course, "interval", .values),
    PublishedFigure("intervals in months, range", "2–25", course, "interval", .range),
    PublishedFigure("intervals in months, mean", "8", course, "interval", .mean(decimals: 0)),
    PublishedFigure("followed for less than 6 months", "3", course, "short_follow_up", .count),
    PublishedFigure("healing or almost healed", "7", course, "change.healing", .count),
    PublishedFigure("almost healed", "1 (14)", course, "change.almost_healed"),
    PublishedFigure("healing edge", "7", course, "healing_edge", .count),
    PublishedFigure("clinically improved", "6", course, "outcome.improved", .count),
    PublishedFigure("clinically cured", "1", course, "outcome.cured", .count),

    PublishedFigure("fever", "5 (71)", clinical, because: symptoms),
    PublishedFigure("progressive low-back pain", "3 (43)", clinical, because: symptoms),
    PublishedFigure("neck mass", "1 (14)", clinical, because: symptoms),
    PublishedFigure("duration, range", "2 days–3 months", clinical, because: durations),
    PublishedFigure("duration in days, mean", "25.9", clinical, because: durations),
    PublishedFigure("C-reactive protein known, all elevated", "6", clinical, because: protein),
    PublishedFigure("C-reactive protein in mg/dL, range", "7.44–22.89", clinical, because: protein),
    PublishedFigure("C-reactive protein in mg/dL, mean", "13.19", clinical, because: protein),
    PublishedFigure(
      "patients before the 7 included", "214, 179, 13", population, because: "those left out are no cases"),
  ]

  private static let symptoms = "symptoms are stated of cases 2, 4, 5 only"
  private static let durations = "durations are stated of cases 2, 4, 5 only"
  private static let protein = "stated for the group only"
}
