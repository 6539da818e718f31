// A published report as a case file, and bones that are none or only some patients', by the commands.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct StatedFacts {
    /// A study of two cases: the report of the tests of case files, with L6, and one of nothing.
    private func study(_ sandbox: Sandbox) throws -> String {
      let inputs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "InterchangeTests/inputs/what-a-report-states.yaml")
      let report = try String(contentsOf: inputs, encoding: .utf8) + "\nanatomy: {extra: [L6]}\n"
      let study = sandbox.path("a.study")
      let people = ["R1", "R2", "R3"].flatMap { ["--reader", $0] }
      #expect(try sandbox.endplate(["study", "new", study, "--title", "T"] + people).status == 0)
      let files = [
        try sandbox.write("x1.yaml", report), try sandbox.write("x2.yaml", "format: endplate-case/1\nid: x2\n"),
      ]
      let made = try sandbox.endplate(["import"] + files + ["--study", study, "--as", "coordinator"])
      #expect(made.status == 0 && made.text.contains("2 added"), "\(made.errorText)")
      // That days of the calendar are not kept is said, of whom they were.
      #expect(made.errorText.contains("case x1: its dates were turned into days and months"), "\(made.errorText)")
      #expect(!made.errorText.contains("x2"))
      return study
    }

    @Test("a report is shown whole to who may see it, and withheld from readers until they have signed")
    func shown() throws {
      let sandbox = try Sandbox()
      let study = try study(sandbox)
      func show(_ who: String, _ options: String...) throws -> String {
        try sandbox.endplate(["show", "x1", "--study", study, "--as", who] + options).text
      }
      let whole = try show("coordinator")
      for words in ["teacher", "day 0: crp 64, esr 70, wbc 9.1", "Wright 1/640", "DWI", "b 800"] {
        #expect(whole.contains(words), "\(words): \(whole)")
      }
      #expect(try show("coordinator", "--linear").contains("serology: Wright 1/640"))
      let json = try JSONSerialization.jsonObject(with: Data(show("coordinator", "--json").utf8)) as? [String: Any]
      let patient = json?["case"] as? [String: Any]
      #expect(patient?["occupation"] as? String == "teacher")
      #expect((patient?["labs"] as? [[String: Any]])?.count == 5)
      #expect(
        (patient?["examinations"] as? [[String: Any]])?.compactMap { $0["id"] as? String } == ["baseline", "1.5", "7"])
      let own = try show("R1", "--json")
      #expect(!own.contains("crp") && !own.contains("Wright") && !own.contains("teacher"))
      #expect(own.contains("\"labs\"") && own.contains("\"facts\""), "what is withheld is named: \(own)")
    }

    @Test(
      "none and L6 are graded, and L6 only of who has it",
      arguments: [
        (["x1", "bones=none"], 0, ""), (["x1", "bones=L6,L4-S1"], 0, ""), (["x2", "bones=None"], 0, ""),
        (["x2", "bones=none,L3"], 65, "stands alone"),
        (["x2", "bones=L6"], 65, "anatomy: {extra: [L6]}"), (["x2", "bones=L4-L6"], 65, "C1…C7, T1…T12, L1…L5, S1…S5"),
      ] as [([String], Int32, String)])
    func graded(arguments: [String], status: Int32, words: String) throws {
      let sandbox = try Sandbox()
      let study = try study(sandbox)
      let result = try sandbox.endplate(["grade"] + arguments + ["--study", study, "--as", "R1"])
      #expect(result.status == status, "\(result.errorText)")
      #expect(words.isEmpty || result.errorText.contains(words), "\(result.errorText)")
      guard status == 0 else { return }
      let shown = try sandbox.endplate(["show", arguments[0], "--study", study, "--as", "R1", "--linear"]).text
      #expect(shown.contains(arguments[1].hasSuffix("one") ? "involved bones: none" : "involved bones: L4–S1, L6"))
    }
  }
}
