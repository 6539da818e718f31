// How the audience answered in a session, question by question, at the presenter's seat.

import Grid
import ReviewCore

@Sendable private func reportFacts(_ state: State) -> [Fact] {
  let questions = state.presentation.report
  guard !questions.isEmpty else { return [.remark("No question was closed yet in this session.")] }
  return questions.flatMap { question -> [Fact] in
    let isNamed = state.presentation.lectern?.focus?.isUnknown != true
    let head = (isNamed ? "Case \(question.caseID), " : "") + question.title
    let summary = "\(question.answered) of \(question.audience) answered, open for \(question.seconds) s"
    let answers = question.options.enumerated().map { index, option -> Fact in
      let count = question.counts.indices.contains(index) ? question.counts[index] : 0
      return Fact(
        "",
        [
          (question.right.contains(index) ? "✓ " : "  ", .role(.good, .bold)), (option + "  ", .plain),
          (String(repeating: "█", count: min(count, 40)), .role(.accent)), (" \(count)", .plain),
        ], indent: 2)
    }
    return [Fact("", head, .role(.heading, .bold), indent: 0), Fact("", question.ask, indent: 0)] + answers
      + [.remark(summary), .blank]
  } + [.remark("Counts only, nobody's name. It is kept: endplate teach --report prints it, also as markdown or csv.")]
}

extension Commands {
  /// From a walk-through and the list.
  static let openSessionReport = Command(
    "present.report", "report of the session: how the audience answered, without names", keys: [.character("R")],
    on: [.teaching, .teachingFile],
    whyNot: { state in
      if state.session.principal.role != .presenter { return "the report is the presenter's" }
      return state.presentation.report.isEmpty
        ? "no question was closed yet; endplate teach --report prints the last session" : nil
    }
  ) { state in
    state.scrolled[.sessionReport] = 0
    state.push(.sessionReport)
    return []
  }
}

extension ScreenID {
  package static let sessionReport = ScreenID("sessionReport")
}

extension Screen {
  static let sessionReport = Screen(
    .sessionReport, "Session report", page: LongPage(facts: reportFacts), doors: [Commands.openSessionReport])
}
