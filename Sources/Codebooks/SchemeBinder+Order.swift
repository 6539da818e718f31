// What depends on what, and at which examinations rules and checks can be told.

extension SchemeBinder {
  /// A finding's `when`, a condition or a rule that hangs on itself cannot be told.
  mutating func findCycles() {
    var done: Set<Scheme.Name> = []
    var path: [Scheme.Name] = []
    func name(_ node: Scheme.Name) -> (String, Spot) {
      switch node {
      case .question(let index): (scheme.questions[index].id, scheme.questions[index].written.id.spot)
      case .condition(let index): (scheme.conditions[index].id, scheme.conditions[index].spot)
      case .rule(let index): (scheme.rules[index].id, scheme.rules[index].written.id.spot)
      }
    }
    func visit(_ node: Scheme.Name) -> [Scheme.Name]? {
      if done.contains(node) { return nil }
      if let start = path.firstIndex(of: node) { return Array(path[start...]) }
      path.append(node)
      defer { path.removeLast() }
      for next in scheme.uses(node) {
        if let cycle = visit(next) { return cycle }
      }
      done.insert(node)
      return nil
    }
    let nodes =
      scheme.questions.indices.map { Scheme.Name.question($0) } + scheme.conditions.indices.map { .condition($0) }
      + scheme.rules.indices.map { .rule($0) }
    for node in nodes {
      guard let cycle = visit(node), let first = cycle.first else { continue }
      let words = (cycle + [first]).map { name($0).0 }.joined(separator: " → ")
      return fault(name(first).1, "this hangs on itself: \(words)")
    }
  }

  /// Rules are told at the examinations where all they look at is graded.
  mutating func settleExaminations() {
    for index in scheme.rules.indices {
      let rule = scheme.rules[index]
      var used: [(String, WrittenFinding.At)] = []
      if let suggests = rule.suggests { used.append((scheme.questions[suggests].id, scheme.questions[suggests].at)) }
      used += scheme.examinations(of: [.rule(index)])
      // What says nothing of an examination itself, as points of a place, is told where its places are named.
      if used.isEmpty, case .named(let naming)? = rule.family {
        used.append((scheme.questions[naming].id, scheme.questions[naming].at))
      }
      guard let at = common(used, rule.written.id.spot, rule.id) else { continue }
      if let stated = rule.written.at, stated != at, at != .every {
        fault(
          rule.written.id.spot,
          "\(rule.id): ‘at: \(stated.rawValue)’, but it looks at what is graded at \(at.title) only; write baseline. before it"
        )
      } else {
        scheme.rules[index].at = rule.written.at ?? at
      }
    }
  }

  mutating func examinations(of condition: Condition, _ spot: Spot, _ title: String) -> WrittenFinding.At? {
    guard faults.isEmpty else { return nil }
    return common(scheme.examinations(of: scheme.uses(condition, nowOnly: true)), spot, title)
  }

  private mutating func common(
    _ used: [(name: String, at: WrittenFinding.At)], _ spot: Spot, _ owner: String
  ) -> WrittenFinding.At? {
    let baseline = used.first { $0.at == .baseline }
    let followUp = used.first { $0.at == .followUp }
    if let baseline, let followUp {
      fault(
        spot,
        "\(owner): ‘\(baseline.name)’ is graded at the baseline and ‘\(followUp.name)’ at follow-up; "
          + "write baseline.\(baseline.name) to look back")
      return nil
    }
    return (baseline ?? followUp)?.at ?? .every
  }
}

extension WrittenFinding.At {
  var title: String {
    switch self {
    case .baseline: "the baseline"
    case .followUp: "follow-up"
    case .every: "every examination"
    }
  }
}

extension Scheme {
  /// What a finding, condition or rule looks at directly.
  ///
  /// - Parameter nowOnly: leaves out what is looked at with a prefix, what decides whether a finding is asked, and what
  ///   only tells more of an answer.
  func uses(_ name: Name, nowOnly: Bool = false) -> [Name] {
    switch name {
    case .question(let index):
      nowOnly ? [] : (questions[index].when.map { uses($0) } ?? []) + uses(questions[index].family)
    case .condition(let index): conditions[index].parts.flatMap { uses($0.when, nowOnly: nowOnly) }
    case .rule(let index): uses(rules[index], nowOnly)
    }
  }

  private func uses(_ family: Family?) -> [Name] {
    if case .named(let index)? = family { [.question(index)] } else { [] }
  }

  private func uses(_ rule: BoundRule, _ nowOnly: Bool) -> [Name] {
    var used: [Name] = nowOnly ? [] : uses(rule.family)
    switch rule.form {
    case .firstOf(let rows):
      for row in rows {
        used += row.when.map { uses($0, nowOnly: nowOnly) } ?? []
        if case .take(let item) = row.result { used.append(Name(item)) }
        if !nowOnly { used += row.called.map { uses($0.when) } ?? [] }
      }
    case .fold(_, let items): used += items.map { Name($0) }
    case .count(let condition, _): used += uses(condition, nowOnly: nowOnly)
    case .change(_, let item, _): used.append(Name(item))
    case .pointsByPlace: break
    }
    return used
  }

  func uses(_ condition: Condition, nowOnly: Bool = false) -> [Name] {
    condition.leaves.compactMap { leaf in
      switch leaf {
      case .term(let term) where !nowOnly || term.time == .now:
        switch term.subject {
        case .question(let index): .question(index)
        case .rule(let index): .rule(index)
        case .series, .months: nil
        }
      case .change(let index, _, _): .question(index)
      case .named(let index): .condition(index)
      default: nil
      }
    }
  }

  /// The findings that are looked at without a prefix, with where they are graded.
  func examinations(of names: [Name]) -> [(name: String, at: WrittenFinding.At)] {
    var (open, seen) = (names, Set<Name>())
    var found: [(String, WrittenFinding.At)] = []
    while let name = open.popLast() {
      guard seen.insert(name).inserted else { continue }
      if case .question(let index) = name, !questions[index].written.isGiven {
        found.append((questions[index].id, questions[index].at))
      }
      open += uses(name, nowOnly: true)
    }
    return found
  }
}

extension Scheme.Name {
  init(_ item: BoundRule.Item) {
    switch item {
    case .question(let index): self = .question(index)
    case .rule(let index): self = .rule(index)
    }
  }
}
