// A screen is a row and a file. The file holds its id, its state, its commands, what it asks for, and the row: what it is
// called, its head line, how it is drawn, what it loads, and how one comes back to it.

import Grid
import ReviewCore

/// The name of a screen, as it is kept in a place.
package struct ScreenID: RawRepresentable, Codable, Hashable, Sendable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ name: String) { rawValue = name }
}

struct Screen: Sendable {
  let id: ScreenID
  let title: String
  /// The second line of the screen: what it is about.
  let head: @Sendable (State) -> Line
  /// Draws the body, between the head lines and the footer.
  let draw: @Sendable (State, inout Canvas) -> Void
  /// Of a screen that is one long page.
  let page: LongPage?
  /// What is asked for when somebody comes back to it, or when others have written.
  let load: @Sendable (State) -> [Effect]
  /// What lies over it and has its keys, the topmost first.
  let over: @Sendable (State) -> [any Layer]
  /// What can be done on it.
  let commands: [Command]
  /// What leads to it from other screens.
  let doors: [Command]
  /// Signs on it that explain themselves to nobody, for help.
  let signs: [(sign: String, words: String)]
  /// Puts it back as it was left, with the case that was open; nil where it is no longer there for this person.
  let reopen: @Sendable (inout State, Place, CaseView) -> [Effect]?

  /// In the order of their commands in help and palette.
  static let all: [Screen] = [
    worklist, patientCase, grading, study, progress, history, courses, consensus, agenda, consensusFigures,
    sessionReport,
    teaching, teachingFile, score, atlas, agreement, agreementDetail, agreementCases, images,
  ]

  static func of(_ id: ScreenID) -> Screen { known(id) ?? tooSmall }

  /// Nil for a name that this program does not know.
  static func known(_ id: ScreenID) -> Screen? { all.first { $0.id == id } }

  init(
    _ id: ScreenID, _ title: String, head: (@Sendable (State) -> Line)? = nil,
    draw: @escaping @Sendable (State, inout Canvas) -> Void,
    load: @escaping @Sendable (State) -> [Effect] = { _ in [] },
    over: @escaping @Sendable (State) -> [any Layer] = { _ in [] }, commands: [Command] = [], doors: [Command] = [],
    signs: [(sign: String, words: String)] = [],
    reopen: @escaping @Sendable (inout State, Place, CaseView) -> [Effect]? = { _, _, _ in [] }
  ) {
    self.init(id, title, head, draw, nil, load, over, commands, doors, signs, reopen)
  }

  init(
    _ id: ScreenID, _ title: String, head: (@Sendable (State) -> Line)? = nil, page: LongPage,
    load: @escaping @Sendable (State) -> [Effect] = { _ in [] }, commands: [Command] = [], doors: [Command] = [],
    reopen: @escaping @Sendable (inout State, Place, CaseView) -> [Effect]? = { _, _, _ in [] }
  ) {
    self.init(id, title, head, { page.draw($0, on: id, &$1) }, page, load, { _ in [] }, commands, doors, [], reopen)
  }

  private init(
    _ id: ScreenID, _ title: String, _ head: (@Sendable (State) -> Line)?,
    _ draw: @escaping @Sendable (State, inout Canvas) -> Void, _ page: LongPage?,
    _ load: @escaping @Sendable (State) -> [Effect], _ over: @escaping @Sendable (State) -> [any Layer],
    _ commands: [Command], _ doors: [Command], _ signs: [(sign: String, words: String)],
    _ reopen: @escaping @Sendable (inout State, Place, CaseView) -> [Effect]?
  ) {
    self.id = id
    self.title = title
    self.head = head ?? { _ in [(title, .role(.heading, .bold))] }
    self.draw = draw
    self.page = page
    self.load = load
    self.over = over
    self.commands = commands
    self.doors = doors
    self.signs = signs
    self.reopen = reopen
  }
}

extension State {
  /// What all open screens have to load, each thing once.
  var loads: [Effect] {
    stack.flatMap { Screen.of($0).load(self) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
