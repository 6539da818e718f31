// The event loop: everything that waits is handled, then one frame is drawn.

import Grid
import Terminal
import Workstation

/// Runs the workstation on a display until it is left or the display goes away.
struct Loop {
  let display: any Display
  let runner: EffectRunner
  let themes: ThemeList
  /// Where a seat keeps its place; nil where no link can drop.
  let place: PlaceFile?
  /// Without a key for so long the screen locks; nil never.
  let pause: Duration?

  func run(_ state: State) {
    var state = state
    var lastKey = ContinuousClock.now
    defer {
      runner.noteKey(on: nil)
      runner.leave()
    }
    guard perform(.started, &state) else { return }
    show(state)
    while true {
      let events = display.poll(timeout: runner.watch, watching: runner.descriptors)
      let now = ContinuousClock.now
      // Before the keys: those typed after a long sleep of the machine meet a locked screen.
      if let pause, state.lock == nil, now - lastKey >= pause, !perform(.paused, &state) { return }
      if events.contains(where: \.isKey) { lastKey = now }
      for event in events {
        guard handle(event, &state) else { return }
      }
      for action in runner.poll() {
        guard perform(action, &state) else { return }
      }
      place?.keep(Place(state))
      show(state)
    }
  }

  private func show(_ state: State) {
    display.show(render(state, look: display.look, width: terminalWidth), theme: themes.theme(state.theme))
  }

  /// False ends the loop.
  private func handle(_ event: TerminalEvent, _ state: inout State) -> Bool {
    switch event {
    case .key(let key):
      runner.noteKey(on: state.screen == .grading ? state.grading.place : nil)
      return perform(.key(key), &state)
    case .resized(let size): return perform(.resized(size), &state)
    case .continued: return perform(.changedElsewhere, &state)
    // What was computed beside the loop is asked for after all events.
    case .wake: return true
    case .idle: return runner.hasChangedElsewhere() ? perform(.changedElsewhere, &state) : true
    case .interrupted: return perform(.key(.control("c")), &state)
    case .terminate, .hangup: return false
    }
  }

  /// Updates, runs the effects, and updates with their answers until there are none.
  private func perform(_ action: Action, _ state: inout State) -> Bool {
    var actions = [action]
    while !actions.isEmpty {
      for effect in update(&state, actions.removeFirst()) {
        if effect == .quit { return false }
        actions += runner.perform(effect)
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
