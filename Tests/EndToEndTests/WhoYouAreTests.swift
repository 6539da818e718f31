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

    @Test("from a file; a wrong one is refused; the coordinator's reset is on record, the passphrase is not")
    func files() throws {
      let (first, second) = ("correct horse 1", "battery staple 2")
      let firstFile = try sandbox.write("first", first + "\n")
      let secondFile = try sandbox.write("second", second + "\n")
      #expect(try command("study", "passphrase", "R1", "--new-from", firstFile, as: "R1").status == 0)

      #expect(try command("list", "--passphrase-file", firstFile, as: "R1").status == 0)
      let wrong = try command("list", "--passphrase-file", secondFile, as: "R1")
      #expect(wrong.status == 77 && wrong.errorText.contains("study passphrase") && wrong.text.isEmpty)
      #expect(try command("list", "--passphrase-file", sandbox.path("third"), as: "R1").status == 66)
      let other = try command("study", "passphrase", "R1", "--new-from", secondFile, as: "R2")
      #expect(other.status == 77 && other.errorText.contains("coordinator"))

      #expect(try command("study", "passphrase", "R1", "--new-from", secondFile, as: "coordinator").status == 0)
      #expect(try command("list", "--passphrase-file", firstFile, as: "R1").status == 77)
      #expect(try command("list", "--passphrase-file", secondFile, as: "R1").status == 0)
      let short = try command("study", "passphrase", "R2", "--new-from", sandbox.write("short", "seven77"), as: "R2")
      #expect(short.status == 65 && short.errorText.contains("8"))

      let trail = try command("audit", "--kind", "passphrase_set", as: "coordinator").text
      let lines = trail.split(separator: "\n").map { line in
        line.split(separator: "  ").dropFirst().prefix(2).joined(separator: " ")
      }
      #expect(lines == ["R1 passphrase set, R1", "coordinator passphrase set, R1"], "\(trail)")
      #expect(try study.sqlite(sandbox, "SELECT passphrase FROM principal").text.contains(first) == false)
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
