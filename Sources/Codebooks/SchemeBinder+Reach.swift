// Rows of a rule that no input reaches.

extension SchemeBinder {
  /// Warns of rows before which others hold wherever they would: a slip in a limit, or two rows in the wrong order.
  mutating func checkReaches(_ index: Int) {
    let rule = scheme.rules[index]
    guard case .firstOf(let rows) = rule.form, case .firstOf(let written) = rule.written.form else { return }
    if let last = rows.firstIndex(where: { $0.when == nil }), last + 1 < rows.count {
      return warn(
        spot(of: written[last + 1], rule),
        "\(rule.id): nothing comes after a row without ‘when’, which always holds; put it last, or give it a ‘when’")
    }
    // What an example's series and months are no input decides.
    guard !rows.compactMap(\.when).contains(where: scheme.looksAtExaminations) else { return }
    var open = Set(rows.indices.filter { rows[$0].when != nil })
    let places = rule.family.map { scheme.places(of: $0).map { Int?($0) } } ?? [nil]
    for place in places.prefix(64) where !open.isEmpty {
      guard
        let reached = reached(rows, open, Grounding.Context(examination: rule.at == .baseline ? 0 : 1, place: place))
      else { return }
      open.subtract(reached)
    }
    guard places.count <= 64 else { return }
    for row in open.sorted() {
      warn(
        spot(of: written[row], rule),
        "\(rule.id): no input reaches the row with ‘\(written[row].when?.text ?? "")’; a row before it holds wherever it would"
      )
    }
  }

  private func spot(of row: WrittenRule.Row, _ rule: BoundRule) -> Spot { row.when?.spot ?? rule.written.id.spot }

  /// Which of some rows some input reaches at a place; nil where there are too many inputs to look through.
  private func reached(_ rows: [BoundRule.Row], _ open: Set<Int>, _ context: Grounding.Context) -> Set<Int>? {
    let grounding = Grounding(scheme, CaseRecord(examinations: [.init(), .init(months: Exact(6))]))
    let diagram = grounding.diagram
    let truths = rows.map { $0.when.map { grounding.truth($0, context) } ?? diagram.id(.truth(true)) }
    var reached: Set<Int> = []
    for row in open {
      let root = diagram.all(truths[..<row].map { diagram.not($0) } + [truths[row]])
      let reading = diagram.read(root, classes: grounding.open.map { $0.classes?.count ?? 0 })
      if reading.results.contains(diagram.id(.truth(true))) {
        reached.insert(row)
      } else if !reading.isExact {
        return nil
      }
    }
    return reached
  }
}

extension Scheme {
  /// Whether a condition hangs on which series an examination has, or when it was.
  fileprivate func looksAtExaminations(_ condition: Condition) -> Bool {
    var (open, seen) = (uses(condition), Set<Name>())
    var conditions = [condition]
    while let name = open.popLast() {
      guard seen.insert(name).inserted else { continue }
      conditions += self.conditions(of: name)
      open += uses(name)
    }
    return conditions.flatMap(\.leaves).contains { leaf in
      if case .term(let term) = leaf {
        switch term.subject {
        case .series, .months: return true
        case .question, .rule: return false
        }
      }
      return false
    }
  }

  private func conditions(of name: Name) -> [Condition] {
    switch name {
    case .question(let index): return [questions[index].when].compactMap { $0 }
    case .condition(let index): return self.conditions[index].parts.map(\.when)
    case .rule(let index):
      switch rules[index].form {
      case .firstOf(let rows): return rows.compactMap(\.when)
      case .count(let condition, _): return [condition]
      default: return []
      }
    }
  }
}
