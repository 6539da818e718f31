// All grades of one finding in one comparison: a row an examination, a column a reader or a round.

import ReviewCore

struct RatingSheet {
  let finding: Finding
  let comparison: Comparison
  let columns: [String]
  private(set) var units: [RatedUnit] = []
  /// Those whose readers are letters still: nothing that names a reader counts them.
  private(set) var unnamed: Set<RatedUnit> = []
  /// One row a unit, one value a column; nil where nothing was graded.
  private(set) var values: [[GradeValue?]] = []
  /// Beside each value, whether the reader read the case at all.
  private(set) var asked: [[Bool]] = []
  /// How many readings were signed before the codebook had the finding.
  private(set) var notAsked = 0
  /// Of each level that came later, the readings that grade the finding and were signed before.
  private var late: [LevelID: Int] = [:]
  /// Of patients who have not the usual bones, which they have.
  private(set) var anatomies: [CaseID: Anatomy] = [:]

  init(
    _ finding: Finding, _ codebook: Codebook, _ comparison: Comparison, readers: [PrincipalID], rounds: [Int],
    opened: [OpenedCase]
  ) {
    self.finding = finding
    self.comparison = comparison
    /// The reader and round whose readings each column shows.
    let sources: [(reader: PrincipalID, round: Int)]
    switch comparison {
    case .readers(let round):
      columns = readers.map(\.rawValue)
      sources = readers.map { ($0, round) }
    case .rounds(let reader):
      columns = rounds.map { "\(reader)_\($0)" }
      sources = rounds.map { (reader, $0) }
    }
    let ids = opened.map(\.id).reduce(into: [CaseID]()) { if $0.last != $1, !$0.contains($1) { $0.append($1) } }
    let byCase = Dictionary(grouping: opened, by: \.id)
    for entry in opened { anatomies[entry.id] = entry.anatomy }
    for id in ids {
      let areKnown = (byCase[id] ?? []).filter { entry in sources.contains { $0.round == entry.round } }
        .allSatisfy(\.names.areKnown)
      // All that one reader's rounds say is said of that reader.
      if case .rounds = comparison, !areKnown { continue }
      let readings = sources.map { source in
        (byCase[id] ?? []).filter { $0.round == source.round }.flatMap(\.readings)
          .filter { $0.reader == source.reader && $0.state.isFinal }
      }
      let reads = sources.map { source in
        (byCase[id] ?? []).first { $0.round == source.round }?.assigned?.contains(source.reader) ?? true
      }
      let examinations = Set(readings.joined().map(\.examination)).filter {
        finding.phase.includes($0.isBaseline ? .baseline : .followUp)
      }
      for examination in examinations.sorted(by: { $0.months < $1.months }) {
        let here = readings.map { own in own.first { $0.examination == examination } }
        let wasAsked = here.map { $0.map { codebook.wasAsked(finding.id, of: $0) } ?? true }
        notAsked += wasAsked.count { !$0 }
        // What nobody was asked is no unit.
        guard zip(here, wasAsked).contains(where: { $0 != nil && $1 }) else { continue }
        units.append(RatedUnit(id, examination))
        if !areKnown { unnamed.insert(RatedUnit(id, examination)) }
        asked.append(zip(reads, wasAsked).map { $0 && $1 })
        values.append(here.map { $0?.grades[GradeKey(examination, finding.id)]?.value })
        if !codebook.former.isEmpty { noteLateLevels(here, codebook) }
      }
    }
  }

  private mutating func noteLateLevels(_ readings: [Reading?], _ codebook: Codebook) {
    for case let reading? in readings {
      guard reading.grades[GradeKey(reading.examination, finding.id)] != nil,
        let before = codebook.of(reading)[finding.id]
      else { continue }
      for level in finding.levels where before.level(level.id) == nil { late[level.id, default: 0] += 1 }
    }
  }

  /// A finding that is graded place by place: a row a place that at least one reader graded. Who was not asked there, as
  /// they named no such place, has no rating of it.
  init?(pooling cells: [RatingSheet]) {
    guard let first = cells.first, first.finding.cell != nil else { return nil }
    (finding, comparison, columns) = (first.finding.whole, first.comparison, first.columns)
    for sheet in cells {
      // A reading that lacks the whole finding lacks it at every place.
      notAsked = max(notAsked, sheet.notAsked)
      late.merge(sheet.late) { $0 + $1 }
      for (index, (unit, row)) in zip(sheet.units, sheet.values).enumerated() where row.contains(where: { $0 != nil }) {
        let placed = RatedUnit(unit.caseID, unit.examination, place: sheet.finding.cell?.placeTitle)
        units.append(placed)
        if sheet.unnamed.contains(unit) { unnamed.insert(placed) }
        values.append(row)
        asked.append(sheet.asked[index])
      }
    }
  }

  /// One place of a finding, as a part of it.
  var asPart: (sheet: RatingSheet, place: Cell)? {
    guard let cell = finding.cell else { return nil }
    var part = RatingSheet(copying: self, as: finding.whole)
    let rated = values.indices.filter { values[$0].contains { $0 != nil } }
    (part.units, part.values, part.asked) = (rated.map { units[$0] }, rated.map { values[$0] }, rated.map { asked[$0] })
    return rated.isEmpty ? nil : (part, cell)
  }

  private init(copying sheet: RatingSheet, as finding: Finding) {
    self.finding = finding
    (comparison, columns, units, unnamed, values, asked) =
      (sheet.comparison, sheet.columns, sheet.units, sheet.unnamed, sheet.values, sheet.asked)
    (notAsked, late) = (sheet.notAsked, sheet.late)
  }

  /// The most readers that any unit has: who was to rate it, or did.
  var readersPerUnit: Int {
    let most = zip(values, asked).map { row, isAsked in zip(row, isAsked).count { $0 != nil || $1 } }.max() ?? 0
    return min(max(most, 2), columns.count)
  }

  var exclusions: Exclusions {
    var none = Exclusions()
    none.notAsked = notAsked
    none.lateLevels = finding.levels.compactMap { level in
      late[level.id].map { Exclusions.LateLevel(title: level.title, ratings: $0) }
    }
    return zip(values.joined(), asked.joined()).reduce(into: none) { exclusions, cell in
      let (value, isAsked) = cell
      guard isAsked || value != nil else { return }
      exclusions.ratings += 1
      switch value {
      case .notAssessable: exclusions.notAssessable += 1
      case .notAcquired: exclusions.notAcquired += 1
      case nil: exclusions.notGraded += 1
      default: break
      }
    }
  }

  /// The answers; what is none is missing.
  var answers: [[GradeValue?]] { values.map { $0.map { $0?.isAnswer == true ? $0 : nil } } }
}
