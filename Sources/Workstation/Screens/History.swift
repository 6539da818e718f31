// How the readings of a case came to be: every act, with old and new values.

import Grid
import ReviewCore

package struct CaseHistory: ScreenState {
  package var caseID: CaseID?
  package var events: [HistoryLine] = []

  package init() {}
  init(caseID: CaseID) { self.caseID = caseID }
}

extension State {
  package var history: CaseHistory {
    get { self[CaseHistory.self] }
    set { self[CaseHistory.self] = newValue }
  }
}

extension Request {
  static func history(of id: CaseID) -> Request {
    Request("history", of: id) { study in
      let events = try study.history(of: id)
      return { state in
        if state.history.caseID == id { state.history.events = events }
        return []
      }
    }
  }
}

/// One act as the screen shows it; times are put into words by the runner, who knows the clock's zone.
package struct HistoryLine: Hashable, Sendable {
  package var at: String
  package var event: ReadingEvent

  package init(at: String, event: ReadingEvent) {
    self.at = at
    self.event = event
  }
}

extension Commands {
  fileprivate static let history: [Command] = [
    Command(
      "history", "show how the readings came to be", keys: [.character("H")], on: [.patientCase, .grading],
      whyNot: { $0.caseScreen.view == nil ? "there is no case here" : nil }
    ) { state in
      guard let id = state.caseScreen.view?.id else { return [] }
      state.history = CaseHistory(caseID: id)
      state.scrolled[.history] = 0
      state.push(.history)
      return [.ask(.history(of: id))]
    }
  ]
}

@Sendable private func historyHead(_ state: State) -> Line {
  [("History of case \(state.history.caseID?.rawValue ?? "")", .role(.heading, .bold))]
}

@Sendable private func historyFacts(_ state: State) -> [Fact] {
  if state.history.events.isEmpty { return [.remark("nothing that you may see was done to this case yet")] }
  return state.history.events.flatMap { line -> [Fact] in
    let event = line.event
    let (words, style) = act(event)
    let head = Fact(
      line.at,
      [
        ("\(event.reader) ", Style().with(.bold)), (words, style),
        ("  \(event.examination.title), round \(event.round), version \(event.version)", .role(.muted)),
      ], indent: 20)
    return [head] + event.changes.map { Fact("", describe($0, state.session.codebook), indent: 22) }
  }
}

private func act(_ event: ReadingEvent) -> (String, Style) {
  switch event.act {
  case .graded: ("graded", .plain)
  case .undone: ("undid", .role(.muted))
  case .redone: ("redid", .role(.muted))
  case .signed(let meaning, _): ("signed: “\(meaning)”", .role(.good))
  case .amended(let reason): ("amends: \(reason)", .role(.warning))
  }
}

/// `rim sign: absent → present`.
package func describe(_ change: GradeDifference, _ codebook: Codebook) -> String {
  let finding = change.key.flatMap { codebook[$0.finding] }
  func words(_ grade: Grade?, _ note: String?) -> String {
    guard let grade else { return note.map { "“\($0)”" } ?? (finding == nil ? "no note" : "not graded") }
    let extra = [
      grade.confidence.map { "\($0)/5" }, grade.note.map { "“\($0)”" }, grade.whereSeen, grade.bone?.title,
    ].compactMap { $0 }
    return ([finding?.words(grade.value) ?? grade.value.text] + extra).joined(separator: ", ")
  }
  let name = finding?.title ?? "note on the reading"
  let against = change.key?.comparator == .previous ? " against the previous examination" : ""
  return "\(name)\(against): \(words(change.old, change.oldNote)) → \(words(change.new, change.newNote))"
}

extension ScreenID {
  package static let history = ScreenID("history")
}

extension Screen {
  static let history = Screen(
    .history, "History", head: historyHead, page: LongPage(facts: historyFacts),
    load: { state in state.history.caseID.map { [.ask(.history(of: $0))] } ?? [] }, doors: Commands.history,
    reopen: { state, _, view in
      state.history.caseID = view.id
      return []
    })
}
