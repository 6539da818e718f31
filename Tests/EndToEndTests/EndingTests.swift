// Every way out gives the terminal back and keeps the study.

import Glibc
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct Endings {
    @Test("the key that leaves gives the terminal back")
    func quit() throws {
      let sandbox = try Sandbox()
      let process = try sandbox.workstation()
      try process.waitForWorklist()

      process.type("Q")

      #expect(process.waitForEnd() == .exited(0))
      #expect(process.hasRestoredTerminal)
    }

    @Test("signals that end it give the terminal back first", arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func signals(number: Int32) throws {
      let sandbox = try Sandbox()
      let process = try sandbox.workstation()
      try process.waitForWorklist()

      process.signal(number)

      #expect(process.waitForEnd() == .exited(0))
      #expect(process.hasRestoredTerminal)
    }

    @Test("when the link drops the program ends")
    func hangUp() throws {
      let sandbox = try Sandbox()
      let process = try sandbox.workstation()
      try process.waitForWorklist()

      process.hangUp()

      #expect(process.waitForEnd() != nil)
    }

    @Test("killed without a warning, the study is whole and opens where it was")
    func killed() throws {
      let sandbox = try Sandbox()
      let process = try sandbox.workstation()
      try process.waitForWorklist()
      process.type("jj\r")
      #expect(process.read { $0.output.holds("Case 3") })
      let before = try sandbox.endplate("list", "--json")

      process.signal(SIGKILL)

      #expect(process.waitForEnd() == .killed(by: SIGKILL))
      #expect(try sandbox.endplate("list", "--json") == before)
      let again = try sandbox.workstation()
      try again.waitForWorklist()
    }

    @Test("Ctrl-Z gives the shell its terminal, fg brings the screen back")
    func jobControl() throws {
      let sandbox = try Sandbox(environment: ["PS1": "shell> "])
      let tmux = try Tmux(sandbox, ["bash", "--norc", "--noprofile", "-i"])
      try tmux.wait(forText: "shell>")
      try tmux.type("\(builtProgram("endplate")) demo")
      try tmux.press("Enter")
      try tmux.wait(forText: "Worklist", "M 53")
      let before = try tmux.stillScreen()

      try tmux.press("C-z")
      try tmux.wait(forText: "shell>", "Stopped")
      #expect(try tmux.variable("alternate_on") == "0")
      #expect(try tmux.variable("cursor_flag") == "1")
      try tmux.type("stty -a | grep -c ' icanon .* echo '; echo typed")
      try tmux.press("Enter")
      try tmux.wait(for: "a shell that echoes and edits lines") { $0.contains("typed") && $0.contains("1") }
      try tmux.resize(TerminalSize(100, 30))
      try tmux.resize(TerminalSize(80, 24))

      try tmux.type("fg")
      try tmux.press("Enter")

      try tmux.wait(for: "the screen from before") { $0 == before }
      try tmux.press("Q")
      try tmux.wait(for: "the shell") { $0.last { !$0.isEmpty }?.hasPrefix("shell>") == true }
    }
  }
}
