// One key is one person, and one study: what is tried at another's seat, by hand, and with a study that was moved.

import Foundation
import Glibc
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct OneKey {
    private func fingerprint(_ study: SeatStudy, _ person: String) throws -> String {
      let words = try study.line(of: person).split(separator: " ")
      return String(try #require(words.last?.split(separator: ":").suffix(2).joined(separator: ":")))
    }

    private func uuid(_ study: SeatStudy) throws -> String {
      let words = try study.line(of: "R1").split(separator: " ").map(String.init)
      return words[try #require(words.firstIndex(of: "--uuid")) + 1]
    }

    /// What somebody types at a shell of the account.
    private func byHand(
      _ study: SeatStudy, _ person: String, key: String, authenticated: String? = nil
    ) throws -> ProgramResult {
      var environment = ["SSH_ORIGINAL_COMMAND": "list"]
      if let authenticated { environment["SSH_USER_AUTH"] = authenticated }
      let arguments = [
        "seat", "open", person, "--study", study.study, "--uuid", try uuid(study), "--fingerprint", key,
      ]
      return try study.sandbox.launch(builtProgram("endplate"), arguments, environment: environment).run()
    }

    @Test("a seat opened by hand stays closed: with an invented key, with another's, and with one that no line has")
    func hand() throws {
      let study = try SeatStudy()
      let own = try fingerprint(study, "R1")
      let invented = "SHA256:" + String(repeating: "A", count: 43)
      for (person, key) in [("R1", invented), ("R2", own), ("R1", own)] {
        let result = try byHand(study, person, key: key)
        #expect(result.status == 77 && result.text.isEmpty, "\(person): \(result.text)")
        #expect(result.errorText.contains("stays closed"), "\(result.errorText)")
      }

      // Who can write files of the account can forge what sshd says, and then only a key that the study knows will do.
      let forged = try study.sandbox.write("forged", "publickey \(study.host.publicKey(of: "R1"))\n")
      #expect(try byHand(study, "R1", key: own, authenticated: forged).status == 0)
      let other = try byHand(study, "R2", key: own, authenticated: forged)
      #expect(other.status == 77 && other.errorText.contains("was not given to the seat of R2"), "\(other.errorText)")
      #expect(try byHand(study, "R1", key: invented, authenticated: forged).status == 77)
    }

    @Test("a key that was taken away in the study opens nothing, whatever line is left")
    func takenAway() throws {
      let study = try SeatStudy()
      let line = try study.line(of: "R1")
      let place = ["--study", study.study, "--authorized-keys", study.host.authorizedKeys]
      try study.endplate(["seat", "remove", "R1"] + place)
      try study.host.authorize(line)

      let result = try study.ask("R1", "list")

      #expect(result.status == 77 && result.errorText.contains("was taken away"), "\(result.errorText)")
    }

    @Test("a reset is told to who sits there already, and beside the answer to a command, whole at 80 columns")
    func toldOfAReset() throws {
      let study = try SeatStudy(cases: 1)
      let (first, who) = (try study.sandbox.write("first", "correct horse 1\n"), ["--study", study.study, "--as"])
      chmod(first, 0o600)
      try study.endplate(["study", "passphrase", "R1", "--new-from", first] + who + ["R1"])
      let seat = try study.sit("R1")
      try seat.wait(for: "Worklist")

      try study.endplate(["study", "passphrase", "R1"] + who + ["coordinator"])

      try seat.wait(for: "coordinator reset your passphrase on ")
      try seat.wait(for: "choose a new")
      try seat.wait(for: "finds it")
      seat.type("gj1")
      try seat.wait(for: "choose a new one first")
      // An Esc is one by itself: with the letter after it, it would be a sequence of the terminal's.
      seat.type("\u{1B}")
      seat.readUntilQuiet()
      seat.type("Q")
      #expect(seat.waitForEnd() == .exited(0))

      // Told to whoever asks first: where the seat still ran, it would be the one.
      try study.endplate(["study", "passphrase", "R1"] + who + ["coordinator"])
      let asked = try study.ask("R1", "list")
      #expect(asked.status == 0, "\(asked.errorText)")
      #expect(asked.errorText.contains("endplate: coordinator reset your passphrase on "), "\(asked.errorText)")
      #expect(try !study.ask("R1", "list").errorText.contains("reset your passphrase on"))
    }

    @Test("at a seat that a key opened nobody else votes, unless the protocol says so")
    func guests() throws {
      let study = try SeatStudy(cases: 1)
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
      let file = try study.sandbox.write("secret", "correct horse 2\n")
      chmod(file, 0o600)
      try study.endplate(["study", "passphrase", "R2", "--new-from", file, "--study", study.study, "--as", "R2"])
      try study.endplate(["consensus", "open", "1", "--study", study.study, "--as", "coordinator"])
      let seat = try study.sit("R1")
      try seat.wait(for: "Worklist")
      seat.type("c")
      try seat.see("open ")
      seat.type("vw")
      try seat.see("R1 votes on ")
      seat.type("\rx")
      try seat.see("R2 votes on ")
      seat.type("\r")
      try seat.see("this seat is opened by a key")
      seat.type("\u{1B}")
      seat.readUntilQuiet()
      seat.type("Q")
      #expect(seat.waitForEnd() == .exited(0))
      let votes = try study.endplate(
        ["audit", "--kind", "voted", "--study", study.study, "--as", "R2", "--passphrase-file", file])
      #expect(votes.text.isEmpty)
    }

    @Test("a line of the first version opens one sitting with a warning, and is renewed")
    func firstVersion() throws {
      let study = try SeatStudy()
      let uuid = try uuid(study)
      let whole = try String(contentsOfFile: study.host.authorizedKeys, encoding: .utf8)
      try study.host.authorize(whole.replacing(" --uuid \(uuid)", with: ""))

      let asked = try study.ask("R1", "list")
      #expect(asked.status == 0 && asked.errorText.contains("--renew"), "\(asked.errorText)")
      let seat = try study.sit("R1", size: TerminalSize(120, 24))
      try seat.wait(for: "first version")
      seat.type("Q")
      #expect(seat.waitForEnd() == .exited(0))
      let again = try study.sit("R1")
      #expect(again.waitForEnd() == .exited(77))
      #expect(again.output.holds("good for one sitting") && !again.output.holds("Worklist"))
      #expect(try study.ask("R1", "list").status == 77)

      let renewed = try study.endplate(
        ["seat", "add", "--renew", "--study", study.study, "--authorized-keys", study.host.authorizedKeys])
      #expect(renewed.text.contains("opens the seat of R1"))
      #expect(try String(contentsOfFile: study.host.authorizedKeys, encoding: .utf8) == whole + "\n")
      #expect(try study.ask("R1", "list").status == 0)
    }

    @Test("a moved study says how its seats are mended; another one at its place opens for none of its keys")
    func moved() throws {
      let study = try SeatStudy()
      let place = study.sandbox.path("elsewhere.study")
      let keys = ["--authorized-keys", study.host.authorizedKeys]
      #expect(rename(study.study, place) == 0)
      let gone = try study.ask("R1", "list")
      #expect(gone.status == 66 && gone.errorText.contains("seat add --renew --study"), "\(gone.errorText)")

      // A stranger's study under the same name, with the same people.
      try study.endplate(
        ["study", "new", study.study, "--title", "Other"] + ["R1", "R2", "R3"].flatMap { ["--reader", $0] })
      let other = try study.ask("R1", "list")
      #expect(other.status == 77 && other.errorText.contains("another study"), "\(other.errorText)")

      let renewed = try study.endplate(["seat", "add", "--renew", "--study", place] + keys)
      #expect(renewed.text.split(separator: "\n").count == 3)
      #expect(try study.ask("R1", "list").status == 0)

      // A copy is told, and takes no seats over.
      let copy = study.sandbox.path("copy.study")
      try FileManager.default.copyItem(atPath: place, toPath: copy)
      let refused = try study.sandbox.launch(
        builtProgram("endplate"), ["seat", "add", "--renew", "--study", copy] + keys
      ).run()
      #expect(refused.status == 77 && refused.errorText.contains("the same study"), "\(refused.errorText)")
      let doctor = try study.sandbox.launch(builtProgram("endplate"), ["doctor", "--study", place]).run()
      #expect(doctor.text.contains("one study lies in several files: \(copy), \(place)"), "\(doctor.text)")
    }

    @Test("a study reached through a link is judged by where it lies")
    func link() throws {
      let study = try SeatStudy()
      let folder = study.sandbox.path("open")
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      chmod(folder, 0o755)
      let place = "\(folder)/real.study"
      #expect(rename(study.study, place) == 0)
      #expect(symlink(place, study.study) == 0)

      let result = try study.ask("R1", "list")

      #expect(result.status == 77 && result.errorText.contains("chmod 700 \(folder)"), "\(result.errorText)")
      chmod(folder, 0o700)
      #expect(try study.ask("R1", "list").status == 0)
    }
  }
}
