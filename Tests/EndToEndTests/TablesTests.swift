// The study's tables and the readers' agreement from the command line.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct Tables {
    @Test("verify-paper recomputes the paper and names what it cannot")
    func verifyPaper() throws {
      let sandbox = try Sandbox()

      let result = try sandbox.endplate("verify-paper")

      #expect(result.status == 0, "\(result.errorText)")
      #expect(result.text.contains("45 ok, 0 differ, 9 not recomputable"))
    }

    @Test(
      "a table goes to a file as it is, and is printed the same",
      arguments: ["text", "markdown", "csv", "html", "latex"])
    func toAFile(format: String) throws {
      let sandbox = try Sandbox()
      let file = sandbox.path("table")

      let written = try sandbox.endplate("tables", "3", "--study", "sample", "--format", format, "--out", file)
      let printed = try sandbox.endplate("tables", "3", "--study", "sample", "--format", format)

      #expect(written.status == 0 && written.text.isEmpty, "\(written.errorText)")
      #expect(printed.text.contains("cured"))
      #expect(try String(contentsOfFile: file, encoding: .utf8) == printed.text)
    }

    @Test(
      "courses come in every format", arguments: ["text", "markdown", "csv", "json", "html", "latex", "svg"])
    func coursesInEveryFormat(format: String) throws {
      let sandbox = try Sandbox()

      let result = try sandbox.endplate("tables", "courses", "--study", "sample", "--format", format)
      let unknown = try sandbox.endplate("tables", "courses", "--study", "sample", "--format", "\(format)x")

      #expect(result.status == 0 && result.text.contains("almost healed"), "\(result.errorText)")
      #expect(unknown.status == 64 && unknown.errorText.contains("there is no format"))
    }

    @Test("verify-paper recomputes from a study, and says where that differs")
    func verifyStudy() throws {
      let sandbox = try Sandbox()

      let own = try sandbox.endplate("verify-paper", "--study", "sample")
      let controls = try sandbox.endplate("verify-paper", "--study", "controls")
      let sealed = try sandbox.endplate("verify-paper", "--study", "practice", "--as", "R1")

      #expect(
        own.status == 0 && own.text.contains("45 ok, 0 differ") && own.text.contains("recomputed from the cases of ‘"))
      #expect(controls.status == 65 && controls.errorText.contains("figures differ from the paper's"))
      #expect(sealed.status == 77 && sealed.text.isEmpty)
    }

    @Test("courses are drawn as text and as svg, tables are not drawn")
    func courses() throws {
      let sandbox = try Sandbox()

      let text = try sandbox.endplate("tables", "courses", "--study", "sample")
      let svg = try sandbox.endplate("tables", "courses", "--study", "sample", "--format", "svg")
      let refused = try sandbox.endplate("tables", "1", "--study", "sample", "--format", "svg")

      #expect([text.status, svg.status, refused.status] == [0, 0, 64])
      #expect(text.text.contains("(almost healed), cured"))
      #expect(svg.text.hasPrefix("<svg "))
    }

    @Test("without consensus, without readings, and under the seal nothing is made up")
    func whatIsNotThere() throws {
      let sandbox = try Sandbox()

      let unagreed = try sandbox.endplate("tables", "2", "--study", "practice", "--as", "coordinator")
      let sealed = try sandbox.endplate("tables", "1", "--study", "practice", "--as", "R1")
      let joint = try sandbox.endplate("agreement", "--study", "sample")
      let unopened = try sandbox.endplate("agreement", "--study", "practice", "--as", "R1")

      #expect([unagreed, sealed, joint, unopened].map(\.status) == [65, 77, 65, 65])
      #expect([unagreed, sealed, joint, unopened].map(\.text) == ["", "", "", ""])
      #expect(unagreed.errorText.contains("no consensus is recorded of cases 1, 2, 3, 4, 5, 6, 7"))
      #expect(sealed.errorText.contains("withheld"))
      #expect(joint.errorText.contains("joint protocol"))
      #expect(unopened.errorText.contains("no case is open yet"))
    }
  }
}
