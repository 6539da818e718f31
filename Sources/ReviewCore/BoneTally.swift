// Bones and other places settled one by one: who named which, what all agree on, what the majority says.

/// What readers said of each place that any of them named: of bones and extents, of changes per bone, and of a set whose levels
/// are places.
///
/// Extents that readers state otherwise are compared vertebra by vertebra: of T5–L5 against T6–L5 only T5 is disputed. What
/// each stated stays as it is.
public struct BoneTally: Hashable, Sendable {
  public enum Mark: Hashable, Sendable {
    /// The reader gave no places at all: not graded, not assessable, not acquired.
    case noAnswer
    case notNamed
    case named
    /// The change of a bone.
    case level(LevelID)
  }

  /// What is named.
  public enum Place: Hashable, Sendable, Comparable {
    case site(Site)
    /// A level of a set whose levels are places, with where it stands among them.
    case level(at: Int, LevelID, title: String)

    /// `L5`, `T6–L5`, `right mid PZpl`.
    public var title: String {
      switch self {
      case .site(let site): site.title
      case .level(_, _, let title): title
      }
    }

    public var id: String {
      switch self {
      case .site(let site): site.id
      case .level(_, let level, _): level.rawValue
      }
    }

    fileprivate var bones: [Bone] { if case .site(let site) = self { site.named } else { [] } }

    public static func < (a: Place, b: Place) -> Bool {
      switch (a, b) {
      case (.site(let one), .site(let other)): one < other
      case (.level(let one, _, _), .level(let other, _, _)): one < other
      case (.site, .level): true
      case (.level, .site): false
      }
    }
  }

  /// Names of places in their order, neighbours of the spine as runs: `C1–L5`, `right mid PZpl`.
  public static func titles(_ places: [Place]) -> [String] {
    var (titles, bones): ([String], [Bone]) = ([], [])
    for place in places {
      if case .site(.bone(let bone)) = place {
        bones.append(bone)
      } else {
        titles += Bone.runs(bones) + [place.title]
        bones = []
      }
    }
    return titles + Bone.runs(bones)
  }

  /// What a reader holds, and the places on which they abstained in a vote since: of those nothing is known.
  public struct Stance: Hashable, Sendable {
    public var value: GradeValue?
    public var abstained: Set<Place>
    /// False of who abstained on how bones are named, one run or each.
    public var saysForm: Bool

    public init(_ value: GradeValue?, abstained: Set<Place> = [], saysForm: Bool = true) {
      (self.value, self.abstained, self.saysForm) = (value, abstained, saysForm)
    }
  }

  public struct Item: Hashable, Sendable {
    public var place: Place
    /// One for each reader.
    public var marks: [Mark]

    /// True where every reader answered, and alike.
    public var isAgreed: Bool { !marks.contains(.noAnswer) && Set(marks).count == 1 }

    /// The same without what readers said who abstained on the place since.
    fileprivate func heard(_ abstained: [Set<Place>]) -> Item {
      guard !abstained.isEmpty else { return self }
      return Item(place: place, marks: zip(marks, abstained).map { $1.contains(place) ? .noAnswer : $0 })
    }

    /// What more than half of the readers say; nil where no answer has that many.
    public var majority: Mark? {
      Set(marks).subtracting([.noAnswer]).first { mark in 2 * marks.count { $0 == mark } > marks.count }
    }
  }

  public let scale: Scale
  /// In anatomical order. What all agree on in an extent is one item, what they do not a vertebra each.
  public let items: [Item]
  /// Of a set, the level that says that no place is named.
  private let alone: LevelID?
  /// Extents that are compared vertebra by vertebra, as the readers stated them; empty where none are.
  private let extents: Set<Site>
  /// Bones as each reader stated them, where how they are named matters; nil of who names none, or abstained on that.
  private let stated: [[Site]?]
  /// How each reader names bones, nil of who names none; empty where no extent is taken apart, or all do alike.
  public let forms: [Form?]
  /// How more than half of those who name bones do it, those who abstained on it among them; nil where neither form has that
  /// many.
  public let form: Form?
  /// The bones that an extent covers: with those that only some patients have, where a reader names one.
  private let anatomy: Anatomy

  /// - Parameters:
  ///   - values: one for each reader, nil where not graded.
  ///   - finding: one that names bones, or places.
  public init(_ values: [GradeValue?], of finding: Finding) { self.init(values.map { Stance($0) }, of: finding) }

