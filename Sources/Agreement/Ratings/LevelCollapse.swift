// Levels that are taken together, so that agreement can be told with and without a distinction.

import TextSafety

/// Which levels become one, as `worse=aggravated,equivocal`. Levels that it does not name stay as they are.
public struct LevelCollapse: Sendable, Equatable {
  /// A new level and the old ones that it stands for.
  public struct Group: Sendable, Equatable {
    public let name: String
    public let members: [String]
  }

  /// As a person wrote them.
  public let groups: [Group]

  /// Reads `name=level,level;name=level`; a name with a comma, a semicolon or an equals sign stands in quotation marks.
  ///
  /// - Throws: `LevelCollapseError`, or `RatingsFileError` where quotation marks do not close.
  public init(_ text: String) throws {
    groups = try Self.parts(text, at: ";").filter { !trimmed($0).isEmpty }.map { part in
      let sides = Self.parts(part, at: "=")
      guard sides.count == 2, let name = try RatingsOptions.list(sides[0]).first, !name.isEmpty else {
        throw LevelCollapseError.noGroup(trimmed(part))
      }
      let members = try RatingsOptions.list(sides[1]).filter { !$0.isEmpty }
      guard !members.isEmpty else { throw LevelCollapseError.noGroup(trimmed(part)) }
      return Group(name: name, members: members)
    }
    guard !groups.isEmpty else { throw LevelCollapseError.noGroup(text) }
    if let name = firstRepeated(groups.map(\.name)) { throw LevelCollapseError.repeatedGroup(name) }
    if let level = firstRepeated(groups.flatMap(\.members)) { throw LevelCollapseError.repeatedLevel(level) }
  }

  /// The new level of each old one; new levels stand where the first of their members stood.
  ///
  /// - Throws: `LevelCollapseError` where a level is not among `levels`, or fewer than two are left.
  public func plan(_ levels: [String]) throws -> Plan {
    if let level = groups.flatMap(\.members).first(where: { !levels.contains($0) }) {
      throw LevelCollapseError.unknownLevel(level, levels)
    }
    let names = levels.map { level in groups.first { $0.members.contains(level) }?.name ?? level }
    if let group = groups.first(where: { group in
      levels.contains(group.name) && !group.members.contains(group.name)
        && names[levels.firstIndex(of: group.name) ?? 0] == group.name
    }) {
      throw LevelCollapseError.takenName(group.name)
    }
    let new = names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    guard new.count >= 2 else { throw LevelCollapseError.oneLevelLeft(new.first ?? "") }
    // In an order only neighbours can be one.
    let isInOrder = zip(names, names.dropFirst()).count { $0 != $1 } == new.count - 1
    return Plan(levels: new, places: names.map { new.firstIndex(of: $0) ?? 0 }, isInOrder: isInOrder)
  }

  /// What becomes of a list of levels.
  public struct Plan: Sendable, Equatable {
    public let levels: [String]
    /// The new place of each old level.
    public let places: [Int]
    /// Whether the levels taken together stood beside each other, so that an order stays one.
    public let isInOrder: Bool

    /// The scale of the new levels: of two binary; without an order where neighbours were not taken together.
    public func scale(from scale: RatingScale) -> RatingScale {
      levels.count == 2 ? .binary : scale == .ordinal && isInOrder ? .ordinal : .nominal
    }
  }

  /// `worse is aggravated, equivocal`.
  public var words: String {
    groups.map { "\(printable($0.name)) is \($0.members.map(printable).joined(separator: ", "))" }
      .joined(separator: "; ")
  }

  /// The parts between separators that stand outside quotation marks.
  private static func parts(_ text: String, at separator: Unicode.Scalar) -> [String] {
    var (parts, isQuoted) = ([String.UnicodeScalarView()], false)
    for scalar in text.unicodeScalars {
      if scalar == "\"" { isQuoted.toggle() }
      if scalar == separator, !isQuoted {
        parts.append(String.UnicodeScalarView())
      } else {
        parts[parts.count - 1].append(scalar)
      }
    }
    return parts.map { String($0) }
  }
}

/// Why levels cannot be taken together.
public enum LevelCollapseError: Error, Equatable, Sendable {
  case noGroup(String)
  case repeatedGroup(String)
  case repeatedLevel(String)
  case unknownLevel(String, [String])
  case takenName(String)
  case oneLevelLeft(String)

  /// What is wrong and the cure, as a sentence.
  public var message: String {
    switch self {
    case .noGroup(let text):
      return "\(quoted(text)) names no levels to take together; write name=level,level and ; between several"
    case .repeatedGroup(let name): return "two groups are called \(quoted(name)); give each a name of its own"
    case .repeatedLevel(let name): return "the level \(quoted(name)) is taken twice; a level is in one group"
    case .unknownLevel(let name, let levels):
      return
        "there is no level \(quoted(name)) to take together; \(thereIs(levels.map(listed)))"
    case .takenName(let name):
      return "\(quoted(name)) is a level of its own; give the group another name, or take that level into it"
    case .oneLevelLeft(let name): return "only \(quoted(name)) would be left; leave at least two levels"
    }
  }
}

extension RatingTable {
  /// The same ratings with some levels taken together.
  ///
  /// - Parameter positive: the positive level where two are left; the last unless said.
  /// - Throws: `LevelCollapseError`, or `RatingTableError` for a positive level that there is not.
  public func collapsed(_ collapse: LevelCollapse, positive: String? = nil) throws -> RatingTable {
    let plan = try collapse.plan(levels)
    if let positive, !plan.levels.contains(positive) { throw RatingTableError.unknownPositive(positive) }
    let scale = plan.scale(from: scale)
    return merged(
      levels: plan.levels, scale: scale,
      positive: scale == .binary ? plan.levels.firstIndex(of: positive ?? plan.levels[plan.levels.count - 1]) : nil
    ) { codes in codes.map { $0 == Self.missing ? $0 : Int32(plan.places[Int($0)]) } }
  }
}
