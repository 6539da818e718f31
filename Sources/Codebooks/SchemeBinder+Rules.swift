// Rules, and what shows where a condition holds.

extension SchemeBinder {
  mutating func bindRule(_ index: Int) {
    let written = scheme.file.rules[index]
    let suggests = written.suggests.flatMap { question($0) }
    let (family, scale) = (ruleFamilies[index], ruleScales[index])
    guard let form = form(of: written, family, scale) else { return }
    if let suggests, scheme.questions[suggests].scale.kind != .choice || scheme.questions[suggests].family != family,
      let spot = written.suggests?.spot
    {
      fault(spot, "suggests: ‘\(scheme.questions[suggests].id)’ takes another kind of answer than the rule gives")
    }
    scheme.rules.append(
      BoundRule(
        written: written, family: family, scale: scale, at: written.at ?? .every, suggests: suggests,
        ofNone: written.ofNone.flatMap { ofNone($0, scale) }, form: form))
  }

  private mutating func ofNone(_ word: Written, _ scale: AnswerScale?) -> RuleValue? {
    let value: RuleValue? = scale.map { $0.level(word.text).map { .level($0) } } ?? Exact(word.text).map { .number($0) }
    if value == nil { fault(word.spot, "of_none: ‘\(word.text)’ is neither a level of the rule nor a number") }
    return value
  }

  /// The places over which a condition runs.
  private func family(in condition: Condition) -> Family? {
    conditionBinder.family(in: condition)
  }

  private mutating func form(of rule: WrittenRule, _ family: Family?, _ scale: AnswerScale?) -> BoundRule.Form? {
    switch rule.form {
    case .firstOf(let rows):
      let bound = rows.map { row($0, rule, scale) }
      return bound.contains { $0 == nil } ? nil : .firstOf(bound.compactMap { $0 })
    case .fold(let fold, let ids):
      var items: [BoundRule.Item] = []
      for id in ids {
        guard let item = item(id) else { continue }
        items.append(item)
        // What is highest of ordered levels needs no number.
        if fold == .most, let scale, let own = self.scale(of: item),
          own.levels.map(\.id.text) == scale.levels.map(\.id.text),
          own.isOrdered
        {
          continue
        }
        checkIsNumber(item, id)
      }
      return .fold(fold, items)
    case .count(let when): return condition(when).map { .count($0, self.family(in: $0)) }
    case .change(let change, let id, let against):
      guard let item = item(id) else { return nil }
      checkIsNumber(item, id)
      needsPlace(item, id, rule)
      return .change(change, item, against: against)
    case .pointsByPlace(let rows): return pointsByPlace(rows, rule, family)
    }
  }

  private mutating func pointsByPlace(
    _ rows: [WrittenRule.Points], _ rule: WrittenRule, _ family: Family?
  ) -> BoundRule.Form? {
    guard let family else {
      fault(rule.id.spot, "\(rule.id.text): points by place need ‘per’: which places they are of")
      return nil
    }
    var points: [Int: Exact] = [:]
    for row in rows {
      for place in placeList(row.places) where points.updateValue(row.points, forKey: place) != nil {
        fault(
          row.places.first?.spot ?? rule.id.spot,
          "\(rule.id.text): ‘\(scheme.body.places[place].id)’ has points twice")
      }
    }
    let missing = scheme.places(of: family).filter { points[$0] == nil }.map { scheme.body.places[$0].id }
    if !missing.isEmpty {
      fault(
        rule.id.spot,
        "\(rule.id.text): no points for \(missing.prefix(5).joined(separator: ", "))\(missing.count > 5 ? ", …" : "")")
    }
    return .pointsByPlace(points)
  }

  private mutating func row(_ row: WrittenRule.Row, _ rule: WrittenRule, _ scale: AnswerScale?) -> BoundRule.Row? {
    let faultsBefore = faults.count
    var result: BoundRule.Result?
    switch row.result {
    case .level(let level):
      if let scale {
        if let index = scale.level(level.text) {
          result = .level(index)
        } else {
          let known = scale.levels.map(\.id.text)
          let near = nearest(level.text, known).map { "did you mean ‘\($0)’? " } ?? ""
          fault(
            level.spot,
            "\(rule.id.text): there is no level ‘\(level.text)’; \(near)allowed: \(known.joined(separator: ", "))")
        }
      } else {
        fault(level.spot, "\(rule.id.text): a rule that gives levels needs ‘scale’ or ‘suggests’")
      }
    case .value(let value):
      if scale != nil {
        fault(rule.id.spot, "\(rule.id.text): a rule with a scale gives levels; use ‘level’ in its rows")
      }
      result = .value(value)
    case .take(let name):
      guard let item = item(name) else { break }
      if let scale {
        let known = Set(scale.levels.map { $0.id.text.asID })
        let own = self.scale(of: item)?.levels.map { $0.id.text } ?? []
        if own.isEmpty || !own.allSatisfy({ known.contains($0.asID) }) {
          fault(name.spot, "take: the levels of ‘\(name.text)’ are not all levels of ‘\(rule.id.text)’")
        }
      } else {
        checkIsNumber(item, name)
      }
      needsPlace(item, name, rule)
      result = .take(item)
    }
    let when = row.when.map { condition($0) }
    var called: BoundRule.Called?
    if let name = row.called, let condition = condition(name.when) {
      called = .init(id: name.id.text, title: name.title, definition: name.definition, when: condition)
    }
    let (tells, but) = (row.tells.compactMap { named($0) }, row.but.compactMap { named($0) })
    guard let result, faults.count == faultsBefore else { return nil }
    return BoundRule.Row(result: result, when: when ?? nil, tells: tells, but: but, says: row.says, called: called)
  }

