// Which answers to a question conditions and rules tell apart: one answer stands for all that they treat alike.

extension Scheme {
  /// The most classes that are looked through one by one.
  private static let limit = 128

  /// Every condition of the codebook.
  private var everyCondition: [Condition] {
    var all = questions.compactMap(\.when) + conditions.flatMap { $0.parts.map(\.when) }
    for rule in rules {
      switch rule.form {
      case .firstOf(let rows): all += rows.compactMap(\.when) + rows.compactMap { $0.called?.when }
      case .count(let condition, _): all.append(condition)
      default: break
      }
    }
    return all + (checks + flags + atlas + criteria.flatMap(\.parts)).map(\.when)
  }

  /// What is asked of a question anywhere in the codebook.
  private struct Uses {
    var tests: [AnswerTest] = []
    /// A rule or condition computes with the answer itself.
    var isComputed = false
  }

  private var usesByQuestion: [Uses] {
    var uses = Array(repeating: Uses(), count: questions.count)
    for leaf in everyCondition.flatMap(\.leaves) {
      switch leaf {
      case .term(let term):
        if case .question(let index) = term.subject { uses[index].tests.append(term.test) }
      case .change(let index, _, _): uses[index].isComputed = true
      default: break
      }
    }
    for rule in rules {
      for case .question(let index) in rule.items { uses[index].isComputed = true }
    }
    for (index, question) in questions.enumerated() {
      // What is asked of a follow-up finding may be answered at the baseline by another one.
      if let now = question.now { uses[index].tests += uses[now].tests }
      uses[index].tests = Array(Set(uses[index].tests))
    }
    return uses
  }

  /// Settles which answers are told apart, of every question.
  mutating func settleClasses() {
    for (index, uses) in usesByQuestion.enumerated() {
      let asksState = uses.tests.contains { if case .state = $0 { true } else { false } }
      let states: [Answer] = asksState ? [.notAssessable, .notAcquired] : []
      let question = questions[index]
      questions[index].classes = answers(question, uses).map { $0 + states }
      // Graded at some places only: what can be told of the finding as a whole is which levels occur.
      guard question.family != nil, !question.asksEveryPlace, question.scale.kind != .number, !uses.isComputed else {
        continue
      }
      questions[index].wholeClasses = sets(question, atMost: nil, uses).map { $0 + states }
    }
  }

  private func answers(_ question: Question, _ uses: Uses) -> [Answer]? {
    switch question.scale.kind {
    case .choice: question.levels.indices.map { Answer.levels([$0]) }
    case .set: sets(question, atMost: question.scale.atMost, uses)
    case .number: numbers(question.scale, uses)
    case .places: placeLists(question, uses.tests)
    }
  }

  private func sets(_ question: Question, atMost: Int?, _ uses: Uses) -> [Answer]? {
    let count = question.levels.count
    guard count <= 12 else { return nil }
    var found: [[Bool?]: Answer] = [:]
    var order: [Answer] = []
    for bits in 1..<(1 << count) where bits.nonzeroBitCount <= atMost ?? count {
      let answer = Answer.levels((0..<count).filter { bits >> $0 & 1 == 1 })
      let signature =
        uses.tests.map { $0.holds(answer, in: body) } + (uses.isComputed ? (0..<count).map { bits >> $0 & 1 == 1 } : [])
      if found.updateValue(answer, forKey: signature) == nil { order.append(answer) }
    }
    return order.count <= Self.limit ? order : nil
  }

  private func numbers(_ scale: AnswerScale, _ uses: Uses) -> [Answer]? {
    if uses.isComputed {
      guard let low = scale.from, let high = scale.to, let step = scale.step ?? Exact("1") else { return nil }
      var (numbers, next): ([Answer], Exact?) = ([], low)
      while let number = next, number <= high {
        guard numbers.count < Self.limit else { return nil }
        numbers.append(.number(number))
        next = number + step
      }
      return numbers
    }
    let limits = Set(
      uses.tests.flatMap { test -> [Exact] in
        if case .numbers(let ranges) = test { ranges.flatMap { [$0.low, $0.high].compactMap { $0 } } } else { [] }
      }
    ).sorted()
    guard let first = limits.first, let last = limits.last else { return [.number(scale.from ?? .zero)] }
    var candidates = [scale.from, scale.to].compactMap { $0 }
    if let step = scale.step {
      // Between two steps there is no number that anybody could give.
      candidates += limits.flatMap { $0.steps(of: step, from: scale.from ?? .zero) }
      candidates.removeAll { !$0.isStep(of: step, from: scale.from ?? .zero) }
    } else {
      candidates += limits + [first - Exact(1), last + Exact(1)].compactMap { $0 }
      candidates += zip(limits, limits.dropFirst()).compactMap { pair in (pair.0 + pair.1).flatMap { $0 / Exact(2) } }
    }
    let kept = Set(candidates).sorted().filter { number in
      (scale.from.map { $0 <= number } ?? true) && (scale.to.map { number <= $0 } ?? true)
    }
    return kept.count <= Self.limit ? kept.map { .number($0) } : nil
  }

  /// Naming places unites what each of them passes: all that can be united is.
  private func placeLists(_ question: Question, _ tests: [AnswerTest]) -> [Answer]? {
    func signature(_ named: [NamedPlace]) -> [Bool?] { tests.map { $0.holds(.places(named), in: body) } }
    var all = question.places.map { NamedPlace.place($0) }
    if question.scale.takesExtents { all += body.extents.indices.map { .extent($0) } }
    // Two places that pass the same tests are two places all the same: of each kind two are tried.
    var kinds: [[Bool?]: Int] = [:]
    let tried = all.filter { place in
      kinds[signature([place]), default: 0] += 1
      return kinds[signature([place])] ?? 0 <= 2
    }
    var seen: Set<[Bool?]> = [signature([])]
    var found: [[NamedPlace]] = [[]]
    var fresh = found
    for _ in 0..<min(question.scale.atMost ?? .max, question.places.count) {
      var next: [[NamedPlace]] = []
      for known in fresh {
        for place in tried where !known.contains(place) && seen.insert(signature(known + [place])).inserted {
          next.append(known + [place])
        }
      }
      found += next
      guard found.count <= Self.limit else { return nil }
      if next.isEmpty { break }
      fresh = next
    }
    return found.map { .places($0) }
  }
}
