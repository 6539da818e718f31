// What another version of its codebook would change in a study, and what stands against it.

import Codebooks
import Foundation

/// A new version of a study's codebook beside the one it has.
public struct CodebookChange: Hashable, Sendable {
  public var from: Int
  public var to: Int
  /// What becomes different, a line each.
  public var lines: [String] = []
  /// Why the study cannot have it, each with the cure; empty where it can.
  public var faults: [String] = []
  /// What readings of before are not asked.
  public var added = CodebookAdditions()

  /// - Parameters:
  ///   - new: with the old among its former versions (`Study.changing`).
  ///   - held: what readings, sessions and imports of the study hold: of each finding the answers as the file keeps them, of a
  ///     finding that is only noted on none.
  public init(from old: Codebook, to new: Codebook, held: [FindingID: Set<String>]) {
    (from, to) = (old.version, new.version)
    guard old.id == new.id else {
      faults = [
        "the study grades ‘\(old.id)’, and this is the codebook ‘\(new.id)’; a study keeps its codebook: give the file the "
          + "id ‘\(old.id)’ where it is a version of it, or make a study of its own"
      ]
      return
    }
    let isSame = old.origin?.text == new.origin?.text
    guard new.version > old.version else {
      faults = [
        isSame
          ? "this is the codebook that the study has, version \(old.version); there is nothing to change"
          : "the study has version \(old.version) of ‘\(old.id)’, and the file says version \(new.version); count ‘version’ up, "
            + "to \(old.version + 1)"
      ]
      return
    }
    added = new.added(since: old.version)
    let comparison = Comparison(old: old, new: new, held: held)
    faults = comparison.faults
    lines = comparison.lines
  }
}

/// Two versions side by side.
private struct Comparison {
  let old: Codebook
  let new: Codebook
  let held: [FindingID: Set<String>]

  /// The answers that are held of a finding, of all its places together.
  private func answers(_ finding: Finding) -> Set<String>? {
    let ids = [finding.id] + old.places(of: finding).map(\.id)
    let found = ids.compactMap { held[$0] }
    return found.isEmpty ? nil : found.reduce(into: []) { $0.formUnion($1) }
  }

  /// What is graded, each finding with places once.
  private static func wholes(_ codebook: Codebook) -> [Finding] {
    codebook.findings.filter { !$0.isDerived }.map(\.whole).reduce(into: []) { all, finding in
      if !all.contains(where: { $0.id == finding.id }) { all.append(finding) }
    }
  }

  // MARK: what stands against it

  var faults: [String] {
    Self.wholes(old).flatMap { finding -> [String] in
      guard let answers = answers(finding) else { return [] }
      guard let now = new[finding.id], !now.isDerived else {
        return [
          "the finding ‘\(finding.id)’ is gone, and readings hold answers to it; put it back"
            + nearest(to: finding.id.rawValue, Self.wholes(new).map(\.id.rawValue))
        ]
      }
      return meaning(finding, now.whole) + places(finding) + levels(finding, now.whole)
        + values(finding, now.whole, answers)
    }
  }

  private func nearest(to id: String, _ known: [String]) -> String {
    let new = known.filter { name in old[FindingID(name)] == nil }
    return Spelling.nearest(to: id, in: new).map {
      ", or is ‘\($0)’ another name for it? A title may change, an id may not"
    }
      ?? ""
  }

  /// What makes another question of it.
  private func meaning(_ before: Finding, _ now: Finding) -> [String] {
    let unit: (Finding) -> String = { $0.number.map { "is measured in \($0.unit ?? "plain numbers")" } ?? "" }
    let range: (Finding) -> String = { "goes \($0.number?.words.map { "from \($0)" } ?? "to any number")" }
    let places: (Finding, Codebook) -> String = {
      $1.places(of: $0).isEmpty ? "is graded once an examination" : "is graded place by place"
    }
    let when: (Codebook) -> String = {
      whenWords(of: before.id, $0).map { "is asked where “\($0)”" } ?? "is always asked"
    }
    let parts: [(isAnother: Bool, old: String, new: String)] = [
      (before.scale != now.scale, "takes \(before.scale.asAnswer)", "takes \(now.scale.asAnswer)"),
      (before.phase != now.phase, "is graded at \(before.phase.words)", "is graded at \(now.phase.words)"),
      (old.places(of: before).isEmpty != new.places(of: now).isEmpty, places(before, old), places(now, new)),
      (
        before.isComparison != now.isComparison, before.isComparison ? "compares examinations" : "compares nothing",
        now.isComparison ? "compares examinations" : "compares nothing"
      ),
      (
        before.isAskedAfterwards != now.isAskedAfterwards,
        before.isAskedAfterwards ? "is asked after the signature" : "is asked with the others",
        now.isAskedAfterwards ? "is asked after the signature" : "is asked with the others"
      ),
      (
        before.isOrdered != now.isOrdered && before.scale == now.scale,
        before.isOrdered ? "has its levels in an order" : "has levels without an order",
        now.isOrdered ? "has its levels in an order" : "has levels without an order"
      ),
      (isNumber(before, now) && before.number?.unit != now.number?.unit, unit(before), unit(now)),
      (isNumber(before, now) && isNarrower(before, now), range(before), range(now)),
      (condition(of: before.id, old) != condition(of: before.id, new), when(old), when(new)),
    ]
    return parts.filter(\.isAnother).map { _, old, new in
      "the finding ‘\(before.id)’ \(new), and in the study it \(old); readings hold answers to it: leave it as it is, and give "
        + "another question an id of its own"
    }
  }

