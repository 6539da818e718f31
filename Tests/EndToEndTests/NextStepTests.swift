// What a command advises when it refuses, and what it prints as the next step: it can be copied, and it helps.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct NextSteps {
    private let sandbox: Sandbox
    private let study: String

    init() throws {
      sandbox = try Sandbox()
      study = sandbox.path("my own.study")
      let made = try sandbox.endplate(
        "study", "new", study, "--title", "T", "--reader", "R1", "--reader", "R2", "--reader", "R3")
      #expect(made.text.hasSuffix("import FILE… --as coordinator --study '\(study)'\n"), "\(made.text)")
    }

    private func run(_ words: String..., by person: String = "coordinator") throws -> ProgramResult {
      try sandbox.endplate(words + ["--study", study, "--as", person])
    }

    private func importCase() throws {
      #expect(try run("import", try sandbox.write("4.yaml", caseFile(id: "4"))).status == 0)
    }

    @Test("a printed command names the study that was named")
    func named() throws {
      let code = try run("study", "passphrase", "R2").text
      #expect(code.hasSuffix("endplate study passphrase R2 --as R2 --study '\(study)'\n"), "\(code)")
      let refused = try run("list", "--passphrase-file", try sandbox.write("wrong", "wrong\n"), by: "R2")
      #expect(refused.status == 77 && refused.errorText.contains("one-time code of R2"), "\(refused.errorText)")
      #expect(try run("show", "99").errorText.contains("‘endplate list --study '\(study)'’ shows them"))
      // Where another command finds the study too, the words stay short.
      let last = try sandbox.endplate(["show", "99"], environment: ["ENDPLATE_STUDY": "practice"])
      #expect(last.errorText.contains("‘endplate list’ shows them"), "\(last.errorText)")
    }

    @Test("where there is no terminal, the option that is needed is named")
    func passphrases() throws {
      #expect(try run("study", "passphrase", "R3", by: "R3").errorText.contains("use --new-from FILE"))
      let code = try run("study", "passphrase", "R3").text.split(separator: "\n")[0].split(separator: " ").last
      let file = try sandbox.write("code", "\(try #require(code))\n")
      let asked = try run("list", by: "R3")
      #expect(asked.status == 77 && asked.errorText.contains("use --passphrase-file FILE"), "\(asked.errorText)")
      let coded = try run("study", "passphrase", "R3", "--passphrase-file", file, by: "R3")
      #expect(coded.errorText.contains("use --new-from FILE"), "\(coded.errorText)")
      let new = try sandbox.write("new", "a long new passphrase\n")
      let chosen = try run("study", "passphrase", "R3", "--passphrase-file", file, "--new-from", new, by: "R3")
      #expect(chosen.status == 0, "\(chosen.errorText)")
      let unlock = try run("study", "unlock", "--passphrase-file", new, by: "R3")
      #expect(unlock.errorText.contains("use --old-from FILE"), "\(unlock.errorText)")
    }

    @Test("nobody of that name ends with 66, whichever command names them")
    func nobody() throws {
      try importCase()
      for words in [
        ["study", "hand-over", "4", "--from", "R1", "--to", "R6", "--reason", "on leave"],
        ["study", "assign", "4", "--readers", "R1,R6"], ["study", "withdraw", "R6", "--reason", "on leave"],
        ["study", "bind", "R6", "root"], ["study", "passphrase", "R6"], ["audit", "--by", "R6"],
      ] {
        let result = try sandbox.endplate(words + ["--study", study, "--as", "coordinator"])
        #expect(result.status == 66, "\(words)")
        #expect(
          result.errorText.contains("nobody called ‘R6’ in this study; there are R1, R2, R3, coordinator"),
          "\(words): \(result.errorText)")
      }
    }

    @Test("where nobody is left to read a case, a reader is to be added")
    func nobodyLeft() throws {
      try importCase()
      let left = try run("study", "withdraw", "R3", "--reason", "moved away").errorText
      #expect(
        left.hasSuffix(
          "no reader is left for it; add one with ‘endplate study add ID=NAME --role reader --study '\(study)'’\n"),
        "\(left)")
      #expect(try run("study", "assign", "--balanced").text == "no case got other readers\n")
    }

    @Test("an account that this host has not is warned of")
    func accounts() throws {
      let mistyped = try run("study", "bind", "R1", "nobody-of-that-name")
      #expect(mistyped.status == 0)
      #expect(mistyped.errorText.contains("this host has no account ‘nobody-of-that-name’"), "\(mistyped.errorText)")
      #expect(try run("study", "bind", "R2", "root").errorText.isEmpty)
      let added = try run("study", "add", "C2=Coordinator", "--role", "coordinator", "--user", "nobody-else")
      #expect(added.errorText.contains("this host has no account ‘nobody-else’"), "\(added.errorText)")
    }

    @Test("a damaged backup asks for another one, whether a study lies in its way or not")
    func damagedBackup() throws {
      let backup = sandbox.path("b.study")
      #expect(try run("backup", backup).status == 0)
      let whole = try Data(contentsOf: URL(filePath: backup))
      try whole.prefix(whole.count / 2).write(to: URL(filePath: backup))
      for place in [study, sandbox.path("new.study")] {
        let result = try sandbox.endplate("restore", backup, place, "--as", "coordinator")
        #expect(result.status == 65)
        #expect(
          result.errorText
            == "endplate: \(backup): this backup is damaged; nothing was restored; take another backup\n",
          "\(result.errorText)")
      }
    }

    @Test("what is missing ends with 66, what the study cannot answer yet with 65")
    func statuses() throws {
      try importCase()
      let doctor = try sandbox.endplate("doctor", "--study", sandbox.path("no.study"))
      #expect(doctor.status == 66, "\(doctor.text)")
      #expect(try run("image", "add", "4", sandbox.path("no.dcm")).status == 66)
      #expect(try sandbox.endplate("consensus", "open", "1", "--study", "practice", "--as", "R1").status == 0)
      let early = try sandbox.endplate("agreement", "--reference", "consensus", "--study", "practice", "--as", "R1")
      #expect(early.status == 65, "\(early.errorText)")
      let none = try sandbox.endplate(
        "seat", "list", "--authorized-keys", try sandbox.write("authorized_keys", ""))
      #expect(none.status == 0 && none.text.contains("no key opens a seat"), "\(none.text)")
    }

    @Test("a theme is not taken for a case")
    func theme() throws {
      let file = try sandbox.write("t.yaml", "system: \"base16\"\nname: \"T\"\npalette:\n  base00: \"#ffffff\"\n")
      let checked = try sandbox.endplate("check", file)
      #expect(checked.status == 65)
      #expect(checked.text == "\(file):1:1: error: this is a theme, which ‘endplate themes check’ checks\n")
    }

    @Test("one round is one")
    func plurals() throws {
      #expect(try run("study", "round", "2").errorText.contains("the protocol has 1 round and round 1 is being read"))
    }
  }
}
