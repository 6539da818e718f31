// The tables of ratings that a finding yields, by its scale.

import Agreement
import ReviewCore

package struct FindingRatings: Sendable {
  package let finding: Finding
  package let comparison: Comparison
  /// The whole finding first, its levels, regions or bones after it.
  package let items: [RatedItem]
  package let exclusions: Exclusions
  /// Whether readers agree on what can be assessed at all; nil where every grade is an answer.
  package let assessability: RatedItem?

  package var allItems: [RatedItem] { items + [assessability].compactMap { $0 } }

  init(_ sheet: RatingSheet) throws {
    finding = sheet.finding
    comparison = sheet.comparison
    exclusions = sheet.exclusions
    items = try Self.items(sheet)
    assessability =
      exclusions.notAssessable + exclusions.notAcquired > 0
      ? try RatedItem(
        sheet, "assessability", title: "\(finding.title), assessable", levels: ["assessable", "not assessable"],
        scale: .binary, rows: sheet.values.map { $0.map { $0.map { $0.isAnswer ? "assessable" : "not assessable" } } })
      : nil
  }

  /// A finding that is graded place by place: all places together, whose patients are the clusters, then each place.
  /// Nil where nobody graded any.
  init?(places cells: [RatingSheet]) throws {
    guard let pooled = RatingSheet(pooling: cells), !pooled.units.isEmpty else { return nil }
    finding = pooled.finding
    comparison = pooled.comparison
    exclusions = pooled.exclusions
    assessability = nil
    let parts = try cells.compactMap(\.asPart).compactMap { part, place in
      try Self.items(part, suffix: place.place, named: place.placeTitle).first
    }
    items = try Self.items(pooled) + parts
  }

  /// - Parameters:
  ///   - suffix: which part of the finding the sheet is of; nil for the whole.
  ///   - named: what the part is called.
  private static func items(_ sheet: RatingSheet, suffix: String? = nil, named: String? = nil) throws -> [RatedItem] {
    let finding = sheet.finding
    let answers = sheet.answers
    func has(_ suffix: String, _ title: String, _ holds: (GradeValue) -> Bool) throws -> RatedItem {
      try RatedItem(
        sheet, suffix, title: "\(finding.title): \(title)", levels: ["no", "yes"], scale: .binary,
        rows: answers.map { $0.map { $0.map { holds($0) ? "yes" : "no" } } })
    }
    let title = named.map { "\(finding.title): \($0)" } ?? finding.title
    switch finding.scale {
    case .choice:
      let onScale = finding.levels.filter { !$0.isOffScale }
      let scale: RatingScale = onScale.count == 2 ? .binary : finding.isOrdered ? .ordinal : .nominal
      let rows = answers.map { $0.map { $0?.levelIDs.first?.rawValue } }
      let isWhole = onScale.count == finding.levels.count || scale == .nominal
      // What stands outside the order has no place in coefficients that count steps: it is missing there, and beside them
      // all levels are compared without an order.
      let ordered = try RatedItem(
        sheet, suffix, title: title, levels: (isWhole ? finding.levels : onScale).map(\.id.rawValue), scale: scale,
        rows: isWhole
          ? rows
          : rows.map { row in row.map { id in onScale.contains { $0.id.rawValue == id } ? id : nil } })
      let grouped = try finding.analyses.map { try item(sheet, $0, suffix: suffix, title: title, rows) }
      if isWhole { return [ordered] + grouped }
      let all = try RatedItem(
        sheet, ((suffix.map { [$0] } ?? []) + ["all_levels"]).joined(separator: "."),
        title: "\(title): with what is off the scale", levels: finding.levels.map(\.id.rawValue), scale: .nominal,
        rows: rows)
      return [ordered, all] + grouped
    case .number:
      return [try RatedItem(sheet, suffix, title: title, numbers: answers.map { $0.map { $0?.number } })]
    case .set:
      let whole = try RatedItem(
        sheet, suffix, title: "\(title), whole sets",
        sets: answers.map { row in
          row.map { $0.map { Set($0.levelIDs.filter { $0 != finding.alone }.map(\.rawValue)) } }
        })
      // Of many places only those that somebody named: all the others everybody leaves out.
      let named = Set(answers.joined().compactMap { $0 }.flatMap(\.levelIDs))
      let levels = finding.levels.filter { finding.alone == nil || $0.id != finding.alone && named.contains($0.id) }
      return [whole] + (try levels.map { level in try has(level.id.rawValue, level.title) { $0.contains(level.id) } })
    case .sites:
      // An extent stands for the bones it shades, so that the whole spine and a run of vertebrae overlap.
      let whole = try RatedItem(
        sheet, title: "\(finding.title), overlap",
        sets: zip(sheet.units, answers).map { unit, row in
          let anatomy = sheet.anatomies[unit.caseID] ?? .usual
          return row.map { $0.map { Set($0.siteList.flatMap { $0.shaded(in: anatomy) }.map(\.rawValue)) } }
        })
      return [whole]
        + (try Region.allCases.map { region in
          try has(region.rawValue, region.title) { $0.regions.contains(region) }
        })
    case .map:
      // A bone that a reader's map leaves out is a rating of its own: the reader saw no change there to tell.
      let bones = Set(answers.joined().compactMap { $0 }.flatMap(\.changes.keys)).sorted()
      return try bones.map { bone in
        try RatedItem(
          sheet, bone.rawValue, title: "\(finding.title): \(bone.title)",
          levels: finding.levels.map(\.id.rawValue) + [notNamed], scale: .nominal,
          rows: answers.map { $0.map { $0.map { $0.changes[bone]?.rawValue ?? notNamed } } })
      }
    }
  }

  /// Levels taken together as the codebook says; what is in no group has no place there.
  private static func item(
    _ sheet: RatingSheet, _ grouping: LevelGrouping, suffix: String?, title: String, _ rows: [[String?]]
  ) throws -> RatedItem {
    let names = Dictionary(
      grouping.groups.flatMap { group in group.levels.map { ($0.rawValue, group.name) } }
    ) { first, _ in first }
    let levels = sheet.finding.levels.compactMap { names[$0.id.rawValue] }
    let order = levels.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    // In an order only neighbours can be one.
    let isInOrder = zip(levels, levels.dropFirst()).count { $0 != $1 } == order.count - 1
    return try RatedItem(
      sheet, [suffix, grouping.id].compactMap { $0 }.joined(separator: "."),
      title: "\(title), as \(grouping.words)", levels: order,
      scale: order.count == 2 ? .binary : sheet.finding.isOrdered && isInOrder ? .ordinal : .nominal,
      rows: rows.map { $0.map { $0.flatMap { names[$0] } } })
  }

  /// The level of a bone that a reader's map leaves out.
  package static let notNamed = "not_named"
}
