// Prints a case or the worklist as text, for pipes, screen readers and terminals that cannot show the workstation.

import ArgumentParser
import CTerminal
import CaseStore
import Desk
import Grid
import Interchange
import ReviewCore
import Terminal
import Workstation

struct ShowCommand: StudyReport {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Print a case's panels as text.")

  @OptionGroup var study: StudyOptions

  @Argument(help: "The case's id.")
  var patientCase: String

  @Option(help: ArgumentHelp("baseline, or the months of a follow-up.", valueName: "e"))
  var examination: String?

  @Option(help: ArgumentHelp("The case screen at this size, instead of all panels.", valueName: "WxH"))
  var size: ScreenSize?

  @Flag(help: "One fact a line, for screen readers and pipes.")
  var linear = false

  @Flag(help: "As JSON: what is stated of the case, what is withheld, and its grades.")
  var json = false

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  func run(_ access: StudyAccess) throws {
    let (store, _) = try access.open(study)
    let view = try store.caseView(CaseID(patientCase))
    let description = try store.study()
    if json {
      Output.printLines(CaseJSON.text(view, study: description))
      return
    }
    let selected = try examination.map { try known($0, in: view) }
    if linear {
      Output.printLines(CaseText.linear(view, study: description, examination: selected) + "\n")
      return
    }
    let session = Session(study: description, principal: store.principal, principals: try store.principals())
    let look = Look.text(ascii: ascii)
    let grid =
      size.map { size in
        var state = State(session: session, size: size.size)
        state.push(.patientCase)
        _ = update(&state, .caseLoaded(view, index: nil))
        if let selected { state.caseScreen.selected = selected }
        return render(state, look: look, width: terminalWidth)
      }
      ?? renderAllPanels(
        PanelContext(session: session, view: view, selected: selected ?? .baseline), columns: 100, look: look,
        width: terminalWidth)
    Output.printLines(grid.text)
  }

  private func known(_ text: String, in view: CaseView) throws -> ExaminationID {
    let all = view.patientCase.examinations.map(\.id)
    let id = ExaminationID(typed: text)
    guard all.contains(id) else { throw StoreError.noSuchExamination(id, view.id, known: all) }
    return id
  }
}

struct ListCommand: StudyReport {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Print the worklist.")

  @OptionGroup var study: StudyOptions

  @Flag(help: "As JSON, one object a case.")
  var json = false

  @Option(help: ArgumentHelp("Words and facts, as 'rim:absent status:draft'.", valueName: "text"))
  var filter: String = ""

  func run(_ access: StudyAccess) throws {
    let (store, _) = try access.open(study)
    let description = try store.study()
    let (parsed, problems) = WorklistFilter.parse(filter, codebook: description.codebook)
    guard problems.isEmpty else { throw Failure(.usage, problems.joined(separator: "; ")) }
    let query = WorklistQuery(filter: parsed)
    if json {
      return try WorklistJSON.write(study: description.title, isConstructed: description.isConstructed) {
        try store.worklist(query, offset: $0, limit: 1000)
      } to: {
        Output.printLines($0)
      }
    }
    let session = Session(study: description, principal: store.principal, principals: try store.principals())
    let portion = 1000
    var state = State(session: session, size: Size(width: 100, height: portion + 4))
    state.worklist.counts = try store.counts()
    (state.worklist.query, state.worklist.filterText) = (query, filter)
    var offset = 0
    repeat {
      let page = try store.worklist(query, offset: offset, limit: portion)
      state.worklist.show(page)
      state.worklist.top = offset
      for line in worklistText(state, look: .text(ascii: false), width: terminalWidth).dropFirst(offset > 0 ? 2 : 0) {
        Output.print(line)
      }
      offset += portion
      if offset >= page.total { return }
    } while true
  }
}

extension Look {
  /// For what is printed: no colour, and Unicode where the locale has it.
  static func text(ascii: Bool) -> Look {
    ct_use_locale()
    return Look(colors: .none, unicode: ct_is_utf8() && !ascii)
  }
}
