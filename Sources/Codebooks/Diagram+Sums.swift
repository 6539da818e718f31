// Sums of many questions, and tables that look at such a sum alone: what can still change them, without splitting question by
// question, which would go through every partial sum.

extension Diagram {
  /// Which open questions can still change a formula, as `read` says it.
  func whatMatters(to root: ID, classes: [Int]) -> Reading {
    addends(of: root, classes) ?? lookedUp(root) ?? read(root, classes: classes)
  }

  // MARK: sums

  /// A sum, those in it taken apart.
  private struct Sum {
    var start: Exact
    var terms: [ID]
  }

  /// Nil of anything but a sum that is 0 of nothing.
  private func sum(_ root: ID) -> Sum? {
    guard case .fold(.sum, .number(let start), _, let terms, .number(.zero)) = nodes[root] else { return nil }
    var whole = Sum(start: start, terms: [])
    for term in terms {
      guard let inner = sum(term) else {
        whole.terms.append(term)
        continue
      }
      guard let more = whole.start + inner.start else { return nil }
      whole.start = more
      whole.terms += inner.terms
    }
    return whole
  }

  /// The terms of a sum that share no question are looked through one by one: what changes one of them changes the sum,
  /// whatever becomes of the others. Nil of no sum, or of one that does not come apart.
  private func addends(of root: ID, _ classes: [Int]) -> Reading? {
    guard let sum = sum(root) else { return nil }
    let parts = independent(sum.terms)
    guard parts.count > 1 else { return nil }
    let readings = parts.map { part in
      read(fold(.sum, .number(.zero), 0, part, ofNone: .number(.zero)), classes: classes)
    }
    let matters = readings.flatMap(\.matters).sorted()
    // Where nothing can change any of them the sum is a constant still to be found.
    guard !matters.isEmpty else { return nil }
    return Reading(matters: matters, decided: nil, isExact: readings.allSatisfy(\.isExact), results: [])
  }

  /// Formulas in groups of which no two share a question.
  private func independent(_ terms: [ID]) -> [[ID]] {
    var groups: [[ID]] = []
    var groupOf: [Int: Int] = [:]
    for term in terms {
      let questions = support(term)
      let known = Set(questions.compactMap { groupOf[$0] }).sorted()
      guard let first = known.first else {
        groups.append([term])
        for question in questions { groupOf[question] = groups.count - 1 }
        continue
      }
      // What it brings together becomes one group.
      if known.count > 1 {
        for other in known.dropFirst() {
          groups[first] += groups[other]
          groups[other] = []
        }
        for (question, group) in groupOf where known.contains(group) { groupOf[question] = first }
      }
      groups[first].append(term)
      for question in questions { groupOf[question] = first }
    }
    return groups.filter { !$0.isEmpty }
  }

  // MARK: tables of a sum

  /// One row of a table that looks at a sum: for which sums, and what it gives.
  private struct Row {
    var ranges: [NumberRange]
    var isNegated: Bool
    var gives: ID
  }

  /// A table that looks at one sum and nothing else, each of whose terms is one question: a question matters if the sums that
  /// the others can come to leave a difference to its own numbers. Nil of anything else, and where there are too many sums.
  private func lookedUp(_ root: ID) -> Reading? {
    guard case .first(let conditions, let values) = nodes[root], values.allSatisfy({ value($0) != nil }) else {
      return nil
    }
    var looksAt: ID?
    var rows: [Row] = []
    for (condition, gives) in zip(conditions, values) {
      var (inner, isNegated) = (condition, false)
      if case .not(let other) = nodes[condition] { (inner, isNegated) = (other, true) }
      guard case .passes(let sum, .numbers(let ranges)) = nodes[inner], looksAt ?? sum == sum else { return nil }
      looksAt = sum
      rows.append(Row(ranges: ranges, isNegated: isNegated, gives: gives))
    }
    guard let sum = looksAt.flatMap({ sum($0) }), let last = values.last, let steps = Steps(sum, in: nodes) else {
      return nil
    }
    let gives = (0...steps.span).map { step -> ID in
      let number = steps.number(step)
      return rows.first { row in row.ranges.contains { $0.contains(number) } != row.isNegated }?.gives ?? last
    }
    let matters = steps.leaves.indices.filter { index in
      let own = steps.leaves[index].steps
      return (0...steps.span - own[own.count - 1]).contains { rest in
        own.contains { gives[rest + $0] != gives[rest + own[0]] } && steps.canReach(rest, without: index)
      }
    }
    guard !matters.isEmpty else { return nil }
    return Reading(
      matters: matters.map { steps.leaves[$0].question }.sorted(), decided: nil, isExact: true, results: [])
  }

