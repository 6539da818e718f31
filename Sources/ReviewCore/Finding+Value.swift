// Reads and shows a grade in the words of its finding.

import Codebooks
import TextSafety

extension Finding {
  /// The value that a person's text names: `hyper`, `iso,hyper`, `L5,ribs_left`, `T11:increased`,
  /// `not-assessable`, `not-acquired`; of bones also `none`. Sets come out in code order, bones in anatomical order.
  ///
  /// A shorthand for both sides (`ribs`, `pelvic_girdles`, `pectoral_girdles`) is taken as left and right.
  ///
  /// - Parameter anatomy: the bones that the patient has.
  public func value(_ text: String, in anatomy: Anatomy = .usual) throws(GradeError) -> GradeValue {
    let value = try read(text)
    if let stranger = value.strangers(to: anatomy).first { throw .notInPatient(stranger) }
    return value
  }

  private func read(_ text: String) throws(GradeError) -> GradeValue {
    let parts = text.split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
    guard let first = parts.first else { throw .empty(id) }
    switch first.replacing("_", with: "-") {
    case "not-assessable" where parts.count == 1: return .notAssessable
    case "not-acquired" where parts.count == 1: return .notAcquired
    default: break
    }
    switch scale {
    case .choice:
      guard parts.count == 1 else { throw .severalLevels(id) }
      return .level(try known(first))
    case .set:
      var chosen: [LevelID] = []
      for part in parts { chosen.append(try known(part)) }
      let levels = inCodeOrder(chosen)
      if let alone, levels.contains(alone), levels.count > 1 { throw .notAlone(alone, id) }
      if let atMost, levels.count > atMost { throw .tooMany(levels.count, id, most: atMost) }
      return .levels(levels)
    case .sites:
      if try isNone(parts) { return .sites([]) }
      var sites: Set<Site> = []
      for part in parts { sites.formUnion(try Self.sites(part)) }
      return .sites(sites.sorted())
    case .map:
      if try isNone(parts) { return .map([:]) }
      var changes: [Bone: LevelID] = [:]
      for part in parts {
        let pair = part.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let sites = pair.first.map { (try? Self.sites($0)) ?? [] } ?? []
        if let extent = sites.first(where: \.isExtent) { throw .severalBones(extent, as: pair[0]) }
        guard pair.count == 2 else { throw .notABoneChange(part) }
        guard sites.count == 1, case .bone(let bone)? = sites.first else {
          throw .unknownBone(pair[0], nearest: Spelling.nearest(to: pair[0], in: Bone.usual.map(\.rawValue)))
        }
        guard changes.updateValue(try known(pair[1]), forKey: bone) == nil else { throw .boneTwice(bone) }
      }
      return .map(changes)
    case .number:
      guard parts.count == 1 else { throw .noNumber(text, id) }
      return .number(try number(first))
    }
  }

  /// A text that `value` reads, for who is asked to type one.
  public var example: String {
    let ids = levels.filter { $0.id != alone }.map(\.id.rawValue)
    switch scale {
    case .choice: return ids.first ?? "not-assessable"
    case .set: return ids.prefix(min(2, atMost ?? 2)).joined(separator: ",")
    case .sites: return "T10,L1"
    case .map: return ids.first.map { "T10:\($0)" } ?? GradeValue.noneText
    case .number:
      // The least is on a step.
      return (number?.from ?? 1).plain
    }
  }

  /// Whether no bone is meant; *none* stands alone.
  private func isNone(_ parts: [String]) throws(GradeError) -> Bool {
    guard parts.contains(where: { $0.isSameID(as: GradeValue.noneText) }) else { return false }
    guard parts.count == 1 else { throw .notAlone(LevelID(GradeValue.noneText), id) }
    return true
  }

  private func number(_ text: String) throws(GradeError) -> Double {
    // Only what reads back as it was written: no exponents, no more digits than a double keeps.
    guard let exact = Exact(text), let number = Double(text) else { throw .noNumber(text, id) }
    guard let scale = number.isFinite ? self.number : nil else { return number }
    if let from = scale.from, number < from { throw .outside(text, id, scale) }
    if let to = scale.to, to < number { throw .outside(text, id, scale) }
    if let step = scale.step.flatMap({ Exact($0.plain) }), let from = Exact((scale.from ?? 0).plain),
      let steps = (exact - from).flatMap({ $0 / step }), !steps.isWhole
    {
      throw .betweenSteps(text, id, scale)
    }
    return number
  }

  private func known(_ text: String) throws(GradeError) -> LevelID {
    guard let key = levels.first(where: { $0.id.rawValue.isSameID(as: text) })?.id else {
      throw .unknownLevel(text, id, allowed: levels.map(\.id))
    }
    return key
  }

  private static let bothSides: [String: [Site]] = Dictionary(
    uniqueKeysWithValues: ["ribs", "pelvic_girdle", "pectoral_girdle"].map { name in
      (name, Bone.girdles.filter { $0.rawValue.hasPrefix(name) }.map(Site.bone))
    })

