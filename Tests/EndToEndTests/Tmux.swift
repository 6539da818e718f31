// Drives a program as a person would: in a real terminal, of a tmux server of the test's own.

import Foundation
import Glibc
import PtyHarness
import Testing

final class Tmux {
  private let sandbox: Sandbox
  private let socket: String

  /// Starts a program in a window of a size. `terminal` is what it finds in TERM. Once it has ended, the screen says
  /// `ended` and its status; tmux itself now and then misses the end of a program.
  init(
    _ sandbox: Sandbox, _ command: [String], size: TerminalSize = TerminalSize(80, 24),
    terminal: String = "tmux-256color"
  ) throws {
    self.sandbox = sandbox
    socket = sandbox.path("tmux-\(UInt32.random(in: 0...UInt32.max))")
    let configuration = try sandbox.write(
      "tmux.conf",
      """
      set -g default-terminal "\(terminal)"
      set -g status off
      set -g escape-time 0
      """)
    try tmux(
      ["-f", configuration, "new-session", "-d", "-x", "\(size.columns)", "-y", "\(size.rows)", "--"]
        + ["sh", "-c", "\"$@\"; echo ended $?; exec sleep 1000", "sh"] + command)
  }

  deinit { _ = try? tmux(["kill-server"]) }

  // MARK: Hands

  /// Presses keys by tmux's names: `Enter`, `Down`, `C-z`, `x`.
  func press(_ keys: String...) throws { try tmux(["send-keys", "--"] + keys) }

  /// Types a text as it is.
  func type(_ text: String) throws { try tmux(["send-keys", "-l", "--", text]) }

  func resize(_ size: TerminalSize) throws {
    try tmux(["resize-window", "-x", "\(size.columns)", "-y", "\(size.rows)"])
  }

  // MARK: Eyes

  /// The lines of the screen, without trailing blanks.
  func screen() throws -> [String] {
    var lines = try tmux(["capture-pane", "-p"]).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The screen once it has stopped changing.
  func stillScreen() throws -> [String] {
    var last: [String] = []
    try wait(for: "a screen that keeps still") { screen in
      usleep(200_000)
      defer { last = screen }
      return screen == last
    }
    return last
  }

  /// A variable of tmux's formats, as `alternate_on`, `cursor_flag`.
  func variable(_ name: String) throws -> String {
    String(try tmux(["display-message", "-p", "#{\(name)}"]).prefix { $0 != "\n" })
  }

  /// The processes of the program in the window.
  func programs() throws -> [pid_t] {
    let shell = try variable("pane_pid")
    let children = try String(contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
    return children.split(separator: " ").compactMap { pid_t($0) }
  }

  /// Waits until the screen is as it should be; a test that waits in vain fails, and shows what was there.
  func wait(
    for what: Comment, atMost limit: Duration = .seconds(30), sourceLocation: SourceLocation = #_sourceLocation,
    until isSeen: ([String]) throws -> Bool
  ) throws {
    let deadline = ContinuousClock.now + limit
    while true {
      let screen = try screen()
      if try isSeen(screen) { return }
      if ContinuousClock.now >= deadline {
        let picture = screen.joined(separator: "\n")
        Issue.record("not seen: \(what)\n\(picture)", sourceLocation: sourceLocation)
        throw NotSeen()
      }
      usleep(10_000)
    }
  }

  /// Waits until all the texts are on the screen. A sentence may go on in the next row: two acts told at once are longer
  /// than one.
  func wait(forText texts: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
    try wait(for: "\(texts)", sourceLocation: sourceLocation) { screen in
      let sentences = screen.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
      return texts.allSatisfy { text in sentences.contains(text) || screen.contains { $0.contains(text) } }
    }
  }

  struct NotSeen: Error {}

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let result = try sandbox.launch("tmux", ["-u", "-S", socket] + arguments).run()
    try #require(result.status == 0, "tmux \(arguments): \(result.errorText)")
    return result.text
  }
}
