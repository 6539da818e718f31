// A link is cut in the middle of a consensus session: of a vote, of a note, of a confirmation.

import Foundation
import Glibc
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct CutSessions {
    @Test("cut in the middle of a vote, a note and a confirmation, one comes back to each, and nothing is half done")
    func cut() throws {
      let study = try SeatStudy(cases: 1)
      try signAll(study)
      try study.endplate(["consensus", "open", "1", "--study", study.study, "--as", "coordinator"])
      let host = try sit(study, "R1")
      var seat = try sit(study, "R2")
      host.type("c")
      try host.see("─ rim sign ─")
      seat.type("c")
      // R1 came first and leads; the rim sign stands first, on which one differs from two.
      try host.see("R1 leads, R2", "─ rim sign ─")
      host.type("v")
      try seat.see("vote 1 is open")

      // A vote that is not cast: the choice is on the screen, no key yet.
      seat.type("v")
      try seat.see("Your vote: rim sign")
      seat = try cut(seat, study, "R2")
      try seat.see("─ rim sign ─", "vote 1 is open", "R1 leads, R2")
      #expect(try acts(study, "voted") == 0)

      // A vote whose key has gone into the link.
      seat.type("v")
      try seat.see("Your vote: rim sign")
      seat.type("2")
      seat = try cut(seat, study, "R2", signal: SIGTERM)
      try seat.see("─ rim sign ─", "R1 leads, R2")
      let cast = try acts(study, "voted")
      #expect(cast <= 1)
      if cast == 0 { seat.type("v2") }
      try study.endplate(["consensus", "vote", "1", "rim=absent", "--study", study.study, "--as", "R1"])
      try study.endplate(["consensus", "vote", "1", "rim=present", "--study", study.study, "--as", "R3"])
      try host.see("; r reveals")
      host.type("r")
      try seat.see("last vote")

      // A note half typed.
      seat.type("m")
      try seat.see("Note on rim sign")
      seat.type("not clo")
      try seat.see("not clo")
      seat = try cut(seat, study, "R2")
      try seat.see("Note on rim sign", "not clo")
      seat.type("sed\r")
      try seat.see("not closed")

      // A confirmation that is asked and not given.
      try study.endplate(
        ["consensus", "agree", "1", "rim=present", "--unanimous", "--study", study.study, "--as", "R3"])
      try seat.see("open 0")
      seat.type("C")
      try seat.see("R2, this is version")
      seat = try cut(seat, study, "R2")
      try seat.see("open 0", "R1 leads, R2")
      #expect(try acts(study, "consensus_confirmed") == 0)
      // The box shows all of it before it takes the word: `End`, then Enter.
      seat.type("C\u{1B}[F")
      try seat.see("Enter confirms")
      seat.type("\r")
      try seat.see("confirmed")
      #expect(try acts(study, "consensus_confirmed") == 1)

      for seat in [host, seat] {
        seat.type("Q")
        #expect(seat.waitForEnd() == .exited(0))
      }
      let minutes = try study.ask("R3", "consensus minutes 1 --format markdown")
      #expect(minutes.status == 0 && minutes.text.contains("not closed"), "\(minutes.text)\(minutes.errorText)")
      try study.endplate(["audit", "--verify", "--study", study.study, "--as", "coordinator"])
    }

    // MARK: Hands and eyes

    private func sit(_ study: SeatStudy, _ person: String) throws -> PtyProcess {
      let seat = try study.sit(person)
      try seat.wait(for: "Worklist")
      return seat
    }

    /// Cuts the link; answers the seat that the person comes back to.
    private func cut(
      _ seat: PtyProcess, _ study: SeatStudy, _ person: String, signal: Int32 = SIGKILL
    ) throws -> PtyProcess {
      seat.signal(signal)
      #expect(seat.waitForEnd() != nil)
      study.waitUntilLeft(person)
      return try study.sit(person)
    }

    // MARK: The study

    /// All grade alike, but for R1's rim sign.
    private func signAll(_ study: SeatStudy) throws {
      for reader in ["R1", "R2", "R3"] {
        let who = ["--study", study.study, "--as", reader, "--sign"]
        try study.endplate(
          [
            "grade", "1", "bones=S1", "posterior=spared", "lesions=solitary", "t1w=hypo", "t2w=hyper", "stir=hyper",
            "enhancement=global", "rim=\(reader == "R1" ? "absent" : "present")", "halo=present", "disks=preserved",
            "soft-tissue=limited", "soft-tissue-abscess=absent", "impression=metastasis",
          ] + who)
        try study.endplate(
          [
            "grade", "1", "--examination", "6", "foci=decreased", "changes=S1:decreased", "marrow=partial",
            "signal_area=decreased", "destruction=stable", "spread=no", "soft_tissue_change=reduced", "abscess=absent",
            "healing_edge=present", "follow_up=healing",
          ] + who)
      }
    }

    private func acts(_ study: SeatStudy, _ kind: String) throws -> Int {
      try study.endplate(["audit", "--kind", kind, "--study", study.study, "--as", "coordinator"]).text
        .split(separator: "\n").count
    }
  }
}
