// A codebook file as findings that are graded one by one: a finding with places is one finding a place.

import Codebooks

struct LoweredScheme {
  /// What is graded and what rules work out, in the order in which it is graded.
  private(set) var findings: [Finding] = []
  private(set) var given: [Finding] = []
  private(set) var asked: [FindingID: CodebookOrigin.Asked] = [:]
  private let scheme: Scheme

  init(_ scheme: Scheme) {
    self.scheme = scheme
    let graded = scheme.questions.indices.filter { !scheme.questions[$0].written.isGiven }
    addQuestions(graded, to: \.findings)
    addQuestions(scheme.questions.indices.filter { scheme.questions[$0].written.isGiven }, to: \.given)
    // What a rule suggests stands beside a grade, and is none itself.
    for index in scheme.rules.indices where scheme.rules[index].suggests == nil { addRule(index) }
  }

  /// Findings of the same places one after another are asked place by place: all of T12, then all of L1.
  private mutating func addQuestions(_ indices: [Int], to list: WritableKeyPath<LoweredScheme, [Finding]>) {
    var rest = indices[...]
    while let first = rest.first {
      let family = scheme.questions[first].family
      let run =
        family == nil || isMap(scheme.questions[first])
        ? rest.prefix(1) : rest.prefix { scheme.questions[$0].family == family && !isMap(scheme.questions[$0]) }
      rest = rest.dropFirst(run.count)
      let isOneAnswer = isMap(scheme.questions[first])
      for place in isOneAnswer ? [nil] : family.map({ scheme.places(of: $0).map { Int?($0) } }) ?? [nil] {
        for index in run {
          let finding = finding(scheme.questions[index], at: place)
          self[keyPath: list].append(finding)
          asked[finding.id] = .init(isRule: false, index: index, place: place)
        }
      }
    }
  }

  private func finding(_ question: Question, at place: Int?) -> Finding {
    let written = question.written
    let (scale, levels) = levels(question)
    let cell = cell(FindingID(question.id), written.title, written.short, at: place)
    var finding = Finding(
      cell.map { Cell.id($0.finding, at: $0.place) } ?? FindingID(question.id),
      cell.map { "\($0.placeTitle): \(written.title)" } ?? written.title,
      short: cell.map { "\($0.placeTitle) \(written.short)" } ?? written.short, phase: Phase(question.at), scale: scale,
      ordered: written.scale.isOrdered, levels: levels, definition: written.definition,
      source: written.source ?? scheme.file.source ?? "",
      sequences: written.readOn.map { MRSequence(rawValue: $0.text) },
      aliases: cell == nil ? written.aliases.map(\.text) : [], takesBone: written.takesPlaceOfSign && isSpine,
      comparison: written.isComparison, afterwards: written.isAskedAfterwards)
    finding.cell = cell
    finding.number = scale == .number ? number(written) : nil
    finding.atMost = written.scale.atMost
    finding.alone = written.scale.kind == .places && scale == .set ? "none" : nil
    finding.rest = written.rest.flatMap { try? finding.value($0.text) }
    finding.compared = written.isCompared ? nil : false
    let groupings = scheme.file.groupings.filter { scheme.question($0.finding.text) == scheme.question(question.id) }
    finding.groupings =
      groupings.isEmpty
      ? nil
      : groupings.map { grouping in
        LevelGrouping(
          id: grouping.id.text,
          groups: grouping.levels.map { group in
            LevelGrouping.Group(
              name: group.title.text,
              levels: group.of.compactMap { word in
                question.scale.level(word.text).map { LevelID(question.levels[$0].id.text) }
              })
          })
      }
    return finding
  }

  private var isSpine: Bool { scheme.body.isSpine }

  /// A level for any of all bones is one answer, chosen on the map of the spine.
  private func isMap(_ question: Question) -> Bool {
    guard isSpine, case .places(let places)? = question.family, !question.asksEveryPlace, question.when == nil else {
      return false
    }
    return question.scale.kind == .choice && !question.written.isGiven && places.count == scheme.body.usual.count
  }

  /// Places are levels of a set, *none* the last: only bones with extents are chosen on the map of the spine.
  private func levels(_ question: Question) -> (Scale, [Level]) {
    switch question.scale.kind {
    case .number: return (.number, [])
    case .choice: return (isMap(question) ? .map : .choice, question.levels.map { Level($0) })
    case .set: return (.set, question.levels.map { Level($0) })
    case .places where isSpine && question.scale.takesExtents && question.places.count == scheme.body.usual.count:
      return (.sites, [])
    case .places:
      let places = question.places.map { scheme.body.places[$0] }
      return (.set, places.map { Level(LevelID($0.id), $0.title, glyph: "●") } + [Level("none", glyph: "·", key: nil)])
    }
  }

  private func number(_ written: WrittenFinding) -> NumberScale {
    NumberScale(
      unit: written.scale.unit, from: written.scale.from?.double, to: written.scale.to?.double,
      step: written.scale.step?.double, sameWithin: written.sameWithin?.double)
  }

  private func cell(_ id: FindingID, _ title: String, _ short: String, at place: Int?) -> Cell? {
    place.map { scheme.body.places[$0] }.map { Cell(of: id, title, short: short, at: $0.id, $0.title) }
  }

  // MARK: rules

  private mutating func addRule(_ index: Int) {
    let rule = scheme.rules[index]
    for place in rule.family.map({ scheme.places(of: $0).map { Int?($0) } }) ?? [nil] {
      let cell = cell(FindingID(rule.id), rule.written.title, rule.written.title, at: place)
      var finding = Finding(
        cell.map { Cell.id($0.finding, at: $0.place) } ?? FindingID(rule.id),
        cell.map { "\($0.placeTitle): \(rule.written.title)" } ?? rule.written.title,
        short: cell.map { "\($0.placeTitle) \(rule.written.title)" } ?? rule.written.title, phase: Phase(rule.at),
        scale: rule.scale == nil ? .number : .choice, ordered: rule.scale?.isOrdered ?? true,
        levels: rule.scale?.levels.map { Level($0) } ?? [], definition: "Worked out from the other findings.",
        source: scheme.file.source ?? "")
      finding.cell = cell
      finding.derived = true
      finding.number = rule.scale == nil ? NumberScale() : nil
      findings.append(finding)
      asked[finding.id] = .init(isRule: true, index: index, place: place)
    }
  }
}

extension Level {
  init(_ level: ScaleLevel) {
    self.init(
      LevelID(level.id.text), level.title, glyph: level.glyph, key: level.key, code: level.code,
      tone: level.tone == .plain ? nil : level.tone.rawValue, offScale: level.isOffScale)
  }
}

extension Phase {
  init(_ at: WrittenFinding.At) {
    self =
      switch at {
      case .baseline: .baseline
      case .followUp: .followUp
      case .every: .every
      }
  }
}
