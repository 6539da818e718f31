// A workstation on a study file of its own: the real update functions, the real runner, a real store, and no terminal.

import CaseStore
import Desk
import Foundation
import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Workstation

package final class Workbench {
  package var state: State
  package let store: StudyStore
  /// Every effect asked for, in order.
  package private(set) var asked: [Effect] = []
  package private(set) var hasQuit = false
  package let runner: EffectRunner
  package let environment: StoreEnvironment
  package let path: String
  /// Removed with the bench; nil where somebody else's.
  private let folder: URL?

  package static func published(_ width: Int = 80, _ height: Int = 24) throws -> Workbench {
    try Workbench(SampleStudies.published(SampleCases.files), width, height)
  }

  package static func practice(_ width: Int = 80, _ height: Int = 24) throws -> Workbench {
    try Workbench(SampleStudies.practice(SampleCases.files), width, height)
  }

  /// - Parameter id: who sits down; the first reader, or whoever is first where there is none.
  package convenience init(_ sample: SampleStudy, _ width: Int, _ height: Int, as id: PrincipalID? = nil) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "endplate-workbench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appending(path: "a.study").path
    let environment = StoreEnvironment(
      now: { Date(timeIntervalSince1970: 1_800_000_000) }, newID: { UUID().uuidString.lowercased() },
      osUser: "somebody", programVersion: "test")
    try StudyStore.build(at: path, sample, environment: environment)
    let principals = sample.principals
    guard let seated = id ?? (principals.first { $0.role == .reader } ?? principals.first)?.id else {
      throw StoreError.badData(["nobody is in this study"])
    }
    try self.init(at: path, as: seated, environment: environment, home: folder, removing: folder, width, height)
  }

  /// A seat at a study that is there already.
  package init(
    at path: String, as seated: PrincipalID, environment: StoreEnvironment, home: URL, removing folder: URL? = nil,
    _ width: Int, _ height: Int
  ) throws {
    (self.folder, self.path, self.environment) = (folder, path, environment)
    store = try StudyStore.open(at: path, as: seated, environment: environment)
    let session = Session(study: try store.study(), principal: store.principal, principals: try store.principals())
    runner = EffectRunner(
      store: store, library: TeachingLibrary(store: store, study: session.study), codebook: session.codebook,
      file: path, places: Places(["HOME": home.path]), environment: environment)
    state = State(
      session: session, size: Size(width: width, height: height),
      themes: [ThemeName(id: "a", title: "first"), ThemeName(id: "b", title: "second")], theme: "a")
    act(.started)
  }

  deinit {
    runner.leave()
    try? store.close()
    if let folder { try? FileManager.default.removeItem(at: folder) }
  }

  package func act(_ action: Action) {
    var actions = [action]
    while !actions.isEmpty {
      for effect in update(&state, actions.removeFirst()) {
        asked.append(effect)
        if effect == .quit { hasQuit = true }
        actions += runner.perform(effect)
      }
    }
  }

  /// What the loop does while no key comes: looks whether somebody else wrote.
  package func idle() {
    guard runner.hasChangedElsewhere() else { return }
    if let other = runner.otherStudy() { act(other) }
    act(.changedElsewhere)
  }

  /// Presses keys: characters as they are, `⏎` Enter, `⎋` Esc, `⇥` Tab, `⌫` Backspace, `↓` `↑` `→` `←`.
  package func press(_ keys: String) {
    for key in keys { act(.key(Self.named[key] ?? .character(key))) }
  }

  package func frame(_ look: Look = Look()) -> Grid { render(state, look: look, width: testWidth) }

  private static let named: [Character: Key] = [
    "⏎": .enter, "⎋": .escape, "⇥": .tab, "↓": .down, "↑": .up, "→": .right, "←": .left, "⌫": .backspace,
  ]
}
