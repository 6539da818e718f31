// Golden rows are run, and tables are looked through for inputs that no row covers.

extension SchemeBinder {
  mutating func checkExamplesAndTables() {
    for index in scheme.rules.indices {
      checkCovers(index)
      checkReaches(index)
    }
    for example in scheme.file.examples { run(example) }
  }

  // MARK: tables

  private mutating func checkCovers(_ index: Int) {
    let rule = scheme.rules[index]
    guard case .firstOf(let rows) = rule.form, let last = rows.last, last.when != nil else { return }
    let examination = rule.at == .followUp ? 1 : 0
    let record = CaseRecord(examinations: [.init(), .init(months: Exact(6))])
    let places = rule.family.map { scheme.places(of: $0).map { Int?($0) } } ?? [nil]
    for place in places.prefix(64) {
      let grounding = Grounding(scheme, record, answersOnly: true)
      let root = grounding.value(rule: index, Grounding.Context(examination: examination, place: place))
      let diagram = grounding.diagram
      let reading = diagram.read(root, classes: grounding.open.map { $0.classes?.count ?? 0 })
      let uncovered = diagram.id(.value(.noRow))
      if !reading.results.contains(uncovered) {
        guard !reading.isExact else { continue }
        warn(
          rule.written.id.spot,
          "\(rule.id): not checked whether its rows cover every input (there are too many); a last row without ‘when’ does"
        )
        return
      }
      let path = diagram.path(to: uncovered, from: root, classes: grounding.open.map { $0.classes?.count ?? 0 }) ?? []
      let words = path.map { number, chosen in
        let open = grounding.open[number]
        return scheme.questions[open.key.question].id + ":" + scheme.written(open.classes?[chosen], open.key.question)
      }
      fault(
        rule.written.id.spot,
        "\(rule.id): no row holds for \(words.isEmpty ? "any input" : words.joined(separator: " "))"
          + "; add a row for it, or a last row without ‘when’")
      return
    }
  }

  // MARK: examples

  private mutating func run(_ example: WrittenExample) {
    var record = CaseRecord(examinations: [])
    let faultsBefore = faults.count
    for (number, examination) in example.examinations.enumerated() {
      let lacking = examination.lacking.compactMap { name -> Int? in
        if scheme.series(name.text) == nil { fault(name.spot, "there is no series ‘\(name.text)’") }
        return scheme.series(name.text)
      }
      record.examinations.append(
        .init(months: examination.months ?? Exact(number * 6), lacking: Set(lacking)))
    }
    let against: ComparedWith = example.isAgainstPrevious ? .previous : .baseline
    for (number, examination) in example.examinations.enumerated() {
      for grade in examination.grades {
        do {
          let isLast = number == example.examinations.count - 1
          try scheme.enter(grade, at: number, against: isLast ? against : .baseline, into: &record, nearest: nearest)
        } catch { fault(grade.value.spot, error.description) }
      }
    }
    for name in example.withheld { if let index = question(name) { record.withheld.insert(index) } }
    // What is graded at follow-up needs one.
    let needed = (record.answers.keys.map(\.examination).max() ?? 0) + 1
    while record.examinations.count < needed {
      record.examinations.append(.init(months: Exact(record.examinations.count * 6)))
    }
    guard faults.count == faultsBefore else { return }
    compare(example, Evaluation(scheme, record), against)
  }

  private mutating func compare(_ example: WrittenExample, _ evaluation: Evaluation, _ against: ComparedWith) {
    let last = evaluation.record.examinations.count - 1
    for given in example.gives {
      guard let (index, place) = rule(given.finding, given.place) else { continue }
      let examination = scheme.rules[index].at == .baseline ? 0 : last
      let answer = evaluation.answer(rule: index, at: examination, against: against, place: place)
      let words = answer.value.map { scheme.written($0, of: index) }
      let wanted = given.value.text
      if let words, words.isSameID(as: wanted) || Exact(words) != nil && Exact(words) == Exact(wanted) { continue }
      let missing = scheme.words(answer.missing, at: examination, in: evaluation.record)
      fault(
        given.value.spot,
        "example: \(given.finding.text) comes out "
          + (words.map { "‘\($0)’, not ‘\(wanted)’" } ?? "undecided, not ‘\(wanted)’; missing: \(missing)"))
    }
    for lacking in example.lacks {
      guard let (index, _) = rule(lacking.rule, nil) else { continue }
      let examination = scheme.rules[index].at == .baseline ? 0 : last
      let answer = evaluation.answer(rule: index, at: examination, against: against)
      let found = Set(answer.missing.map { scheme.questions[$0.key.question].id.asID })
      let wanted = Set(lacking.missing.compactMap { question($0).map { scheme.questions[$0].id.asID } })
      if found != wanted {
        let words = scheme.words(answer.missing, at: examination, in: evaluation.record)
        fault(lacking.rule.spot, "example: \(lacking.rule.text) lacks \(words.isEmpty ? "nothing" : words)")
      }
    }
    compareRemarks(example, evaluation, against, last)
  }

