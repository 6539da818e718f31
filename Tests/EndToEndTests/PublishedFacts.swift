// Every fact that the source paper states of each of its seven patients, as the case screens must show it.

import Testing

/// Texts to be found in a panel, by the panel's key.
struct PublishedCase: Sendable, CustomTestStringConvertible {
  let number: Int
  let patient: String
  let panels: [(key: String, texts: [String])]
  /// What `show --linear` says of the tables, a line each.
  let lines: [String]

  var testDescription: String { "case \(number)" }

  /// Tables 1 and 2 in one row each; `more` is what the figures add.
  init(
    _ number: Int, _ patient: String, years: Int, bones: [String], lesions: String, t2w: String, enhancement: String,
    rim: String, inflammation: String, posterior: String, biopsies: [String], cultures: [String], diagnosis: String,
    therapy: String, months: [String], grade: String, outcome: String, more: [String: [String]] = [:]
  ) {
    self.number = number
    self.patient = patient
    let sex = patient.hasPrefix("M") ? "male" : "female"
    panels = [
      (
        "1",
        ["\(sex), \(years) years", "misread", "diagnosis by \(diagnosis)", "therapy \(therapy)", "outcome \(outcome)"]
          + biopsies + cultures
      ),
      ("2", bones),
      ("3", ["T1W ███ · ·", "T2W \(t2w)", "STIR · · ███"]),
      ("4", ["lesions \(enhancement)"]),
      ("5", ["sign \(rim)"]),
      ("6", ["sign ● present"]),
      (
        "7",
        [
          "disks · preserved", "inflammation \(inflammation)", "abscess · absent", "posterior \(posterior)",
          "lesions \(lesions)",
        ]
      ),
      ("8", months + [grade]),
      ("9", ["published"]),
      ("0", ["baseline"] + months.map { "\($0) months" }),
    ].map { key, texts in (key, texts + (more[key] ?? [])) }
    let grades = [
      ("involved bones", bones.joined(separator: ", ")), ("T1W signal", "hypo"),
      ("T2W signal", t2w == Self.mixed ? "iso + hyper" : "hyper"), ("STIR signal", "hyper"),
      ("enhancement", enhancement), ("rim sign", rim), ("halo sign", "present"), ("intervertebral disks", "preserved"),
      ("soft-tissue inflammation", inflammation), ("soft-tissue abscess", "absent"), ("posterior elements", posterior),
      ("number of lesions", lesions),
    ].map { "baseline, published, \($0): \(Self.words($1))" }
    lines =
      ["sex: \(sex)", "age: \(years) years", "therapy: \(therapy)", "clinical outcome: \(outcome)"] + grades
      + months.suffix(1).map { "\($0) months, published, sequential change: healing" }
  }

  /// A grade without its glyphs: `marginal + global` of `○● marginal + global`.
  private static func words(_ grade: String) -> String {
    grade.split(separator: " ").filter { word in
      !["1", "n"].contains(word) && !word.allSatisfy { "●○◐·".contains($0) }
    }.joined(separator: " ")
  }

  private static let mixed = "· ███ ███"
  private static let high = "· · ███"
  private static let negative = ["bone: negative", "blood: negative"]

