// The loop on a display that plays events, each after something happened elsewhere.

import CaseStore
import DeskSupport
import Grid
import Terminal
import TestSupport
import Testing
import Workstation

@testable import Desk

@Suite struct LoopTests {
  /// Answers one event after another, and keeps what was shown before each.
  private final class Played: Display {
    var events: [(before: () -> Void, event: TerminalEvent)]
    private(set) var frames: [String] = []
    let size = Size(width: 120, height: 24)
    let look = Look()

    init(_ events: [(() -> Void, TerminalEvent)]) { self.events = events }

    func show(_ grid: Grid, theme: Theme) { frames.append(grid.text) }
    func discardKeys() {}
    func close() {}
    func poll(timeout: Duration?, watching descriptors: [Int32]) -> [TerminalEvent] {
      guard !events.isEmpty else { return [.hangup] }
      let next = events.removeFirst()
      next.before()
      return [next.event]
    }
  }

  @Test func whatWasDoneToASeatIsToldToWhoSitsThereAndNotToALockedScreen() throws {
    let bench = try Workbench.practice(120, 24)
    let coordinator = try StudyStore.open(at: bench.path, as: "coordinator", environment: bench.environment)
    for pause in [nil, Duration.zero] {
      // Given: a seat, locked or not, and another account bound to it meanwhile.
      let display = Played([
        ({}, .idle), ({ try? coordinator.bind("R1", toUser: pause == nil ? "anna" : "ben") }, .idle),
        ({}, .key(.enter)),
      ])
      let loop = Loop(
        display: display, runner: bench.runner, themes: ThemeList(places: Places(["HOME": "/nowhere"])), place: nil,
        pause: pause)
      // When
      loop.run(bench.state)
      // Then
      let told = display.frames.firstIndex { $0.contains("coordinator bound your seat to ") }
      let opened = display.frames.firstIndex { !$0.contains("Locked") && !$0.contains("coordinator bound") } ?? 0
      #expect(told.map { $0 > opened } == true, "\(display.frames)")
      #expect(display.frames.contains { $0.contains("Locked") } == (pause != nil))
      if pause != nil { #expect(told == display.frames.count - 1) }
    }
  }

  /// Answers all keys that wait at once, as a terminal does, and may be typed at while something is done.
  private final class Typed: Display {
    var waiting: [TerminalEvent]
    /// What is typed while a frame with these words is seen.
    let meanwhile: (words: String, keys: [TerminalEvent])
    private(set) var frames: [String] = []
    let size = Size(width: 120, height: 24)
    let look = Look()

    init(_ waiting: [TerminalEvent], while words: String, _ keys: [TerminalEvent]) {
      (self.waiting, meanwhile) = (waiting, (words, keys))
    }

    func show(_ grid: Grid, theme: Theme) {
      frames.append(grid.text)
      if grid.text.contains(meanwhile.words) { waiting += meanwhile.keys }
    }
    func discardKeys() { waiting = [] }
    func close() {}
    func poll(timeout: Duration?, watching descriptors: [Int32]) -> [TerminalEvent] {
      defer { waiting = [] }
      return waiting.isEmpty ? [.hangup] : waiting
    }
  }

  /// The check of a passphrase takes a second: it is seen that it goes on, and what is typed until its answer is seen is
  /// no vote.
  @Test func aPassphraseThatIsTypedTwiceIsNoVote() throws {
    // Given: a vote at one screen, R2's turn, and their passphrase asked for.
    let bench = try Workbench.practice(120, 24)
    let second = try StudyStore.open(at: bench.path, as: "R2", environment: bench.environment)
    _ = try second.choosePassphrase("correct horse 2")
    bench.press("/case:4⏎cOvw")
    for _ in 0..<3 where bench.state.consensus.turns?.now != "R2" { bench.press("⏎0") }
    bench.press("⏎")
    #expect(bench.frame().text.contains("Passphrase of R2"), "\(bench.frame().text)")
    let keys = "correct horse 2".map { TerminalEvent.key(.character($0)) } + [.key(.enter)]
    // When: it is typed at once three times, the last time while it is checked.
    let display = Typed(keys + keys, while: "checking", keys)
    Loop(
      display: display, runner: bench.runner, themes: ThemeList(places: Places(["HOME": "/nowhere"])), place: nil,
      pause: nil
    ).run(bench.state)
    // Then
    #expect(display.frames.contains { $0.contains("checking") && $0.contains("Passphrase of R2") })
    #expect(display.frames.last?.contains("R2 votes: ") == true, "\(display.frames.last ?? "")")
    let vote = try bench.store.consensusTable("4").rows.first(where: \.hasOpenVote)?.vote
    #expect(vote?.waiting.contains("R2") == true)
  }

  /// A seat of somebody who has left the study ends at once, as it would not begin any more; nothing more is drawn.
  @Test func theSeatOfWhoHasLeftEnds() throws {
    let bench = try Workbench.practice(120, 24)
    let coordinator = try StudyStore.open(at: bench.path, as: "coordinator", environment: bench.environment)
    let display = Played([
      ({}, .idle), ({ _ = try? coordinator.withdraw("R1", reason: "moved away") }, .idle), ({}, .key(.down)),
      ({}, .key(.enter)),
    ])
    Loop(
      display: display, runner: bench.runner, themes: ThemeList(places: Places(["HOME": "/nowhere"])), place: nil,
      pause: nil
    ).run(bench.state)
    #expect(bench.runner.ended == .withdrawn("R1"))
    #expect(display.events.count == 2, "the keys after it were still taken")
  }

  /// Pictures beside what is graded are made once nothing happens, and then nothing is drawn any more.
  @Test func picturesComeWhenKeysRest() throws {
    let bench = try Workbench.practice(120, 40)
    bench.press("↓g")
    let mark = "simulated from published grades"
    let display = Played([
      ({}, .key(.down)), ({}, .key(.down)), ({}, .idle), ({}, .idle), ({}, .idle), ({}, .key(.down)), ({}, .idle),
    ])
    Loop(
      display: display, runner: bench.runner, themes: ThemeList(places: Places(["HOME": "/nowhere"])), place: nil,
      pause: nil
    ).run(bench.state)
    // The start, a frame a key, and one for each rest.
    #expect(display.frames.map { $0.contains(mark) }.suffix(5) == [false, false, true, true, true])
    #expect(display.frames.count <= 6)
  }
}
