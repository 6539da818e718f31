// After a quiz: each answer beside the consensus, then every finding over all cases.

import Agreement
import Foundation
import Grid
import ReviewCore

extension Commands {
  private static let command = CommandMaker(.score)

  private static func nextCase(_ state: State) -> CaseID? {
    let cases = state.teaching.cases
    guard let id = state.teaching.walk?.subject.id, let index = cases.firstIndex(where: { $0.id == id }),
      cases.indices.contains(index + 1)
    else { return nil }
    return cases[index + 1].id
  }

  /// What was missed of this case, else of the first case with something missed.
  private static func missed(_ state: State) -> (id: CaseID, tasks: Set<TeachingTask.ID>)? {
    let missed = state.teaching.results.missed
    let here = state.teaching.walk?.subject.id
    let order = [here].compactMap { $0 } + state.teaching.cases.map(\.id)
    return order.lazy.compactMap { id in missed[id].map { (id, $0) } }.first
  }

  private static func scroll(_ id: String, _ title: String, _ keys: [Key], by step: @escaping @Sendable (State) -> Int)
    -> Command
  {
    command("scroll.\(id)", title, keys) { state in
      let area = state.body.inset(by: 2, 0)
      let rows = scoreLines(state).reduce(0) { $0 + $1.rows(width: area.width) }
      state.teaching.scroll = max(0, min(rows - area.height, state.teaching.scroll + step(state)))
      return []
    }
  }

  static let score: [Command] = [
    command(
      "next", "quiz the next case", [.enter, .character("]")], hint: "next case",
      whyNot: { state in
        if state.teaching.wantsDue { return nil }
        return nextCase(state) == nil ? "this was the last case; r repeats what was missed, l lists the cases" : nil
      }
    ) { state in
      if state.teaching.wantsDue { return state.quizDue() }
      return nextCase(state).map { state.teach($0, mode: .quiz) } ?? []
    },
    command("due", "quiz what is due again", [.character("d")]) { state in
      state.teaching.wantsDue = true
      return state.quizDue()
    },
    command(
      "repeat", "repeat what was missed", [.character("r")], hint: "repeat missed",
      whyNot: { missed($0) == nil ? "nothing was missed" : nil }
    ) { state in missed(state).map { state.teach($0.id, mode: .quiz, only: $0.tasks) } ?? [] },
    scroll("down", "scroll down", [.down, .character("j")]) { _ in 1 },
    scroll("up", "scroll up", [.up, .character("k")]) { _ in -1 },
    scroll("pageDown", "a screen down", [.pageDown, .character(" ")]) { $0.body.height },
    scroll("pageUp", "a screen up", [.pageUp]) { -$0.body.height },
  ]

  /// From everywhere in the teaching file.
  static let openScore = Command(
    "score", "show how your answers compare with the consensus", keys: [.character("s")], on: [.teaching, .atlas],
    whyNot: { $0.teaching.results.entries.isEmpty ? "no question has been answered yet; g quizzes the case" : nil }
  ) { state in
    state.teaching.scroll = 0
    state.push(.score)
    return []
  }
}

func scoreHead(_ state: State) -> [(String, Style)] {
  let all = state.teaching.results.score()
  return [
    ("Score", .role(.heading, .bold)), ("  \(all.agreed) of \(all.answered) ", .role(.accent)),
    ("first grades agree with the consensus, over all cases", .role(.muted)),
  ]
}

func renderScore(_ state: State, _ canvas: inout Canvas) {
  drawScrolled(scoreLines(state), scroll: state.teaching.scroll, into: &canvas, state.body.inset(by: 2, 0))
}

private func scoreLines(_ state: State) -> [Fact] {
  caseLines(state) + findingLines(state) + otherLines(state)
    + [
      .blank,
      .remark(
        "Only the first answer counts; repeating does not overwrite it. AC1 is Gwet's coefficient of agreement between "
          + "you and the consensus, corrected for chance; it is not a mark. With few cases it says little."),
    ]
}

private func head(_ text: String) -> Fact { Fact("", text, .role(.heading, .bold), indent: 0) }

/// The answers of the case that was walked through last.
private func caseLines(_ state: State) -> [Fact] {
  guard let walk = state.teaching.walk else { return [] }
  let whole = TeachingWalk(walk.subject, mode: .quiz, codebook: state.session.codebook)
  // What an open quiz still asks is not read up here.
  let asked = Set(state.teaching.openQuiz(walk.subject.id)?.unrevealedTasks.map(\.id) ?? [])
  let lines = zip(whole.script.steps, whole.tasks).flatMap { step, tasks in
    tasks.filter { !asked.contains($0.id) }.compactMap { task -> Fact? in
      if let entry = state.teaching.results.entry(walk.subject.id, task.id) { return line(task, entry, at: step) }
      let open = state.teaching.results.open(walk.subject.id).first { $0.task == task.id }
      return open.map { Fact(title(task, step), leftOpen($0.at), indent: 34) }
    }
  }
  guard !lines.isEmpty else { return [] }
  let results = state.teaching.results
  let name = state.teaching.isNamed ? "Case \(walk.subject.id)" : walk.script.neutralTitle
  let score = results.score(walk.subject.id)
  return [head("\(name): \(score.agreed) of \(score.answered) grades\(others(walk.subject.id, results))")] + lines
    + [.blank]
}

