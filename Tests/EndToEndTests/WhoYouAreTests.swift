// Passphrases and accounts: who may sit down, and what is on record of it.

import CaseStore
import Glibc
import PtyHarness
import ReviewCore
import Testing

extension EndToEnd {
  @Suite struct WhoYouAre {
    let sandbox: Sandbox
    let study: OwnStudy

    init() throws {
      sandbox = try Sandbox()
      study = try OwnStudy(sandbox, cases: [.plain("1")])
    }

    private func command(_ arguments: String..., as reader: String) throws -> ProgramResult {
      try sandbox.endplate(arguments + ["--study", study.path, "--as", reader])
    }

    /// A file that only its owner can read.
    private func secret(_ name: String, _ text: String) throws -> String {
      let path = try sandbox.write(name, text + "\n")
      chmod(path, 0o600)
      return path
    }

    /// A command at a terminal that types answers, each when it is asked for.
    private func atTerminal(
      _ arguments: [String], answers: [(prompt: String, answer: String)], until end: String? = nil
    ) throws -> PtyProcess {
      let process = try sandbox.workstation(arguments + ["--study", study.path])
      for (prompt, answer) in answers {
        let isAsked = process.read { $0.output.lastRange(of: prompt) != nil }
        #expect(isAsked, "\(prompt): \(String(decoding: process.output, as: UTF8.self))")
        process.type(answer + "\r")
      }
      return process
    }

    @Test("a passphrase is set at the terminal without an echo, and asked for from then on")
    func setAndAsked() throws {
      let first = "correct horse 1"
      let set = try atTerminal(
        ["study", "passphrase", "R1", "--as", "R1"],
        answers: [("New passphrase of R1: ", first), ("Once more: ", first)])
      #expect(set.waitForEnd() == .exited(0))
      #expect(set.output.holds("the passphrase of R1 is set") && !set.output.holds(first))

      let right = try atTerminal(["list", "--as", "R1"], answers: [("Passphrase of R1: ", first)])
      #expect(right.waitForEnd() == .exited(0))
      #expect(right.output.holds("F 61") && !right.output.holds(first))

      let wrong = try atTerminal(["list", "--as", "R1"], answers: [("Passphrase of R1: ", "correct horse 2")])
      #expect(wrong.waitForEnd() == .exited(77))
      #expect(wrong.output.holds("not the passphrase of R1") && !wrong.output.holds("F 61"))

      let workstation = try atTerminal(["--as", "R1"], answers: [("Passphrase of R1: ", first)])
      try workstation.waitForWorklist()
      #expect(!workstation.output.holds(first))

      let nowhere = try command("list", as: "R1")
      #expect(nowhere.status == 77 && nowhere.text.isEmpty)
      #expect(nowhere.errorText.contains("--passphrase-file"))
      #expect(try command("list", as: "R2").status == 0)
    }

    @Test("two that differ are not set")
    func mistyped() throws {
      let process = try atTerminal(
        ["study", "passphrase", "R1", "--as", "R1"],
        answers: [("New passphrase of R1: ", "correct horse 1"), ("Once more: ", "correct horse 2")])

      #expect(process.waitForEnd() == .exited(65))
      #expect(process.output.holds("nothing was changed"))
      #expect(try command("list", as: "R1").status == 0)
    }

    @Test("from a file, which should be one's own; a wrong one is refused, and blanks are none")
    func files() throws {
      let (first, second) = ("correct horse 1", "battery staple 2")
      let firstFile = try secret("first", first)
      let secondFile = try secret("second", second)
      #expect(try command("study", "passphrase", "R1", "--new-from", firstFile, as: "R1").status == 0)

      let right = try command("list", "--passphrase-file", firstFile, as: "R1")
      #expect(right.status == 0 && right.errorText.isEmpty)
      let wrong = try command("list", "--passphrase-file", secondFile, as: "R1")
      #expect(wrong.status == 77 && wrong.errorText.contains("study passphrase") && wrong.text.isEmpty)
      #expect(try command("list", "--passphrase-file", sandbox.path("third"), as: "R1").status == 66)
      chmod(firstFile, 0o644)
      let open = try command("list", "--passphrase-file", firstFile, as: "R1")
      #expect(open.status == 0 && open.errorText.contains("chmod 600 \(firstFile)"), "\(open.errorText)")
      for text in ["seven77", "        ", "x        "] {
        let short = try command("study", "passphrase", "R2", "--new-from", secret("short", text), as: "R2")
        #expect(short.status == 65 && short.errorText.contains("8"))
      }
      #expect(try study.sqlite(sandbox, "SELECT passphrase FROM principal").text.contains(first) == false)
    }