  private static func sites(_ text: String) throws(GradeError) -> [Site] {
    // As it is shown: `T5–L5`, and `T5–L5 each` of vertebrae that were named one by one.
    let text = text.replacing("–", with: "-")
    if text.lowercased().hasSuffix("each"), let run = Site(id: text.dropLast(4).uppercased()), run.isExtent {
      return run.shaded.map(Site.bone)
    }
    if let site = Site(id: text) { return [site] }
    let key = text.lowercased()
    if let site = Site(id: key) ?? Site(id: text.uppercased()) { return [site] }
    if let both = bothSides[key] ?? bothSides[String(key.dropLast())] { return both }
    throw .unknownSite(
      text, nearest: Spelling.nearest(to: text, in: Bone.usual.map(\.rawValue) + ["whole_spine", "upper_sacrum"]))
  }

  /// As people read it: `hyper`, `iso + hyper`, `T10, L1, upper sacrum`, `T11 increased, L2 decreased`, `none`.
  public func words(_ value: GradeValue) -> String {
    if value.isNone { return value.text }
    return switch value {
    case .level(let level): title(of: level)
    case .levels(let levels): levels.map(title(of:)).joined(separator: alone == nil ? " + " : ", ")
    case .sites(let sites): Self.words(sites)
    case .map(let changes):
      changes.sorted { $0.key < $1.key }.map { "\($0.key.title) \(title(of: $0.value))" }.joined(separator: ", ")
    case .number(let number): number.plain + (self.number?.unit.map { " \($0)" } ?? "")
    case .notAssessable: "not assessable"
    case .notAcquired: "not acquired"
    }
  }

  /// The same with neighbours of the spine as runs: `C1–L5 each, both ribs`, `T5–T7 decreased, L2 new`. Vertebrae that were
  /// named one by one are no extent: `T5–L5` is what was stated as one.
  public func ranged(_ value: GradeValue) -> String {
    switch value {
    case .sites(let sites) where !sites.isEmpty:
      // As they lie: vertebrae one by one with their neighbours, between them what else is named.
      let isSingle = { (site: Site) in if case .bone(let bone) = site { bone.isVertebra } else { false } }
      var groups: [[Site]] = []
      for site in sites.sorted() {
        if let last = groups.last?.last, isSingle(last) == isSingle(site) {
          groups[groups.count - 1].append(site)
        } else {
          groups.append([site])
        }
      }
      return groups.flatMap { sites in
        sites.allSatisfy(isSingle) ? Bone.runsOfEach(sites.flatMap(\.named)) : [Self.words(sites)]
      }.joined(separator: ", ")
    case .map(let changes) where !changes.isEmpty:
      var runs: [(bones: [Bone], level: LevelID)] = []
      for (bone, level) in changes.sorted(by: { $0.key < $1.key }) {
        if let last = runs.last, last.level == level, last.bones.last.map(bone.isBelow) == true {
          runs[runs.count - 1].bones.append(bone)
        } else {
          runs.append(([bone], level))
        }
      }
      return runs.map { "\(Bone.runs($0.bones).joined(separator: ", ")) \(title(of: $0.level))" }
        .joined(separator: ", ")
    default: return words(value)
    }
  }

  private func title(of id: LevelID) -> String { level(id)?.title ?? id.rawValue }

  /// Both sides of a paired bone are said once: `both ribs`.
  private static func words(_ sites: [Site]) -> String {
    var words: [String] = []
    for site in sites {
      guard case .bone(let bone) = site, let stem = bone.rawValue.pairStem else {
        words.append(site.title)
        continue
      }
      let other = Bone(rawValue: stem + (bone.rawValue.hasSuffix("_left") ? "_right" : "_left"))
      if let other, sites.contains(.bone(other)) {
        if bone < other { words.append("both " + (stem == "ribs" ? stem : stem.replacing("_", with: " ") + "s")) }
      } else {
        words.append(site.title)
      }
    }
    return words.joined(separator: ", ")
  }

  /// What stands before a level's title: its glyph and a blank; nothing where that would only say its key again, and for
  /// places, which have their names.
  public func mark(_ level: Level) -> String {
    func saysItsKey(_ level: Level) -> Bool { level.key.map(String.init) == level.glyph }
    // One among others was chosen for what it says, as `1` of *solitary*.
    let isKey = saysItsKey(level) && levels.count(where: saysItsKey) > 1
    return isKey || alone != nil && level.id != alone ? "" : level.glyph + " "
  }

  /// Changes bone by bone, each by its glyph, so that where they are cut the count is of bones: `↓T11, *L2`.
  public func glyphs(each changes: [Bone: LevelID]) -> String {
    changes.sorted { $0.key < $1.key }.map { "\(level($1)?.glyph ?? "?")\($0.title)" }.joined(separator: ", ")
  }

  /// The glyphs of the levels, in code order, as `±+`; of a bone its name, of some changes theirs in the order of the bones,
  /// and of more how many; `·` for none, `x` and `z` for what is no answer.
  public func glyphs(_ value: GradeValue) -> String {
    if value.isNone { return "·" }
    return switch value {
    case .level, .levels: value.levelIDs.compactMap { level($0)?.glyph }.joined()
    case .sites(let sites): sites.count == 1 && sites[0].id.utf8.count < 4 ? sites[0].id : String(sites.count)
    case .map(let changes):
      changes.count < 4 ? value.levelIDs.compactMap { level($0)?.glyph }.joined() : String(changes.count)
    case .number(let number): number.plain
    case .notAssessable: "x"
    case .notAcquired: "z"
    }
  }
}

extension String {
  /// `ribs` of `ribs_left`; nil for what has no side.
  fileprivate var pairStem: String? {
    for side in ["_left", "_right"] where hasSuffix(side) { return String(dropLast(side.count)) }
    return nil
  }
}
