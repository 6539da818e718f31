// A condition whose names are bound.

/// At which examination a term looks.
package enum ExaminationTime: String, CaseIterable, Hashable, Sendable {
  case now
  case baseline, previous
  /// The examination that is compared with.
  case before
  case last
  /// Some examination.
  case any

  static let prefixes: [ExaminationTime] = [.baseline, .previous, .before, .last, .any]
}

/// What an examination is compared with.
package enum ComparedWith: String, Hashable, Sendable { case baseline, previous }

package indirect enum Condition: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    case question(Int)
    case rule(Int)
    case series(Int)
    case months
  }

  package struct Term: Hashable, Sendable {
    var subject: Subject
    var time: ExaminationTime
    var test: AnswerTest
    /// As written, for messages.
    var text: String
  }

  case term(Term)
  /// The subject's value against its own at another examination.
  case change(Int, Comparison, ExaminationTime)
  /// A condition that has a name.
  case named(Int)
  case not(Condition)
  case all([Condition])
  case any([Condition])
  /// At one place of a family, or at each.
  case somewhere(Family, Condition)
  case everywhere(Family, Condition)

  /// Every term and named condition, in the order of the text.
  var leaves: [Condition] {
    switch self {
    case .term, .change, .named: [self]
    case .not(let inner), .somewhere(_, let inner), .everywhere(_, let inner): inner.leaves
    case .all(let parts), .any(let parts): parts.flatMap(\.leaves)
    }
  }
}

/// The places over which a finding or rule runs.
package enum Family: Hashable, Sendable {
  /// Those that the answer to a question names.
  case named(Int)
  case places([Int])
}
