// A running study is given another version of its codebook from the command line.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct CodebookVersionTests {
    private static let first = """
      format: endplate-codebook/1
      id: knee
      version: 1
      title: Knee
      findings:
        - {id: kl, title: grade, scale: {kind: choice, ordered: yes, levels: [0, 1, 2, 3, 4]}}
        - {id: cyst, title: cyst, scale: present}

      """

    @Test("study codebook says what would change, refuses what is answered, and does it once it is told")
    func fromTheCommandLine() throws {
      let sandbox = try Sandbox()
      let study = sandbox.path("knee.study")
      func run(_ words: String..., as id: String = "coordinator", status: Int32 = 0) throws -> String {
        let result = try sandbox.endplate(words + ["--study", study, "--as", id])
        #expect(result.status == status, "\(words): \(result.errorText)")
        return result.text + result.errorText
      }
      let people = ["--reader", "R1", "--reader", "R2", "--reader", "R3"]
      let codebook = try sandbox.write("1.yaml", Self.first)
      #expect(
        try sandbox.endplate(["study", "new", study, "--title", "Knees", "--codebook", codebook] + people).status == 0)
      _ = try run("import", try sandbox.write("8.yaml", caseFile(id: "8")))
      _ = try run("grade", "8", "kl=3", "cyst=present", "--sign", as: "R1")

      let worse = try sandbox.write(
        "worse.yaml",
        Self.first.replacing("version: 1", with: "version: 2").replacing("[0, 1, 2, 3, 4]", with: "[0, 1, 2]"))
      let refused = try run("study", "codebook", worse, "--yes", status: 65)
      #expect(refused.contains("the level ‘3’ of ‘kl’ is gone, and readings hold it; put it back"))
      #expect(try run("study", "codebook", codebook, "--yes", status: 65).contains("there is nothing to change"))

      let second = try sandbox.write(
        "2.yaml",
        Self.first.replacing("version: 1", with: "version: 2") + "  - {id: effusion, title: effusion, scale: present}\n"
      )
      let shown = try run("study", "codebook", second, "--dry-run")
      #expect(shown.contains("- adds the finding ‘effusion’ (effusion)") && shown.contains("nothing was changed"))
      // Without a terminal nobody can be asked.
      #expect(try run("study", "codebook", second, status: 64).contains("say --yes"))
      #expect(try run("study", "codebook", second, "--yes", as: "R1", status: 77).contains("only the coordinator"))
      let done = try run("study", "codebook", second, "--yes")
      #expect(done.contains("Not asked of what is signed already: effusion."))
      #expect(done.contains("grades by version 2 from now on") && done.contains("knee.study.codebook-1"))

      #expect(try run("study", "info").contains("version 1: 1 reading signed; version 2: 0 readings signed"))
      #expect(try run("show", "8", "--linear", as: "R1").contains("baseline, R1, effusion: not asked"))
      #expect(try run("audit", "--kind", "codebook_changed").contains("knee, version 1 to 2, SHA-256"))
      #expect(try run("audit", "--verify").contains("as it was written"))
      _ = try run("grade", "8", "kl=3", "cyst=present", "effusion=absent", "--sign", as: "R2")
      #expect(try run("study", "info").contains("version 1: 1 reading signed; version 2: 1 reading signed"))
    }
  }
}
