// The event loop: everything that waits is handled, then one frame is drawn.

import Grid
import Terminal
import Workstation

/// Runs the workstation on a display until it is left or the display goes away.
package struct Loop {
  let display: any Display
  let runner: EffectRunner
  let themes: ThemeList
  /// Where a seat keeps its place; nil where no link can drop.
  let place: PlaceFile?
  /// Without a key for so long the screen locks; nil never.
  let pause: Duration?

  func run(_ state: State) {
    var state = state
    state.showsPictures = display.look.showsPictures
    var lastKey = ContinuousClock.now
    // Something happened since the pictures beside the screen were last looked after.
    var isStirred = true
    defer {
      runner.noteKey(on: nil)
      runner.leave()
    }
    guard perform(.started, &state) else { return }
    show(state)
    while true {
      let events = display.poll(timeout: runner.watch, watching: runner.descriptors)
      let now = ContinuousClock.now
      var isQuiet = true
      // Before the keys: those typed after a long sleep of the machine meet a locked screen.
      if let pause, state.lock == nil, now - lastKey >= pause {
        isQuiet = false
        guard perform(.paused, &state) else { return }
      }
      if events.contains(where: \.isKey) { lastKey = now }
      for event in events {
        if event == .terminate || event == .hangup { return }
        if state.isDeaf, event.isKey { continue }
        guard let action = action(for: event, state) else { continue }
        isQuiet = false
        let wasLocked = state.lock != nil
        if case .changedElsewhere = action, let other = runner.otherStudy() {
          guard perform(other, &state) else { return }
        }
        guard perform(action, &state) else { return }
        // Before a locked screen nobody sits: what happened meanwhile is told to whoever opens it.
        guard state.lock == nil else { continue }
        var isNews = wasLocked
        if case .changedElsewhere = action { isNews = true }
        if isNews, let news = runner.news() {
          guard perform(news, &state) else { return }
        }
      }
      // What was computed beside the loop woke it; it is asked for after all events.
      for action in runner.poll() {
        isQuiet = false
        guard perform(action, &state) else { return }
      }
      if isQuiet, isStirred, events.contains(.idle) {
        isStirred = false
        isQuiet = false
        guard perform(.rested, &state) else { return }
      } else if !isQuiet {
        isStirred = true
      }
      let isHurried = events.filter(\.isKey).count > 1
      if state.isHurried != isHurried, state.screen == .images { isQuiet = false }
      state.isHurried = isHurried
      // While nothing happens nothing is drawn: many idle seats on one host cost next to nothing.
      if isQuiet { continue }
      place?.keep(Place(state))
      // Before the frame: what is typed once it is seen is meant.
      if state.isDeaf {
        display.discardKeys()
        state.isDeaf = false
      }
      show(state)
    }
  }

  private func show(_ state: State) {
    display.show(render(state, look: display.look, width: terminalWidth), theme: themes.theme(state.theme))
  }

  /// What an event means; nil where nothing has happened.
  private func action(for event: TerminalEvent, _ state: State) -> Action? {
    switch event {
    case .key(let key):
      runner.noteKey(on: state.screen == .grading ? state.grading.place : nil)
      return .key(key)
    case .resized(let size): return .resized(size)
    case .continued: return .changedElsewhere
    case .idle: return runner.hasChangedElsewhere() ? .changedElsewhere : nil
    case .interrupted: return .key(.control("c"))
    case .wake, .terminate, .hangup: return nil
    }
  }

  /// Updates, runs the effects, and updates with their answers until there are none. False ends the loop.
  private func perform(_ action: Action, _ state: inout State) -> Bool {
    var actions = [action]
    while !actions.isEmpty {
      for effect in update(&state, actions.removeFirst()) {
        if effect == .quit { return false }
        if effect.checksPassphrase {
          var waiting = state
          waiting.message = Message("checking…")
          show(waiting)
          state.isDeaf = true
        }
        actions += runner.perform(effect)
        if runner.ended != nil { return false }
      }
    }
    return true
  }
}

extension TerminalEvent {
  fileprivate var isKey: Bool {
    if case .key = self { return true }
    return false
  }
}
