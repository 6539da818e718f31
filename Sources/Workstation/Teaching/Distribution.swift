// How an audience answered, as bars: one for each answer, as long as its share of all that were given.

import ReviewCore

/// - Parameter mark: what stands before an answer of an index, from 0: right or wrong, and its key.
func distribution(_ tally: AnswerTally, _ task: TeachingTask, width: Int, mark: (Int) -> Line) -> [Fact] {
  let counts = task.options.indices.map { tally.count(option: $0, of: task) }
  var facts: [Fact] = []
  if let finding = task.finding {
    let names = finding.levels.map { $0.glyph + " " + $0.title }
    let other: [(String, Int)] = [GradeValue.notAssessable, .notAcquired].map { value in
      (finding.words(value), tally.count { $0 == .grade(value) })
    }.filter { $0.1 > 0 }
    let column = (names + other.map(\.0)).map(\.count).max() ?? 0
    let room = bar(width: width - column - 13)
    for (index, level) in finding.levels.enumerated() {
      facts.append(
        Fact(
          "",
          mark(index) + [(names[index].filled(column), levelStyle(level.id)), ("  ", .plain)]
            + room(counts[index], tally.answered), indent: 1))
    }
    facts += other.map { name, count in
      Fact("", [("     ", .plain), (name.filled(column) + "  ", .plain)] + room(count, tally.answered), indent: 1)
    }
  } else {
    let room = bar(width: width - 15)
    for (index, text) in task.options.enumerated() {
      facts.append(Fact("", mark(index) + [(text, .plain)], indent: 1))
      facts.append(Fact("", room(counts[index], tally.answered), indent: 5))
    }
  }
  return facts + [.remark(summary(tally, task))]
}

/// `5 of 6 answered, 3 as the consensus, 1 in part.`
private func summary(_ tally: AnswerTally, _ task: TeachingTask) -> String {
  let answered = "\(tally.answered) of \(tally.audience) answered"
  guard task.finding == nil || task.consensus != nil else { return answered + "." }
  let right = tally.count { task.judge($0) == .agrees }
  let partly = tally.count { task.judge($0) == .partly }
  return answered + ", \(right) " + (task.finding == nil ? "right" : "as the consensus")
    + (partly > 0 ? ", \(partly) in part." : ".")
}

private func bar(width: Int) -> (_ count: Int, _ total: Int) -> Line {
  let width = max(4, min(24, width))
  return { count, total in
    // Whoever answered is seen.
    let length = count == 0 ? 0 : max(1, (count * width + total / 2) / max(1, total))
    return [
      (String(repeating: "█", count: length), .role(.accent)),
      (String(repeating: "░", count: width - length), .role(.muted)), (" \(count)", .plain),
    ]
  }
}

extension String {
  fileprivate func filled(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
