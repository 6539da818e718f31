// The codebook of the source study. Adding a finding is adding a row here, and nothing else.

extension Codebook {
  /// Ids that rules name. Everything else walks the table.
  public enum ID {
    public static let involvedBones: FindingID = "involved_bones"
    public static let posteriorElements: FindingID = "posterior_elements"
    public static let lesionNumber: FindingID = "lesion_number"
    public static let t1w: FindingID = "t1w"
    public static let t2w: FindingID = "t2w"
    public static let stir: FindingID = "stir"
    public static let enhancement: FindingID = "enhancement"
    public static let rimSign: FindingID = "rim_sign"
    public static let haloSign: FindingID = "halo_sign"
    public static let disks: FindingID = "disks"
    public static let softTissueInflammation: FindingID = "soft_tissue_inflammation"
    public static let softTissueAbscess: FindingID = "soft_tissue_abscess"
    public static let impression: FindingID = "impression"
    /// Only in studies whose protocol asks for the impression again.
    public static let impressionAfter: FindingID = "impression_after"
    public static let foci: FindingID = "foci"
    public static let lesionChanges: FindingID = "lesion_changes"
    public static let marrow: FindingID = "marrow"
    public static let signalArea: FindingID = "signal_area"
    public static let destruction: FindingID = "destruction"
    public static let spread: FindingID = "spread"
    public static let softTissueChange: FindingID = "soft_tissue_change"
    public static let abscess: FindingID = "abscess"
    public static let healingEdge: FindingID = "healing_edge"
    public static let followUpGrade: FindingID = "follow_up_grade"
  }

  public static let vertebralOsteomyelitis = Codebook(
    id: "vertebral-osteomyelitis", version: 1, findings: baselineFindings + followUpFindings)

  private static let paper = "source paper, Methods"

  private static let signalLevels = [Level("hypo", glyph: "−"), Level("iso", glyph: "±"), Level("hyper", glyph: "+")]
  private static let absentPresent = [Level("absent", glyph: "·"), Level("present", glyph: "●")]
  private static let lessSameMore = [
    Level("decreased", glyph: "↓"), Level("unchanged", glyph: "="), Level("increased", glyph: "↑"),
  ]

  private static func signal(_ id: FindingID, _ sequence: MRSequence, _ hint: String) -> Finding {
    Finding(
      id, "\(sequence.title) signal", short: sequence.title, phase: .baseline, scale: .set, ordered: true,
      levels: signalLevels,
      definition: "Signal of the bone lesions on \(sequence.title) images against normal marrow: lower (hypo), the "
        + "same (iso) or higher (hyper). Choose every level that occurs. \(hint)",
      source: paper, sequences: [sequence])
  }

  private static let baselineFindings: [Finding] = [
    Finding(
      ID.involvedBones, "involved bones", short: "bones", phase: .baseline, scale: .sites,
      definition: "Every bone with a lesion. Use an extent (whole spine, upper sacrum, a run of vertebrae) where "
        + "lesions cannot be told apart; it counts toward its regions and says nothing of one vertebra.",
      source: "source paper, table 2", aliases: ["bones"]),
    Finding(
      ID.posteriorElements, "posterior elements", short: "posterior", phase: .baseline, scale: .choice,
      levels: [Level("spared", glyph: "·"), Level("involved", glyph: "●")],
      definition: "Whether pedicles, laminae or processes of an affected vertebra are involved as well as its body.",
      source: "source paper, table 2", aliases: ["posterior"]),
    Finding(
      ID.lesionNumber, "number of lesions", short: "lesions", phase: .baseline, scale: .choice, ordered: true,
      levels: [Level("solitary", glyph: "1"), Level("multiple", glyph: "n")],
      definition: "Lesions inside bone: solitary is exactly one, multiple is more than one.",
      source: paper, aliases: ["lesions"]),
    signal(ID.t1w, .t1w, "Normal adult marrow is bright here, so a lesion is often hypo."),
    signal(ID.t2w, .t2w, "A mixed intermediate and high signal is iso and hyper."),
    signal(ID.stir, .stir, "Fat is suppressed, so fluid and oedema stand out."),
    Finding(
      ID.enhancement, "enhancement", short: "enhancement", phase: .baseline, scale: .set, ordered: true,
      levels: [Level("none", glyph: "·"), Level("marginal", glyph: "○"), Level("global", glyph: "●")],
      definition: "What contrast does to the lesions: nothing, a bright margin only, or brightness throughout. "
        + "Choose both where some lesions do one and some the other.",
      source: paper, sequences: [.contrastEnhancedT1W], aliases: ["ce"]),
    Finding(
      ID.rimSign, "rim sign", short: "rim", phase: .baseline, scale: .choice, levels: absentPresent,
      definition: "A curved line of low signal along the edge of a bone lesion, inside it, on every pulse sequence.",
      source: paper, sequences: [.t1w, .t2w, .stir], aliases: ["rim"], takesBone: true),
    Finding(
      ID.haloSign, "halo sign", short: "halo", phase: .baseline, scale: .choice, levels: absentPresent,
      definition: "A band of high signal on T2W and STIR around a bone lesion whose own signal is lower.",
      source: paper, sequences: [.t2w, .stir], aliases: ["halo"], takesBone: true),
    Finding(
      ID.disks, "intervertebral disks", short: "disks", phase: .baseline, scale: .choice,
      levels: [Level("preserved", glyph: "·"), Level("involved", glyph: "●")],
      definition: "Involved only if all three are there: altered signal, reduced height, and no intranuclear cleft. "
        + "Otherwise preserved.",
      source: paper, aliases: ["disk", "discs"]),
    Finding(
      ID.softTissueInflammation, "soft-tissue inflammation", short: "soft tissue", phase: .baseline, scale: .choice,
      ordered: true,
      levels: [Level("none", glyph: "·"), Level("limited", glyph: "◐"), Level("extensive", glyph: "●")],
      definition: "Paraspinal or epidural swelling with blurred limits: low or intermediate on T1W against muscle, "
        + "high on T2W and STIR, enhancing.",
      source: paper, aliases: ["soft_tissue", "inflammation"]),
    Finding(
      ID.softTissueAbscess, "soft-tissue abscess", short: "abscess", phase: .baseline, scale: .choice,
      levels: absentPresent,
      definition: "A collection in soft tissue: low or intermediate on T1W, as bright as fluid on T2W, with an "
        + "enhancing rim.",
      source: paper),
    Finding(
      ID.impression, "impression", short: "impression", phase: .baseline, scale: .choice,
      levels: [
        Level("osteomyelitis", glyph: "O"), Level("metastasis", glyph: "M"), Level("other", glyph: "X"),
        Level("indeterminate", glyph: "?"),
      ],
      definition: "What the images alone suggest, before any clinical fact.",
      source: "this project"),
  ]