  private mutating func named(_ name: Written) -> Int? {
    if case .condition(let index)? = scheme.names[name.text.asID] { return index }
    let near = nearest(name.text, scheme.conditions.map(\.id)).map { "; did you mean ‘\($0)’?" } ?? ""
    fault(name.spot, "there is no condition ‘\(name.text)’\(near)")
    return nil
  }

  mutating func item(_ name: Written) -> BoundRule.Item? {
    switch scheme.names[name.text.asID] {
    case .question(let index)?: return .question(index)
    case .rule(let index)?: return .rule(index)
    case .condition?:
      fault(name.spot, "‘\(name.text)’ is a condition, which has no value; ‘count’ takes one")
    case nil:
      let known = scheme.questions.map(\.id) + scheme.file.rules.map(\.id.text)
      let near = nearest(name.text, known).map { "; did you mean ‘\($0)’?" } ?? ""
      fault(name.spot, "there is no finding, fact or rule ‘\(name.text)’\(near)")
    }
    return nil
  }

  func scale(of item: BoundRule.Item) -> AnswerScale? {
    switch item {
    case .question(let index): scheme.questions[index].scale
    case .rule(let index): ruleScales[index]
    }
  }

  /// One value is taken, so that what has several needs to be told at a place.
  private mutating func needsPlace(_ item: BoundRule.Item, _ name: Written, _ rule: WrittenRule) {
    let family =
      switch item {
      case .question(let index): scheme.questions[index].family
      case .rule(let index): ruleFamilies[index]
      }
    guard family != nil, rule.per == nil else { return }
    fault(
      name.spot,
      "\(rule.id.text): ‘\(name.text)’ has a value at each place; give the rule ‘per’ too, or use most, sum or mean")
  }

  private mutating func checkIsNumber(_ item: BoundRule.Item, _ name: Written) {
    guard let scale = scale(of: item) else { return }
    switch scale.kind {
    case .number: break
    case .places: fault(name.spot, "‘\(name.text)’ names places, which are no number; ‘count’ counts them")
    case .set where scale.setPoints == nil:
      fault(name.spot, "‘\(name.text)’ is a set; its scale must say ‘points: most’ or ‘points: sum’")
    case .choice, .set:
      let without = scale.levels.indices.filter { scale.number(of: $0) == nil && !scale.levels[$0].isOffScale }
      if let first = without.first {
        fault(name.spot, "‘\(name.text)’: its level ‘\(scale.levels[first].id.text)’ has no points")
      }
    }
  }

  // MARK: remarks

  mutating func bindRemarks() {
    let file = scheme.file
    if let checks = bind(file.checks, "a check") { scheme.checks = checks }
    for criterion in file.criteria {
      scheme.criteria.append(BoundCriterion(title: criterion.title, parts: bind(criterion.parts, "a criterion") ?? []))
    }
    scheme.flags = bind(file.flags, nil) ?? []
    scheme.atlas = bind(file.atlas, nil) ?? []
    var names: [Written] = file.columns + file.panels.flatMap(\.findings)
    names += (file.pictures ?? []).flatMap { $0.parts.map(\.finding) }
    for name in names { _ = question(name) }
    checkPictures(file.pictures ?? [])
    if let fourth = file.columns.dropFirst(3).first { fault(fourth.spot, "columns: the worklist has room for three") }
    for evidence in file.evidence {
      if let index = question(evidence.finding) { checkLevel(evidence.level, index) }
    }
    for grouping in file.groupings {
      guard let index = question(grouping.finding) else { continue }
      for level in grouping.levels.flatMap(\.of) { checkLevel(level, index) }
      let named = Set(grouping.levels.flatMap { $0.of.map(\.text.asID) })
      for level in scheme.questions[index].levels where !level.isOffScale && !named.contains(level.id.text.asID) {
        fault(grouping.id.spot, "analyse_as: ‘\(level.id.text)’ of ‘\(grouping.finding.text)’ is in no group")
      }
    }
  }

  private mutating func checkPictures(_ pictures: [WrittenPicture]) {
    func cure(_ name: String, _ known: [String]) -> String {
      nearest(name, known).map { "did you mean ‘\($0)’?" } ?? "known: \(known.joined(separator: ", "))"
    }
    for picture in pictures {
      let known = [WrittenPicture.vertebralLesion]
      guard known.contains(where: { $0.isSameID(as: picture.id.text) }) else {
        fault(picture.id.spot, "pictures: there is no picture ‘\(picture.id.text)’; \(cure(picture.id.text, known))")
        continue
      }
      for part in picture.parts where !WrittenPicture.roles.contains(where: { $0.isSameID(as: part.role.text) }) {
        fault(
          part.role.spot,
          "\(picture.id.text): nothing is drawn from ‘\(part.role.text)’; \(cure(part.role.text, WrittenPicture.roles))"
        )
      }
    }
  }

  private mutating func checkLevel(_ level: Written, _ index: Int) {
    let question = scheme.questions[index]
    guard question.scale.level(level.text) == nil else { return }
    let known = question.levels.map(\.id.text)
    let near = nearest(level.text, known).map { "did you mean ‘\($0)’? " } ?? ""
    fault(level.spot, "‘\(question.id)’ has no level ‘\(level.text)’; \(near)allowed: \(known.joined(separator: ", "))")
  }

  /// - Parameter what: nil for what looks at the whole case, where each term may hold at another examination.
  private mutating func bind(_ remarks: [Remark], _ what: String?) -> [BoundRemark]? {
    var bound: [BoundRemark] = []
    for remark in remarks {
      guard let when = condition(remark.when) else { continue }
      let at = what == nil ? .every : examinations(of: when, remark.when.spot, remark.title)
      bound.append(BoundRemark(id: remark.id?.text, title: remark.title, when: when, at: at ?? .every))
    }
    return bound
  }
}
