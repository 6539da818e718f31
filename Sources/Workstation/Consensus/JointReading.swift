// A joint reading, in which the session is the grading: the grading screen shows what the readers agree on together, and
// each of its keys agrees.

import Grid
import ReviewCore

extension State {
  /// The readers grade together from the start, and nobody has graded before.
  var isJoint: Bool { session.study.studyProtocol.mode == .joint }

  /// The screen as what one does there: a joint reading grades.
  var deed: ScreenID { screen == .consensus && isJoint ? .grading : screen }

  /// False for keys that mean something only where the readers grade together, or only where they have graded before.
  func offers(_ command: Command) -> Bool {
    guard Commands.isForTheCase(command, self) else { return false }
    return isJoint ? !Commands.onlyAfterReadings.contains(command.id) : !command.id.hasPrefix(Commands.jointly)
  }

  /// In a joint reading, what is agreed on a finding of the examination that is shown.
  func jointRow(_ finding: FindingID) -> ConsensusRow? {
    isJoint ? consensus.table?.row(gradeKey(finding)) : nil
  }

  /// The act that a grade comes to; nil takes back what was agreed. The same grade once more is no act.
  func agreeing(_ grades: [GradeKey: Grade?]) -> [Effect] {
    guard let id = consensus.caseID else { return [] }
    return grades.flatMap { key, grade -> [Effect] in
      guard let row = consensus.table?.row(key) else { return [] }
      guard let grade else {
        return row.decision.map { [.session(.act(id, .takeBack(key, $0), as: nil))] } ?? []
      }
      let isSame = row.decision?.grade == grade && row.rule?.isReasonOutdated != true
      return isSame ? [] : [.session(.act(id, .agree(row, row.agreed(grade)), as: nil))]
    }
  }

  /// Puts what is agreed on the grading screen, as a reading of who looks. Its cursor and the finding that the session shows
  /// are one: whichever moved since takes the other along.
  ///
  /// - Returns: what shows the others where the cursor has gone.
  mutating func refreshJoint() -> [Effect] {
    guard isJoint, let table = consensus.table, let view = consensus.view, let row = consensus.row else { return [] }
    consensus.isDisputedFirst = false
    let before = gradedFinding?.id
    let (place, comparator, wasAsked) = (grading.place, grading.comparator, isGradeAsked)
    let isLed = consensus.sheet?.key != row.key || grading.view?.id != view.id
    let examination = isLed ? row.key.examination : grading.examination
    if isLed || consensus.sheet?.table != table || consensus.sheet?.view != view {
      var agreed = view
      agreed.readings = view.patientCase.examinations.map { examination in
        let decisions = table.rows.filter { $0.key.examination == examination.id }
        return Reading(
          reader: session.principal.id, examination: examination.id, round: view.round,
          grades: decisions.reduce(into: [:]) { $0[$1.key] = $1.decision?.grade })
      }
      grading.open(agreed, examination)
      if isLed, grading.comparator != row.key.comparator { grading.compare(with: row.key.comparator) }
    }
    if wasAsked, place != grading.place || comparator != grading.comparator {
      takeAway("another seat has led on to another finding, so this was not recorded")
    }
    refreshAsked()
    // Where an answer brings a question, that is what is asked next.
    let asked = session.codebook.isPlain ? before : gradedFinding?.id
    let shown = table.rows.filter {
      $0.key.examination == grading.examination && $0.key.comparator == grading.comparator
    }
    let findings = shown.compactMap { session.codebook[$0.key.finding] }
    grading.ask(findings, session.codebook)
    let wanted = isLed ? row.key.finding : asked
    grading.cursor =
      findings.firstIndex { $0.id == wanted } ?? max(0, min(grading.cursor, findings.count - 1))
    let here = shown.indices.contains(grading.cursor) ? shown[grading.cursor].key : row.key
    consensus.sheet = JointSheet(table: table, view: view, key: here)
    return here == row.key ? [] : pointAt(here)
  }
}

