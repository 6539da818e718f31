// A study with more readers than read a case, from its description on.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct AssignmentTests {
    @Test("readers are dealt out, listed, changed, handed over and withdrawn from the command line")
    func fromTheCommandLine() throws {
      let sandbox = try Sandbox()
      let study = sandbox.path("a.study")
      let file = try sandbox.write(
        "study.yaml",
        """
        format: endplate-study/1
        title: Four readers
        people:
          - {id: R1, role: reader}
          - {id: R2, role: reader}
          - {id: R3, role: reader}
          - {id: R4, role: reader}
        protocol: {mode: independent, readers_per_case: 2}
        assign:
          - {case: 8, readers: [R1, R2]}
        """)
      func run(_ words: String..., status: Int32 = 0) throws -> String {
        let result = try sandbox.endplate(words + ["--study", study, "--as", "coordinator"])
        #expect(result.status == status, "\(words): \(result.errorText)")
        return result.text + result.errorText
      }
      #expect(try sandbox.endplate("study", "new", study, "--from", file).status == 0)
      _ = try run(
        "import", try sandbox.write("8.yaml", caseFile(id: "8")), try sandbox.write("9.yaml", caseFile(id: "9")))

      #expect(try run("study", "assign").contains("case 8: R1, R2"))
      #expect(try run("study", "info").contains("2 of 4 for each case, spread evenly"))
      // The two that case 9 was given are the others.
      #expect(try run("study", "assign").contains("case 9: R3, R4"))
      let refused = try sandbox.endplate("show", "8", "--study", study, "--as", "R3")
      #expect(refused.status == 77 && refused.errorText.contains("case 8 is not assigned to you"))
      let table = try sandbox.write("readers.csv", "case,reader\n9,R1\n9,R4\n")
      #expect(
        try run("study", "assign", "--from", table, status: 65).contains("case 9: taking R3 off it needs a reason"))
      #expect(
        try run("study", "assign", "--from", table, "--reason", "R3 is away").contains("1 case: readers changed"))
      _ = try run("study", "hand-over", "8", "--from", "R1", "--to", "R3", "--reason", "on leave")
      let left = try run("study", "withdraw", "R4", "--reason", "moved away")
      #expect(left.contains("R4 has left the study: 0 signed cases kept; no longer reads 1 case"))
      #expect(
        left.contains(
          "1 case has fewer readers than the protocol asks for (9); ‘endplate study assign --balanced --study \(study)’ "
            + "gives it more"), "\(left)")
      // What was short before is short still.
      #expect(
        try run("study", "assign", "8", "--readers", "R2,R3").contains(
          "1 case has fewer readers than the protocol asks for (9), none of them by this change; "))
      let info = try run("study", "info")
      #expect(info.contains("2 of 3 for each case, spread evenly") && info.contains("reader, has left)"), "\(info)")
      _ = try run("study", "assign", "--balanced")
      #expect(try run("study", "assign").contains("R4 left in round 1: 0 signed cases kept"))
      #expect(try run("audit").contains("on leave"))
      #expect(try run("audit", "--verify").contains("as it was written"))
      #expect(try sandbox.endplate("study", "assign", "8", "--study", study, "--as", "coordinator").status == 64)
    }
  }
}
