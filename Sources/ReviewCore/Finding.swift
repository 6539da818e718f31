// One row of the codebook: what is graded, on which scale, and how it is defined.

import TextSafety

/// One possible answer to a finding.
public struct Level: Codable, Hashable, Sendable, Identifiable {
  public var id: LevelID
  /// As people read it; unlike the id it may change between codebook versions.
  public var title: String
  /// One column that says the level without colour, as `−` for hypointense.
  public var glyph: String
  /// The digit that chooses it where the codebook says one; nil for its place in the list.
  public var key: Int?
  /// What exports write for it where the codebook says so; nil for its place in the list, from 1.
  public var code: Int?
  /// The role of a theme that draws it; nil where its id says that.
  public var tone: String?
  /// True of a level that stands outside the order, as *incomplete* does.
  public var isOffScale: Bool { offScale ?? false }
  private var offScale: Bool?

  public init(
    _ id: LevelID, _ title: String? = nil, glyph: String, key: Int? = nil, code: Int? = nil, tone: String? = nil,
    offScale: Bool = false
  ) {
    self.id = id
    self.title = title ?? id.rawValue.replacing("_", with: " ")
    self.glyph = glyph
    (self.key, self.code, self.tone) = (key, code, tone)
    self.offScale = offScale ? true : nil
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
  /// A number (`NumberScale`).
  case number
}

/// Which numbers a finding takes, and how they are read.
public struct NumberScale: Codable, Hashable, Sendable {
  /// As `%` or `mm`; nil for a plain number.
  public var unit: String?
  /// The least and the most it takes; nil without a limit.
  public var from: Double?
  public var to: Double?
  /// Numbers are whole multiples of it from `from` (or 0); nil for any number.
  public var step: Double?
  /// Two numbers that differ by no more than this agree; nil where they must be equal.
  public var sameWithin: Double?

  public init(
    unit: String? = nil, from: Double? = nil, to: Double? = nil, step: Double? = nil, sameWithin: Double? = nil
  ) {
    (self.unit, self.from, self.to, self.step, self.sameWithin) = (unit, from, to, step, sameWithin)
  }

  /// `0 to 100 %`; nil where nothing limits it.
  public var words: String? {
    let unit = unit.map { " \($0)" } ?? ""
    return switch (from, to) {
    case (let from?, let to?): "\(from.plain) to \(to.plain)\(unit)"
    case (let from?, nil): "from \(from.plain)\(unit)"
    case (nil, let to?): "up to \(to.plain)\(unit)"
    case (nil, nil): self.unit
    }
  }
}

/// What a finding that is graded place by place is one answer of: `collapse.T12` is *collapse* at T12.
public struct Cell: Codable, Hashable, Sendable {
  /// The finding that is graded at each place.
  public var finding: FindingID
  public var findingTitle: String
  public var findingShort: String
  /// The place's id in the body of the codebook.
  public var place: String
  public var placeTitle: String

  public init(
    of finding: FindingID, _ findingTitle: String, short: String, at place: String, _ placeTitle: String
  ) {
    (self.finding, self.findingTitle, findingShort) = (finding, findingTitle, short)
    (self.place, self.placeTitle) = (place, placeTitle)
  }

  /// `collapse.T12`: an id holds no point, so that it is no other finding's.
  public static func id(_ finding: FindingID, at place: String) -> FindingID { FindingID("\(finding).\(place)") }
}

/// Levels of a finding taken together, as *0-1* and *2-4* of five.
public struct LevelGrouping: Codable, Hashable, Sendable, Identifiable {
  public struct Group: Codable, Hashable, Sendable {
    public var name: String
    public var levels: [LevelID]
  }

  public var id: String
  public var groups: [Group]

  /// `0-1: 0, 1; 2-4: 2, 3, 4`.
  public var words: String {
    groups.map { "\($0.name): \($0.levels.map(\.rawValue).joined(separator: ", "))" }.joined(separator: "; ")
  }
}

/// Whether a finding is graded at the baseline or at follow-up examinations.
public enum Phase: String, Codable, Hashable, Sendable {
  case baseline
  case followUp = "follow_up"
  /// At both.
  case every

  public func includes(_ other: Phase) -> Bool { self == other || self == .every }
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

  /// Of which finding, and at which place, it is one answer; nil where there is one answer an examination.
  public internal(set) var cell: Cell?
  /// Of a number.
  public internal(set) var number: NumberScale?
  /// True where a rule of the codebook works it out, and nobody grades it.
  public var isDerived: Bool { derived ?? false }
  var derived: Bool?
  /// How many levels an answer may name; nil for any number.
  public internal(set) var atMost: Int?
  /// A level that stands alone, as *none* among places.
  public internal(set) var alone: LevelID?
  /// What one key answers at the places that are left.
  public internal(set) var rest: GradeValue?
  /// False where answers are each reader's own, and only what is derived from them is compared.
  public var isCompared: Bool { compared ?? true }
  var compared: Bool?

  /// Its levels taken together in other ways, for statistics.
  public var analyses: [LevelGrouping] { groupings ?? [] }
  var groupings: [LevelGrouping]?

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

  /// The finding of which this is the answer at one place; itself where it has no places.
  public var whole: Finding {
    guard let cell else { return self }
    var whole = self
    (whole.id, whole.title, whole.shortTitle, whole.cell) = (cell.finding, cell.findingTitle, cell.findingShort, nil)
    return whole
  }

  public func level(_ id: LevelID) -> Level? { levels.first { $0.id == id } }

  /// The level that a digit chooses: the one whose key it is, or where the codebook gives no keys the one at that place,
  /// from 1. Nil where there are more levels than digits: they are chosen from a list.
  public func level(forKey digit: Int) -> LevelID? {
    if levels.contains(where: { $0.key != nil }) { return levels.first { $0.key == digit }?.id }
    return levels.count <= 9 && levels.indices.contains(digit - 1) ? levels[digit - 1].id : nil
  }

  /// The digit that chooses a level; nil where it is chosen from a list.
  public func key(of level: LevelID) -> Int? { (0...9).first { self.level(forKey: $0) == level } }

  /// What exports write for a level.
  public func code(of level: LevelID) -> Int? {
    levels.firstIndex { $0.id == level }.map { levels[$0].code ?? $0 + 1 }
  }

  /// The levels among `ids`, in code order.
  public func inCodeOrder(_ ids: some Sequence<LevelID>) -> [LevelID] {
    let wanted = Set(ids)
    return levels.map(\.id).filter(wanted.contains)
  }
}

extension Phase {
  /// `baseline`, `follow-up`, `baseline and follow-up`.
  public var words: String {
    switch self {
    case .baseline: "baseline"
    case .followUp: "follow-up"
    case .every: "baseline and follow-up"
    }
  }
}
