// What is said of an answer once it is shown: of this case first, then what holds of every case.

import Grid
import ReviewCore

/// What the answer is worth, and the explanations it calls for.
func explained(_ task: TeachingTask, _ walk: TeachingWalk, _ state: State) -> [Fact] {
  let answer = walk.answers[task.id]
  var facts: [Fact] = []
  if let answer, !state.isPresenting { facts += verdict(task, answer) }
  // A presenter can speak to every answer that somebody gave.
  let others = state.isPresenting ? state.tally(walk)?.counts.map(\.answer) ?? [] : []
  // Without bars the comments on a choice stand with its answers.
  let isTold = task.finding == nil && state.tally(walk) == nil
  facts += (isTold ? [] : task.explanations(for: answer, and: others)).filter { !walk.isHeld($0.because) }.map {
    given in
    Fact("", [(given.text + ": ", Style().with(.bold)), (given.because, .plain)], indent: 0)
  }
  return facts.isEmpty ? [] : facts + [.blank]
}

/// How often the study saw what is right, and by what it is told; made-up cases are counted for nothing.
func general(_ task: TeachingTask, _ walk: TeachingWalk, _ state: State) -> [Fact] {
  guard let finding = task.finding, let consensus = task.consensus else { return [] }
  let counted =
    walk.subject.isConstructed
    ? nil : state.file(including: walk.subject.id).comparable(to: walk.subject).words(of: finding, consensus)
  return (counted.map { [.remark($0 + ".")] } ?? []) + [.remark("Criterion: \(finding.definition)"), .blank]
}

/// An impression is judged when the diagnosis is shown, not before.
private func verdict(_ task: TeachingTask, _ answer: TeachingAnswer) -> [Fact] {
  if task.diagnosis != nil { return [.remark("The answer comes with the diagnosis.")] }
  let consensus = task.finding.flatMap { finding in task.consensus.map { ": " + finding.words($0) } } ?? ""
  let fact =
    switch task.judge(answer) {
    case .agrees where task.finding != nil:
      Fact("", "✓ You agree with the consensus\(consensus).", .role(.good), indent: 0)
    case .agrees: Fact("", "✓ Right.", .role(.good), indent: 0)
    case .partly: Fact("", "◐ Part of the consensus\(consensus).", .role(.warning), indent: 0)
    case .differs where task.finding != nil:
      Fact("", "✗ The consensus differs\(consensus).", .role(.danger), indent: 0)
    case .differs: Fact("", "✗ No.", .role(.danger), indent: 0)
    case .open: Fact("", "There is no consensus on this to compare with.", .role(.muted), indent: 0)
    }
  return [fact]
}
