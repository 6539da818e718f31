// A command is a row: keys, words, when it can be run, what it does. Footer, help and palette are drawn from the rows.

import Grid
import ReviewCore

package struct Command: Sendable {
  package let id: String
  /// What it does, as in "open the case".
  package let title: String
  /// What `?` says of it and of those of the same group beside it, in one row; nil has a row of its own.
  let group: String?
  package let keys: [Key]
  /// Where it works; nil everywhere.
  package let screens: Set<ScreenID>?
  /// The word in the footer; nil keeps it out of there.
  package let hint: String?
  /// Why it cannot be run now; nil when it can.
  package let whyNot: @Sendable (State) -> String?
  /// Whether its word stays in the footer, muted, where it cannot be run now but can one row further: what stands
  /// beside it must not move with every cursor key.
  package let keepsPlace: @Sendable (State) -> Bool
  package let run: @Sendable (inout State) -> [Effect]
  /// Whether it can be used on anything in a study with this codebook.
  package let isFor: @Sendable (Codebook) -> Bool

  package init(
    _ id: String, _ title: String, in group: String? = nil, keys: [Key], on screens: Set<ScreenID>? = nil,
    hint: String? = nil,
    whyNot: @escaping @Sendable (State) -> String? = { _ in nil },
    keepsPlace: @escaping @Sendable (State) -> Bool = { _ in false },
    isFor: @escaping @Sendable (Codebook) -> Bool = { _ in true },
    run: @escaping @Sendable (inout State) -> [Effect]
  ) {
    self.isFor = isFor
    self.id = id
    self.title = title
    self.group = group
    self.keys = keys
    self.screens = screens
    self.hint = hint
    self.whyNot = whyNot
    self.keepsPlace = keepsPlace
    self.run = run
  }

  package func works(on screen: ScreenID) -> Bool { screens?.contains(screen) ?? true }
}

/// Makes the commands of one screen: `command("next", …)` of the consensus is `consensus.next`.
struct CommandMaker: Sendable {
  let screen: ScreenID
  let ids: String

  init(_ screen: ScreenID, ids: String? = nil) { (self.screen, self.ids) = (screen, ids ?? screen.rawValue) }

  func callAsFunction(
    _ id: String, _ title: String, _ keys: [Key], hint: String? = nil,
    whyNot: @escaping @Sendable (State) -> String? = { _ in nil },
    run: @escaping @Sendable (inout State) -> [Effect]
  ) -> Command {
    Command("\(ids).\(id)", title, keys: keys, on: [screen], hint: hint, whyNot: whyNot, run: run)
  }
}

package enum Commands {
  /// All commands; where two share a key on a screen, the first wins.
  package static let all: [Command] =
    Screen.all.flatMap(\.commands) + Screen.all.flatMap(\.doors) + longPages + everywhere + secrets + elsewhere

  package static func available(on screen: ScreenID) -> [Command] { all.filter { $0.works(on: screen) } }

  /// Those of the screen that is shown that mean something in the study.
  static func available(_ state: State) -> [Command] {
    all.filter { $0.works(on: state.screen) && $0.isFor(state.session.codebook) && state.offers($0) }
  }

  /// The same with the keys that run them: a key is the first's that has it, and one of which no key is left is not told.
  static func reachable(_ state: State) -> [(command: Command, keys: [Key])] {
    var taken: Set<Key> = []
    return available(state).compactMap { command in
      let keys = command.keys.filter { !taken.contains($0) }
      taken.formUnion(keys)
      return keys.isEmpty && !command.keys.isEmpty ? nil : (command, keys)
    }
  }

  static func bound(to key: Key, _ state: State) -> Command? {
    let bound = all.filter { $0.works(on: state.screen) && $0.keys.contains(key) && $0.isFor(state.session.codebook) }
    // One that means nothing in this study still says so, where no other has the key.
    return bound.first { state.offers($0) } ?? bound.first { $0.whyNot(state) != nil }
  }

  /// Runs a command, or says why it cannot be run.
  package static func run(_ command: Command, _ state: inout State) -> [Effect] {
    if let reason = state.whyCovered(command) ?? command.whyNot(state) {
      state.message = Message(reason, .warning)
      return []
    }
    return command.run(&state)
  }
}
