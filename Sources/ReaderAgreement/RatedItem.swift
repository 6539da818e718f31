// What is compared in one table of ratings: a finding, a level of a set, a region, a bone.

import Agreement
import ReviewCore

package struct RatedItem: Sendable, Identifiable {
  package enum Content: Sendable {
    case levels(RatingTable)
    /// Sets of levels or bones, more or less alike by their overlap.
    case sets(SetRatings)
    case numbers(NumberTable)

    /// The ratings as levels: of sets and numbers the distinct ones that occur.
    var table: RatingTable {
      switch self {
      case .levels(let table): table
      case .sets(let sets): sets.table
      case .numbers(let numbers): numbers.levels
      }
    }
  }

  /// `rim_sign`, `t2w` (whole sets), `t2w.iso`, `involved_bones.lumbar`, `lesion_changes.T11`, `t2w.assessability`.
  package let id: String
  package let title: String
  package let finding: FindingID
  /// Readers, or rounds of one reader.
  package let columns: [String]
  package let units: [RatedUnit]
  /// Units whose readers are letters still, until the consensus of their case is recorded.
  package let unnamed: Set<RatedUnit>
  /// One row a unit, one cell a column: a level, the members of a set with `+` between them, nil where missing.
  package let cells: [[String?]]
  package let content: Content
  /// Beside each cell, whether the reader read the case at all: who did not is not missing.
  let asked: [[Bool]]
  /// Without the units whose readers are letters; nil where there are none.
  private let named: Content?

  /// Whether its units are places of examinations, all those of a finding together.
  package var isOfPlaces: Bool { units.contains { $0.place != nil } }

  /// The declared levels in order; of sets the distinct ones that occur.
  package var levels: [String] { table.levels }

  package var table: RatingTable { content.table }

  /// How many readers were to rate a unit.
  package var readersPerUnit: Int { table.readersPerCase }

  /// The ratings whose readers have names.
  package var namedTable: RatingTable { (named ?? content).table }

  /// The same ratings with some levels taken together, as an item of its own beside it.
  ///
  /// - Throws: `LevelCollapseError`; `StudyQuestionError` of sets.
  package func collapsed(_ collapse: LevelCollapse) throws -> RatedItem {
    func collapsed(_ content: Content) throws -> Content {
      guard case .levels(let table) = content else {
        throw StudyQuestionError(
          isOfNumbers
            ? "‘\(id)’ is a number, of which no levels are taken together"
            : "‘\(id)’ is a set, of which no levels are taken together; name a part of it")
      }
      return .levels(try table.collapsed(collapse))
    }
    let content = try collapsed(content)
    let plan = try collapse.plan(levels)
    let new = Dictionary(zip(levels, plan.places.map { plan.levels[$0] }), uniquingKeysWith: { first, _ in first })
    return RatedItem(
      id: "\(id).collapsed", title: "\(title), taken together: \(collapse.words)", finding: finding, columns: columns,
      units: units, unnamed: unnamed, cells: cells.map { $0.map { $0.flatMap { new[$0] } } },
      content: content, asked: asked, named: try named.map(collapsed))
  }

  /// What of the finding it is, as `iso`, `lumbar`, `T11`; nil for the whole finding.
  package var part: String? {
    id.hasPrefix(finding.rawValue + ".") ? String(id.dropFirst(finding.rawValue.count + 1)) : nil
  }

  package var isSetValued: Bool { if case .sets = content { true } else { false } }
  package var isOfNumbers: Bool { if case .numbers = content { true } else { false } }

  /// The key among this item's figures that comes nearest to one that is named: without weights where the levels have no
  /// order, and of sets what compares sets.
  package func key(nearest named: String) -> String {
    if isOfNumbers { return Self.ofNumbers }
    guard let dot = named.lastIndex(of: ".") else { return isSetValued ? Self.ofSets : named }
    let (stem, ending) = (String(named[..<dot]), named[named.index(after: dot)...])
    if isSetValued {
      switch stem {
      case "unanimous_agreement": return named
      case "percent_agreement": return ending == "unweighted" ? named : "\(stem).jaccard"
      default: return Self.ofSets
      }
    }
    if ending == "jaccard" { return stem == "percent_agreement" ? "\(stem).unweighted" : "\(stem).nominal" }
    guard table.scale != .ordinal else { return named }
    // Alpha has a distance where the others have weights.
    if stem == "krippendorff_alpha" { return "\(stem).nominal" }
    return Weighting(rawValue: String(ending)) == nil ? named : "\(stem).unweighted"
  }

  /// Absolute agreement of one reader: a reader who always measures more does not agree.
  private static let ofNumbers = "icc_a_1"
  private static let ofSets = "krippendorff_alpha.jaccard"

  /// Computes every figure of the item. Intervals by resampling draw patients where any has several examinations.
  ///
  /// - Parameter resampling: nil leaves those intervals out.
  package func report(resampling: Resampling?, progress: ((Double) -> Void)? = nil) -> AgreementReport {
    let all = Self.report(content, resampling, progress).missing(missing { _ in true })
    // What a pair of readers, or one alone, did in a single case would tell which letter they are.
    return named.map {
      all.namingReaders(by: Self.report($0, resampling, nil).missing(missing { !unnamed.contains($0) }))
    } ?? all
  }

  /// Ratings that somebody was asked for and did not give.
  private func missing(_ isCounted: (RatedUnit) -> Bool) -> Int {
    units.indices.filter { isCounted(units[$0]) }.reduce(0) { sum, row in
      sum + zip(cells[row], asked[row]).count { $0 == nil && $1 }
    }
  }

  private static func report(
    _ content: Content, _ resampling: Resampling?, _ progress: ((Double) -> Void)?
  ) -> AgreementReport {
    switch content {
    case .levels(let table): table.agreement(resampling: resampling, progress: progress)
    case .sets(let sets): sets.agreement(resampling: resampling, progress: progress)
    case .numbers(let numbers): numbers.agreement(progress: progress)
    }
  }
}

