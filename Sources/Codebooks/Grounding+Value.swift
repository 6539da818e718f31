// Values of findings and rules.

extension Grounding {
  /// As what an answer counts.
  enum Measure {
    /// Its points, or the number itself.
    case number
    /// Its place in the order of its levels.
    case order
    /// The same level of another scale.
    case level(of: AnswerScale)
  }

  func measured(_ answer: Answer, _ scale: AnswerScale, _ measure: Measure) -> RuleValue {
    switch (answer, measure) {
    case (.number(let number), _): return .number(number)
    case (.levels(let levels), .number):
      let points = levels.filter { !scale.levels[$0].isOffScale }.compactMap { scale.number(of: $0) }
      guard let first = points.first else { return .absent }
      if scale.setPoints == .sum {
        return points.dropFirst().reduce(first as Exact?) { total, next in total.flatMap { $0 + next } }.map {
          .number($0)
        } ?? .absent
      }
      return .number(points.reduce(first) { max($0, $1) })
    case (.levels(let levels), .order):
      return levels.last.map { scale.levels[$0].isOffScale ? .absent : .number(Exact($0)) } ?? .absent
    case (.levels(let levels), .level(let other)):
      return levels.last.flatMap { other.level(scale.levels[$0].id.text) }.map { .level($0) } ?? .absent
    default: return .absent
    }
  }

  /// The value of one answer: a finding's own, or that at the context's place.
  func value(_ question: Int, _ context: Context, _ measure: Measure, leavesOutUnassessed: Bool = false) -> Diagram.ID {
    let absent = diagram.id(.value(.absent))
    guard let question = asked(question, at: context.examination) else { return absent }
    let own = scheme.questions[question]
    let place = own.family == nil ? nil : context.place
    if let family = own.family {
      guard let place, scheme.includes(place, in: family) else { return absent }
    }
    let asked = isAsked(question, place, context)
    if diagram.truth(asked) == false { return absent }
    let key = key(question, context, place: place)
    let answer = record.answers[key]
    let value: Diagram.ID
    switch why(question, answer) {
    case nil: value = diagram.id(.value(answer.map { measured($0, own.scale, measure) } ?? .absent))
    case .notAssessable? where leavesOutUnassessed, .notAcquired? where leavesOutUnassessed: value = absent
    case let why?:
      let number = number(of: key, why)
      value =
        open[number].classes.map { diagram.reads(number, $0.map { measured($0, own.scale, measure) }) }
        ?? diagram.id(.opaque(number, isTruth: false))
    }
    return diagram.first([(when: asked, value: value)], otherwise: .absent)
  }

  func value(rule index: Int, _ context: Context) -> Diagram.ID {
    var context = context
    if scheme.rules[index].family == nil { context.place = nil }
    return remember(.rule(index), context) { made(scheme.rules[index], context) }
  }

  private func made(_ rule: BoundRule, _ context: Context) -> Diagram.ID {
    switch rule.form {
    case .firstOf(let rows):
      return diagram.first(
        rows.map { row in
          (when: row.when.map { truth($0, context) } ?? diagram.yes, value: result(row.result, rule, context))
        }, otherwise: .noRow)
    case .fold(let fold, let items):
      let terms = items.flatMap { self.terms($0, rule, context) }
      switch fold {
      case .sum: return diagram.fold(.sum, .number(.zero), 0, terms, ofNone: rule.ofNone ?? .number(.zero))
      case .mean: return diagram.fold(.mean, .number(.zero), 0, terms, ofNone: rule.ofNone ?? .absent)
      case .most: return diagram.fold(.most, .absent, 0, terms, ofNone: rule.ofNone ?? .absent)
      }
    case .count(let condition, let family): return count(condition, family, context)
    case .change(let change, let item, let against):
      return self.change(change, item, against, rule, context)
    case .pointsByPlace(let points):
      return diagram.id(.value(context.place.flatMap { points[$0] }.map { .number($0) } ?? .absent))
    }
  }

  private func result(_ result: BoundRule.Result, _ rule: BoundRule, _ context: Context) -> Diagram.ID {
    switch result {
    case .level(let level): diagram.id(.value(.level(level)))
    case .value(let number): diagram.id(.value(.number(number)))
    case .take(let item): value(item, rule, context)
    }
  }

  /// An item's value as its rule counts it.
  private func value(_ item: BoundRule.Item, _ rule: BoundRule, _ context: Context) -> Diagram.ID {
    let measure = rule.scale.map { Measure.level(of: $0) } ?? .number
    switch item {
    case .question(let index):
      return value(index, context, measure, leavesOutUnassessed: rule.written.leavesOutUnassessed)
    case .rule(let index):
      let inner = value(rule: index, context)
      guard let scale = scheme.rules[index].scale else { return inner }
      let values = scale.levels.indices.map { measured(.levels([$0]), scale, measure) }
      if let known = diagram.value(inner) {
        if case .level(let level) = known { return diagram.id(.value(values[level])) }
        return diagram.id(.value(.absent))
      }
      return diagram.first(
        values.enumerated().map {
          (when: diagram.passes(inner, .levels([$0.offset])), value: diagram.id(.value($0.element)))
        },
        otherwise: .absent)
    }
  }

  private func terms(_ item: BoundRule.Item, _ rule: BoundRule, _ context: Context) -> [Diagram.ID] {
    let places: Places?
    switch item {
    case .question(let index): places = scheme.questions[index].family == nil ? nil : cells(of: index, context)
    case .rule(let index): places = scheme.rules[index].family.map { self.places(of: $0, context) }
    }
    guard context.place == nil, let places else { return [value(item, rule, context)] }
    switch places {
    case .unknown(let number):
      let why = open[number].why
      if rule.written.leavesOutUnassessed, why == .notAssessable || why == .notAcquired { return [] }
      return [diagram.id(.opaque(number, isTruth: false))]
    case .known(let places):
      return places.map { place in
        var here = context
        here.place = place
        return value(item, rule, here)
      }
    }
  }

  private func count(_ condition: Condition, _ family: Family?, _ context: Context) -> Diagram.ID {
    let one = diagram.id(.value(.number(Exact(1))))
    func term(_ context: Context) -> Diagram.ID {
      diagram.first([(when: truth(condition, context), value: one)], otherwise: .number(.zero))
    }
    guard context.place == nil, let family else { return term(context) }
    switch places(of: family, context) {
    case .unknown(let number): return diagram.id(.opaque(number, isTruth: false))
    case .known(let places):
      let terms = places.map { place in
        var here = context
        here.place = place
        return term(here)
      }
      return diagram.fold(.sum, .number(.zero), 0, terms, ofNone: .number(.zero))
    }
  }

  private func change(
    _ change: WrittenRule.Change, _ item: BoundRule.Item, _ against: WrittenRule.Against, _ rule: BoundRule,
    _ context: Context
  ) -> Diagram.ID {
    guard context.examination > 0 else { return diagram.id(.value(.absent)) }
    func at(_ examination: Int) -> Diagram.ID {
      value(item, rule, Context(examination: examination, place: context.place))
    }
    let then: Diagram.ID =
      switch against {
      case .baseline: at(0)
      case .previous: at(context.examination - 1)
      case .smallest:
        diagram.fold(.least, .absent, 0, (0..<context.examination).map(at), ofNone: .absent)
      }
    return diagram.arithmetic(change == .percent ? .percent : .difference, value(item, rule, context), then)
  }
}