  /// The same of readers who may have abstained on some of the places.
  public init(_ stances: [Stance], of finding: Finding) {
    let values = stances.map(\.value)
    let abstained = stances.contains { !$0.abstained.isEmpty } ? stances.map(\.abstained) : []
    guard let alone = finding.alone else {
      self.init(
        values, scale: finding.scale, abstained: abstained, forms: stances.map { $0.saysForm ? Form($0.value) : nil })
      return
    }
    let named = values.reduce(into: Set<LevelID>()) { $0.formUnion($1?.levelIDs ?? []) }
    let places = finding.levels.enumerated().filter { named.contains($1.id) && $1.id != alone }
    self.init(
      scale: .set,
      items: places.map { index, level in
        Item(
          place: .level(at: index, level.id, title: level.title),
          marks: values.map { value in
            guard case .levels(let levels) = value else { return .noAnswer }
            return levels.contains(level.id) ? .named : .notNamed
          }
        ).heard(abstained)
      }, alone: alone)
  }

  private init(
    scale: Scale, items: [Item], alone: LevelID? = nil, extents: Set<Site> = [], stated: [[Site]?] = [],
    forms: [Form?] = [], naming count: Int = 0, anatomy: Anatomy = .usual
  ) {
    let named = forms.compactMap { $0 }
    let isAlike = Set(named).count < 2 && (named.first != .mixed || Set(stated.compactMap { $0 }).count < 2)
    self.forms = extents.isEmpty || isAlike ? [] : forms
    form = [.extent, .each, .mixed].first { form in 2 * named.count { $0 == form } > count }
    (self.scale, self.items, self.alone) = (scale, items, alone)
    (self.extents, self.stated, self.anatomy) = (extents, stated, anatomy)
  }

  /// The same of bones.
  public init(
    _ values: [GradeValue?], scale: Scale, abstained: [Set<Place>] = [], forms: [Form?]? = nil
  ) {
    let sites = values.reduce(into: Set<Site>()) { all, value in
      all.formUnion(value?.siteList ?? [])
      all.formUnion((value?.changes.keys).map { $0.map(Site.bone) } ?? [])
    }
    let anatomy = Anatomy(extra: Set(sites.flatMap(\.named)).filter(Bone.extras.contains).sorted())
    let extents = Self.extents(values, sites, anatomy)
    let asStated = sites.sorted().map { site in
      Item(place: .site(site), marks: values.map { Self.mark($0, site) }).heard(abstained)
    }
    self.init(
      scale: scale, items: extents.isEmpty ? asStated : Self.items(values, extents, anatomy, abstained),
      extents: extents, stated: Self.stated(values, forms, areTakenApart: !extents.isEmpty),
      forms: forms ?? values.map(Form.init), naming: values.count { Form($0) != nil }, anatomy: anatomy)
  }

  /// Of values in which nobody states an extent only where somebody abstained on how the bones are named.
  private static func stated(_ values: [GradeValue?], _ forms: [Form?]?, areTakenApart: Bool) -> [[Site]?] {
    let forms = forms ?? values.map(Form.init)
    guard areTakenApart || zip(values, forms).contains(where: { Form($0) != nil && $1 == nil }) else { return [] }
    return zip(values, forms).map { $1 == nil ? nil : $0?.siteList }
  }

