// A presenter and two learners at three terminals go through a case together.

import Glibc
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct Presenting {
    @Test("teach takes the study that the option or the environment names")
    func named() throws {
      let sandbox = try Sandbox()
      let (missing, page) = (sandbox.path("missing.study"), sandbox.path("page.html"))
      let environment = ["ENDPLATE_STUDY": missing]
      let named = try sandbox.endplate("teach", "5", "--handout", page, environment: environment)
      let option = try sandbox.endplate(
        "teach", "5", "--handout", page, "--study", "sample", environment: environment)
      #expect(named.status == 66 && named.errorText.contains(missing), "\(named.errorText)")
      #expect(option.status == 0, "\(option.errorText)")
    }

    @Test("case 5, with a learner who looks around and a presenter who is killed")
    func threeTerminals() throws {
      let sandbox = try Sandbox()
      let anna = try sandbox.tmux(["teach", "--follow"])
      try anna.wait(forText: "nobody is presenting now")
      let presenter = try sandbox.tmux(["teach", "5", "--present"])
      try presenter.wait(forText: "Case 5  M 56   1 of 15", "presenting to 1")
      try anna.wait(forText: "Case 5  M 56   1 of 15", "with the presenter")
      // Who comes late lands at the step.
      try presenter.press("Enter")
      let ben = try sandbox.tmux(["teach", "--follow", "--ascii"], size: TerminalSize(120, 40))
      try ben.wait(forText: "2 of 15  How far it goes", "with the presenter")
      try anna.wait(forText: "2 of 15  How far it goes")
      try presenter.wait(forText: "presenting: 0 of 2 answered")

      try anna.press("2")
      try anna.wait(forText: "[2] They make", "✓ answered")
      try ben.press("3")
      try ben.wait(forText: "Y answered")
      try presenter.wait(forText: "presenting: 2 of 2 answered")
      for screen in try [presenter.screen(), anna.screen(), ben.screen()] {
        #expect(!screen.contains { $0.contains("answered, ") }, "counts before they are shown")
      }

      try presenter.press("Enter")
      for seat in [presenter, anna, ben] { try seat.wait(forText: "2 of 2 answered, 1 right.") }
      try anna.wait(forText: "✓ Right.")
      try ben.wait(forText: "x No.", "############")

      try anna.press("l")
      try anna.wait(forText: "Teaching file", "case 5 is presented: f returns")
      try presenter.press("Enter")
      try ben.wait(forText: "3 of 15")
      #expect(try anna.screen().contains { $0.contains("Teaching file") }, "who looks around is left in peace")
      try anna.press("f")
      try anna.wait(forText: "3 of 15", "with the presenter")

      try anna.press("1")
      try presenter.wait(forText: "presenting: 1 of 2 answered")
      for process in try presenter.programs() { kill(process, SIGKILL) }
      try presenter.wait(forText: "ended")
      try anna.wait(forText: "the presenter has gone", "3 of 15")
      try ben.wait(forText: "the presenter has gone", "3 of 15")

      let again = try sandbox.tmux(["teach", "--present"])
      try again.wait(forText: "3 of 15", "presenting: 1 of 2 answered")
      try ben.wait(forText: "with the presenter")
      try ben.press("1")
      try again.wait(forText: "presenting: 2 of 2 answered")
      try again.press("Enter")
      for seat in [again, anna, ben] { try seat.wait(forText: "2 of 2 answered, 2 as the consensus.") }

      // To the end of the case, where nothing is hidden any more.
      for _ in 0..<30 { try again.press("Enter") }
      for seat in [again, anna, ben] { try seat.wait(forText: "15 of 15") }
      try again.press("E")
      try anna.wait(forText: "the presentation has ended")
      try again.press("R")
      try again.wait(forText: "Session report", "2 of 2 answered, open for")
      try again.press("Q")
      try again.wait(forText: "ended 0")
      let report = try sandbox.endplate("teach", "--report", "--format", "csv")
      #expect(report.status == 0)
      #expect(report.text.contains("They make tuberculosis hard to tell from neoplasm,✓,1,"), "\(report.text)")
      #expect(report.text.contains("hypo,✓,2,2 of 2,") || report.text.contains("hypo,✓,2,"), "\(report.text)")
      #expect(!report.text.contains("learner"))
    }

    @Test func whoMayNotLeadIsToldWhoMay() throws {
      let sandbox = try Sandbox()

      let refused = try sandbox.endplate("teach", "5", "--present", "--study", "practice", "--as", "R1")
      let both = try sandbox.endplate("teach", "5", "--follow")

      #expect(refused.status == 77 && refused.errorText.contains("only a presenter presents, and R1 is a reader"))
      #expect(both.status == 64 && both.errorText.contains("the presenter chooses the case"))
    }

    @Test func controlsAreConstructedOnEveryScreenAndPage() throws {
      let sandbox = try Sandbox()
      let keys = try sandbox.write("keys.txt", "<Enter>")
      let screens = [["demo", "--controls"], ["teach", "C1", "--study", "controls"], ["teach", "C1", "--unknown"]]
      for (index, screen) in screens.enumerated() {
        let shown = sandbox.path("screen\(index).txt")
        let result = try sandbox.endplate(screen + ["--keys", keys, "--dump", shown, "--size", "80x24"])
        #expect(result.status == 0, "\(result.errorText)")
        #expect(try String(contentsOfFile: shown, encoding: .utf8).contains("onstructed"), "\(screen)")
      }
      for page in [["tables", "1"], ["tables", "2", "--format", "html"], ["tables", "summary"], ["show", "C2"]] {
        let result = try sandbox.endplate(page + ["--study", "controls"])
        #expect(result.status == 0 && result.text.contains("onstructed"), "\(page): \(result.text)")
      }
      let published = try sandbox.endplate("tables", "summary")
      #expect(!published.text.contains("onstructed") && published.text.contains("PubMed 18356469"))
    }

    @Test func nothingIsDueOrReportedBeforeThereIsSomething() throws {
      let sandbox = try Sandbox()
      let due = try sandbox.endplate("teach", "--due")
      #expect(due.status == 0 && due.text.contains("nothing was answered yet; quiz a case first"))
      let report = try sandbox.endplate("teach", "--report")
      #expect(report.status == 66 && report.errorText.contains("you have presented nothing of this study yet"))
      let keys = try sandbox.write("keys.txt", "<Enter><Enter><Down><Down> <Enter>22<Enter>")
      _ = try sandbox.endplate("teach", "1", "--quiz", "--keys", keys, "--size", "80x24")
      let later = try sandbox.endplate("teach", "--due")
      #expect(later.text.contains("nothing is due; the next question is due in 1 day"), "\(later.text)")
    }

    @Test func aScriptThatSaysAnotherGradeThanTheConsensusIsRefused() throws {
      let sandbox = try Sandbox()
      let script = try sandbox.write(
        "rim.yaml",
        """
        format: endplate-teaching/1
        case: 4
        neutral_title: A woman
        steps:
          - {topic: rim, title: The rim, grades: {rim_sign: present}}
        """)

      let refused = try sandbox.endplate("teach", "4", "--script", script, "--handout", sandbox.path("a.html"))

      #expect(refused.status == 65)
      #expect(refused.errorText.contains("the consensus on case 4 is another: rim sign"), "\(refused.errorText)")
    }

    @Test func anAudienceThatWaitsCostsNothing() throws {
      let sandbox = try Sandbox()
      let presenter = try sandbox.workstation(["teach", "5", "--present"])
      let learner = try sandbox.workstation(["teach", "--follow"])
      #expect(learner.read { $0.output.holds("with the presenter") })
      // The presenter's screen takes notice within a second.
      presenter.readUntilQuiet(for: .seconds(2))
      learner.readUntilQuiet()
      let before = (presenter.output.count, learner.output.count)

      // Longer than several signs of life of both.
      let deadline = ContinuousClock.now + .seconds(6)
      while ContinuousClock.now < deadline {
        learner.read(within: .milliseconds(100))
        presenter.read(within: .milliseconds(100))
      }

      #expect(learner.output.count == before.1)
      #expect(presenter.output.count == before.0)
    }
  }
}
