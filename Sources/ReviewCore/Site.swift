// What an answer to "involved bones" names: single bones, and extents as stated.

/// A bone, or an extent as a reader or a publication states it.
///
/// An extent counts toward the regions it covers and shades the spine map; it says nothing of a single vertebra.
public enum Site: Hashable, Sendable, Comparable {
  case bone(Bone)
  case wholeSpine
  case upperSacrum
  /// A run of vertebrae named by its ends, the upper one first.
  case run(Bone, Bone)

  /// `L5`, `whole_spine`, `upper_sacrum`, `T5-L5`.
  public var id: String {
    switch self {
    case .bone(let bone): bone.rawValue
    case .wholeSpine: "whole_spine"
    case .upperSacrum: "upper_sacrum"
    case .run(let first, let last): "\(first.rawValue)-\(last.rawValue)"
    }
  }

  /// As people write it: `L5`, `whole spine`, `T5–L5`.
  public var title: String {
    switch self {
    case .run(let first, let last): "\(first.rawValue)–\(last.rawValue)"
    default: id.replacing("_", with: " ")
    }
  }

  /// Nil for what is no bone and no extent, and for a run that is upside down, empty or leaves the spine.
  public init?(id: String) {
    if let bone = Bone(rawValue: id) {
      self = .bone(bone)
    } else if id == "whole_spine" {
      self = .wholeSpine
    } else if id == "upper_sacrum" {
      self = .upperSacrum
    } else {
      let ends = id.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
      guard ends.count == 2, let first = Bone(rawValue: ends[0]), let last = Bone(rawValue: ends[1]),
        first.isVertebra, last.isVertebra, first < last
      else { return nil }
      self = .run(first, last)
    }
  }

  public var isExtent: Bool {
    if case .bone = self { false } else { true }
  }

  /// The bones an extent shades on a map of the usual spine, or the bone itself; see `shaded(in:)`. An upper sacrum shades S1 and S2.
  public var shaded: [Bone] {
    switch self {
    case .bone(let bone): [bone]
    case .wholeSpine: Bone.spine
    case .upperSacrum: [.s1, .s2]
    case .run(let first, let last): Bone.spine.filter { first <= $0 && $0 <= last }
    }
  }

  /// The regions it counts toward. The whole spine counts toward all four spinal regions (paper, table 2).
  public var regions: Set<Region> { Set(shaded.map(\.region)) }

  private var order: (Int, Int) {
    switch self {
    case .wholeSpine: (-1, 0)
    case .bone(let bone): (bone.index, 0)
    case .upperSacrum: (Bone.s1.index, 1)
    case .run(let first, let last): (first.index, last.index + 1)
    }
  }

  public static func < (a: Site, b: Site) -> Bool { a.order < b.order }
}

extension Site: Codable {
  public init(from decoder: any Decoder) throws {
    let id = try decoder.singleValueContainer().decode(String.self)
    guard let site = Site(id: id) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no site ‘\(id)’"))
    }
    self = site
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(id)
  }
}
