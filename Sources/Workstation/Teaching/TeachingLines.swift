// The text of a step, line by line: what is said, what is asked, and once revealed what is right and why.

import Grid
import ReviewCore

func teachingLines(_ state: State, width: Int) -> [Fact] {
  guard let walk = state.teaching.walk, let step = walk.step else { return [] }
  var lines = paragraphs(step.text)
  for (index, task) in walk.currentTasks.enumerated() {
    lines +=
      asked(task, walk, isHere: index == state.teaching.task && !walk.isRevealed, state.tally(walk), width)
      + [.blank]
  }
  if !walk.isRevealed {
    lines.append(.remark(whatNext(walk, state)))
  } else {
    for task in walk.currentTasks { lines += explained(task, walk, state) }
    lines += paragraphs(step.reveal)
    for quote in step.quoted { lines += [.remark("As quoted by the source paper: \(quote)."), .blank] }
  }
  if state.teaching.showsNotes, state.seesNotes {
    for note in step.notes { lines += [Fact("", "Note: \(note)", .role(.accent), indent: 0), .blank] }
  }
  while lines.last?.isBlank == true { lines.removeLast() }
  return lines
}

/// Below a question that is still open.
private func whatNext(_ walk: TeachingWalk, _ state: State) -> String {
  if state.isPresenting { return "The learners answer in private. Enter shows the answer and how they answered." }
  if state.isCovered(walk.subject.id) {
    return "Answer with its digit; nobody learns what you answered. The presenter shows the answer."
  }
  return walk.mode == .walk || walk.openTasks.isEmpty ? "Enter shows the answer." : "Answer, then Enter."
}

extension Fact {
  fileprivate var isBlank: Bool { label.isEmpty && runs.allSatisfy { $0.0.isEmpty } }
}

private func paragraphs(_ texts: [String]) -> [Fact] {
  texts.flatMap { [Fact("", $0, indent: 0), .blank] }
}

/// The question with its answers, each with its key; short answers stand on one line.
private func asked(
  _ task: TeachingTask, _ walk: TeachingWalk, isHere: Bool, _ tally: AnswerTally?, _ width: Int
) -> [Fact] {
  let answer = walk.answers[task.id]
  let ask = Fact(
    "", [(isHere ? "▸ " : "", .role(.focus, .bold)), (task.ask, Style().with(.bold))], indent: 0)
  func mark(_ index: Int) -> (String, Style) {
    let isChosen = isChosen(index, answer, task)
    guard walk.isRevealed, task.consensus != nil || task.finding == nil else {
      return isChosen ? ("●", .role(.focus, .bold)) : (" ", .plain)
    }
    if isRight(index, task) { return ("✓", .role(.good, .bold)) }
    return isChosen ? ("✗", .role(.danger, .bold)) : (" ", .plain)
  }
  if let tally {
    return [ask] + distribution(tally, task, width: width) { [mark($0), (" \($0 + 1) ", .role(.accent))] }
  }
  guard let finding = task.finding else {
    return [ask]
      + task.options.enumerated().map { index, text in
        Fact("", [mark(index), (" \(index + 1) ", .role(.accent)), (text, .plain)], indent: 1)
      }
  }
  let levels = finding.levels.enumerated().map { index, level -> Line in
    [
      mark(index), (" \(index + 1) ", .role(.accent)), (level.glyph + " " + level.title, levelStyle(level.id)),
      ("  ", .plain),
    ]
  }
  var facts = [ask] + packed(levels, width: width - 1).map { Fact("", $0, indent: 1) }
  if case .grade(let value)? = answer, !value.isAnswer {
    facts.append(Fact("", "● " + finding.words(value), .role(.warning), indent: 1))
  }
  return facts
}

/// Groups of words on as few lines as hold them, no group broken.
private func packed(_ groups: [Line], width: Int) -> [Line] {
  var lines: [Line] = [[]]
  var used = 0
  for group in groups {
    let length = group.reduce(0) { $0 + $1.0.count }
    if used > 0, used + length > width {
      lines.append([])
      used = 0
    }
    lines[lines.count - 1] += group
    used += length
  }
  return lines
}

private func isChosen(_ index: Int, _ answer: TeachingAnswer?, _ task: TeachingTask) -> Bool {
  answer.map { task.isChosen(index, in: $0) } ?? false
}

private func isRight(_ index: Int, _ task: TeachingTask) -> Bool {
  guard let finding = task.finding else { return task.answers[index].isRight }
  return task.consensus?.contains(finding.levels[index].id) ?? false
}

/// What the answer is worth, the explanations it calls for, and how often the study saw it.
private func explained(_ task: TeachingTask, _ walk: TeachingWalk, _ state: State) -> [Fact] {
  let answer = walk.answers[task.id]
  var facts: [Fact] = []
  if let answer, !state.isPresenting { facts.append(verdict(task.judge(answer), task)) }
  // A presenter can speak to every answer that somebody gave.
  let others = state.isPresenting ? state.tally(walk)?.counts.map(\.answer) ?? [] : []
  facts += task.explanations(for: answer, and: others).map { given in
    Fact("", [(given.text + ": ", Style().with(.bold)), (given.because, .plain)], indent: 0)
  }
  if let finding = task.finding, let counted = task.consensus.flatMap({ state.teaching.file.words(of: finding, $0) }) {
    facts += [.remark(counted + "."), .remark("Criterion: \(finding.definition)")]
  }
  return facts.isEmpty ? [] : facts + [.blank]
}

private func verdict(_ judgement: Judgement, _ task: TeachingTask) -> Fact {
  let consensus = task.finding.flatMap { finding in task.consensus.map { ": " + finding.words($0) } } ?? ""
  return switch judgement {
  case .agrees where task.finding != nil:
    Fact("", "✓ You agree with the consensus\(consensus).", .role(.good), indent: 0)
  case .agrees: Fact("", "✓ Right.", .role(.good), indent: 0)
  case .partly: Fact("", "◐ Part of the consensus\(consensus).", .role(.warning), indent: 0)
  case .differs where task.finding != nil:
    Fact("", "✗ The consensus is another\(consensus).", .role(.danger), indent: 0)
  case .differs: Fact("", "✗ No.", .role(.danger), indent: 0)
  case .open: Fact("", "No consensus to compare with.", .role(.muted), indent: 0)
  }
}