  /// The numbers that the terms of a sum can come to, as whole steps above the least sum.
  private struct Steps {
    struct Leaf {
      var question: Int
      /// Above its least number, each once.
      var steps: [Int]
    }

    var leaves: [Leaf] = []
    /// From the least sum to the greatest.
    var span = 0
    private var least = Exact.zero
    private var perUnit: Int128 = 1
    /// The sums that the leaves before one, and from one on, can come to.
    private var before: [[Bool]] = []
    private var from: [[Bool]] = []

    /// Above it nobody would wait for it.
    private static let limit = 4096

    /// Nil where a term is no single question, two are the same, or there are too many steps.
    init?(_ sum: Sum, in nodes: [Node]) {
      var numbers: [(question: Int, of: [Exact])] = []
      for term in sum.terms {
        guard case .reads(let question, let values) = nodes[term], !numbers.contains(where: { $0.question == question })
        else { return nil }
        numbers.append((question, values.map { if case .number(let number) = $0 { number } else { .zero } }))
      }
      for number in numbers.flatMap(\.of) + [sum.start] {
        guard number.denominator > 0, number.denominator < 1_000_000, perUnit < 1_000_000_000 else { return nil }
        perUnit = perUnit / Self.divisor(perUnit, number.denominator) * number.denominator
      }
      var total: Exact? = sum.start
      for (question, values) in numbers {
        guard let low = values.min() else { return nil }
        var steps: Set<Int> = []
        for value in values {
          guard let above = value - low, let count = Int(exactly: above.numerator * (perUnit / above.denominator)),
            count < Self.limit
          else { return nil }
          steps.insert(count)
        }
        leaves.append(Leaf(question: question, steps: steps.sorted()))
        span += steps.max() ?? 0
        guard span < Self.limit else { return nil }
        total = total.flatMap { $0 + low }
      }
      guard let total else { return nil }
      least = total
      before = leaves.reduce(into: [Self.start(span)]) { $0.append(Self.adding($1, to: $0[$0.count - 1])) }
      from = leaves.reversed().reduce(into: [Self.start(span)]) { $0.append(Self.adding($1, to: $0[$0.count - 1])) }
      from.reverse()
    }

    func number(_ step: Int) -> Exact { (Exact(step) / Exact(Int(perUnit))).flatMap { least + $0 } ?? least }

    /// Whether all leaves but one can come to a sum.
    func canReach(_ sum: Int, without index: Int) -> Bool {
      let (some, others) = (before[index], from[index + 1])
      return (0...sum).contains { some[$0] && others[sum - $0] }
    }

    private static func start(_ span: Int) -> [Bool] {
      var reached = [Bool](repeating: false, count: span + 1)
      reached[0] = true
      return reached
    }

    private static func adding(_ leaf: Leaf, to reached: [Bool]) -> [Bool] {
      var next = [Bool](repeating: false, count: reached.count)
      for at in steps(reached) {
        for step in leaf.steps where at + step < next.count { next[at + step] = true }
      }
      return next
    }

    private static func steps(_ reached: [Bool]) -> [Int] { reached.indices.filter { reached[$0] } }

    private static func divisor(_ a: Int128, _ b: Int128) -> Int128 {
      var (a, b) = (a, b)
      while b != 0 { (a, b) = (b, a % b) }
      return a
    }
  }
}
