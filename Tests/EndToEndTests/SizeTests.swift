// Every size a terminal can have, and getting there quickly.

import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct Sizes {
    @Test("a storm of resizes, down to one cell, leaves the screen as it was")
    func storm() throws {
      let sandbox = try Sandbox()
      let tmux = try sandbox.tmux()
      try tmux.wait(forText: "Worklist")
      try tmux.press("Enter")
      try tmux.wait(forText: "Case 1")
      let before = try tmux.stillScreen()

      for step in 0..<80 {
        try tmux.resize(TerminalSize(1 + step * 37 % 200, 1 + step * 23 % 60))
      }
      try tmux.resize(TerminalSize(1, 1))
      try tmux.resize(TerminalSize(80, 24))

      try tmux.wait(for: "the screen from before") { $0 == before }
    }

    @Test("one cell is enough to start in, to press keys in and to grow from")
    func oneCell() throws {
      let sandbox = try Sandbox()
      let tmux = try sandbox.tmux(size: TerminalSize(1, 1))
      try tmux.wait(for: "the workstation") { _ in try tmux.variable("alternate_on") == "1" }
      try tmux.press("Enter", "j", "Tab", "?", "Escape", ":", "x", "Escape")

      try tmux.resize(TerminalSize(80, 24))

      try tmux.wait(forText: "Worklist")
    }

    @Test(
      "below 60×16 it says what is needed, and a key leaves",
      arguments: [TerminalSize(59, 16), TerminalSize(60, 15), TerminalSize(20, 5)])
    func tooSmall(size: TerminalSize) throws {
      let sandbox = try Sandbox()
      let tmux = try sandbox.tmux(size: size)
      try tmux.wait(forText: "Too small", "\(size.columns)×\(size.rows)", "60×16")

      try tmux.press("Q")

      try tmux.wait(forText: "ended 0")
    }

    @Test(
      "each size from 60×16 up shows the worklist, a case and the study, and keeps inside the window",
      arguments: [
        TerminalSize(60, 16), TerminalSize(80, 24), TerminalSize(100, 30), TerminalSize(120, 40), TerminalSize(200, 60),
      ])
    func fits(size: TerminalSize) throws {
      let sandbox = try Sandbox()
      let tmux = try sandbox.tmux(size: size)
      try tmux.wait(forText: "Worklist", "7 cases", "M 53", "M 66", "help")
      try tmux.press("Enter")
      try tmux.wait(forText: "Case 1", "M 53", "published consensus", "Clinical")
      try tmux.press("i")
      try tmux.wait(forText: "Study", "Protocol")
      try tmux.press("Escape")
      try tmux.wait(forText: "Case 1")
      try tmux.press("Escape")
      try tmux.wait(forText: "Worklist", "7 cases")
    }

    @Test("at 120×40 the whole case is there without a key")
    func wholeCase() throws {
      let sandbox = try Sandbox()
      let tmux = try sandbox.tmux(size: TerminalSize(120, 40))
      try tmux.wait(forText: "Worklist")

      try tmux.press("Enter")

      try tmux.wait(
        forText: "1 Clinical", "2 Spine", "3 Signal", "4 Enhancement", "5 Rim sign", "6 Halo sign", "7 Disks",
        "8 Follow-up", "9 Readers", "0 Examinations")
    }
  }
}
