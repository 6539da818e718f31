// A seat can do nothing else: each attempt fails, and succeeds once its protection is taken away.

import Foundation
import Glibc
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct SeatAttempts {
    @Test("a seat can do nothing else, and each attempt would succeed without its protection")
    func attempts() throws {
      let study = try AttemptStudy()
      for attempt in Attempt.all {
        let (seat, bare) = (
          try study.line(for: attempt, isProtected: true), try study.line(for: attempt, isProtected: false)
        )
        let whole = try String(contentsOfFile: study.seats.host.authorizedKeys, encoding: .utf8)
        defer { try? study.seats.host.authorize(whole) }

        try study.seats.host.authorize(seat)
        #expect(try !attempt.succeeds(study), "it succeeded: \(attempt.name)")
        study.removeMark()
        try study.seats.host.authorize(bare)
        #expect(try attempt.succeeds(study), "it fails for another reason: \(attempt.name)\n\(bare)")
        study.removeMark()
      }
    }

    @Test("what is refused ends with 77, a sentence, and nothing on standard output")
    func refusals() throws {
      let study = try SeatStudy()
      for command in ["sh", "list; id", "backup x", "list --study x", "seat open R2", "scp -f x", "list\nid"] {
        let result = try study.ask("R1", command)

        #expect(result.status == 77, "\(command): \(result.errorText)")
        #expect(result.output.isEmpty)
        #expect(result.errorText.hasPrefix("endplate: "), "\(result.errorText)")
      }
      // At a seat no study is named, and no path told.
      let unknown = try study.ask("R1", "show 99")
      #expect(unknown.status == 66 && unknown.errorText.contains("‘endplate list’ shows them"), "\(unknown.errorText)")
    }

    @Test("a learner's seat is the teaching file, and answers no command that tells a grade")
    func learner() throws {
      let study = try SeatStudy()
      try study.addSeat("L1", "--role", "learner", "--name", "Lea")
      for command in ["list", "show 1 --linear", "tables", "agreement", "audit"] {
        let result = try study.ask("L1", command)
        #expect(result.status == 77 && result.output.isEmpty, "\(command): \(result.errorText)")
      }

      let seat = try study.sit("L1")
      try seat.wait(for: "Teaching file")
      seat.type("qcnp")
      seat.readUntilQuiet()
      seat.type("Q")

      #expect(seat.waitForEnd() == .exited(0))
      #expect(!seat.output.holds("Worklist"))
    }

    @Test(
      "names that are no names, of terminal and locale, are passed over",
      arguments: [
        ["TERM": "../../../../etc/passwd"], ["TERM": "x\u{1B}]0;owned\u{7}"], ["TERM": "xterm\nLD_PRELOAD=/tmp/x"],
        ["TERM": String(repeating: "x", count: 5000)], ["TERM": "%s%n%n"], ["LANG": "../../../../tmp/evil.UTF-8"],
        ["LC_ALL": String(repeating: "A", count: 5000) + ".UTF-8"], ["LC_CTYPE": "\u{1B}[2J%n.UTF-8"],
        ["LANG": "tr_TR.UTF-8", "LANGUAGE": "/tmp/x"],
      ])
    func names(environment: [String: String]) throws {
      let study = try SeatStudy()

      let seat = try study.sit("R1", ["-o", "SendEnv=LANG LC_* LANGUAGE"], environment: environment)

      try seat.wait(for: "Worklist")
      seat.type("Q")
      #expect(seat.waitForEnd() == .exited(0))
      #expect(!seat.output.holds("owned") && !seat.output.holds("passwd"))
    }

    @Test(
      "a window of any size is taken, and no memory for what nobody can see",
      arguments: [
        TerminalSize(65_535, 65_535), TerminalSize(1, 65_535), TerminalSize(65_535, 1), TerminalSize(0, 0),
        TerminalSize(1, 1),
      ])
    func sizes(size: TerminalSize) throws {
      let study = try SeatStudy()
      let seat = try study.sit("R1", size: size)
      #expect(seat.read { !$0.output.isEmpty })
      seat.readUntilQuiet()
      let pid = try #require(study.processes(of: "R1").last)
      let first = try #require(ProcessFigures(pid: pid)).resident

      seat.resize(TerminalSize(80, 24))
      try seat.wait(for: "Worklist")
      seat.resize(size)
      seat.readUntilQuiet()
      let second = try #require(ProcessFigures(pid: pid)).resident

      #expect(max(first, second) < 400_000_000)
      seat.resize(TerminalSize(80, 24))
      seat.readUntilQuiet()
      seat.type("Q")
      #expect(seat.waitForEnd() == .exited(0))
    }
  }
}