/// `, choices 3 of 4, impression 0 of 1`.
private func others(_ id: CaseID?, _ results: LearnerResults) -> String {
  let kinds: [(LearnerResults.Kind, String)] = [(.choice, "choices"), (.impression, "impression")]
  return kinds.map { kind, word in
    let score = results.score(id, kind)
    return score.answered == 0 ? "" : ", \(word) \(score.agreed) of \(score.answered)"
  }.joined()
}

private func line(_ task: TeachingTask, _ entry: LearnerResults.Entry, at step: TeachingStep) -> Fact {
  if let date = entry.leftOpen {
    let last = entry.last
    let again: Line = [("   again ", .role(.muted)), (glyph(last.judgement).0 + " ", glyph(last.judgement).1)]
    return Fact(
      title(task, step), leftOpen(date) + again + [(last.words, .plain)] + right(task, unless: last), indent: 34)
  }
  let first = entry.first
  let date = day(first.at).map { "   " + $0 } ?? ""
  let again = entry.attempts.count > 1 ? "   again \(glyph(entry.last.judgement).0)" : ""
  return Fact(
    title(task, step),
    [(glyph(first.judgement).0 + " ", glyph(first.judgement).1), (first.words, .plain)] + right(task, unless: first)
      + (first.judgement == .open ? [("   nothing to compare with", .role(.muted))] : [])
      + [(date + again, .role(.muted))], indent: 34)
}

private func title(_ task: TeachingTask, _ step: TeachingStep) -> String {
  task.finding?.title ?? "\(step.neutralTitle): choice"
}

private func day(_ date: Date?) -> String? {
  date.flatMap { $0 == LearnerResults.Attempt.undated ? nil : CalendarDay.text($0) }
}

/// Of a question that was asked and not answered then.
private func leftOpen(_ date: Date?) -> Line {
  [("· ", .role(.muted)), ("left open first", .plain), (day(date).map { "   " + $0 } ?? "", .role(.muted))]
}

/// What was right, behind an answer that was not.
private func right(_ task: TeachingTask, unless attempt: LearnerResults.Attempt) -> Line {
  guard attempt.judgement == .differs || attempt.judgement == .partly else { return [] }
  let right =
    (task.consensus ?? task.diagnosis.map(GradeValue.level)).flatMap { task.finding?.words($0) }
    ?? task.answers.first(where: \.isRight)?.text
  return [("   → " + (right ?? ""), .role(.good))]
}

private func glyph(_ judgement: Judgement) -> (String, Style) {
  switch judgement {
  case .agrees: ("✓", .role(.good))
  case .partly: ("◐", .role(.warning))
  case .differs: ("✗", .role(.danger))
  case .open: ("·", .role(.muted))
  }
}

/// What is no agreement with a consensus, over all cases.
private func otherLines(_ state: State) -> [Fact] {
  let results = state.teaching.results
  let kinds: [(LearnerResults.Kind, String)] = [(.choice, "questions with one answer"), (.impression, "impressions")]
  return kinds.compactMap { kind, word in
    let score = results.score(nil, kind)
    return score.answered == 0
      ? nil : Fact(word, "\(score.agreed) of \(score.answered) right, not counted as agreement", indent: 34)
  }
}

/// Per finding over all cases: how often right, and the coefficient.
private func findingLines(_ state: State) -> [Fact] {
  let results = state.teaching.results
  let lines = state.session.codebook.findings.compactMap { finding -> Fact? in
    let score = results.score(finding: finding.id)
    guard score.answered > 0 else { return nil }
    let part = score.partly > 0 ? ", \(score.partly) in part" : ""
    return Fact(
      finding.title,
      [
        ("\(score.agreed) of \(score.answered)\(part)", score.agreed == score.answered ? .role(.good) : .plain),
        (score.answered > 1 ? "   AC1 \(coefficient(finding, results.pairs(finding.id)))" : "", .role(.muted)),
      ], indent: 34)
  }
  return lines.isEmpty ? [] : [head("All cases")] + lines
}

/// Gwet's AC1 between learner and consensus, or why there is none.
private func coefficient(_ finding: Finding, _ pairs: [(learner: GradeValue, consensus: GradeValue)]) -> String {
  // Sets are compared whole, as the score does.
  let levels = Set(pairs.flatMap { [$0.learner.text, $0.consensus.text] } + finding.levels.map(\.id.rawValue)).sorted()
  guard var tally = try? RatingTally(readers: ["you", "consensus"], levels: levels, scale: .nominal) else { return "–" }
  for pair in pairs {
    let pair = [pair.learner, pair.consensus]
    tally.add(pair.map { $0.isAnswer ? levels.firstIndex(of: $0.text) : nil })
  }
  let statistic = tally.table().agreement(resampling: nil)["gwet_ac.unweighted"]
  if let value = statistic?.value { return decimal(value) }
  return statistic?.undefined?.rawValue ?? "–"
}

extension ScreenID {
  package static let score = ScreenID("score")
}

extension Screen {
  static let score = Screen(
    .score, "Score", head: scoreHead, draw: renderScore, load: loadTeachingFile, commands: Commands.score,
    doors: [Commands.openScore])
}