  private func isNumber(_ before: Finding, _ now: Finding) -> Bool { before.scale == .number && now.scale == .number }

  private func isNarrower(_ before: Finding, _ now: Finding) -> Bool {
    now.number?.from ?? -.infinity > before.number?.from ?? -.infinity
      || now.number?.to ?? .infinity < before.number?.to ?? .infinity
  }

  private func places(_ finding: Finding) -> [String] {
    old.places(of: finding).compactMap { place in
      guard held[place.id] != nil, new.findings.contains(where: { $0.id == place.id }) == false else { return nil }
      return
        "the finding ‘\(finding.id)’ is not graded at \(place.cell?.placeTitle ?? "") any more, and readings hold an answer "
        + "there; put the place back"
    }
  }

  /// Levels keep their order, and new ones stand behind them, where the order means something.
  private func levels(_ before: Finding, _ now: Finding) -> [String] {
    guard before.isOrdered, now.isOrdered else { return [] }
    let (was, isNow) = (scale(before), scale(now))
    let kept = isNow.filter(was.contains)
    let order = was.filter(isNow.contains)
    if kept != order {
      return [
        "the levels of ‘\(before.id)’ have another order (\(list(kept)), and \(list(order)) before); readings hold answers to it: "
          + "leave them in their order"
      ]
    }
    guard let last = order.last, let end = isNow.firstIndex(of: last) else { return [] }
    return isNow[..<end].filter { !was.contains($0) }.map { level in
      "the level ‘\(level)’ of ‘\(before.id)’ comes between others, whose steps readings have counted; put it at the end, or "
        + "say ‘off_scale: yes’"
    }
  }

  private func scale(_ finding: Finding) -> [LevelID] { finding.levels.filter { !$0.isOffScale }.map(\.id) }
  private func list(_ levels: [LevelID]) -> String { levels.map(\.rawValue).joined(separator: ", ") }

  /// Every answer that is held must be an answer still, and the same.
  private func values(_ before: Finding, _ now: Finding, _ answers: Set<String>) -> [String] {
    guard before.scale == now.scale else { return [] }
    let gone = before.levels.filter { level in
      now.level(level.id) == nil && answers.contains { names($0, level.id, before.scale) }
    }
    let others = answers.filter { text in
      guard !gone.contains(where: { names(text, $0.id, before.scale) }),
        let value = try? GradeValue(canonical: text, scale: before.scale)
      else {
        return false
      }
      return (try? now.value(text, in: .any)) != value
    }
    return gone.map { "the level ‘\($0.id)’ of ‘\(before.id)’ is gone, and readings hold it; put it back" }
      + others.sorted().prefix(3).map { text in
        "‘\(text)’, which readings hold of ‘\(before.id)’, is no longer an answer to it; leave room for it"
      }
  }

  private func names(_ text: String, _ level: LevelID, _ scale: Scale) -> Bool {
    (try? GradeValue(canonical: text, scale: scale))?.contains(level) ?? false
  }

  // MARK: conditions

  private func question(_ id: FindingID, _ codebook: Codebook) -> Question? {
    codebook.origin.flatMap { origin in origin.scheme.question(id.rawValue).map { origin.scheme.questions[$0] } }
  }

  private func whenWords(of id: FindingID, _ codebook: Codebook) -> String? {
    question(id, codebook)?.written.when?.text
  }

  /// What a question hangs on, with the conditions that it names as they are written; empty where it is always asked.
  private func condition(of id: FindingID, _ codebook: Codebook) -> [String] {
    guard let origin = codebook.origin, let text = whenWords(of: id, codebook) else { return [] }
    var known: [String] = []
    var texts = [text]
    while let next = texts.popLast() {
      let plain = next.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      guard !known.contains(plain) else { continue }
      known.append(plain)
      for condition in origin.scheme.conditions where plain.lowercased().contains("\(condition.id.lowercased()):") {
        let written = origin.scheme.file.conditions.first { $0.id.text.isSameID(as: condition.id) }
        texts += written?.parts.map(\.when.text) ?? []
      }
    }
    return known.sorted()
  }

