// What is answered to a question, and which tests an answer passes.

/// Places as somebody names them.
package enum NamedPlace: Hashable, Sendable {
  case place(Int)
  /// Of the body's extents.
  case extent(Int)
  case run(Int, Int)

  func covered(in body: Body) -> Set<Int> {
    switch self {
    case .place(let place): [place]
    case .extent(let extent): body.covering(body.extents[extent].places)
    case .run(let first, let last): body.covering(Set(first...last))
    }
  }
}

package enum Answer: Hashable, Sendable {
  /// Indices of levels, in code order: one of a choice, one or more of a set.
  case levels([Int])
  case number(Exact)
  /// Empty for *none*, which is an answer.
  case places([NamedPlace])
  case notAssessable
  case notAcquired

  package var isAnswer: Bool { self != .notAssessable && self != .notAcquired }
}

/// What becomes of a question, beside its answer.
package enum AnswerState: String, CaseIterable, Hashable, Sendable {
  case graded
  case notAsked = "not-asked"
  case notAssessable = "not-assessable"
  case notAcquired = "not-acquired"
  /// Not assessable or not acquired.
  case unassessed

  init?(word: String) {
    guard let state = Self.allCases.first(where: { $0.rawValue.isSameID(as: word) }) else { return nil }
    self = state
  }
}

/// A run of numbers, without its ends where they are open.
package struct NumberRange: Hashable, Sendable {
  var low: Exact?
  var isLowOpen = false
  var high: Exact?
  var isHighOpen = false

  func contains(_ number: Exact) -> Bool {
    (low.map { isLowOpen ? $0 < number : $0 <= number } ?? true)
      && (high.map { isHighOpen ? number < $0 : number <= $0 } ?? true)
  }

  /// Nil where some numbers from `low` to `high` are in it and others are not.
  func contains(from low: Exact?, to high: Exact?) -> Bool? {
    if let low, let high, contains(low), contains(high) { return true }
    if let low, high == nil, self.high == nil, contains(low) { return true }
    if let high, let own = self.low, isLowOpen ? high <= own : high < own { return false }
    if let low, let own = self.high, isHighOpen ? low >= own : low > own { return false }
    return nil
  }
}

package enum Comparison: String, CaseIterable, Hashable, Sendable {
  // The longer ones first: `<=` begins with `<`.
  case atMost = "<="
  case atLeast = ">="
  case less = "<"
  case more = ">"
  case equal = "="

  /// The sign that a test begins with.
  init?(beginning text: String) {
    guard let found = Self.allCases.first(where: { text.utf8.starts(with: $0.rawValue.utf8) }) else { return nil }
    self = found
  }

  func operand(of text: String) -> String { String(decoding: text.utf8.dropFirst(rawValue.utf8.count), as: UTF8.self) }

  func holds(_ a: Exact, _ b: Exact) -> Bool {
    switch self {
    case .atMost: a <= b
    case .atLeast: a >= b
    case .less: a < b
    case .more: a > b
    case .equal: a == b
    }
  }

  func range(_ limit: Exact) -> NumberRange {
    switch self {
    case .atMost: NumberRange(high: limit)
    case .atLeast: NumberRange(low: limit)
    case .less: NumberRange(high: limit, isHighOpen: true)
    case .more: NumberRange(low: limit, isLowOpen: true)
    case .equal: NumberRange(low: limit, high: limit)
    }
  }
}

/// What a term asks of its subject.
package enum AnswerTest: Hashable, Sendable {
  case levels(Set<Int>)
  case numbers([NumberRange])
  case places(Set<Int>)
  case several
  case noPlace
  case state(AnswerState)

  /// Nil where the answer is none, so that it cannot be told.
  func holds(_ answer: Answer, in body: Body) -> Bool? {
    if case .state(let state) = self {
      switch state {
      case .graded: return answer.isAnswer
      case .notAsked: return false
      case .notAssessable: return answer == .notAssessable
      case .notAcquired: return answer == .notAcquired
      case .unassessed: return !answer.isAnswer
      }
    }
    switch (self, answer) {
    case (_, .notAssessable), (_, .notAcquired): return nil
    case (.levels(let wanted), .levels(let levels)): return !wanted.isDisjoint(with: levels)
    case (.numbers(let ranges), .number(let number)): return ranges.contains { $0.contains(number) }
    case (.places(let wanted), .places(let named)):
      return named.contains { !wanted.isDisjoint(with: $0.covered(in: body)) }
    case (.noPlace, .places(let named)): return named.isEmpty
    case (.several, .places(let named)): return named.count > 1 || named.contains { body.isSeveral($0) }
    default: return false
    }
  }
}

extension Body {
  fileprivate func isSeveral(_ named: NamedPlace) -> Bool {
    if case .extent(let extent) = named, extents[extent].countsAsOne { return false }
    return named.covered(in: self).count > 1
  }
}
