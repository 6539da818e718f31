// People come to their seats over a real sshd, grade, lose the link, and come back.

import Foundation
import Glibc
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct Seats {
    @Test("three seats grade at once; each grade is on record with its reader, address and key")
    func three() throws {
      let study = try SeatStudy()
      let readers = ["R1", "R2", "R3"]
      let seats = try readers.map { try study.sit($0) }
      for seat in seats { try seat.wait(for: "Worklist") }
      for seat in seats { seat.type("g") }
      for seat in seats { try seat.wait(for: "Grade case") }

      // The first finding is of bones; each key after it grades one and moves on.
      for key in ["j", "1", "2", "1", "1", "1"] {
        for seat in seats { seat.type(key) }
        for seat in seats { seat.readUntilQuiet(for: .milliseconds(30)) }
      }

      for reader in readers { try study.waitForGrades(5, by: reader) }
      for seat in seats { seat.type("Q") }
      for seat in seats { #expect(seat.waitForEnd() == .exited(0)) }
      for (reader, seat) in zip(readers, seats) {
        #expect(seat.hasRestoredTerminal)
        let audit = try study.endplate(["audit", "--study", study.study, "--as", reader, "--by", reader]).text
        let key = try study.line(of: reader).split(separator: " ").last?.split(separator: ":").suffix(2)
        let fingerprint = try #require(key?.joined(separator: ":"))
        #expect(audit.split(separator: "\n").count == 6, "\(audit)")
        #expect(audit.contains("seat opened"))
        #expect(audit.split(separator: "\n").allSatisfy { $0.hasSuffix("@127.0.0.1 \(fingerprint)") }, "\(audit)")
        study.waitUntilLeft(reader)
      }
      try study.endplate(["audit", "--verify", "--study", study.study, "--as", "coordinator"])
    }

    @Test(
      "a link cut in the middle of a key leaves no process, no lock, nothing half done; one comes back to the same place",
      arguments: [SIGKILL, SIGTERM])
    func cut(signal: Int32) throws {
      let study = try SeatStudy(readers: ["R1", "R2", "R3"])
      let seat = try study.sit("R1")
      try seat.wait(for: "Worklist")
      seat.type("g")
      try seat.wait(for: "Grade case")
      seat.type("j1")
      try study.waitForGrades(1, by: "R1")
      seat.type("km")
      try seat.see("Note on ")
      seat.type("half a senten")
      try seat.see("half a senten")
      // The first bytes of ä, and of a cursor key.
      seat.type("\u{1B}[")
      seat.readUntilQuiet(for: .milliseconds(20))

      seat.signal(signal)

      #expect(seat.waitForEnd() != nil)
      study.waitUntilLeft("R1")
      #expect(try study.graded("R1") == 1)
      // Others are in nobody's way.
      try study.endplate(["grade", "1", "halo=absent", "--study", study.study, "--as", "R2"])
      let again = try study.sit("R1")
      try again.see("Note on ", "half a senten")
      again.type("ce\r")
      again.readUntilQuiet()
      again.type("Q")
      #expect(again.waitForEnd() == .exited(0))
      let shown = try study.ask("R1", "show 1 --linear").text + study.ask("R1", "show 2 --linear").text
      #expect(shown.contains("half a sentence"))
      try study.endplate(["audit", "--verify", "--study", study.study, "--as", "coordinator"])
    }

    @Test("a key that is not taken up opens nothing")
    func stranger() throws {
      let study = try SeatStudy()

      let result = try study.ask("stranger", "list")

      #expect(result.status == 255)
      #expect(result.output.isEmpty)
    }

    @Test("what a seat may be asked it answers as its person")
    func asked() throws {
      let study = try SeatStudy()

      for (command, expected) in [
        ("list", "Worklist"), ("list --json", "\"total\" : 2"), ("show 2 --linear", "61"),
        ("audit --kind seat_added", "R3"), ("'list' --filter \"sex:f age:>60\"", "F 61"),
      ] {
        let result = try study.ask("R2", command)
        #expect(result.status == 0, "\(command): \(result.errorText)")
        #expect(result.text.contains(expected), "\(command): \(result.text)")
      }
    }

    @Test("a study that others could read is opened with a warning, and a seat in it stays closed")
    func exposed() throws {
      let study = try SeatStudy()
      chmod(study.study, 0o640)

      let refused = try study.ask("R1", "list")
      let warned = try study.sandbox.launch(
        builtProgram("endplate"), ["list", "--study", study.study, "--as", "R1"]
      ).run()
      chmod(study.study, 0o600)
      chmod(study.sandbox.home.path, 0o755)
      let open = try study.ask("R1", "list")
      chmod(study.sandbox.home.path, 0o700)
      let good = try study.ask("R1", "list")

      #expect(refused.status == 77 && refused.errorText.contains("chmod 600 \(study.study)"), "\(refused.errorText)")
      #expect(warned.status == 0 && warned.errorText.contains("chmod 600 \(study.study)"), "\(warned.errorText)")
      #expect(open.status == 77 && open.errorText.contains("chmod 700 \(study.sandbox.home.path)"))
      #expect(good.status == 0 && good.errorOutput.isEmpty)
    }

    @Test("a newcomer without a terminal, with an unknown one or without UTF-8 is told so kindly")
    func newcomers() throws {
      let study = try SeatStudy()

      let none = try study.host.ssh(as: "R1", ["-T"]).run()
      #expect(none.status == 69 && none.errorText.contains("-t"), "\(none.errorText)")

      let dumb = try study.sit("R1", environment: ["TERM": "dumb"])
      #expect(dumb.waitForEnd() == .exited(69))
      #expect(dumb.output.holds("cannot place its cursor"))

      let unknown = try study.sit("R1", environment: ["TERM": "nobody-knows-this"])
      try unknown.wait(for: "not known on this host")
      unknown.type("Q")
      #expect(unknown.waitForEnd() == .exited(0))

      let ascii = try study.sit("R1", ["-o", "SendEnv=LC_ALL"], environment: ["LC_ALL": "C"])
      try ascii.wait(for: "without UTF-8")
      ascii.type("?")
      ascii.readUntilQuiet()
      ascii.type("QQ")
      #expect(ascii.waitForEnd() == .exited(0))
      #expect(ascii.output.allSatisfy { $0 < 0x80 })
    }

    @Test("Ctrl-Z does not stop a seat")
    func stop() throws {
      let study = try SeatStudy()
      let seat = try study.sit("R1")
      try seat.wait(for: "Worklist")

      seat.type("\u{1A}")
      seat.readUntilQuiet()
      seat.type("i")

      try seat.wait(for: "Protocol")
      seat.type("Q")
      #expect(seat.waitForEnd() == .exited(0))
    }
  }
}
