// What a rule still remembers of open questions, as a diagram: which of them can still change its answer.

/// The value of a rule or item: a number, a level of a scale, or none.
package enum RuleValue: Hashable, Sendable {
  case number(Exact)
  /// Index of a level.
  case level(Int)
  /// Nothing to compute with, or not asked.
  case absent
  /// No row of a table held.
  case noRow
}

/// Formulas over open questions, each kept once. Open questions have numbers, the lowest of which is split first.
final class Diagram {
  typealias ID = Int

  enum Fold: Hashable { case sum, mean, most, least }
  enum Arithmetic: Hashable { case difference, percent }

  enum Node: Hashable {
    case truth(Bool)
    case value(RuleValue)
    /// One truth, or one value, a class of the open question.
    case asks(Int, [Bool])
    case reads(Int, [RuleValue])
    case not(ID)
    case all([ID])
    case any([ID])
    /// The value of the first row whose condition holds.
    case first([ID], [ID])
    /// Of what was folded already: its value and how many there were; at last, what it is of none.
    case fold(Fold, RuleValue, Int, [ID], ofNone: RuleValue)
    case arithmetic(Arithmetic, ID, ID)
    case passes(ID, AnswerTest)
    case compares(Comparison, ID, ID)
    /// What cannot be split into classes, or what no answer can cure.
    case opaque(Int, isTruth: Bool)
  }

  struct Bounds: Hashable {
    var low: Exact
    var high: Exact
  }

  private(set) var nodes: [Node] = []
  private var known: [Node: ID] = [:]
  /// The lowest open question in a node; `.max` where there is none.
  private(set) var top: [Int] = []
  private var bounds: [Bounds?] = []

  func id(_ node: Node) -> ID {
    if let id = known[node] { return id }
    let id = nodes.count
    nodes.append(node)
    known[node] = id
    top.append(top(of: node))
    bounds.append(bounds(of: node))
    return id
  }

  func truth(_ id: ID) -> Bool? { if case .truth(let truth) = nodes[id] { truth } else { nil } }
  func value(_ id: ID) -> RuleValue? { if case .value(let value) = nodes[id] { value } else { nil } }
  func bounds(_ id: ID) -> Bounds? { bounds[id] }

  private func top(of node: Node) -> Int {
    switch node {
    case .truth, .value: .max
    case .asks(let leaf, _), .reads(let leaf, _), .opaque(let leaf, _): leaf
    case .not(let inner), .passes(let inner, _): top[inner]
    case .all(let parts), .any(let parts), .fold(_, _, _, let parts, _): parts.reduce(.max) { min($0, top[$1]) }
    case .first(let conditions, let values): (conditions + values).reduce(.max) { min($0, top[$1]) }
    case .arithmetic(_, let a, let b), .compares(_, let a, let b): min(top[a], top[b])
    }
  }

  /// Between which numbers the value lies, whatever is answered; nil where that is not known, or it may be absent.
  private func bounds(of node: Node) -> Bounds? {
    switch node {
    case .value(.number(let number)): return Bounds(low: number, high: number)
    case .reads(_, let values):
      return bounds(of: values.map { if case .number(let n) = $0 { Bounds(low: n, high: n) } else { nil } })
    case .first(_, let values): return bounds(of: values.map { bounds[$0] })
    case .fold(.sum, .number(let start), _, let terms, .number(.zero)):
      var total = Bounds(low: start, high: start)
      for term in terms {
        // A term that may be absent adds nothing then.
        guard let own = bounds[term] ?? optionalBounds(nodes[term]), let low = total.low + own.low,
          let high = total.high + own.high
        else { return nil }
        total = Bounds(low: low, high: high)
      }
      return total
    default: return nil
    }
  }

  private func optionalBounds(_ node: Node) -> Bounds? {
    switch node {
    case .reads(_, let values): optionalBounds(values.map { .value($0) })
    case .first(_, let values): optionalBounds(values.map { nodes[$0] })
    default: nil
    }
  }

  private func optionalBounds(_ values: [Node]) -> Bounds? {
    var found: [Bounds?] = []
    for value in values {
      switch value {
      case .value(.absent), .value(.noRow): found.append(Bounds(low: .zero, high: .zero))
      default: found.append(known[value].flatMap { bounds[$0] } ?? bounds(of: value) ?? optionalBounds(value))
      }
    }
    return bounds(of: found)
  }

  private func bounds(of parts: [Bounds?]) -> Bounds? {
    guard let first = parts.first, var total = first else { return nil }
    for part in parts {
      guard let part else { return nil }
      total = Bounds(low: min(total.low, part.low), high: max(total.high, part.high))
    }
    return total
  }
}
