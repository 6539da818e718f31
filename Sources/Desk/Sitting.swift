// One sitting at the workstation: a store, a display, and the loop between them.

import CTerminal
import CaseStore
import Foundation
import Grid
import ReviewCore
import Terminal
import TextSafety
import Workstation

package struct Sitting {
  let store: StudyStore
  let path: String
  let places: Places
  let environment: StoreEnvironment
  let options: SittingOptions
  /// What the person should know about their terminal before they start.
  var advice: [String] = []
  /// A script to teach a case by, in place of the embedded ones.
  var script: TeachingScript?
  /// Sits in the audience, whoever it is: with no more than a learner may see and do.
  var isAudience = false
  /// Teaches the constructed control cases among the study's own.
  var mixesControls = false
  /// Changes the first screen, as to open a case for teaching at once.
  var prepare: (inout State) -> Void = { _ in }

  package init(
    store: StudyStore, path: String, places: Places, environment: StoreEnvironment, options: SittingOptions,
    advice: [String] = [], script: TeachingScript? = nil, isAudience: Bool = false,
    mixesControls: Bool = false, prepare: @escaping (inout State) -> Void = { _ in }
  ) {
    self.store = store
    self.path = path
    self.places = places
    self.environment = environment
    self.options = options
    self.advice = advice
    self.script = script
    self.isAudience = isAudience
    self.mixesControls = mixesControls
    self.prepare = prepare
  }

  package func run() throws {
    if let dump = options.dump { try ExportFile.check(dump, as: "the last screen", force: options.force) }
    let themes = ThemeList(places: places)
    let theme = try themes.chosen(options.theme)
    var principal = store.principal
    if isAudience { (principal.name, principal.role) = ("learner", .learner) }
    let session = Session(
      study: try store.study(), principal: principal, principals: try store.principals(),
      hasPassphrase: try store.hasPassphrase())
    let display = try display()
    defer { display.close() }
    var state = State(session: session, size: display.size, themes: themes.names, theme: theme)
    if principal.role == .learner { state.presentation.part = .audience }
    state.presentation.ownScript = script
    let kept = places.seat.map { PlaceFile(folder: $0) }
    if let place = kept?.read() { state.return(to: place) }
    let told = try advice + store.news()
    if !told.isEmpty { state.message = Message(told.joined(separator: "; "), .warning) }
    prepare(&state)
    let runner = EffectRunner(
      store: store, library: library(session),
      codebook: session.codebook, file: path, places: places, environment: environment)
    (display as? ScriptedTerminal)?.isBusy = { runner.isBusy }
    let loop = Loop(display: display, runner: runner, themes: themes, place: kept, pause: pause(session))
    loop.run(state)
    // Whoever has left is told as at the door.
    if let ended = runner.ended { throw ended }
    guard let script = display as? ScriptedTerminal, let dump = options.dump else { return }
    try ExportFile.write(script.lastGrid.text, to: dump, as: "the last screen", force: options.force)
  }

  private func library(_ session: Session) -> TeachingLibrary {
    var library = TeachingLibrary(
      store: store, study: session.study, script: script, hasNotes: session.principal.role == .presenter)
    library.mixesControls = mixesControls
    return library
  }

  /// How long a seat waits for a key before it locks: where somebody had to show who they are.
  private func pause(_ session: Session) -> Duration? {
    let minutes = session.study.studyProtocol.lockAfterMinutes
    return minutes > 0 && (places.seat != nil || session.hasPassphrase) ? .seconds(60 * minutes) : nil
  }

  /// The terminal, or a script in its place.
  private func display() throws -> any Display {
    guard let keys = options.keys else {
      if options.dump != nil { throw Failure(.usage, "--dump goes with --keys FILE") }
      do {
        return try CursesTerminal(TerminalOptions(environment: places.environment, ascii: options.ascii))
      } catch {
        throw Failure(.cannotShow, error.message)
      }
    }
    guard let bytes = try? FileHandle(forReadingAtPath: keys)?.readToEnd() else {
      throw Failure(.noInput, "\(keys): there is no such key script")
    }
    let kind = FileKind(bytes)
    guard kind == nil, let text = String(bytes: bytes, encoding: .utf8) else {
      throw Failure(.badData, "\(keys): is not a key script: it is \(kind?.words ?? "not UTF-8")")
    }
    do {
      // As the terminal does: the locale decides which characters there are, and how wide.
      ct_use_locale()
      return ScriptedTerminal(
        try KeyScript(text), size: options.size, look: Look(colors: .many, unicode: ct_is_utf8() && !options.ascii)
      )
    } catch {
      throw Failure(.badData, "\(keys):\(error.line):\(error.column): error: \(error.message)")
    }
  }
}