    @Test("the coordinator gives a code, the owner chooses; what they had begun needs the passphrase from before")
    func codes() throws {
      let firstFile = try secret("first", "correct horse 1")
      let secondFile = try secret("second", "battery staple 2")
      #expect(try command("study", "passphrase", "R1", "--new-from", firstFile, as: "R1").status == 0)
      let grade = ["grade", "1", "rim=present", "--passphrase-file", firstFile]
      #expect(try sandbox.endplate(grade + ["--study", study.path, "--as", "R1"]).status == 0)

      // The coordinator neither sets nor takes away.
      for arguments in [["--new-from", secondFile], ["--remove"]] {
        let refused = try sandbox.endplate(
          ["study", "passphrase", "R1", "--study", study.path, "--as", "coordinator"] + arguments)
        #expect(refused.status == 77 && refused.errorText.contains("R1"), "\(refused.errorText)")
      }
      #expect(try command("study", "passphrase", "R1", as: "R2").status == 77)
      #expect(try command("list", "--passphrase-file", firstFile, as: "R1").status == 0)

      let given = try command("study", "passphrase", "R1", as: "coordinator")
      #expect(given.status == 0)
      let code = try #require(given.text.split(separator: "\n").first?.split(separator: " ").last).description
      let codeFile = try secret("code", code)
      let old = try command("list", "--passphrase-file", firstFile, as: "R1")
      #expect(old.status == 77 && old.errorText.contains("one-time code"), "\(old.errorText)")
      let unchosen = try command("list", "--passphrase-file", codeFile, as: "R1")
      #expect(unchosen.status == 77 && unchosen.errorText.contains("opens nothing") && unchosen.text.isEmpty)

      // Whoever has the code chooses at the terminal, and finds nothing.
      let chosen = try atTerminal(
        ["list", "--as", "R1", "--json"],
        answers: [
          ("One-time code of R1: ", code), ("New passphrase of R1: ", "battery staple 2"),
          ("Once more: ", "battery staple 2"), ("The passphrase before", ""),
        ])
      #expect(chosen.waitForEnd() == .exited(0))
      #expect(chosen.output.holds("\"state\" : \"todo\""), "\(String(decoding: chosen.output, as: UTF8.self))")
      let locked = try command("grade", "1", "halo=absent", "--passphrase-file", secondFile, as: "R1")
      #expect(locked.status == 77 && locked.errorText.contains("unlock"), "\(locked.errorText)")
      #expect(try !command("show", "1", "--linear", "--passphrase-file", secondFile, as: "R1").text.contains("present"))

      let unlock = try command(
        "study", "unlock", "--old-from", firstFile, "--passphrase-file", secondFile, as: "R1")
      #expect(unlock.status == 0 && unlock.text.contains("1 reading is unlocked"), "\(unlock.errorText)")
      #expect(try command("show", "1", "--linear", "--passphrase-file", secondFile, as: "R1").text.contains("present"))

      let trail = try command("audit", as: "coordinator").text
      #expect(trail.contains("coordinator  passphrase code issued, R1: reset"), "\(trail)")
      #expect(trail.contains("R1  readings unlocked"))
      #expect(!trail.contains(code))
      #expect(try command("audit", "--verify", as: "coordinator").status == 0)
    }

    @Test("the workstation says at the next sitting that a passphrase was reset, and lets one choose and unlock there")
    func nextSitting() throws {
      let firstFile = try secret("first", "correct horse 1")
      let secondFile = try secret("second", "battery staple 2")
      #expect(try command("study", "passphrase", "R1", "--new-from", firstFile, as: "R1").status == 0)
      #expect(
        try command("grade", "1", "rim=present", "--passphrase-file", firstFile, as: "R1").status == 0)
      let given = try command("study", "passphrase", "R1", as: "coordinator").text
      let code = try #require(given.split(separator: "\n").first?.split(separator: " ").last).description
      let chosen = try command(
        "study", "passphrase", "R1", "--passphrase-file", secret("code", code), "--new-from", secondFile, as: "R1")
      #expect(chosen.status == 0 && chosen.text.contains("1 draft and"), "\(chosen.text)\(chosen.errorText)")

      let seat = try sandbox.workstation(
        ["--study", study.path, "--as", "R1", "--passphrase-file", secondFile], size: TerminalSize(160, 24))
      try seat.waitForWorklist()
      #expect(seat.output.holds("coordinator reset your passphrase on "))
      #expect(seat.output.holds("1 of your readings are locked"))
      seat.type(":unlock the\r")
      #expect(seat.read { $0.output.holds("Your passphrase before the reset") })
      seat.type("correct horse 1\r")
      #expect(seat.read { $0.output.holds("1 reading is unlocked") })
      seat.type(":choose a new passphrase\r")
      #expect(seat.read { $0.output.holds("New passphrase, at least 8") })
      seat.type("third choice 3\r")
      #expect(seat.read { $0.output.holds("The same once more") })
      seat.type("third choice 3\r")
      #expect(seat.read { $0.output.holds("your passphrase is chosen") })
      #expect(!seat.output.holds("third choice"))
      seat.type("Q")
      #expect(seat.waitForEnd() == .exited(0))
      #expect(try command("list", "--passphrase-file", secret("third", "third choice 3"), as: "R1").status == 0)
    }

    @Test("an account opens the seat it is bound to, and keeps others out of it")
    func accounts() throws {
      let account = try #require(getpwuid(getuid())).pointee.pw_name.map { String(cString: $0) } ?? ""
      #expect(try command("study", "bind", "R2", account, as: "coordinator").status == 0)
      #expect(try command("study", "bind", "R3", "somebody-else", as: "coordinator").status == 0)
      let twice = try command("study", "bind", "R1", account, as: "coordinator")
      let byReader = try command("study", "bind", "R1", "third", as: "R1")

      let unnamed = try sandbox.endplate("grade", "1", "rim=present", "--study", study.path)
      let foreign = try command("list", as: "R3")
      // Who somebody is, is not for them to say.
      let pretending = try sandbox.endplate(
        "list", "--study", study.path, "--as", "R3", environment: ["USER": "somebody-else", "LOGNAME": "somebody-else"])

      #expect(twice.status == 65 && twice.errorText.contains("bound to R2"))
      #expect(byReader.status == 77)
      #expect(unnamed.status == 0, "\(unnamed.errorText)")
      #expect(try study.reading("coordinator") { try $0.verify().faults } == [])
      let trail = try command("audit", "--kind", "graded", as: "R2").text
      #expect(trail.contains("  R2  graded, case 1 baseline round 1  \(account)@local"), "\(trail)")
      for refused in [foreign, pretending] {
        #expect(refused.status == 77 && refused.text.isEmpty)
        #expect(refused.errorText.contains("somebody-else"), "\(refused.errorText)")
      }
    }
  }
}
