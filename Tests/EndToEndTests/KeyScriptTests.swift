// A key script runs through the same loop, and its last screen is what a person would see.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct KeyScripts {
    @Test("the dump of a key script is the screen a terminal shows")
    func sameScreen() throws {
      let sandbox = try Sandbox()
      let script = try sandbox.write("keys", "# to the third case\njj<Enter>\n<wait>\n<Tab><wait>\n")

      let result = try sandbox.endplate(
        "demo", "--keys", script, "--dump", sandbox.path("screen"), "--size", "100x30")

      #expect(result.status == 0, "\(result.errorText)")
      #expect(result.output.isEmpty)
      let dumped = lines(try String(contentsOfFile: sandbox.path("screen"), encoding: .utf8))
      let tmux = try sandbox.tmux(size: TerminalSize(100, 30))
      try tmux.wait(forText: "Worklist", "M 66")
      try tmux.press("j", "j", "Enter")
      try tmux.wait(forText: "Case 3")
      try tmux.press("Tab")
      try tmux.wait(for: "\(dumped.joined(separator: "\n"))") { lines($0.joined(separator: "\n")) == dumped }
    }

    @Test("a script that cannot be understood, or is not there, is told by line")
    func faults() throws {
      let sandbox = try Sandbox()
      let script = try sandbox.write("keys", "jj\n<Entre>\n")

      let unknown = try sandbox.endplate("demo", "--keys", script)
      let missing = try sandbox.endplate("demo", "--keys", sandbox.path("nothing"))

      #expect(unknown.status == 65)
      #expect(unknown.errorText.contains("\(script):2:"))
      #expect(unknown.errorText.contains("<Enter>"))
      #expect(missing.status == 66)
      #expect(missing.errorText.contains(sandbox.path("nothing")))
    }

    private func lines(_ text: String) -> [String] {
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        String(line.reversed().drop { $0 == " " }.reversed())
      }
      while lines.last == "" { lines.removeLast() }
      return lines
    }
  }
}
