// Bones settled bone by bone: who named which, what all agree on, what the majority says.

/// What readers said of each bone or extent that any of them named. Extents are compared as they were stated.
public struct BoneTally: Hashable, Sendable {
  public enum Mark: Hashable, Sendable {
    /// The reader gave no bones at all: not graded, not assessable, not acquired.
    case noAnswer
    case notNamed
    case named
    /// The change of a bone.
    case level(LevelID)
  }

  public struct Item: Hashable, Sendable {
    public var site: Site
    /// One for each reader.
    public var marks: [Mark]

    /// True where every reader answered, and alike.
    public var isAgreed: Bool { !marks.contains(.noAnswer) && Set(marks).count == 1 }

    /// What more than half of the readers say; nil where no answer has that many.
    public var majority: Mark? {
      Set(marks).subtracting([.noAnswer]).first { mark in 2 * marks.count { $0 == mark } > marks.count }
    }
  }

  public let scale: Scale
  /// In anatomical order.
  public let items: [Item]

  /// - Parameter values: one for each reader, nil where not graded.
  public init(_ values: [GradeValue?], scale: Scale) {
    self.scale = scale
    let sites = values.reduce(into: Set<Site>()) { all, value in
      all.formUnion(value?.siteList ?? [])
      all.formUnion((value?.changes.keys).map { $0.map(Site.bone) } ?? [])
    }
    items = sites.sorted().map { site in Item(site: site, marks: values.map { Self.mark($0, site) }) }
  }

  private static func mark(_ value: GradeValue?, _ site: Site) -> Mark {
    switch value {
    case .sites(let sites): return sites.contains(site) ? .named : .notNamed
    case .map(let changes):
      guard case .bone(let bone) = site, let level = changes[bone] else { return .notNamed }
      return .level(level)
    default: return .noAnswer
    }
  }

  public var agreed: [Item] { items.filter(\.isAgreed) }
  public var disputed: [Item] { items.filter { !$0.isAgreed } }

  /// The grade made of a mark for each bone; nil where none is named.
  public func value(_ mark: (Item) -> Mark?) -> GradeValue? {
    var sites: [Site] = []
    var changes: [Bone: LevelID] = [:]
    for item in items {
      switch mark(item) {
      case .named: sites.append(item.site)
      case .level(let level): if case .bone(let bone) = item.site { changes[bone] = level }
      case .notNamed, .noAnswer, nil: break
      }
    }
    if scale == .map { return changes.isEmpty ? nil : .map(changes) }
    return sites.isEmpty ? nil : .sites(sites)
  }

  /// What more than half of the readers say of each bone; nil where that leaves none, or where some bone has no majority:
  /// leaving it out would be saying something of it.
  public var majorityValue: GradeValue? { items.contains { $0.majority == nil } ? nil : value(\.majority) }

  /// True where each bone of the grade has a mark that some reader gave it, and none is left out that all named.
  public func isMadeOfMarks(_ value: GradeValue) -> Bool {
    let wanted = BoneTally([value], scale: scale).items
    let known = Dictionary(uniqueKeysWithValues: items.map { ($0.site, $0) })
    guard wanted.allSatisfy({ item in known[item.site]?.marks.contains(item.marks[0]) ?? false }) else { return false }
    return agreed.allSatisfy { item in wanted.contains { $0.site == item.site && $0.marks[0] == item.marks[0] } }
  }
}