extension RatedItem {
  /// Ratings that are one of some levels.
  init(
    _ sheet: RatingSheet, _ suffix: String? = nil, title: String, levels: [String], scale: RatingScale,
    rows: [[String?]]
  ) throws {
    func content(_ isCounted: (RatedUnit) -> Bool) throws -> Content {
      var tally = try RatingTally(
        readers: sheet.columns, levels: levels, scale: scale, readersPerCase: sheet.readersPerUnit)
      for (unit, row) in zip(sheet.units, rows) where isCounted(unit) {
        tally.add(row.map { $0.flatMap(levels.firstIndex(of:)) }, patient: unit.caseID.rawValue)
      }
      return .levels(tally.table())
    }
    try self.init(sheet, suffix, title: title, cells: rows, content)
  }

  /// Ratings that are numbers.
  init(_ sheet: RatingSheet, _ suffix: String?, title: String, numbers rows: [[Double?]]) throws {
    func content(_ isCounted: (RatedUnit) -> Bool) throws -> Content {
      var numbers = try NumberTable(readers: sheet.columns, readersPerCase: sheet.readersPerUnit)
      for (unit, row) in zip(sheet.units, rows) where isCounted(unit) {
        numbers.add(row, patient: unit.caseID.rawValue)
      }
      return .numbers(numbers)
    }
    try self.init(sheet, suffix, title: title, cells: rows.map { $0.map { $0.map { "\($0)" } } }, content)
  }

  /// Ratings that are sets.
  init(_ sheet: RatingSheet, _ suffix: String? = nil, title: String, sets rows: [[Set<String>?]]) throws {
    func content(_ isCounted: (RatedUnit) -> Bool) throws -> Content {
      var sets = try SetRatings(readers: sheet.columns, readersPerCase: sheet.readersPerUnit)
      for (unit, row) in zip(sheet.units, rows) where isCounted(unit) { sets.add(row, patient: unit.caseID.rawValue) }
      return .sets(sets)
    }
    let cells = rows.map { $0.map { $0.map { $0.isEmpty ? "{}" : $0.sorted().joined(separator: "+") } } }
    try self.init(sheet, suffix, title: title, cells: cells, content)
  }

  private init(
    _ sheet: RatingSheet, _ suffix: String?, title: String, cells: [[String?]],
    _ content: ((RatedUnit) -> Bool) throws -> Content
  ) throws {
    self.init(
      id: ([sheet.finding.id.rawValue] + [suffix].compactMap { $0 }).joined(separator: "."), title: title,
      finding: sheet.finding.id, columns: sheet.columns, units: sheet.units, unnamed: sheet.unnamed, cells: cells,
      content: try content { _ in true },
      asked: sheet.asked,
      named: sheet.unnamed.isEmpty ? nil : try content { !sheet.unnamed.contains($0) })
  }
}
