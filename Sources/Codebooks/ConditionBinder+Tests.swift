// What stands behind a term's colon.

extension ConditionBinder {
  func numbers(_ term: ConditionSyntax.Term) throws(ConditionFault) -> AnswerTest {
    var ranges: [NumberRange] = []
    for part in alternatives(term) { ranges.append(try range(part.text, part.offset, of: term.name)) }
    return .numbers(ranges)
  }

  private func alternatives(_ term: ConditionSyntax.Term) -> [(text: String, offset: Int)] {
    var parts: [(String, Int)] = []
    var offset = term.testOffset
    for part in term.test.unicodeScalars.split(separator: "|", omittingEmptySubsequences: false) {
      parts.append((String(part), offset))
      offset += part.count + 1
    }
    return parts
  }

  private func range(_ text: String, _ offset: Int, of name: String) throws(ConditionFault) -> NumberRange {
    if let comparison = Comparison(beginning: text),
      let limit = Exact(comparison.operand(of: text))
    {
      return comparison.range(limit)
    }
    if let number = Exact(text) { return NumberRange(low: number, high: number) }
    let ends = ends(text)
    if let ends, let low = Exact(ends.0), let high = Exact(ends.1), low <= high {
      return NumberRange(low: low, high: high)
    }
    throw ConditionFault(
      offset: offset, message: "‘\(text)’ is not a number; write \(name):5, \(name):<5, \(name):>=5 or \(name):5..10")
  }

  private func ends(_ text: String) -> (String, String)? {
    let scalars = Array(text.unicodeScalars)
    guard let dots = scalars.indices.dropLast().first(where: { scalars[$0] == "." && scalars[$0 + 1] == "." }) else {
      return nil
    }
    func string(_ part: ArraySlice<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(part)) }
    return (string(scalars[..<dots]), string(scalars[(dots + 2)...]))
  }

  func test(_ term: ConditionSyntax.Term, _ scale: AnswerScale, _ question: Question?) throws(ConditionFault)
    -> AnswerTest
  {
    if let question, let state = AnswerState(word: term.test) {
      guard !question.written.isGiven || state == .graded else {
        throw ConditionFault(
          offset: term.testOffset, message: "‘\(term.name)’ is given and not graded; ask for its level")
      }
      return .state(state)
    }
    switch scale.kind {
    case .number: return try numbers(term)
    case .places: return try places(term, question)
    case .choice, .set:
      var levels: Set<Int> = []
      for part in alternatives(term) { levels.formUnion(try self.levels(part.text, part.offset, of: term.name, scale)) }
      return .levels(levels)
    }
  }

  private func levels(
    _ text: String, _ offset: Int, of name: String, _ scale: AnswerScale
  ) throws(ConditionFault) -> Set<Int> {
    if let level = scale.level(text) { return [level] }
    if let comparison = Comparison(beginning: text) {
      let limit = try level(comparison.operand(of: text), offset, of: name, scale)
      try needsOrder(scale, offset, of: name)
      return Set(scale.ranks.filter { comparison.holds(Exact($0), Exact(limit)) })
    }
    if let ends = ends(text) {
      let (low, high) = (try level(ends.0, offset, of: name, scale), try level(ends.1, offset, of: name, scale))
      try needsOrder(scale, offset, of: name)
      return Set(scale.ranks.filter { low <= $0 && $0 <= high })
    }
    return [try level(text, offset, of: name, scale)]
  }

  private func level(_ text: String, _ offset: Int, of name: String, _ scale: AnswerScale) throws(ConditionFault) -> Int
  {
    if let level = scale.level(text) { return level }
    let known = scale.levels.map(\.id.text)
    throw ConditionFault(
      offset: offset,
      message: "\(name): there is no ‘\(text)’; " + cure(text, known) + known.prefix(12).joined(separator: ", "))
  }

  private func needsOrder(_ scale: AnswerScale, _ offset: Int, of name: String) throws(ConditionFault) {
    guard !scale.isOrdered else { return }
    throw ConditionFault(
      offset: offset,
      message: "the levels of ‘\(name)’ have no order; name them with |, or give its scale ‘ordered: yes’")
  }

  private func places(_ term: ConditionSyntax.Term, _ question: Question?) throws(ConditionFault) -> AnswerTest {
    if term.test == "none" { return .noPlace }
    if term.test == "several" { return .several }
    var places: Set<Int> = []
    for part in alternatives(term) {
      guard let named = scheme.body.named(part.text) else {
        throw ConditionFault(
          offset: part.offset,
          message: "\(term.name): there is no place ‘\(part.text)’"
            + (nearest(part.text, scheme.body.words).map { "; did you mean ‘\($0)’?" } ?? ", region or run of places"))
      }
      places.formUnion(named)
    }
    return .places(places)
  }
}

extension AnswerScale {
  /// The index of a level.
  package func level(_ id: String) -> Int? { levels.firstIndex { $0.id.text.isSameID(as: id) } }

  /// The levels that stand in the order.
  var ranks: [Int] { levels.indices.filter { !levels[$0].isOffScale } }

  /// What a level is in arithmetic: its points, else the number that is its id.
  func number(of level: Int) -> Exact? { levels[level].points ?? Exact(levels[level].id.text) }
}
