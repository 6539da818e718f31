// What all end-to-end tests start from. As many run at a time as there are cores: each waits for a program of its own, in
// a terminal and a folder of its own.

import PtyHarness
import Testing

@Suite enum EndToEnd {}

extension Sandbox {
  /// Runs a command to its end, without a terminal.
  func endplate(_ arguments: String..., environment: [String: String] = [:]) throws -> ProgramResult {
    try endplate(arguments, environment: environment)
  }

  func endplate(_ arguments: [String], environment: [String: String] = [:]) throws -> ProgramResult {
    try launch(builtProgram("endplate"), arguments, environment: environment).run()
  }

  /// The workstation over a pseudo-terminal, for what it sends byte by byte.
  func workstation(
    _ arguments: [String] = ["demo"], environment: [String: String] = [:], size: TerminalSize = TerminalSize(80, 24)
  ) throws -> PtyProcess {
    try PtyProcess(launch(builtProgram("endplate"), arguments, environment: environment), size: size)
  }

  /// The workstation in tmux, for what a person sees.
  func tmux(
    _ arguments: [String] = ["demo"], size: TerminalSize = TerminalSize(80, 24), terminal: String = "tmux-256color"
  ) throws -> Tmux {
    try Tmux(self, [builtProgram("endplate")] + arguments, size: size, terminal: terminal)
  }
}

extension PtyProcess {
  /// Waits until the worklist is drawn and nothing more comes.
  func waitForWorklist(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let isDrawn = read { $0.output.holds("Worklist") }
    try #require(isDrawn, "\(String(decoding: output.suffix(2000), as: UTF8.self))", sourceLocation: sourceLocation)
    readUntilQuiet()
  }

  /// Waits until all the texts are on the screen of a terminal of 80×24.
  func see(_ texts: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
    var screen: [String] = []
    let isSeen = read { process in
      screen = process.screen(TerminalSize(80, 24))
      return texts.allSatisfy { text in screen.contains { $0.contains(text) } }
    }
    try #require(isSeen, "not seen: \(texts)\n\(screen.joined(separator: "\n"))", sourceLocation: sourceLocation)
  }

  /// Whether everything the workstation took from an xterm has been given back.
  var hasRestoredTerminal: Bool {
    [("\u{1B}[?1049h", "\u{1B}[?1049l"), ("\u{1B}[?25l", "\u{1B}[?25h"), ("\u{1B}[?2004h", "\u{1B}[?2004l")]
      .allSatisfy { taken, given in
        guard let taken = output.lastRange(of: taken) else { return true }
        return (output.lastRange(of: given)?.lowerBound ?? -1) > taken.upperBound - 1
      }
  }
}

/// A screen or panel as running text: without borders, each run of blanks one blank, wrapped lines joined.
func runningText(_ lines: [String]) -> String {
  lines.joined(separator: " ").map { "│┃|─┌┐└┘├┤┬┴┼".contains($0) ? " " : String($0) }.joined()
    .split(separator: " ").joined(separator: " ")
}
