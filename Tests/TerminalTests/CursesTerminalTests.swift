// The real terminal layer on a pseudo terminal: what is sent, what is heard, what is left behind.

import CTerminal
import Glibc
import Grid
import TestSupport
import Testing

@testable import Terminal

/// One at a time: ncurses has one screen in a process.
@Suite(.serialized) struct CursesTerminalTests {
  private let size = Size(width: 40, height: 10)

  private func frame(_ size: Size, _ look: Look = Look(), draw: (inout Canvas) -> Void) -> Grid {
    var canvas = Canvas(size: size, look: look, width: terminalWidth)
    draw(&canvas)
    return canvas.grid
  }

  private func sample(_ changed: String = "hypo") -> Grid {
    frame(size) { canvas in
      canvas.box(Rect(x: 0, y: 0, width: 40, height: 10), title: "Signal")
      canvas.put("T1W 脊椎 e\u{301}", x: 2, y: 2, .role(.hypo))
      canvas.put(changed, x: 20, y: 3, .role(.hyper, .bold))
      for level in UInt8(0)..<30 {
        canvas.put("▀", x: Int(level) + 2, y: 5, Style(.grey(level), on: .grey(29 - level)))
      }
      canvas.put("脊", x: 38, y: 9)
    }
  }

  @Test(arguments: ["xterm-256color", "tmux-256color", "screen", "linux", "vt100"])
  func whatIsSentIsTheFrame(name: String) throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    let terminal = try pty.terminal(name)
    defer { terminal.close() }
    #expect(terminal.size == size)
    terminal.show(sample(), theme: .plain)
    var seen = TinyTerminal(size, width: terminalWidth)
    seen.take(pty.received())
    #expect(seen.text == sample().text)
    #expect(seen.unknown == [])
  }

  @Test(arguments: ["xterm-256color", "screen", "vt100"])
  func anySequenceOfFramesEndsInTheLastOne(name: String) throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    let terminal = try pty.terminal(name)
    defer { terminal.close() }
    var seen = TinyTerminal(size, width: terminalWidth)
    var random = SeededGenerator(seed: 7)
    let words = ["脊椎", "hyper", "e\u{301}e\u{301}", "██████", "  ", "─┼─", "aaaaaaaaaaaaaaaa", "…"]
    var grid = frame(size) { _ in }
    for step in 0..<200 {
      var canvas = Canvas(size: size, look: terminal.look, width: terminalWidth)
      // Half of the frames scroll, as a list does.
      canvas.paste(grid, from: step % 2, into: Rect(size))
      for _ in 0..<3 {
        let role = Role.allCases.randomElement(using: &random) ?? .text
        canvas.put(
          words.randomElement(using: &random) ?? "", x: Int.random(in: -2..<40, using: &random),
          y: Int.random(in: 0..<10, using: &random), .role(role))
      }
      grid = canvas.grid
      terminal.show(grid, theme: .plain)
      seen.take(pty.received())
      try #require(seen.text == grid.text, "frame \(step)")
    }
    #expect(seen.unknown == [])
  }

  @Test func nothingIsSentWhenNothingChanged() throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    let terminal = try pty.terminal()
    defer { terminal.close() }
    terminal.show(sample(), theme: .plain)
    _ = pty.received()
    terminal.show(sample(), theme: .plain)
    #expect(terminal.poll(timeout: .zero, watching: []) == [.idle])
    #expect(pty.received().count == 0)
    terminal.show(sample("hyp!"), theme: .plain)
    #expect((1...60).contains(pty.received().count))
  }

  @Test func aThemeSwitchSendsColoursAndNoTextIsLost() throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    let terminal = try pty.terminal()
    defer { terminal.close() }
    var slots = Dictionary(uniqueKeysWithValues: Base16Scheme.slotNames.map { ($0, "ffffff") })
    (slots["base00"], slots["base0A"]) = ("262626", "ffd75f")
    var seen = TinyTerminal(size, width: terminalWidth)
    terminal.show(sample(), theme: .plain)
    seen.take(pty.received())
    terminal.show(sample(), theme: try Theme(scheme: try Base16Scheme(name: "Test", slots: slots)))
    let sent = pty.received()
    seen.take(sent)
    #expect(String(decoding: sent, as: UTF8.self).contains("38;5;221m"))
    #expect(seen.text == sample().text)
  }

  @Test func aLightSchemePaintsItsPageAndTheNextGivesTheTerminalItsOwnBack() throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    let terminal = try pty.terminal()
    defer { terminal.close() }
    var slots = Dictionary(uniqueKeysWithValues: Base16Scheme.slotNames.map { ($0, "1c1c1c") })
    slots["base00"] = "eeeeee"
    var seen = TinyTerminal(size, width: terminalWidth)
    terminal.show(sample(), theme: try Theme(scheme: try Base16Scheme(name: "Page", slots: slots)))
    let painted = pty.received()
    seen.take(painted)
    #expect(String(decoding: painted, as: UTF8.self).contains("48;5;255m\u{1B}[H\u{1B}[2J"))
    #expect(seen.text == sample().text)
    terminal.show(sample(), theme: .plain)
    let own = pty.received()
    seen.take(own)
    #expect(!String(decoding: own, as: UTF8.self).contains("48;5;255m\u{1B}[H"))
    #expect(seen.text == sample().text)
  }

  @Test(arguments: [("xterm-kitty", ""), ("xterm-256color", "truecolor"), ("xterm-256color", "")])
  func aTerminalKnownForTrueColourGetsIt(name: String, colorTerm: String) throws {
    let options = TerminalOptions(environment: ["TERM": name, "COLORTERM": colorTerm])
    #expect(options.showsAnyColor == (name == "xterm-kitty" || !colorTerm.isEmpty))
    #expect(DirectColor.entries(for: "xterm-kitty") == ["kitty-direct", "xterm-direct"])
    #expect(DirectColor.entries(for: "xterm-256color") == ["256color-direct", "xterm-direct"])
    #expect(DirectColor.entries(for: "tmux-256color") == ["tmux-direct"])
    #expect(DirectColor.entries(for: "xterm-direct") == [])
  }

  /// The entries come with ncurses-term; where it is missing, 256 colours are right.
  @Test func trueColourIsSentWhereTheTerminalDatabaseHasIt() throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    let known = ct_terminal_kind("xterm-direct", 1) == CT_USABLE
    let terminal = try pty.terminal(environment: ["COLORTERM": "truecolor"])
    defer { terminal.close() }
    var slots = Dictionary(uniqueKeysWithValues: Base16Scheme.slotNames.map { ($0, "ffffff") })
    (slots["base00"], slots["base0A"]) = ("262626", "ffd75e")
    terminal.show(sample(), theme: try Theme(scheme: try Base16Scheme(name: "Test", slots: slots)))
    let sent = String(decoding: pty.received(), as: UTF8.self)
    #expect(terminal.look.colors == (known ? .direct : .many))
    #expect(sent.contains("2::255:215:94m") == known)
    #expect(sent.contains("38;5;221m") != known)
  }

  @Test func cellsMadeByHandCannotHarm() throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    let terminal = try pty.terminal()
    defer { terminal.close() }
    var grid = Grid(size: size)
    grid[0, 0] = Cell("\u{1B}[2J")
    grid[1, 0] = Cell("脊")
    grid[2, 0] = Cell("x")
    grid[3, 0] = Cell("")
    grid[4, 0] = Cell("\u{301}")
    grid[39, 9] = Cell("椎")
    terminal.show(grid, theme: .plain)
    var seen = TinyTerminal(size, width: terminalWidth)
    seen.take(pty.received())
    #expect(seen.text == "� x\n" + String(repeating: "\n", count: 9))
    #expect(seen.unknown == [])
  }

  @Test func itFollowsTheTerminalThroughEverySize() throws {
    let pty = try #require(Pty(Size(width: 1, height: 1)))
    defer { pty.close() }
    let terminal = try pty.terminal()
    defer { terminal.close() }
    #expect(terminal.size == Size(width: 1, height: 1))
    for size in [(200, 2), (3, 50), (1, 1), (120, 40), (1, 40)].map({ Size(width: $0.0, height: $0.1) }) {
      pty.resize(size)
      raise(SIGWINCH)
      raise(SIGWINCH)
      #expect(terminal.poll(timeout: .seconds(10), watching: []) == [.resized(size)])
      #expect(terminal.size == size)
      _ = pty.received()
      let grid = frame(size) { $0.fill($0.bounds, "x") }
      terminal.show(grid, theme: .plain)
      var seen = TinyTerminal(size, width: terminalWidth)
      seen.take(pty.received())
      #expect(seen.text == grid.text)
    }
  }

  @Test func aFrameOfAnotherSizeIsClipped() throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    let terminal = try pty.terminal()
    defer { terminal.close() }
    terminal.show(frame(Size(width: 90, height: 30)) { $0.fill($0.bounds, "x") }, theme: .plain)
    terminal.show(frame(Size(width: 5, height: 1)) { $0.put("small", x: 0, y: 0) }, theme: .plain)
    var seen = TinyTerminal(size, width: terminalWidth)
    seen.take(pty.received())
    #expect(seen.text == "small\n" + String(repeating: "\n", count: 9))
  }

  @Test func everyWaitingKeyComesAtOnce() throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    let terminal = try pty.terminal()
    defer { terminal.close() }
    pty.type(String(repeating: "j", count: 500) + "é\u{1B}[B\u{1B}[200~q\r1\u{1B}[201~\u{13}\u{16}\r\u{1B}")
    let events = terminal.poll(timeout: .seconds(10), watching: [])
    let expected: [Key] = [.character("é"), .down, .paste("q\n1"), .control("s"), .control("v"), .enter]
    #expect(events == Array(repeating: .key(.character("j")), count: 500) + expected.map { .key($0) })
    // An Esc that nothing follows is the key after its wait.
    #expect(terminal.poll(timeout: .seconds(10), watching: []) == [.key(.escape)])
    #expect(terminal.poll(timeout: .zero, watching: []) == [.idle])
  }

  @Test func anArrowThatTheNetworkCutIsAnArrow() throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    let terminal = try pty.terminal(environment: ["SSH_TTY": "/dev/pts/0", "ESCDELAY": "5000"])
    defer { terminal.close() }
    pty.type("\u{1B}")
    #expect(terminal.poll(timeout: .milliseconds(60), watching: []) == [.idle])
    pty.type("[A")
    #expect(terminal.poll(timeout: .seconds(10), watching: []) == [.key(.up)])
  }

  @Test func signalsAndWakesAreEvents() throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    let terminal = try pty.terminal()
    defer { terminal.close() }
    let pipe = try #require(WakePipe())
    defer { pipe.close() }
    pipe.wake()
    #expect(terminal.poll(timeout: nil, watching: [pipe.descriptor]) == [.wake(pipe.descriptor)])
    pipe.drain()
    for (signal, event) in [(SIGINT, TerminalEvent.interrupted), (SIGTERM, .terminate), (SIGQUIT, .terminate)] {
      raise(signal)
      #expect(terminal.poll(timeout: .seconds(10), watching: [pipe.descriptor]) == [event])
    }
    terminal.show(sample(), theme: .plain)
    _ = pty.received()
    raise(SIGCONT)
    #expect(terminal.poll(timeout: .seconds(10), watching: []) == [.continued])
    terminal.show(sample(), theme: .plain)
    var seen = TinyTerminal(size, width: terminalWidth)
    seen.take(pty.received())
    #expect(seen.text == sample().text)
  }

  @Test func aTerminalThatGoesAwayHangsUp() throws {
    let pty = try #require(Pty(size))
    let terminal = try pty.terminal()
    pty.type("q")
    _ = Glibc.close(pty.master)
    let events = terminal.poll(timeout: .seconds(10), watching: [])
    #expect(events.last == .hangup)
    #expect(terminal.poll(timeout: .seconds(10), watching: []) == [.hangup])
    terminal.close()
    _ = Glibc.close(pty.slave)
  }

  @Test func theTerminalIsLeftAsItWasFound() throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    var before = termios()
    tcgetattr(pty.slave, &before)
    let terminal = try pty.terminal()
    terminal.show(sample(), theme: .plain)
    let opening = String(decoding: pty.received(), as: UTF8.self)
    #expect(opening.contains("\u{1B}[?1049h") && opening.contains("\u{1B}[?2004h"))
    #expect(!opening.contains("\u{1B}]") && !opening.contains("?1000h"))
    var during = termios()
    tcgetattr(pty.slave, &during)
    #expect(during.c_lflag & UInt32(ICANON | ECHO) == 0)
    terminal.close()
    let closing = String(decoding: pty.received(), as: UTF8.self)
    #expect(closing.contains("\u{1B}[?1049l") && closing.contains("\u{1B}[?2004l") && closing.contains("\u{1B}[?25h"))
    var after = termios()
    tcgetattr(pty.slave, &after)
    #expect(after.c_lflag == before.c_lflag && after.c_iflag == before.c_iflag && after.c_oflag == before.c_oflag)
    terminal.close()
    #expect(pty.received() == [])
  }

  @Test(arguments: [
    ("xterm-256color", [:], Look(colors: .many)), ("screen", [:], Look(colors: .eight)),
    ("vt100", [:], Look(colors: .none)), ("no-such-terminal", [:], Look(colors: .many)),
    ("xterm-256color", ["NO_COLOR": "1"], Look(colors: .none)),
    ("xterm-256color", ["NO_COLOR": ""], Look(colors: .many)),
  ])
  func theLookIsWhatTheTerminalCan(name: String, environment: [String: String], look: Look) throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    let terminal = try pty.terminal(name, environment: environment)
    defer { terminal.close() }
    #expect(terminal.look == look)
    terminal.show(sample(), theme: .plain)
    let colors = try Regex("\\x1b\\[[0-9;]*[34]8;5;|\\x1b\\[[34][0-7]m")
    let sent = String(decoding: pty.received(), as: UTF8.self)
    #expect(sent.contains(colors) == (look.colors == .many))
  }

  @Test func withoutUTF8OnlyASCIIIsSent() throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    setenv("LC_ALL", "C", 1)
    let terminal = try CursesTerminal(pty.options())
    defer { terminal.close() }
    #expect(terminal.look.unicode == false)
    terminal.show(sample(), theme: .plain)
    #expect(pty.received().allSatisfy { $0 < 0x80 })
  }

  @Test func aTerminalThatCannotPlaceItsCursorIsRefusedBeforeAnythingIsSent() throws {
    let pty = try #require(Pty(size))
    defer { pty.close() }
    #expect(throws: DisplayError.noCursorAddressing(terminal: "dumb")) { try pty.terminal("dumb") }
    #expect(pty.received() == [])
    #expect(DisplayError.noCursorAddressing(terminal: "dumb").message.contains("endplate show CASE --linear"))
  }

  @Test func aPipeIsNoTerminal() throws {
    let pipe = try #require(WakePipe())
    defer { pipe.close() }
    let options = TerminalOptions(environment: ["TERM": "xterm"], input: pipe.descriptor, output: pipe.descriptor)
    #expect(throws: DisplayError.notATerminal) { try CursesTerminal(options) }
  }
}
