// The answer to a finding.

import TextSafety

/// The value of a grade. *Not graded* is the absence of a grade, and *not stated* that of a published one.
public enum GradeValue: Hashable, Sendable {
  case level(LevelID)
  /// In code order, never empty.
  case levels([LevelID])
  /// In anatomical order; empty for *none*, which is an answer: no bone is involved.
  case sites([Site])
  /// Empty for *none*: no bone has a level.
  case map([Bone: LevelID])
  case number(Double)
  case notAssessable
  case notAcquired

  /// True where the reader looked and could answer: the value counts in tables and statistics.
  public var isAnswer: Bool { self != .notAssessable && self != .notAcquired }

  /// The answer that no bone is meant.
  public var isNone: Bool { self == .sites([]) || self == .map([:]) }

  /// The answer that a sign is not there.
  public var isAbsent: Bool { self == .level("absent") }

  /// What is written for it.
  static let noneText = "none"

  /// The levels named, in the order given; empty for sites and for what is no answer.
  public var levelIDs: [LevelID] {
    switch self {
    case .level(let level): [level]
    case .levels(let levels): levels
    case .map(let changes): changes.sorted { $0.key < $1.key }.map(\.value)
    case .sites, .number, .notAssessable, .notAcquired: []
    }
  }

  public func contains(_ level: LevelID) -> Bool { levelIDs.contains(level) }

  public var siteList: [Site] { if case .sites(let sites) = self { sites } else { [] } }

  public var number: Double? { if case .number(let number) = self { number } else { nil } }

  public var changes: [Bone: LevelID] { if case .map(let changes) = self { changes } else { [:] } }

  /// Every bone that it names or shades, in anatomical order.
  public var bones: [Bone] { Set(siteList.flatMap(\.shaded) + changes.keys).sorted() }

  /// The regions that count as involved.
  public var regions: Set<Region> { siteList.reduce(into: []) { $0.formUnion($1.regions) } }

  /// Canonical text, in which the study file keeps it and the command line takes it:
  /// `hyper`, `iso,hyper`, `T10,L1,upper_sacrum`, `T11:increased,L2:decreased`, of bones also `none`; `not-assessable`,
  /// `not-acquired`.
  public var text: String {
    if isNone { return Self.noneText }
    return switch self {
    case .level(let level): level.rawValue
    case .levels(let levels): levels.map(\.rawValue).joined(separator: ",")
    case .sites(let sites): sites.map(\.id).joined(separator: ",")
    case .map(let changes):
      changes.sorted { $0.key < $1.key }.map { "\($0.key.rawValue):\($0.value)" }.joined(separator: ",")
    case .number(let number): number.plain
    case .notAssessable: "not-assessable"
    case .notAcquired: "not-acquired"
    }
  }
}

extension GradeValue: Codable {
  /// Reads the canonical text without a codebook; `Finding.value(_:)` is what checks a person's words.
  public init(canonical text: String, scale: Scale) throws(GradeError) {
    switch (text, scale) {
    case ("not-assessable", _): self = .notAssessable
    case ("not-acquired", _): self = .notAcquired
    case (_, .choice): self = .level(LevelID(text))
    case (Self.noneText, .sites): self = .sites([])
    case (Self.noneText, .map): self = .map([:])
    case (_, .set): self = .levels(text.split(separator: ",").map { LevelID(String($0)) })
    case (_, .sites): self = .sites(text.split(separator: ",").compactMap { Site(id: String($0)) })
    case (_, .map):
      var changes: [Bone: LevelID] = [:]
      for entry in text.split(separator: ",") {
        let parts = entry.split(separator: ":").map(String.init)
        guard parts.count == 2, let bone = Bone(rawValue: parts[0]) else { throw .notABoneChange(String(entry)) }
        changes[bone] = LevelID(parts[1])
      }
      self = .map(changes)
    case (_, .number):
      guard let number = Double(text), number.isFinite else { throw .noNumber(text, nil) }
      self = .number(number)
    }
  }

  public init(from decoder: any Decoder) throws {
    let parts = try decoder.singleValueContainer().decode(String.self).split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let scale = Scale(rawValue: String(parts[0])) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a grade"))
    }
    try self.init(canonical: String(parts[1]), scale: scale)
  }

  /// As `scale=text`, so that it can be read back without a codebook.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode("\(scale.rawValue)=\(text)")
  }

  private var scale: Scale {
    switch self {
    case .levels: .set
    case .sites: .sites
    case .map: .map
    case .number: .number
    case .level, .notAssessable, .notAcquired: .choice
    }
  }
}
