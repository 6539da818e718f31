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

  private static func items(_ sheet: RatingSheet) throws -> [RatedItem] {
    let finding = sheet.finding
    let answers = sheet.answers
    func has(_ suffix: String, _ title: String, _ holds: (GradeValue) -> Bool) throws -> RatedItem {
      try RatedItem(
        sheet, suffix, title: "\(finding.title): \(title)", levels: ["no", "yes"], scale: .binary,
        rows: answers.map { $0.map { $0.map { holds($0) ? "yes" : "no" } } })
    }
    switch finding.scale {
    case .choice:
      let scale: RatingScale = finding.levels.count == 2 ? .binary : finding.isOrdered ? .ordinal : .nominal
      return [
        try RatedItem(
          sheet, title: finding.title, levels: finding.levels.map(\.id.rawValue), scale: scale,
          rows: answers.map { $0.map { $0?.levelIDs.first?.rawValue } })
      ]
    case .set:
      let whole = try RatedItem(
        sheet, title: "\(finding.title), whole sets",
        sets: answers.map { $0.map { $0.map { Set($0.levelIDs.map(\.rawValue)) } } })
      return [whole]
        + (try finding.levels.map { level in try has(level.id.rawValue, level.title) { $0.contains(level.id) } })
    case .sites:
      // An extent stands for the bones it shades, so that the whole spine and a run of vertebrae overlap.
      let whole = try RatedItem(
        sheet, title: "\(finding.title), overlap",
        sets: answers.map { $0.map { $0.map { Set($0.siteList.flatMap(\.shaded).map(\.rawValue)) } } })
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

  /// The level of a bone that a reader's map leaves out.
  package static let notNamed = "not_named"
}