  private static let followUpFindings: [Finding] = [
    Finding(
      ID.foci, "number and extent of foci", short: "foci", phase: .followUp, scale: .choice, ordered: true,
      levels: lessSameMore,
      definition: "Infectious foci against the comparator: fewer or smaller, the same, more or larger.",
      source: paper, comparison: true),
    Finding(
      ID.lesionChanges, "change per bone", short: "changes", phase: .followUp, scale: .map, ordered: true,
      levels: [
        Level("resolved", glyph: "○"), Level("decreased", glyph: "↓"), Level("unchanged", glyph: "="),
        Level("increased", glyph: "↑"), Level("new", glyph: "*"),
      ],
      definition: "What became of the lesion in each bone where a change can be told.",
      source: "source paper, figure 3", aliases: ["changes"], comparison: true),
    Finding(
      ID.marrow, "reconstitution of fatty marrow", short: "marrow", phase: .followUp, scale: .choice, ordered: true,
      levels: [
        Level("none", glyph: "·"), Level("partial", glyph: "◐"), Level("almost_complete", glyph: "◆"),
        Level("complete", glyph: "●"),
      ],
      definition: "How far the bright T1W signal of fatty marrow has come back in bone that was affected.",
      source: paper, sequences: [.t1w]),
    Finding(
      ID.signalArea, "area of abnormal signal", short: "signal area", phase: .followUp, scale: .choice, ordered: true,
      levels: lessSameMore,
      definition: "Area of bone with abnormal signal and enhancement, against the comparator.",
      source: paper, comparison: true),
    Finding(
      ID.destruction, "destruction or collapse", short: "destruction", phase: .followUp, scale: .choice,
      levels: [Level("stable", glyph: "="), Level("progressive", glyph: "↑")],
      definition: "Whether bone destruction or vertebral collapse has progressed.", source: paper, comparison: true),
    Finding(
      ID.spread, "spread to other bone", short: "spread", phase: .followUp, scale: .choice,
      levels: [Level("no", glyph: "·"), Level("yes", glyph: "●")],
      definition: "Whether bone that was not affected is affected now.", source: paper, comparison: true),
    Finding(
      ID.softTissueChange, "change of soft tissue", short: "soft tissue", phase: .followUp, scale: .choice,
      ordered: true,
      levels: [
        Level("never_present", glyph: "·"), Level("resolved", glyph: "○"), Level("reduced", glyph: "↓"),
        Level("unchanged", glyph: "="), Level("increased", glyph: "↑"),
      ],
      definition: "Paraspinal and epidural inflammation against the comparator.", source: paper, comparison: true),
    Finding(
      ID.abscess, "soft-tissue abscess now", short: "abscess", phase: .followUp, scale: .choice, levels: absentPresent,
      definition: "A soft-tissue abscess on this examination; it rules out healing.", source: paper),
    Finding(
      ID.healingEdge, "healing edge", short: "edge", phase: .followUp, scale: .choice, levels: absentPresent,
      definition: "A rim of high T1W signal, replacement by fat, around marrow that was affected.",
      source: paper, sequences: [.t1w]),
    Finding(
      ID.followUpGrade, "sequential change", short: "change", phase: .followUp, scale: .choice, ordered: true,
      levels: [
        Level("aggravated", glyph: "▼"), Level("equivocal", glyph: "◆"), Level("healing", glyph: "▲"),
        Level("healed", glyph: "●"),
      ],
      definition: "Healed: fatty marrow complete. Healing: better without abscess. Aggravated: anything worse. "
        + "Equivocal: no substantial change.",
      source: paper, aliases: ["follow_up"], comparison: true),
  ]
}
