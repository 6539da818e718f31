// Terminals of all kinds, and people who want no colour or have no Unicode.

import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct TerminalKinds {
    @Test("a terminal without cursor addressing gets a sentence and no escape sequence")
    func dumb() throws {
      let sandbox = try Sandbox(environment: ["TERM": "dumb"])
      let process = try sandbox.workstation()

      #expect(process.waitForEnd() == .exited(69))
      #expect(process.output.holds("--linear"))
      #expect(!process.output.contains(0x1B))
    }

    @Test("without a terminal it says so and does not start")
    func noTerminal() throws {
      let sandbox = try Sandbox()

      let result = try sandbox.endplate("demo")

      #expect(result.status == 69)
      #expect(result.output.isEmpty)
      #expect(result.errorText.contains("--linear"))
    }

    @Test(
      "every terminal that can address the cursor shows the same words",
      arguments: ["vt100", "linux", "screen", "screen-256color", "tmux", "xterm-256color", "nobody-knows-this"])
    func same(terminal: String) throws {
      let sandbox = try Sandbox()
      let reference = try sandbox.tmux()
      try reference.wait(forText: "Worklist", "M 66")
      let expected = try reference.stillScreen()

      let tmux = try sandbox.tmux(terminal: terminal)

      try tmux.wait(for: "the worklist as on tmux-256color") { $0 == expected }
      try tmux.press("Q")
      try tmux.wait(forText: "ended 0")
    }

    @Test("a terminal is sent only the colours it has", arguments: ["vt100", "linux", "screen", "xterm-256color"])
    func colours(terminal: String) throws {
      let sandbox = try Sandbox(environment: ["TERM": terminal])
      let process = try sandbox.workstation()
      try process.waitForWorklist()
      process.type("\r")
      process.readUntilQuiet()

      let extended = process.output.renditions.contains { $0.contains("38;5") || $0.contains("48;5") }

      #expect(process.output.holds("Case 1"))
      #expect(process.output.choosesColor == (terminal != "vt100"))
      #expect(extended == (terminal == "xterm-256color"))
    }

    @Test("NO_COLOR: no colour is chosen, and the cursor line still stands out")
    func noColor() throws {
      let sandbox = try Sandbox(environment: ["NO_COLOR": "1"])
      let process = try sandbox.workstation()
      try process.waitForWorklist()
      process.type("\r")
      process.readUntilQuiet()
      process.type("i")
      process.readUntilQuiet()

      #expect(process.output.holds("Case 1"))
      #expect(!process.output.choosesColor)
      #expect(process.output.renditions.contains { $0.split(separator: ";").contains("7") })
    }

    @Test("in a locale without Unicode, and with --ascii, every byte is ASCII", arguments: [["LANG": "C"], [:]])
    func ascii(environment: [String: String]) throws {
      let sandbox = try Sandbox(environment: environment)
      let process = try sandbox.workstation(environment.isEmpty ? ["demo", "--ascii"] : ["demo"])
      try process.waitForWorklist()
      for keys in ["?", "?", ":", "\u{1B}", "T", "\u{1B}", "\r", "8", "8", "i"] {
        process.type(keys)
        process.readUntilQuiet()
      }

      #expect(process.output.holds("Case 1"))
      #expect(process.output.allSatisfy { $0 < 0x80 })
    }

    @Test("an idle screen sends nothing", arguments: ["", "\r", "i"])
    func idle(keys: String) throws {
      let sandbox = try Sandbox()
      let process = try sandbox.workstation()
      try process.waitForWorklist()
      process.type(keys)
      process.readUntilQuiet(for: .seconds(1))
      let before = process.output.count

      process.readUntilQuiet(for: .seconds(3))

      #expect(process.output.count - before == 0)
    }
  }
}