  static let all: [PublishedCase] = [
    PublishedCase(
      1, "M 53", years: 53, bones: ["L5"], lesions: "1 solitary", t2w: mixed, enhancement: "● global",
      rim: "● present", inflammation: "◐ limited", posterior: "· spared",
      biopsies: ["CT-guided bone, L5: chronic osteomyelitis"],
      cultures: ["bone: gram-positive cocci", "blood: Staphylococcus aureus"], diagnosis: "histology",
      therapy: "antibiotic", months: ["2"], grade: "healing", outcome: "improved"),
    PublishedCase(
      2, "M 42", years: 42, bones: ["S1"], lesions: "1 solitary", t2w: high, enhancement: "● global",
      rim: "● present", inflammation: "◐ limited", posterior: "· spared",
      biopsies: ["CT-guided bone, S1 upper endplate: chronic osteomyelitis"], cultures: negative,
      diagnosis: "histology", therapy: "surgical debridement, antibiotic", months: ["5"], grade: "healing",
      outcome: "improved",
      more: [
        "1": ["low-back pain", "fever", "5 days"],
        "0": [
          "axial 600/16", "figure 1A", "low signal near the upper endplate of S1; limited epidural inflammation",
          "axial 4900/111", "figure 1B",
        ],
      ]),
    PublishedCase(
      3, "M 80", years: 80, bones: ["T10", "L1", "upper sacrum"], lesions: "n multiple", t2w: high,
      enhancement: "● global", rim: "● present", inflammation: "◐ limited", posterior: "· spared",
      biopsies: ["CT-guided bone, L1: chronic osteomyelitis"], cultures: negative, diagnosis: "histology",
      therapy: "antibiotic", months: ["4"], grade: "healing", outcome: "improved"),
    PublishedCase(
      4, "F 46", years: 46, bones: ["T5–L5", "upper sacrum", "both pelvic girdles"], lesions: "n multiple", t2w: mixed,
      enhancement: "○● marginal + global", rim: "· absent", inflammation: "◐ limited", posterior: "· spared",
      biopsies: ["CT-guided bone, T11: chronic osteomyelitis"],
      cultures: ["bone: negative", "blood: Salmonella"], diagnosis: "histology", therapy: "antibiotic",
      months: ["3", "8", "12"], grade: "healing", outcome: "improved",
      more: [
        "1": ["fever", "2 days"],
        "6": ["some of the lesions"],
        "8": ["healing edge"],
        "0": [
          "sagittal 550/12", "figure 2A", "sagittal 3130/65/160", "figure 2B",
          "no paraspinal or epidural inflammation", "figure 2C", "lower endplate of L5",
        ],
      ]),
    PublishedCase(
      5, "M 56", years: 56, bones: ["whole spine", "both ribs"], lesions: "n multiple", t2w: mixed,
      enhancement: "● global", rim: "● present", inflammation: "· none", posterior: "● involved",
      biopsies: ["CT-guided bone, T11: chronic osteomyelitis"], cultures: negative, diagnosis: "histology",
      therapy: "antibiotic, anti-tuberculous", months: ["5", "10.5", "25"], grade: "healing (almost healed)",
      outcome: "cured",
      more: [
        "1": ["fever", "1 week"],
        "4": ["fat-suppressed CE T1W 700/12"],
        "5": ["T11"],
        "8": ["aggravated"],
        "0": [
          "sagittal 550/12", "figure 3A", "sagittal fat-suppressed 700/12", "figure 3B", "figure 3C",
          "L4 apparently new",
          "L2 smaller", "sagittal 700/12", "figure 3D",
        ],
      ]),
    PublishedCase(
      6, "F 53", years: 53, bones: ["whole spine"], lesions: "n multiple", t2w: mixed,
      enhancement: "○● marginal + global", rim: "● present", inflammation: "◐ limited", posterior: "● involved",
      biopsies: [
        "CT-guided bone, L3: chronic osteomyelitis", "skin, shoulder: mycobacterial infection",
      ], cultures: negative, diagnosis: "histology", therapy: "antibiotic, anti-tuberculous", months: ["6.5"],
      grade: "healing", outcome: "improved"),
    PublishedCase(
      7, "M 66", years: 66,
      bones: ["whole spine", "both pelvic girdles", "both ribs", "sternum", "both pectoral girdles"],
      lesions: "n multiple", t2w: mixed, enhancement: "○● marginal + global", rim: "● present",
      inflammation: "◐ limited", posterior: "● involved",
      biopsies: ["CT-guided bone, L3: chronic fibrosis", "lymph node, neck: mycobacterial infection"],
      cultures: negative, diagnosis: "course under treatment", therapy: "antibiotic, anti-tuberculous", months: ["7"],
      grade: "healing", outcome: "improved"),
  ]
}
