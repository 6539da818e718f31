// Conditions.

extension Grounding {
  func truth(_ condition: Condition, _ context: Context) -> Diagram.ID {
    switch condition {
    case .term(let term): return truth(term, context)
    case .change(let question, let comparison, let time):
      return diagram.any(contexts(.now, context).map { change(question, comparison, time, $0) })
    case .named(let index):
      return remember(.condition(index), context) {
        diagram.any(scheme.conditions[index].parts.map { truth($0.when, context) })
      }
    case .not(let inner): return diagram.not(truth(inner, context))
    case .all(let parts): return diagram.all(parts.map { truth($0, context) })
    case .any(let parts): return diagram.any(parts.map { truth($0, context) })
    case .somewhere(let family, let inner): return atPlaces(family, inner, context) { diagram.any($0) }
    case .everywhere(let family, let inner): return atPlaces(family, inner, context) { diagram.all($0) }
    }
  }

  private func atPlaces(
    _ family: Family, _ inner: Condition, _ context: Context, _ join: ([Diagram.ID]) -> Diagram.ID
  ) -> Diagram.ID {
    switch places(of: family, context) {
    case .known(let places):
      return join(
        places.map { place in
          var here = context
          here.place = place
          return truth(inner, here)
        })
    case .unknown(let number): return diagram.id(.opaque(number, isTruth: true))
    }
  }

  private func truth(_ term: Condition.Term, _ context: Context) -> Diagram.ID {
    diagram.any(
      contexts(term.time, context).map { context in
        switch term.subject {
        case .question(let index): truth(index, term.test, context)
        case .rule(let index): truth(rule: index, term.test, context)
        case .series(let index):
          diagram.id(.truth(record.examinations[context.examination].lacking.contains(index)))
        case .months:
          diagram.passes(diagram.id(.value(.number(record.examinations[context.examination].months))), term.test)
        }
      })
  }

  private func truth(rule index: Int, _ test: AnswerTest, _ context: Context) -> Diagram.ID {
    guard let family = scheme.rules[index].family, context.place == nil else {
      return diagram.passes(value(rule: index, context), test)
    }
    switch places(of: family, context) {
    case .known(let places):
      return diagram.any(
        places.map { place in
          var here = context
          here.place = place
          return diagram.passes(value(rule: index, here), test)
        })
    case .unknown(let number): return diagram.id(.opaque(number, isTruth: true))
    }
  }

  private func truth(_ question: Int, _ test: AnswerTest, _ context: Context) -> Diagram.ID {
    guard let question = asked(question, at: context.examination) else {
      return diagram.id(.truth(test == .state(.notAsked)))
    }
    let own = scheme.questions[question]
    guard let family = own.family else {
      if let place = context.place, case .places(let wanted) = test {
        return cell(question, .places(wanted.intersection([place])), nil, context)
      }
      return cell(question, test, nil, context)
    }
    if let place = context.place {
      guard scheme.includes(place, in: family) else { return diagram.id(.truth(test == .state(.notAsked))) }
      return cell(question, test, place, context)
    }
    switch cells(of: question, context) {
    case .known(let cells): return diagram.any(cells.map { cell(question, test, $0, context) })
    case .unknown(let number):
      if open[number].key.question == question { return cell(question, test, nil, context) }
      return diagram.id(.opaque(number, isTruth: true))
    }
  }

  /// One answer: a finding's own, or that at a place.
  private func cell(_ question: Int, _ test: AnswerTest, _ place: Int?, _ context: Context) -> Diagram.ID {
    let asked = isAsked(question, place, context)
    if test == .state(.notAsked) { return diagram.not(asked) }
    if diagram.truth(asked) == false { return diagram.no }
    return diagram.all([asked, answer(question, test, key(question, context, place: place))])
  }

  func isAsked(_ question: Int, _ place: Int?, _ context: Context) -> Diagram.ID {
    guard let when = scheme.questions[question].when else { return diagram.yes }
    return remember(
      .question(question), Context(examination: context.examination, against: context.against, place: place)
    ) {
      truth(when, Context(examination: context.examination, against: context.against, place: place))
    }
  }

  private func answer(_ question: Int, _ test: AnswerTest, _ key: CaseRecord.Key) -> Diagram.ID {
    let answer = record.answers[key]
    guard let why = why(question, answer) else {
      return diagram.id(.truth(answer.flatMap { test.holds($0, in: body) } ?? false))
    }
    if case .state(let state) = test {
      if let answer, why != .withheld { return diagram.id(.truth(test.holds(answer, in: body) ?? false)) }
      if state == .graded { return diagram.no }
    }
    let number = number(of: key, why)
    guard let classes = open[number].classes else { return diagram.id(.opaque(number, isTruth: true)) }
    return diagram.asks(number, classes.map { test.holds($0, in: body) ?? false })
  }

  /// `marrow:>before`: the value now against the value then; true where nothing is graded then.
  private func change(
    _ question: Int, _ comparison: Comparison, _ time: ExaminationTime, _ context: Context
  ) -> Diagram.ID {
    guard let now = asked(question, at: context.examination) else { return diagram.no }
    guard let then = contexts(time, context).first, let earlier = asked(question, at: then.examination) else {
      return diagram.yes
    }
    return diagram.compares(
      comparison, value(now, context, .order), value(earlier, then, .order))
  }
}
