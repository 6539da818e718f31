// The agreement screen in a terminal: the figures are those of the command, and a cell leads to its case.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct AgreementScreen {
    /// The practice study with the three cases open that all have signed.
    private func opened() throws -> Sandbox {
      let sandbox = try Sandbox()
      for id in ["1", "4", "6"] {
        let result = try sandbox.endplate("consensus", "open", id, "--study", "practice", "--as", "coordinator")
        try #require(result.status == 0, "\(result.errorText)")
      }
      return sandbox
    }

    /// Value of an item's primary figure and why it has no interval, as the command gives them to a program.
    private func figure(_ item: String, _ sandbox: Sandbox) throws -> (value: Double, reason: String) {
      let result = try sandbox.endplate(
        "agreement", "--study", "practice", "--as", "R2", "--finding", item, "--json", "--resamples", "0")
      let document = try #require(try JSONSerialization.jsonObject(with: Data(result.text.utf8)) as? [String: Any])
      let comparison = try #require((document["comparisons"] as? [[String: Any]])?.first)
      let found = try #require((comparison["items"] as? [String: [String: Any]])?[item])
      let metrics = try #require((found["report"] as? [String: Any])?["metrics"] as? [String: [String: Any]])
      let primary = try #require(found["primary"] as? String)
      let metric = try #require(metrics[primary])
      #expect(metric["ci95"] is NSNull)
      return (try #require(metric["value"] as? Double), try #require(metric["ci95_absent"] as? String))
    }

    @Test("the figures are those of the command, and what names a reader waits for the record")
    func figuresAndCases() throws {
      let sandbox = try opened()
      let rim = try figure("rim_sign", sandbox)
      let tmux = try sandbox.tmux(["--study", "practice", "--as", "R2"])
      try tmux.wait(forText: "Worklist", "7 cases")

      try tmux.press("K")
      try tmux.wait(forText: "Gwet AC1 or the nearest (protocol)", "3 of 7 open", "3/3 few", "not defined")
      for _ in 0..<7 { try tmux.press("Down") }
      try tmux.wait(forText: "rim sign: Gwet AC1 \(String(format: "%.3f", rim.value))")
      #expect(rim.reason == "with fewer than 5 cases none holds its level")
      try tmux.wait(forText: "No interval: with fewer than 5 cases")

      try tmux.press("Enter")
      // Who graded what has names once the consensus is recorded.
      try tmux.wait(forText: "3/3 used", "Readers are letters until the consensus of their case is recorded")
      try tmux.press("Escape")
      try tmux.wait(forText: "3 of 7 open")
    }

    @Test("a study without readings of its own says why, and so does one with nothing open")
    func nothingToShow() throws {
      let sandbox = try Sandbox()
      let published = try sandbox.tmux(["--study", "sample"])
      try published.wait(forText: "Worklist")
      try published.press("K")
      try published.wait(forText: "No agreement to show", "joint protocol")

      let practice = try sandbox.tmux(["--study", "practice", "--as", "R1"])
      try practice.wait(forText: "Worklist")
      try practice.press("K")
      try practice.wait(forText: "no case is open yet", "consensus open CASE")
      // Somebody opens one meanwhile: the screen follows.
      let result = try sandbox.endplate("consensus", "open", "1", "--study", "practice", "--as", "coordinator")
      try #require(result.status == 0, "\(result.errorText)")
      try practice.wait(forText: "1 of 7 open", "1/1 few")
    }
  }
}
