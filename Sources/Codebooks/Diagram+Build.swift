// Formulas are simplified as they are built, so that what is decided is a constant.

extension Diagram {
  var yes: ID { id(.truth(true)) }
  var no: ID { id(.truth(false)) }

  func asks(_ leaf: Int, _ classes: [Bool]) -> ID {
    guard let first = classes.first, classes.contains(where: { $0 != first }) else {
      return id(.truth(classes.first ?? false))
    }
    return id(.asks(leaf, classes))
  }

  func reads(_ leaf: Int, _ classes: [RuleValue]) -> ID {
    guard let first = classes.first, classes.contains(where: { $0 != first }) else {
      return id(.value(classes.first ?? .absent))
    }
    return id(.reads(leaf, classes))
  }

  func not(_ inner: ID) -> ID {
    switch nodes[inner] {
    case .truth(let truth): id(.truth(!truth))
    case .not(let twice): twice
    default: id(.not(inner))
    }
  }

  func all(_ parts: [ID]) -> ID { join(parts, neutral: true) { .all($0) } }
  func any(_ parts: [ID]) -> ID { join(parts, neutral: false) { .any($0) } }

  private func join(_ parts: [ID], neutral: Bool, _ make: ([ID]) -> Node) -> ID {
    var kept: Set<ID> = []
    for part in parts {
      if let truth = truth(part) {
        if truth != neutral { return part }
      } else {
        if case .not(let inner) = nodes[part], kept.contains(inner) { return id(.truth(!neutral)) }
        kept.insert(part)
      }
    }
    if kept.count > 1,
      kept.contains(where: { if case .not(let inner) = nodes[$0] { kept.contains(inner) } else { false } })
    {
      return id(.truth(!neutral))
    }
    let sorted = kept.sorted()
    return sorted.isEmpty ? id(.truth(neutral)) : sorted.count == 1 ? sorted[0] : id(make(sorted))
  }

  /// The value of the first row that holds; `otherwise` where none does.
  func first(_ rows: [(when: ID, value: ID)], otherwise: RuleValue) -> ID {
    var (conditions, values): ([ID], [ID]) = ([], [])
    var last = id(.value(otherwise))
    for row in rows {
      if let truth = truth(row.when) {
        if !truth { continue }
        last = row.value
        break
      }
      conditions.append(row.when)
      values.append(row.value)
    }
    // A row that gives what follows anyway decides nothing.
    while let value = values.last, value == last {
      values.removeLast()
      conditions.removeLast()
    }
    return conditions.isEmpty ? last : id(.first(conditions, values + [last]))
  }

  func fold(_ fold: Fold, _ start: RuleValue, _ count: Int, _ terms: [ID], ofNone: RuleValue) -> ID {
    var (total, count): (RuleValue, Int) = (start, count)
    var open: [ID] = []
    for term in terms {
      guard let value = value(term) else {
        open.append(term)
        continue
      }
      guard value != .absent, value != .noRow else { continue }
      total = Self.combine(fold, total, value)
      count += 1
    }
    guard open.isEmpty else { return id(.fold(fold, total, count, open.sorted(), ofNone: ofNone)) }
    if count == 0 { return id(.value(ofNone)) }
    if fold == .mean, case .number(let sum) = total {
      return id(.value((sum / Exact(count)).map { .number($0) } ?? .absent))
    }
    return id(.value(total))
  }

  private static func combine(_ fold: Fold, _ a: RuleValue, _ b: RuleValue) -> RuleValue {
    switch (a, b) {
    case (.absent, _): return b
    case (.number(let a), .number(let b)):
      switch fold {
      case .sum, .mean: return (a + b).map { .number($0) } ?? .absent
      case .most: return .number(max(a, b))
      case .least: return .number(min(a, b))
      }
    case (.level(let a), .level(let b)): return .level(fold == .least ? min(a, b) : max(a, b))
    default: return a
    }
  }

  func arithmetic(_ operation: Arithmetic, _ a: ID, _ b: ID) -> ID {
    guard let first = value(a), let second = value(b) else { return id(.arithmetic(operation, a, b)) }
    guard case .number(let now) = first, case .number(let then) = second else { return id(.value(.absent)) }
    let result = operation == .difference ? now - then : now.percentMore(than: then)
    return id(.value(result.map { .number($0) } ?? .absent))
  }

  func passes(_ inner: ID, _ test: AnswerTest) -> ID {
    if let value = value(inner) { return id(.truth(Self.passes(value, test))) }
    if case .reads(let leaf, let values) = nodes[inner] { return asks(leaf, values.map { Self.passes($0, test) }) }
    if case .numbers(let ranges) = test, let bounds = bounds(inner) {
      let answers = ranges.map { $0.contains(from: bounds.low, to: bounds.high) }
      if answers.contains(true) { return yes }
      if answers.allSatisfy({ $0 == false }) { return no }
    }
    if case .first(let conditions, let values) = nodes[inner] {
      // One truth a row: what gives the same truth needs no telling apart.
      let last = passes(values[values.count - 1], test)
      var result = last
      for (condition, value) in zip(conditions, values).reversed() {
        let own = passes(value, test)
        result = any([all([condition, own]), all([not(condition), result])])
      }
      return result
    }
    return id(.passes(inner, test))
  }

  private static func passes(_ value: RuleValue, _ test: AnswerTest) -> Bool {
    switch (value, test) {
    case (.level(let level), .levels(let wanted)): wanted.contains(level)
    case (.number(let number), .numbers(let ranges)): ranges.contains { $0.contains(number) }
    default: false
    }
  }

  func compares(_ comparison: Comparison, _ a: ID, _ b: ID) -> ID {
    guard let first = value(a), let second = value(b) else { return id(.compares(comparison, a, b)) }
    switch (first, second) {
    case (.number(let a), .number(let b)): return id(.truth(comparison.holds(a, b)))
    case (.level(let a), .level(let b)): return id(.truth(comparison.holds(Exact(a), Exact(b))))
    default: return no
    }
  }
}
