// Binds the names of a condition to what they name.

struct ConditionBinder {
  let scheme: Scheme
  /// The nearest of some words to a misspelt one.
  let nearest: @Sendable (String, [String]) -> String?
  /// The rules' scales, which are known before the rules are bound.
  let ruleScales: [AnswerScale?]
  let ruleFamilies: [Family?]
  let ruleIDs: [String]

  func condition(_ text: String) throws(ConditionFault) -> Condition { try bind(ConditionSyntax.parse(text)) }

  private func bind(_ syntax: ConditionSyntax) throws(ConditionFault) -> Condition {
    switch syntax {
    case .term(let term): return try bind(term)
    case .not(let inner): return .not(try bind(inner))
    case .all(let parts): return .all(try bind(parts))
    case .any(let parts): return .any(try bind(parts))
    case .somewhere(let inner, let offset): return try atPlaces(inner, offset) { .somewhere($0, $1) }
    case .everywhere(let inner, let offset): return try atPlaces(inner, offset) { .everywhere($0, $1) }
    }
  }

  private func bind(_ parts: [ConditionSyntax]) throws(ConditionFault) -> [Condition] {
    var bound: [Condition] = []
    for part in parts { bound.append(try bind(part)) }
    return bound
  }

  private func atPlaces(
    _ syntax: ConditionSyntax, _ offset: Int, _ make: (Family, Condition) -> Condition
  ) throws(ConditionFault) -> Condition {
    let inner = try bind(syntax)
    guard let family = family(in: inner) else {
      throw ConditionFault(
        offset: offset, message: "nothing in these parentheses is graded per place; delete the word before them")
    }
    return make(family, inner)
  }

  /// The places over which a condition runs: those that a finding names before those that are fixed.
  func family(in condition: Condition) -> Family? {
    let families = condition.leaves.compactMap { family(of: $0) }
    return families.first { if case .named = $0 { true } else { false } } ?? families.first
  }

  private func family(of leaf: Condition) -> Family? {
    switch leaf {
    case .term(let term):
      switch term.subject {
      case .question(let index):
        scheme.questions[index].scale.kind == .places ? .named(index) : scheme.questions[index].family
      case .rule(let index): ruleFamilies[index]
      case .series, .months: nil
      }
    case .change(let index, _, _): scheme.questions[index].family
    default: nil
    }
  }

  // MARK: terms

  private func bind(_ term: ConditionSyntax.Term) throws(ConditionFault) -> Condition {
    var text = term.name + ":" + term.test
    if let prefix = term.prefix { text = prefix + "." + text }
    if term.prefix == "series" { return try series(term, text) }
    var time = ExaminationTime.now
    if let prefix = term.prefix {
      guard let known = ExaminationTime.prefixes.first(where: { $0.rawValue == prefix }) else {
        let words = ExaminationTime.prefixes.map(\.rawValue) + ["series"]
        throw ConditionFault(
          offset: term.offset,
          message: "there is no ‘\(prefix).’; " + cure(prefix, words) + words.joined(separator: ", "))
      }
      time = known
    }
    if term.name == "months" {
      return .term(Condition.Term(subject: .months, time: time, test: try numbers(term), text: text))
    }
    switch scheme.names[term.name.asID] {
    case .condition(let index)?:
      guard term.test == "met", time == .now else {
        throw ConditionFault(offset: term.testOffset, message: "‘\(term.name)’ is a condition; write \(term.name):met")
      }
      return .named(index)
    case .question(let index)?:
      let question = scheme.questions[index]
      if let change = try change(term, index, time) { return change }
      try needsCounterpart(question, time, term)
      return .term(
        Condition.Term(
          subject: .question(index), time: time, test: try test(term, question.scale, question), text: text))
    case .rule(let index)?:
      let test: AnswerTest
      if let scale = ruleScales[index] { test = try self.test(term, scale, nil) } else { test = try numbers(term) }
      return .term(Condition.Term(subject: .rule(index), time: time, test: test, text: text))
    case nil:
      let known =
        scheme.questions.flatMap { [$0.id] + $0.written.aliases.map(\.text) } + scheme.conditions.map(\.id) + ruleIDs
      let near =
        nearest(term.name, known).map { "; did you mean ‘\($0)’?" } ?? "; it is not a finding, fact, condition or rule"
      throw ConditionFault(offset: term.offset, message: "there is no ‘\(term.name)’\(near)")
    }
  }

  func cure(_ word: String, _ known: [String]) -> String {
    (nearest(word, known).map { "did you mean ‘\($0)’? " } ?? "") + "allowed: "
  }

  private func series(_ term: ConditionSyntax.Term, _ text: String) throws(ConditionFault) -> Condition {
    let known = scheme.file.series.map(\.id.text)
    guard let index = scheme.series(term.name) else {
      throw ConditionFault(
        offset: term.offset,
        message: "there is no series ‘\(term.name)’; " + cure(term.name, known) + known.joined(separator: ", "))
    }
    guard AnswerState(word: term.test) == .notAcquired else {
      throw ConditionFault(offset: term.testOffset, message: "of a series only not-acquired can be asked")
    }
    return .term(Condition.Term(subject: .series(index), time: .now, test: .state(.notAcquired), text: text))
  }

  private func needsCounterpart(_ question: Question, _ time: ExaminationTime, _ term: ConditionSyntax.Term)
    throws(ConditionFault)
  {
    guard time == .before || time == .baseline, question.at == .followUp, question.atBaseline == nil else { return }
    throw ConditionFault(
      offset: term.offset,
      message:
        "‘\(question.id)’ is not graded at the baseline; give the finding that says it there ‘now: \(question.id)’")
  }

  /// `marrow:>before`.
  private func change(
    _ term: ConditionSyntax.Term, _ index: Int, _ time: ExaminationTime
  ) throws(ConditionFault) -> Condition? {
    guard let comparison = Comparison(beginning: term.test) else { return nil }
    let operand = comparison.operand(of: term.test)
    guard let other = [ExaminationTime.before, .baseline, .previous].first(where: { $0.rawValue == operand }),
      time == .now
    else { return nil }
    let scale = scheme.questions[index].scale
    guard scale.kind == .number || scale.kind == .choice && scale.isOrdered else {
      throw ConditionFault(
        offset: term.testOffset, message: "the levels of ‘\(term.name)’ have no order; give its scale ‘ordered: yes’")
    }
    return .change(index, comparison, other)
  }
}