  /// Vertebra by vertebra; what all agree on as extents again.
  private static func items(
    _ values: [GradeValue?], _ extents: Set<Site>, _ anatomy: Anatomy, _ abstained: [Set<Place>]
  ) -> [Item] {
    let shown = values.map { value -> Set<Bone>? in
      guard case .sites(let sites) = value else { return nil }
      return Set(sites.flatMap { $0.shaded(in: anatomy) })
    }
    let bones = shown.compactMap { $0 }.reduce(into: Set<Bone>()) { $0.formUnion($1) }
    let items = bones.map { bone in
      Item(
        place: .site(.bone(bone)),
        marks: shown.map { $0.map { $0.contains(bone) ? .named : .notNamed } ?? .noAnswer }
      ).heard(abstained)
    }
    let agreed = Set(items.filter(\.isAgreed).flatMap(\.place.bones))
    let named = [Mark](repeating: .named, count: values.count)
    return
      (items.filter { !$0.isAgreed } + joined(agreed, extents, anatomy).map { Item(place: .site($0), marks: named) })
      .sorted { $0.place < $1.place }
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

  // MARK: extents

  /// The extents to take apart: all that were stated where not all state the same. Who names a bone beside an extent that
  /// covers it says something of that bone which an extent does not: then all is compared as it was stated.
  private static func extents(_ values: [GradeValue?], _ sites: Set<Site>, _ anatomy: Anatomy) -> Set<Site> {
    let extents = sites.filter(\.isExtent)
    let isDisputed = extents.contains { extent in
      values.contains { value in
        guard case .sites(let own) = value else { return false }
        return !own.contains(extent)
      }
    }
    guard isDisputed else { return [] }
    let saysMore = values.contains { value in
      let own = value?.siteList ?? []
      let covered = Set(own.filter(\.isExtent).flatMap { $0.shaded(in: anatomy) })
      return own.contains { if case .bone(let bone) = $0 { covered.contains(bone) } else { false } }
    }
    return saysMore ? [] : extents
  }

  /// Bones as extents again: neighbours that lie in one of the extents are a run.
  private static func joined(_ bones: Set<Bone>, _ extents: Set<Site>, _ anatomy: Anatomy) -> [Site] {
    let covered = extents.map { Set($0.shaded(in: anatomy)) }
    return stretches(bones, extents, anatomy) { upper, lower in
      covered.contains { $0.isSuperset(of: [upper, lower]) }
    }
  }

  /// Bones as extents where neighbours are joined; one that a reader named otherwise than by its ends keeps its name.
  private static func stretches(
    _ bones: Set<Bone>, _ extents: Set<Site>, _ anatomy: Anatomy, areJoined: (Bone, Bone) -> Bool
  ) -> [Site] {
    let order = Dictionary(uniqueKeysWithValues: zip(anatomy.spine, 0...))
    var stretches: [[Bone]] = []
    for bone in bones.sorted() {
      if let last = stretches.last?.last, let place = order[last], order[bone] == place + 1, areJoined(last, bone) {
        stretches[stretches.count - 1].append(bone)
      } else {
        stretches.append([bone])
      }
    }
    return stretches.compactMap { stretch in
      guard let first = stretch.first, let last = stretch.last else { return nil }
      if first == last { return .bone(first) }
      let named = extents.first { extent in
        if case .run = extent { return false }
        return extent.shaded(in: anatomy) == stretch
      }
      return named ?? .run(first, last)
    }
  }

  // MARK: what comes of it

  public var agreed: [Item] { items.filter(\.isAgreed) }
  public var disputed: [Item] { items.filter { !$0.isAgreed } }

  /// How many places all agree on: of an extent that is taken apart each of its bones.
  public var agreedCount: Int {
    guard !extents.isEmpty else { return agreed.count }
    return agreed.reduce(0) {
      if case .site(let site) = $1.place { $0 + site.shaded(in: anatomy).count } else { $0 + 1 }
    }
  }

  /// The grade made of a mark for each place; nil where none is named.
  ///
  /// - Parameters:
  ///   - form: how bones of an extent that is taken apart are named; where it is nil, as most readers do.
  ///   - own: what the voter had signed: of the same bones, named in the same way, it stays as they stated it.
  public func value(as form: Form? = nil, own: GradeValue? = nil, _ mark: (Item) -> Mark?) -> GradeValue? {
    var sites: [Site] = []
    var levels: [LevelID] = []
    var changes: [Bone: LevelID] = [:]
    for item in items {
      switch (mark(item), item.place) {
      case (.named, .site(let site)): sites.append(site)
      case (.named, .level(_, let level, _)): levels.append(level)
      case (.level(let level), .site(.bone(let bone))): changes[bone] = level
      default: break
      }
    }
    switch scale {
    case .map: return changes.isEmpty ? nil : .map(changes)
    case .set: return .levels(levels.isEmpty ? [alone].compactMap { $0 } : levels)
    default: break
    }
    if !extents.isEmpty {
      let bones = Set(sites.flatMap { $0.shaded(in: anatomy) })
      let run = Self.joined(bones, extents, anatomy).sorted()
      sites =
        switch form {
        case .each: bones.sorted().map(Site.bone)
        case .extent: run
        case .mixed, nil: asStated(bones, by: own)
        }
    }
    return sites.isEmpty ? nil : .sites(sites)
  }

  /// Extents, and single bones beside them, as the voter stated them; of neighbours that they had not named both, as most
  /// readers do.
  private func asStated(_ bones: Set<Bone>, by own: GradeValue?) -> [Site] {
    let joints = own.map { Joints($0.siteList, anatomy) }
    let covered = extents.map { Set($0.shaded(in: anatomy)) }
    return Self.stretches(bones, extents, anatomy) { upper, lower in
      joints?.neighbours[upper] ?? areJoined(upper) ?? covered.contains { $0.isSuperset(of: [upper, lower]) }
    }.sorted()
  }

  /// Bones named as more than half of the readers do, neighbour by neighbour: as one extent, or one by one. Nil where that has no
  /// majority for some.
  private func asMostStated(_ bones: Set<Bone>) -> [Site]? {
    let neighbours = zip(anatomy.spine, anatomy.spine.dropFirst()).filter { bones.isSuperset(of: [$0, $1]) }
    guard neighbours.allSatisfy({ areJoined($0.0) != nil }) else { return nil }
    return Self.stretches(bones, extents, anatomy) { upper, _ in areJoined(upper) ?? false }.sorted()
  }

  /// Whether more than half of the readers state a bone and the one below it as one extent, or one by one; nil where neither has
  /// so many.
  private func areJoined(_ upper: Bone) -> Bool? {
    let said = stated.map { $0.flatMap { Joints($0, anatomy).joins(upper) } }
    return [true, false].first { answer in 2 * said.count { $0 == answer } > said.count }
  }

  /// What more than half of the readers say of each place; nil where that leaves none, or where some place has no majority:
  /// leaving it out would be saying something of it. Nil too where as many state an extent as single bones.
  public var majorityValue: GradeValue? {
    guard !items.contains(where: { $0.majority == nil }) else { return nil }
    guard !stated.isEmpty else { return value(\.majority) }
    let named = items.filter { $0.majority == .named }
    let bones = Set(
      named.flatMap { item in if case .site(let site) = item.place { site.shaded(in: anatomy) } else { [Bone]() } })
    return bones.isEmpty ? nil : asMostStated(bones).map(GradeValue.sites)
  }

  /// True where each place of the grade has a mark that some reader gave it, and none is left out that all named.
  public func isMadeOfMarks(_ value: GradeValue) -> Bool {
    guard let said = marks(of: value) else { return false }
    return items.allSatisfy { item in
      let mark = said[item.place] ?? .notNamed
      return mark == .notNamed && !item.isAgreed || item.marks.contains(mark)
    }
  }

  /// What a grade says of each item; nil where it names something that no reader named.
  public func marks(of value: GradeValue) -> [Place: Mark]? {
    switch value {
    case .sites(let sites) where !extents.isEmpty:
      var rest = Set(sites.flatMap { $0.shaded(in: anatomy) })
      var said: [Place: Mark] = [:]
      for item in items {
        guard case .site(let site) = item.place else { continue }
        let shaded = site.shaded(in: anatomy)
        let isNamed = rest.isSuperset(of: shaded)
        // Part of what all agree on is something of its own.
        if !isNamed, !rest.isDisjoint(with: shaded) { return nil }
        said[item.place] = isNamed ? .named : .notNamed
      }
      rest.subtract(
        items.flatMap { item -> [Bone] in if case .site(let site) = item.place { site.shaded(in: anatomy) } else { [] }
        })
      return rest.isEmpty ? said : nil
    case .sites, .map:
      let own = BoneTally([value], scale: scale).items
      let known = Set(items.map(\.place))
      guard own.allSatisfy({ known.contains($0.place) }) else { return nil }
      return Dictionary(
        uniqueKeysWithValues: items.map { item in
          (item.place, own.first { $0.place == item.place }?.marks.first ?? .notNamed)
        })
    case .levels(let levels):
      let named = Set(levels).subtracting([alone].compactMap { $0 })
      guard named.isSubset(of: items.map { LevelID($0.place.id) }) else { return nil }
      return Dictionary(
        uniqueKeysWithValues: items.map { ($0.place, named.contains(LevelID($0.place.id)) ? .named : .notNamed) })
    default: return nil
    }
  }
}
