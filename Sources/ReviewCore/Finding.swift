// One row of the codebook: what is graded, on which scale, and how it is defined.

/// One possible answer to a finding.
public struct Level: Codable, Hashable, Sendable, Identifiable {
  public var id: LevelID
  /// As people read it; unlike the id it may change between codebook versions.
  public var title: String
  /// One column that says the level without colour, as `−` for hypointense.
  public var glyph: String

  public init(_ id: LevelID, _ title: String? = nil, glyph: String) {
    self.id = id
    self.title = title ?? id.rawValue.replacing("_", with: " ")
    self.glyph = glyph
  }
}

/// What kind of answer a finding takes.
public enum Scale: String, Codable, Hashable, Sendable {
  /// Exactly one level.
  case choice
  /// One or more levels, as *iso and hyper* for a mixed signal.
  case set
  /// Bones and extents (`Site`).
  case sites
  /// A level for each of some bones, as *T11 increased, L2 decreased*.
  case map
}

/// Whether a finding is graded at the baseline or at follow-up examinations.
public enum Phase: String, Codable, Hashable, Sendable {
  case baseline
  case followUp = "follow_up"
}

/// One graded item of the codebook.
public struct Finding: Codable, Hashable, Sendable, Identifiable {
  public var id: FindingID
  public var title: String
  /// At most 12 columns, for narrow tables.
  public var shortTitle: String
  public var phase: Phase
  public var scale: Scale
  /// True where the order of the levels means more or less of something.
  public var isOrdered: Bool
  /// In code order: the first has code 1. Empty for `sites`.
  public var levels: [Level]
  /// What a grader looks for, in the project's own words.
  public var definition: String
  /// Where the definition comes from.
  public var source: String
  /// Sequences the finding is read on; what is missing of them makes the grade doubtful.
  public var sequences: [MRSequence]
  /// Other ids a person may type for it, as `rim` for `rim_sign`.
  public var aliases: [String]
  /// True where a grade may say in which bone the sign was seen.
  public var takesBone: Bool
  /// True where the answer compares the examination with another one (`Comparator`), false where it says how things are
  /// on the examination itself.
  public var isComparison: Bool { comparison ?? false }
  /// Nil as well in a study file whose codebook was written before there was this.
  private var comparison: Bool?
  /// True where it is asked once the reading is signed and the clinical data are shown.
  public var isAskedAfterwards: Bool { afterwards ?? false }
  private var afterwards: Bool?

  public init(
    _ id: FindingID, _ title: String, short: String, phase: Phase, scale: Scale, ordered: Bool = false,
    levels: [Level] = [], definition: String, source: String, sequences: [MRSequence] = [], aliases: [String] = [],
    takesBone: Bool = false, comparison: Bool = false,
    afterwards: Bool = false
  ) {
    self.id = id
    self.title = title
    self.shortTitle = short
    self.phase = phase
    self.scale = scale
    self.isOrdered = ordered
    self.levels = levels
    self.definition = definition
    self.source = source
    self.sequences = sequences
    self.aliases = aliases
    self.takesBone = takesBone
    self.comparison = comparison ? true : nil
    self.afterwards = afterwards ? true : nil
  }

  public func level(_ id: LevelID) -> Level? { levels.first { $0.id == id } }

  /// The levels among `ids`, in code order.
  public func inCodeOrder(_ ids: some Sequence<LevelID>) -> [LevelID] {
    let wanted = Set(ids)
    return levels.map(\.id).filter(wanted.contains)
  }
}
