// Every fact of the three published tables is on the case screens, and in what `show` prints.

import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct PublishedFacts {
    @Test(
      "each panel, made large, holds its facts", arguments: PublishedCase.all,
      [TerminalSize(80, 24), TerminalSize(120, 40)])
    func panels(published: PublishedCase, size: TerminalSize) throws {
      let sandbox = try Sandbox()
      let tmux = try sandbox.tmux(size: size)
      try tmux.wait(forText: "Worklist", "M 66")
      for _ in 1..<published.number { try tmux.press("Down") }
      try tmux.press("Enter")
      try tmux.wait(forText: "Case \(published.number)", published.patient)
      // The first panel has the focus already.
      try tmux.press("Enter")

      for (key, texts) in published.panels {
        if key != "1" { try tmux.press(key) }
        var seen = ""
        try tmux.wait(for: "panel \(key) with \(texts)") { screen in
          let text = runningText(Array(screen.dropFirst(2).dropLast()))
          guard screen.contains(where: { $0.contains("\(key) ") }) else { return false }
          // A long panel is scrolled through; what was seen stays seen.
          if !seen.hasSuffix(text) { seen += " " + text }
          if texts.allSatisfy({ seen.contains($0) }) { return true }
          if screen.contains(where: { $0.contains("more ↓") }) { try tmux.press("PageDown") }
          return false
        }
      }
    }

    @Test("one fact a line, for screen readers and pipes", arguments: PublishedCase.all)
    func linear(published: PublishedCase) throws {
      let sandbox = try Sandbox()

      let result = try sandbox.endplate("show", "\(published.number)", "--linear")

      #expect(result.status == 0)
      let lines = result.text.split(separator: "\n")
      let missing = published.lines.filter { wanted in !lines.contains { $0.hasPrefix(wanted) } }
      #expect(missing == [])
      #expect(!result.text.contains { "│─┌█▒".contains($0) })
    }

    @Test("the study screen tells the way from 214 patients to 7")
    func population() throws {
      let sandbox = try Sandbox()
      let tmux = try sandbox.tmux(size: TerminalSize(160, 60))
      try tmux.wait(forText: "Worklist", "M 66")

      try tmux.press("i")

      try tmux.wait(
        forText: "214", "179", "13", "no MR imaging", "imaged only after treatment or surgery began",
        "typical imaging", "no tissue proof", "resolved under empiric antibiotics", "leukaemia", "T1W", "500", "700",
        "three musculoskeletal radiologists", "September 2000 to August 2007")
    }
  }
}
