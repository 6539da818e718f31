// Answers and values in the words of a codebook.

extension Scheme {
  /// `12`, `almost complete`; *no value* for none.
  package func words(_ value: RuleValue, of rule: Int) -> String {
    switch value {
    case .number(let number): number.description
    case .level(let level): rules[rule].scale?.levels[level].title ?? "\(level)"
    case .absent: "no value"
    case .noRow: "no row holds"
    }
  }

  /// `collapse at T12`, `abscess at the baseline (not assessable)`.
  ///
  /// - Parameter examination: the one that is spoken of, which is not said.
  package func words(_ open: OpenQuestion, at examination: Int, in record: CaseRecord) -> String {
    let own = questions[open.key.question]
    var words = own.id
    if let place = open.key.place { words += " at \(body.places[place].title)" }
    if open.key.examination != examination, !own.written.isGiven {
      words +=
        open.key.examination == 0
        ? " at the baseline" : " at \(record.examinations[open.key.examination].months) months"
    }
    switch open.why {
    case .notGraded: return words
    case .notAssessable: return words + " (not assessable)"
    case .notAcquired: return words + " (not acquired)"
    case .withheld: return words + " (withheld)"
    }
  }

  /// More than nine are counted.
  package func words(_ open: [OpenQuestion], at examination: Int, in record: CaseRecord) -> String {
    if open.count <= 9 { return open.map { words($0, at: examination, in: record) }.joined(separator: ", ") }
    var (order, counts): ([Int], [Int: Int]) = ([], [:])
    for question in open.map(\.key.question) {
      if counts[question] == nil { order.append(question) }
      counts[question, default: 0] += 1
    }
    return order.map { question in
      let count = counts[question] ?? 1
      return count == 1 ? questions[question].id : "\(questions[question].id) at \(count) places"
    }.joined(separator: ", ")
  }
}

extension Scheme {
  /// The questions that a condition names, each once, in the order in which it names them.
  package func questions(in condition: Condition) -> [Int] {
    condition.leaves.reduce(into: []) { found, leaf in
      let index: Int? =
        switch leaf {
        case .term(let term): if case .question(let index) = term.subject { index } else { nil }
        case .change(let index, _, _): index
        default: nil
        }
      if let index, !found.contains(index) { found.append(index) }
    }
  }
}
