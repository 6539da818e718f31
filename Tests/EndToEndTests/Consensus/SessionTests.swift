// Three people at three terminals take a disputed case from opened to recorded, and a fourth reads the minutes.

import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct Sessions {
    @Test("three readers at three terminals take a disputed case from signed to recorded")
    func threeTerminals() throws {
      // Given three seats at a case that all have signed
      let table = try ThreeSeats()
      let (r1, r2, r3) = (try table["R1"], try table["R2"], try table["R3"])
      try r1.wait(forText: "Case 1 is ready", "O opens it")
      try r1.press("O")
      try table.wait(for: "disputed 11", "open 23", "R1 leads, R2, R3")
      let readings = try table.readings()

      // When the host moves, all are at the same finding; only the host calls a vote
      try r1.press("Down")
      try table.wait(for: "▸≠ rim")
      try r2.press("v")
      try r2.wait(forText: "R1 leads and calls the votes; H takes the lead")
      try r1.press("v")
      try table.wait(for: "☐ vote 0/3", "vote 1 is open")

      // Then nobody's screen shows what was voted, the voter's own included, until all is revealed at once
      try vote(r1, "rim sign", "2")
      try vote(r2, "rim sign", "x")
      try table.wait(for: "voted R1, R2; waits for R3")
      try r1.press("r")
      try r1.wait(forText: "the vote waits for R3")
      try vote(r3, "rim sign", "2")
      try table.wait(for: "voted R1, R2, R3; r reveals")
      for (reader, screen) in try table.screens() { #expect(!screen.contains("not assess"), "\(reader)\n\(screen)") }
      try r1.press("r")
      try table.wait(for: "last vote: ", "present, ", "not assessable", "Enter adopts present, majority")

      // When they talk, vote again, adopt, and say why they had differed
      try r1.press("v")
      try table.wait(for: "vote 2 is open")
      for seat in [r1, r2, r3] { try vote(seat, "rim sign", "2") }
      try table.wait(for: "voted R1, R2, R3; r reveals")
      try r1.press("r")
      try table.wait(for: "last vote: A present, B present, C present", "Enter adopts present, discussed")
      try r1.press("Enter")
      try table.wait(for: "✓ present", "agreed: present, discussed")
      try r1.press("d")
      try r1.wait(forText: "Why the readers differed: rim sign")
      try r1.press("2")
      try table.wait(for: "cause: missed finding")
      try r1.press("R")
      try r1.wait(forText: "Why present: rim sign")
      try r1.type("closed on the axial images")
      try r1.press("Enter")
      try table.wait(for: "missed finding; closed on the axial", "open 22")

      // And the unanimous ones in one key, bones bone by bone, the follow-up examination, one left unresolved
      try r1.press("y")
      try table.wait(for: "open 10")
      try r1.press("n", "n", "n", "n")
      try table.wait(for: "▸≠ changes 2 mo", "≠ L5: A ")
      try r1.press("e")
      try r1.wait(forText: "Space what the readers said")
      try r1.press("Space", "Enter")
      try table.wait(for: "agreed: L5 unchanged, discussed", "open 9")
      try r1.press("n", "n", "n")
      try table.wait(for: "▸≠ soft tissue 2 ", "no grade has a majority")
      try r1.press("Enter")
      try r1.wait(forText: "no grade has a majority; v calls a vote, e agrees")
      try r1.press("e")
      try r1.wait(forText: "a digit, or Enter, takes a level")
      try r1.press("3")
      try table.wait(for: "agreed: reduced, discussed", "open 8")
      try r1.press("n")
      try table.wait(for: "▸≠ edge 2 mo")
      try r1.press("U")
      try table.wait(for: "left unresolved", "open 7")
      try r1.press("C")
      try r1.wait(forText: "7 findings are not yet settled; n goes to the next")
      for left in (0..<7).reversed() {
        try r1.press("n")
        try table.wait(for: "Enter adopts ", "open \(left + 1)")
        try r1.press("Enter")
        try table.wait(for: "open \(left)")
      }

      // When two have confirmed and the third still writes a note, they are asked again
      try confirm(r1)
      try table.wait(for: "R1 confirmed", "waits for R2, R3")
      try confirm(r2)
      try table.wait(for: "R2 confirmed", "waits for R3")
      try r3.press("m")
      try r3.wait(forText: "Note on ")
      try r3.type("see the second reading")
      try r3.press("Enter")
      try table.wait(for: "waits for R1, R2, R3", "note: see the second reading")
      try confirm(r1)
      try table.wait(for: "R1 confirmed", "waits for R2, R3")
      try r2.press("D")
      try r2.wait(forText: "Why you dissent")
      try r2.type("I see no rim")
      try r2.press("Enter")
      try table.wait(for: "R2 dissented: I see no rim", "waits for R3")
      try confirm(r3)

      // Then it is recorded, names stand for letters, the readings are as they were, and minutes tell a fourth
      try table.wait(for: "recorded", "R1 ", "R2 ", "R3 ")
      try r3.wait(forText: "✓ the consensus of case 1 is recorded, version 1")
      for (reader, screen) in try table.screens() {
        let heads = screen.split(separator: "\n").first { $0.contains("finding  ") } ?? ""
        #expect(ThreeSeats.readers.allSatisfy { heads.contains($0) }, "\(reader)\n\(screen)")
      }
      #expect(try table.readings() == readings)
      let minutes = try table.minutes()
      for words in [
        "recorded as version 1", "R1: confirmed", "R2: dissented: I see no rim", "R3: confirmed",
        "R1 called a vote on rim sign, the 2nd", "R1 revealed the vote on rim sign: ", "not assessable",
        "Cause: missed finding", "Rationale: closed on the axial images", "took over 12 unanimous findings",
        "Left unresolved", "see the second reading", "L5 unchanged", "Audit head",
      ] { #expect(minutes.contains(words), "‘\(words)’ is not in the minutes:\n\(minutes)") }
      #expect(try table.endplate("audit", "--verify").status == 0)
      #expect(try table.endplate("list", as: "presenter").text.contains("recorded"))
    }

    @Test("a seat that drops comes back where it was")
    func drops() throws {
      let table = try ThreeSeats()
      try open(table)
      try table["R1"].press("Down", "Down", "v")
      try table.wait(for: "▸≠ soft tissue", "☐ vote 0/3")
      try vote(table["R2"], "soft-tissue inflammation", "1")
      try table.wait(for: "voted R2; waits for R1, R3")

      try table.kill("R2")

      try table.wait(["R1", "R3"], for: "R1 leads, R3", "voted R2; waits for R1, R3")
      try table.sit("R2")
      try table.wait(for: "R1 leads, R3, R2", "▸≠ soft tissue", "voted R2; waits for R1, R3")
      try table["R2"].wait(forText: "your vote is in, v changes it")
      try vote(table["R1"], "soft-tissue inflammation", "2")
      try vote(table["R3"], "soft-tissue inflammation", "2")
      try table["R1"].wait(forText: "r reveals")
      try table["R1"].press("r")
      try table.wait(for: "last vote: ", "Enter adopts limited, majority")
    }

    @Test("the host is killed in the middle of a vote, and the other two finish")
    func hostIsKilled() throws {
      // Given a vote that R1 leads, and in which R2 has voted
      let table = try ThreeSeats()
      let left = ["R2", "R3"]
      try open(table)
      try table["R1"].press("Down", "v")
      try table.wait(for: "▸≠ rim", "☐ vote 0/3")
      try vote(table["R2"], "rim sign", "2")
      try table.wait(for: "voted R2; waits for R1, R3")
      // R1 is about to choose.
      try table["R1"].press("v")
      try table["R1"].wait(forText: "Your vote: rim sign")

      try table.kill("R1")

      // Then R2 leads, at the same finding and in the same vote
      let (r2, r3) = (try table["R2"], try table["R3"])
      try r2.wait(forText: "R1 has gone; you lead now")
      try table.wait(left, for: "R2 leads, R3", "▸≠ rim", "voted R2; waits for R1, R3")
      try vote(r3, "rim sign", "2")
      try table.wait(left, for: "voted R2, R3; waits for R1")
      try r2.press("r")
      try r2.wait(forText: "the vote waits for R1; A records who is absent")

      // When R1 is recorded absent with a reason, the two reveal, settle the rest and confirm
      try r2.press("A")
      try r2.wait(forText: "Who is absent?", "1  R1")
      try r2.press("1")
      try r2.wait(forText: "Why R1 is absent")
      try r2.press("Enter")
      try r2.wait(forText: "please give the reason in words")
      try r2.type("the line dropped")
      try r2.press("Enter")
      try table.wait(left, for: "voted R2, R3; r reveals", "R1 absent: the line dropped")
      try r2.press("r")
      try table.wait(left, for: "last vote: ", "no vote")
      try r2.press("Enter", "y")
      try table.wait(left, for: "open 10")
      for open in (0..<10).reversed() {
        try r2.press("n")
        try r2.wait(forText: "open \(open + 1)")
        let screen = try r2.stillScreen()
        try r2.press(screen.contains { $0.contains("Enter adopts") } ? "Enter" : "U")
        try table.wait(left, for: "open \(open)")
      }
      try confirm(r2)
      try table.wait(left, for: "R2 confirmed", "waits for R3")
      try confirm(r3)
      try table.wait(left, for: "recorded")

      // Then the record says who was absent and why
      let minutes = try table.minutes()
      #expect(minutes.contains("R1: absent: the line dropped"), "\(minutes)")
      #expect(minutes.contains("R2: confirmed") && minutes.contains("R3: confirmed"), "\(minutes)")
      #expect(minutes.contains("R2 recorded R1 absent: the line dropped"), "\(minutes)")
      #expect(try table.endplate("audit", "--verify").status == 0)
    }

    private func open(_ table: ThreeSeats) throws {
      try table["R1"].press("O")
      try table.wait(for: "disputed 11", "R1 leads, R2, R3")
    }

    private func vote(_ seat: Tmux, _ finding: String, _ key: String) throws {
      try seat.press("v")
      try seat.wait(forText: "Your vote: \(finding)")
      try seat.press(key)
      try seat.wait(for: "the vote is in") { screen in
        screen.contains { $0.contains("your vote is in") } && !screen.contains { $0.contains("Your vote: ") }
      }
    }

    private func confirm(_ seat: Tmux) throws {
      // The whole list is shown before Enter confirms it.
      try seat.press("C")
      try seat.wait(forText: "this is version ", "Enter shows the rest")
      try seat.press("End")
      try seat.wait(forText: "Enter confirms it as your own")
      try seat.press("Enter")
    }
  }
}
