// A screen is a row: what it is called, its head line, how it is drawn, and what it has to load. Its commands name it
// themselves.

import Grid

struct Screen: Sendable {
  let id: ScreenID
  let title: String
  /// The second line of the screen: what it is about.
  let head: @Sendable (State) -> Line
  /// Draws the body, between the head lines and the footer.
  let draw: @Sendable (State, inout Canvas) -> Void
  /// What is asked for when somebody comes back to it, or when others have written.
  let load: @Sendable (State) -> [Effect]

  static let all: [Screen] = [
    Screen(.worklist, "Worklist", head: worklistHead, draw: renderWorklist),
    Screen(.patientCase, "Case", head: { caseHead($0.panelContext) }, draw: renderCase),
    Screen(.grading, "Grade", head: gradingHead, draw: renderGrading),
    Screen(.study, "Study", sheet: .study) { _ in [.loadStudy] },
    Screen(.progress, "Progress", sheet: .progress) { _ in [.loadProgress] },
    Screen(.history, "History", head: historyHead, sheet: .history) { state in
      state.history.caseID.map { [.loadHistory($0)] } ?? []
    },
    Screen(.courses, "Courses", head: coursesHead, draw: renderCourses) { [$0.loadCourses] },
    Screen(.consensus, "Consensus", head: consensusHead, draw: renderConsensus) { state in
      state.consensus.caseID.map { [.session(.load($0))] } ?? []
    },
    Screen(.agenda, "Agenda", head: agendaHead, draw: renderAgenda) { _ in [.session(.loadAgenda)] },
    Screen(.consensusFigures, "Readers and consensus", sheet: .consensusFigures) { _ in [.session(.loadFigures)] },
    Screen(.agreement, "Agreement", head: agreementHead, draw: renderAgreement) { _ in [.loadAgreement] },
    Screen(.agreementDetail, "Agreement of a finding", head: agreementDetailHead, draw: renderAgreementDetail) { _ in
      [.loadAgreement]
    },
    Screen(.agreementCases, "Cases in a cell", head: agreementCasesHead, draw: renderAgreementCases) { _ in
      [.loadAgreement]
    },
    Screen(.teachingFile, "Teaching file", head: teachingFileHead, draw: renderTeachingFile, load: teaching),
    Screen(.teaching, "Teaching", head: teachingHead, draw: renderTeaching, load: teaching),
    Screen(.score, "Score", head: scoreHead, draw: renderScore, load: teaching),
    Screen(.sessionReport, "Session report", sheet: .sessionReport) { _ in [] },
    Screen(.atlas, "Atlas", head: atlasHead, draw: renderAtlas, load: teaching),
  ]

  static func of(_ id: ScreenID) -> Screen { all.first { $0.id == id } ?? tooSmall }

  @Sendable private static func teaching(_ state: State) -> [Effect] {
    [.loadTeaching(state.teaching.wanted ?? state.teaching.walk?.subject.id)]
  }

  private static let tooSmall = Screen(.tooSmall, "Too small", draw: renderTooSmall)

  private init(
    _ id: ScreenID, _ title: String, head: (@Sendable (State) -> Line)? = nil,
    draw: @escaping @Sendable (State, inout Canvas) -> Void, load: @escaping @Sendable (State) -> [Effect] = { _ in [] }
  ) {
    self.id = id
    self.title = title
    self.head = head ?? { _ in [(title, .role(.heading, .bold))] }
    self.draw = draw
    self.load = load
  }

  private init(
    _ id: ScreenID, _ title: String, head: (@Sendable (State) -> Line)? = nil, sheet: Sheet,
    load: @escaping @Sendable (State) -> [Effect]
  ) {
    self.init(id, title, head: head, draw: { renderSheet(sheet, $0, &$1) }, load: load)
  }
}

extension State {
  /// What all open screens have to load, each thing once.
  var loads: [Effect] {
    stack.flatMap { Screen.of($0).load(self) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