/// What the grading screen shows of a joint reading.
struct JointSheet: Sendable {
  let table: ConsensusTable
  let view: CaseView
  /// The finding under the cursor of both.
  let key: GradeKey
}

extension Commands {
  fileprivate static let jointly = "joint."

  /// What the last row of a joint reading says first: who has lost the others, then what ends a session or a vote, then what
  /// one grades with; where there is room for it the other examinations.
  private static let firstHints = [
    "consensus.follow", "consensus.confirm", "consensus.reveal", "consensus.vote", "consensus.callOff",
    "consensus.undo", "consensus.next", jointly + "grade.notAssessable", jointly + "grade.add", jointly + "grade.note",
    "consensus.turns", "consensus.confirmInTurn",
  ]

  /// The commands of the screen in the order of the last row.
  static func forTheLastRow(_ state: State) -> [Command] {
    let all = available(state)
    guard state.isJoint, state.screen == .consensus else { return all }
    let first = firstHints.compactMap { id in all.first { $0.id == id } }
    return first + all.filter { !firstHints.contains($0.id) }
  }

  /// What is left out where nobody has graded before.
  fileprivate static let onlyAfterReadings: Set<String> = [
    "consensus.order", "consensus.figures", "consensus.adopt", "consensus.note", "consensus.down",
    "consensus.up", "consensus.first", "consensus.last",
  ]

  /// Keys of the grading screen that are the session's own in a joint reading.
  private static let ofTheSession: Set<String> = [
    "grade.clear", "grade.undo", "grade.redo", "grade.next", "grade.sign", "grade.note", "grade.readingNote",
    "grade.amend", "grade.compare", "grade.case.next", "grade.case.before", "grade.rest", "grade.open",
    "grade.open.list",
  ]

  /// With them a session confirms, and hands the lead on.
  private static let capitals: Set<Key> = [.character("C"), .character("L")]

  /// The keys of the grading screen; before the other keys of a session.
  static let jointReading: [Command] =
    grading.filter { $0.works(on: .grading) && !ofTheSession.contains($0.id) }.map { command in
      Command(
        jointly + command.id, command.title, keys: command.keys.filter { !capitals.contains($0) }, on: [.consensus],
        hint: command.hint,
        whyNot: { state in
          if state.isJoint { return command.whyNot(state) }
          let ways = WhyNotInSession.waysToSettle(state)
          return "the readers graded on their own" + (ways.isEmpty ? "" : "; \(ways)")
        },
        keepsPlace: { $0.isJoint && command.keepsPlace($0) }, isFor: command.isFor, run: command.run)
    }
    + [
      Command(
        jointly + "open", "choose from the map or a list, accept the rule's grade, or adopt what was voted",
        keys: [.enter], on: [.consensus], whyNot: WhyNotInSession.cannotAgree
      ) { state in
        guard let row = state.consensus.row, row.decision == nil, let suggestion = row.suggestion,
          let id = state.consensus.caseID
        else { return openFinding(&state) }
        return [.session(.act(id, .agree(row, suggestion), as: nil))]
      },
      Command(
        jointly + "grade.note", "write a note on the finding", keys: [.character("m")], on: [.consensus], hint: "note",
        whyNot: { $0.consensus.table == nil ? WhyNotInSession.cannotAgree($0) : nil }
      ) { state in
        guard let finding = state.aboutFinding(), let row = state.jointRow(finding.id) else { return [] }
        state.overlay = SessionDialog.text(.note(row.key), LineEditor(row.note ?? ""))
        return []
      },
    ]

  /// Whether a key still means what was just graded.
  static func isOfTheLastGrade(_ command: Command) -> Bool {
    ofTheLastGrade.contains(String(command.id.trimmingPrefix(jointly)))
  }
}

@Sendable func layersOfConsensus(_ state: State) -> [any Layer] { state.isJoint ? layersOfGrading(state) : [] }
