// Splits a formula by its open questions: one matters if and only if it stands in the reduced diagram (Bryant, "Graph-Based
// Algorithms for Boolean Function Manipulation", 1986, with more than two branches and more than two ends).

extension Diagram {
  /// What became of a formula.
  struct Reading {
    /// Open questions that can still change it, in order; exact unless `isExact` is false.
    var matters: [Int]
    /// The constant, where nothing can change it any more.
    var decided: ID?
    var isExact: Bool
    /// The constants that it can still become, as far as they were found.
    var results: Set<ID>
  }

  /// - Parameters:
  ///   - classes: how many answers are told apart, by open question.
  ///   - limit: states that are looked through.
  func read(_ root: ID, classes: [Int], limit: Int = 4096) -> Reading {
    var walk = Walk(diagram: self, classes: classes, limit: limit)
    guard let reduced = walk.reduce(root) else {
      return Reading(matters: support(root), decided: nil, isExact: false, results: walk.constants)
    }
    return Reading(
      matters: walk.questions(from: reduced), decided: reduced >= 0 ? reduced : nil, isExact: true,
      results: walk.constants)
  }

  /// Answers that lead from a formula to a constant: open questions with the class chosen. Nil where none do.
  func path(to end: ID, from root: ID, classes: [Int]) -> [(question: Int, chosen: Int)]? {
    var dead: Set<ID> = []
    func go(_ node: ID) -> [(question: Int, chosen: Int)]? {
      if node == end { return [] }
      let leaf = top[node]
      guard leaf != .max, !dead.contains(node), dead.count < 4096 else { return nil }
      for chosen in 0..<classes[leaf] {
        var memo: [ID: ID] = [:]
        let next = substitute(node, leaf, chosen, &memo)
        // What is opaque stays the same whatever the answer.
        if next != node, let rest = go(next) { return [(leaf, chosen)] + rest }
      }
      dead.insert(node)
      return nil
    }
    return go(root)
  }

  func constant(_ id: ID) -> Bool { top[id] == .max }

  /// Every open question in a formula.
  func support(_ root: ID) -> [Int] {
    var (found, seen): (Set<Int>, Set<ID>) = ([], [])
    var open = [root]
    while let node = open.popLast() {
      guard seen.insert(node).inserted else { continue }
      switch nodes[node] {
      case .truth, .value: break
      case .asks(let leaf, _), .reads(let leaf, _), .opaque(let leaf, _): found.insert(leaf)
      case .not(let inner), .passes(let inner, _): open.append(inner)
      case .all(let parts), .any(let parts), .fold(_, _, _, let parts, _): open += parts
      case .first(let conditions, let values): open += conditions + values
      case .arithmetic(_, let a, let b), .compares(_, let a, let b): open += [a, b]
      }
    }
    return found.sorted()
  }

  /// The formula once an open question has the answer of a class. The question must be the lowest of the formula.
  fileprivate func substitute(_ root: ID, _ leaf: Int, _ chosen: Int, _ memo: inout [ID: ID]) -> ID {
    guard top[root] == leaf else { return root }
    if let known = memo[root] { return known }
    func inner(_ id: ID) -> ID { substitute(id, leaf, chosen, &memo) }
    let result: ID
    switch nodes[root] {
    case .truth, .value, .opaque: result = root
    case .asks(_, let truths): result = id(.truth(truths[chosen]))
    case .reads(_, let values): result = id(.value(values[chosen]))
    case .not(let part): result = not(inner(part))
    case .all(let parts): result = all(parts.map(inner))
    case .any(let parts): result = any(parts.map(inner))
    case .first(let conditions, let values):
      let rows = zip(conditions, values).map { (when: inner($0), value: inner($1)) }
      result = first(rows + [(when: yes, value: inner(values[values.count - 1]))], otherwise: .noRow)
    case .fold(let kind, let start, let count, let terms, let ofNone):
      result = fold(kind, start, count, terms.map(inner), ofNone: ofNone)
    case .arithmetic(let operation, let a, let b): result = arithmetic(operation, inner(a), inner(b))
    case .passes(let part, let test): result = passes(inner(part), test)
    case .compares(let comparison, let a, let b): result = compares(comparison, inner(a), inner(b))
    }
    memo[root] = result
    return result
  }

  private struct Walk {
    let diagram: Diagram
    let classes: [Int]
    let limit: Int
    /// What each formula is reduced to: a constant, or a number below 0 for a split.
    private var reduced: [ID: Int] = [:]
    private var splits: [Split: Int] = [:]
    private var byNumber: [Split] = []
    private(set) var constants: Set<ID> = []

    private struct Split: Hashable {
      var leaf: Int
      var kids: [Int]
    }

    init(diagram: Diagram, classes: [Int], limit: Int) {
      (self.diagram, self.classes, self.limit) = (diagram, classes, limit)
    }

    /// Nil above the limit, or where a question cannot be split.
    mutating func reduce(_ root: ID) -> Int? {
      if let known = reduced[root] { return known }
      let leaf = diagram.top[root]
      if leaf == .max {
        constants.insert(root)
        return root
      }
      guard reduced.count < limit, classes[leaf] > 0 else { return nil }
      var kids: [Int] = []
      for chosen in 0..<classes[leaf] {
        var memo: [ID: ID] = [:]
        let next = diagram.substitute(root, leaf, chosen, &memo)
        // What is opaque stays the same whatever the answer.
        guard next != root, let kid = reduce(next) else { return nil }
        kids.append(kid)
      }
      let result: Int
      if kids.allSatisfy({ $0 == kids[0] }) {
        result = kids[0]
      } else {
        let split = Split(leaf: leaf, kids: kids)
        if let known = splits[split] {
          result = known
        } else {
          byNumber.append(split)
          result = -byNumber.count
          splits[split] = result
        }
      }
      reduced[root] = result
      return result
    }

    func questions(from root: Int) -> [Int] {
      var (found, seen): (Set<Int>, Set<Int>) = ([], [])
      var open = [root]
      while let node = open.popLast() {
        guard node < 0, seen.insert(node).inserted else { continue }
        found.insert(byNumber[-node - 1].leaf)
        open += byNumber[-node - 1].kids
      }
      return found.sorted()
    }
  }
}