  // MARK: what becomes different

  var lines: [String] {
    let (before, now) = (Self.wholes(old), Self.wholes(new))
    let added = now.filter { finding in !before.contains { $0.id == finding.id } }.map {
      "adds the finding ‘\($0.id)’ (\($0.title))"
    }
    let gone = before.filter { finding in !now.contains { $0.id == finding.id } }.map {
      "takes the finding ‘\($0.id)’ away"
    }
    let changed = before.flatMap { finding in
      now.first { $0.id == finding.id }.map { lines(finding, $0) } ?? []
    }
    return added + gone + changed + rules + parts
  }

  private func lines(_ before: Finding, _ now: Finding) -> [String] {
    let name = "‘\(before.id)’"
    var lines: [String] = []
    let (places, placesNow) = (old.places(of: before), new.places(of: now))
    let more = placesNow.filter { place in !places.contains { $0.id == place.id } }.compactMap(\.cell?.placeTitle)
    if !places.isEmpty, !more.isEmpty { lines.append("\(name) is graded at \(more.joined(separator: ", ")) too") }
    for level in now.levels where before.level(level.id) == nil {
      lines.append("adds the level ‘\(level.id)’ to \(name)")
    }
    for level in before.levels where now.level(level.id) == nil {
      lines.append("takes the level ‘\(level.id)’ of \(name) away")
    }
    for level in before.levels {
      guard let other = now.level(level.id) else { continue }
      if level.title != other.title {
        lines.append("\(name): ‘\(level.id)’ is called ‘\(other.title)’, before ‘\(level.title)’")
      }
      let (key, keyNow) = (before.key(of: level.id), now.key(of: level.id))
      if key != keyNow {
        func words(_ key: Int?) -> String { key.map { "the key \($0)" } ?? "no key" }
        lines.append("\(name): ‘\(level.id)’ has \(words(keyNow)), before \(words(key))")
      }
      let (code, codeNow) = (before.code(of: level.id), now.code(of: level.id))
      if let code, let codeNow, code != codeNow {
        lines.append("\(name): exports write \(codeNow) for ‘\(level.id)’, before \(code)")
      }
    }
    if before.title != now.title { lines.append("\(name) is called ‘\(now.title)’, before ‘\(before.title)’") }
    if before.definition != now.definition { lines.append("\(name) is defined in other words") }
    if lines.isEmpty, before != now { lines.append("\(name) is shown or read otherwise") }
    return lines
  }

  private var rules: [String] {
    let (before, now) = (written(old), written(new))
    let added = now.keys.filter { before[$0] == nil }.sorted().map { "adds the rule ‘\($0)’" }
    let gone = before.keys.filter { now[$0] == nil }.sorted().map { "takes the rule ‘\($0)’ away" }
    let changed = before.keys.filter { now[$0] != nil && now[$0] != before[$0] }.sorted().map {
      "the rule ‘\($0)’ is another: what is signed keeps what the old one gives"
    }
    return added + gone + changed
  }

  private func written(_ codebook: Codebook) -> [String: Data] {
    (codebook.origin?.scheme.file.rules ?? []).reduce(into: [:]) { $0[$1.id.text] = Self.bytes($1) }
  }

  /// The parts of the file beside findings and rules.
  private var parts: [String] {
    guard let before = old.origin?.scheme.file, let now = new.origin?.scheme.file else { return [] }
    let kinds: [(String, (CodebookFile) -> Data?)] = [
      ("title and source", { Self.bytes([$0.title, $0.source ?? ""]) }), ("series", { Self.bytes($0.series) }),
      ("conditions", { Self.bytes($0.conditions) }), ("checks", { Self.bytes($0.checks) }),
      ("criteria", { Self.bytes($0.criteria) }), ("flags", { Self.bytes($0.flags) }),
      ("panels", { Self.bytes($0.panels) }),
      ("columns", { Self.bytes($0.columns) }), ("pictures", { Self.bytes($0.pictures ?? []) }),
      ("evidence", { Self.bytes($0.evidence) }), ("atlas", { Self.bytes($0.atlas) }),
      ("analyses", { Self.bytes($0.groupings) }),
    ]
    return kinds.filter { $0.1(before) != $0.1(now) }.map { "other \($0.0)" }
  }

  private static func bytes(_ value: some Encodable) -> Data? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try? encoder.encode(value)
  }
}

extension Scale {
  /// What an answer is, in words.
  fileprivate var asAnswer: String {
    switch self {
    case .choice: "one level"
    case .set: "one or more levels"
    case .sites: "bones and extents"
    case .map: "a level a bone"
    case .number: "a number"
    }
  }
}