  private mutating func compareRemarks(
    _ example: WrittenExample, _ evaluation: Evaluation, _ against: ComparedWith, _ last: Int
  ) {
    let told = scheme.rules.indices.flatMap { index in
      let examination = scheme.rules[index].at == .baseline ? 0 : last
      return evaluation.places(ofRule: index, at: examination).map {
        evaluation.answer(rule: index, at: examination, against: against, place: $0)
      }
    }
    let called = Set(told.flatMap(\.called).map(\.id.asID))
    for name in example.called where !called.contains(name.text.asID) {
      fault(name.spot, "example: nothing is called ‘\(name.text)’")
    }
    if let reasons = example.reasons {
      let found = told.map(\.reasons)
      if !found.contains(reasons.map(\.text)) {
        let words = found.filter { !$0.isEmpty }.map { $0.joined(separator: "; ") }.joined(separator: " / ")
        fault(
          reasons.first?.spot ?? example.spot, "example: the rules report \(words.isEmpty ? "nothing" : "‘\(words)’")")
      }
    }
    if let warns = example.warns {
      let found = (0...last).flatMap { evaluation.warnings(at: $0, against: $0 == last ? against : .baseline) }
      for text in warns where !found.contains(text.text) {
        fault(text.spot, "example: nothing warns ‘\(text.text)’")
      }
      for text in found where !warns.map(\.text).contains(text) {
        fault(warns.first?.spot ?? example.spot, "example: a check warns ‘\(text)’, which the example does not say")
      }
    }
    for (names, isWanted) in [(example.asks, true), (example.omits, false)] {
      for name in names {
        guard let index = question(name) else { continue }
        let family = scheme.questions[index].family
        let places =
          family.map { family -> [Int?] in
            if case .known(let places) = evaluation.grounding.places(of: family, .init(examination: last)) {
              places
            } else {
              []
            }
          } ?? [nil]
        let examination = scheme.questions[index].at == .baseline ? 0 : last
        let asked = places.contains { evaluation.isAsked(index, at: examination, place: $0) == true }
        if asked != isWanted { fault(name.spot, "example: ‘\(name.text)’ is \(asked ? "" : "not ")asked") }
      }
    }
  }

  private mutating func rule(_ name: Written, _ place: Written?) -> (Int, Int?)? {
    let suggested = scheme.question(name.text).flatMap { index in scheme.rules.firstIndex { $0.suggests == index } }
    guard let index = scheme.rule(name.text) ?? suggested else {
      let near = nearest(name.text, scheme.rules.map(\.id)).map { "; did you mean ‘\($0)’?" } ?? ""
      fault(name.spot, "there is no rule ‘\(name.text)’\(near)")
      return nil
    }
    guard (scheme.rules[index].family != nil) == (place != nil) else {
      fault(
        name.spot,
        "‘\(name.text)’ has \(place == nil ? "a value at each place; write {PLACE: value}" : "one value, not one per place")"
      )
      return nil
    }
    guard let place else { return (index, nil) }
    guard let found = scheme.body.place(place.text) else {
      fault(place.spot, "there is no place ‘\(place.text)’")
      return nil
    }
    return (index, found)
  }
}

extension Scheme {
  /// A value as a file writes it: a level's id, a number.
  package func written(_ value: RuleValue, of rule: Int) -> String {
    if case .level(let level) = value, let scale = rules[rule].scale { return scale.levels[level].id.text }
    if value == .absent { return "none" }
    return words(value, of: rule)
  }

  /// An answer as a file writes it.
  package func written(_ answer: Answer?, _ question: Int) -> String {
    switch answer {
    case .levels(let levels)?: levels.map { questions[question].levels[$0].id.text }.joined(separator: ",")
    case .number(let number)?: number.description
    case .places(let named)?:
      named.isEmpty
        ? "none"
        : named.map { name in
          switch name {
          case .place(let place): body.places[place].id
          case .extent(let extent): body.extents[extent].id
          case .run(let first, let last): "\(body.places[first].id)..\(body.places[last].id)"
          }
        }.joined(separator: ",")
    case .notAssessable?: "not-assessable"
    case .notAcquired?: "not-acquired"
    case nil: "?"
    }
  }
}
