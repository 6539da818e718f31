// Three readers at one screen: votes and confirmations in turn, a curtain and a passphrase between them.

import Glibc
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct OneScreen {
    private let sandbox: Sandbox
    private let secret = "correct horse 2"

    init() throws { sandbox = try Sandbox() }

    private func endplate(_ arguments: String..., as principal: String = "coordinator") throws -> ProgramResult {
      let result = try sandbox.endplate(arguments + ["--study", "practice", "--as", principal])
      #expect(result.status == 0, "\(arguments): \(result.errorText)")
      return result
    }

    @Test("a case goes from signed to recorded, each vote and each word behind the curtain")
    func curtain() throws {
      // Given two readers with passphrases of their own, and the seat of a third
      let file = try sandbox.write("secret", secret + "\n")
      chmod(file, 0o600)
      for reader in ["R2", "R3"] { _ = try endplate("study", "passphrase", reader, "--new-from", file, as: reader) }
      let screen = try sandbox.tmux(["demo", "--practice", "--as", "R1"])
      try screen.wait(forText: "Worklist", "7 cases")
      try screen.type("/m 53")
      try screen.press("Enter", "c", "O")
      try screen.wait(forText: "disputed 11", "open 23")

      // When they vote in turn
      try screen.press("Down", "v", "w")
      try screen.wait(forText: "R1 votes on rim sign now")
      #expect(try screen.screen().allSatisfy { !$0.contains("absent") && !$0.contains("disputed") })
      try screen.press("Enter", "x")
      try screen.wait(forText: "R2 votes on rim sign now", "The others look away.")
      #expect(try screen.screen().allSatisfy { !$0.contains("not assess") })
      try screen.press("Enter")
      try screen.wait(forText: "Passphrase of R2")
      try screen.type("wrong horse")
      try screen.press("Enter")
      try screen.wait(forText: "not the passphrase of R2", "Passphrase of R2")
      try screen.type(secret)
      try screen.press("Enter")
      try screen.wait(forText: "R2 votes: rim sign")
      try screen.press("2")
      try screen.wait(forText: "R3 votes on rim sign now")
      try screen.press("Enter")
      try screen.wait(forText: "Passphrase of R3")
      try screen.type(secret)
      try screen.press("Enter")
      try screen.wait(forText: "R3 votes: rim sign")
      try screen.press("2")

      // Then nothing of it is seen before the reveal
      try screen.wait(forText: "all have voted; r reveals", "voted R1, R2, R3; r reveals")
      #expect(try screen.screen().allSatisfy { !$0.contains("not assess") && !$0.contains(secret) })
      try screen.press("r")
      try screen.wait(forText: "last vote: ", "not assessable", "Enter adopts present, majority")

      // When all is settled and each confirms or dissents in turn
      try screen.press("Enter", "y")
      try screen.wait(forText: "open 10")
      for open in (0..<10).reversed() {
        try screen.press("n", "U")
        try screen.wait(forText: "open \(open)")
      }
      try screen.press("W")
      try screen.wait(forText: "R1 confirms now")
      try screen.press("Enter")
      try screen.wait(forText: "R1, this is version ")
      try screen.press("End", "Enter")
      try screen.wait(forText: "R2 confirms now")
      try screen.press("Enter")
      try screen.wait(forText: "Passphrase of R2")
      try screen.type(secret)
      try screen.press("Enter")
      try screen.wait(forText: "R2, this is version ")
      try screen.press("D")
      try screen.wait(forText: "Why R2 dissents")
      try screen.type("too much is unresolved")
      try screen.press("Enter")
      try screen.wait(forText: "R3 confirms now")
      try screen.press("Enter")
      try screen.wait(forText: "Passphrase of R3")
      try screen.type(secret)
      try screen.press("Enter")
      try screen.wait(forText: "R3, this is version ")
      try screen.press("End", "Enter")

      // Then it is recorded, each word by its own reader
      try screen.wait(forText: "✓ the consensus of case 1 is recorded, version 1")
      let minutes = try endplate("consensus", "minutes", "1").text
      for words in ["R1: confirmed", "R2: dissented: too much is unresolved", "R3: confirmed", "R2 voted on rim sign"] {
        #expect(minutes.contains(words), "‘\(words)’ is not in the minutes:\n\(minutes)")
      }
      let written = sandbox.path("minutes.txt")
      #expect(try endplate("consensus", "minutes", "1", "--out", written).status == 0)
      #expect(try String(contentsOfFile: written, encoding: .utf8) == minutes)
      let again = try sandbox.endplate(
        "consensus", "minutes", "1", "--out", written, "--study", "practice", "--as", "coordinator")
      #expect(again.status == 73 && again.errorText.contains("--force"), "\(again.errorText)")
      let trail = try sandbox.endplate(
        "audit", "--by", "R2", "--study", "practice", "--as", "R2", "--passphrase-file", file)
      #expect(trail.text.contains("at the seat of R1"), "\(trail.text)\(trail.errorText)")
      _ = try endplate("audit", "--verify")
    }

    @Test("three idle seats of a session send nothing")
    func idle() throws {
      // Given three seats in a vote
      _ = try endplate("consensus", "open", "1")
      let seats = try ThreeSeats.readers.map { try sandbox.workstation(["demo", "--practice", "--as", $0]) }
      for seat in seats {
        try seat.waitForWorklist()
        seat.type("/m 53\rc")
        #expect(seat.read { $0.output.holds("disputed 11") })
      }
      seats[0].type("v")
      for seat in seats { #expect(seat.read { $0.output.holds("vote 1 is open") }) }
      for seat in seats { seat.readUntilQuiet(for: .seconds(1)) }
      let before = seats.map(\.output.count)

      // When nobody does anything for longer than a sign of life takes
      for seat in seats { seat.readUntilQuiet(for: .seconds(3)) }

      #expect(seats.map(\.output.count) == before)
    }
  }
}
