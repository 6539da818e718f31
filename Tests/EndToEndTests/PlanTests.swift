// Planning and numbers from the command line: figures, pictures, and what is refused.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct Numbers {
    private static let table = "case,R1,R2,R3\nA,9,2,5\nB,6,1,3\nC,8,4,6\nD,7,1,2\nE,10,5,6\nF,6,2,4\n"

    @Test("numbers: text, JSON and a picture, which is not replaced unasked")
    func numbers() throws {
      let sandbox = try Sandbox()
      let file = try sandbox.write("numbers.csv", Self.table)
      let picture = sandbox.path("plot.svg")

      let text = try sandbox.endplate("agreement", "--ratings", file, "--scale", "interval")
      let json = try sandbox.endplate("agreement", "--ratings", file, "--scale", "interval", "--json")
      let drawn = try sandbox.endplate("agreement", "--ratings", file, "--scale", "interval", "--svg", picture)
      let again = try sandbox.endplate("agreement", "--ratings", file, "--scale", "interval", "--svg", picture)
      let forced = try sandbox.endplate(
        "agreement", "--ratings", file, "--levels", "1,2,3,4,5,6,7,8,9,10", "--scale", "ordinal", "--svg", picture,
        "--force")

      #expect(text.status == 0 && text.text.contains("ICC(A,1) agreement, one reader"), "\(text.errorText)")
      let report = try #require(try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
      #expect((report["metrics"] as? [String: Any])?["pair.R1-R2.limits_of_agreement.upper"] != nil)
      #expect(drawn.status == 0 && drawn.text.isEmpty)
      #expect(again.status == 73 && again.errorText.contains("--force"))
      #expect(forced.status == 0, "\(forced.errorText)")
      #expect(try String(contentsOfFile: picture, encoding: .utf8).contains("Gwet AC2, linear weights"))
    }

    @Test(
      "what numbers have not is refused",
      arguments: [
        (["--scale", "interval", "--levels", "1,2"], "leave it out"),
        (["--scale", "interval", "--counts"], "--counts"),
        (["--scale", "interval", "--svg", "x.svg", "--json"], "--svg draws a figure"), ([], "--scale interval"),
        (["--scale", "interval", "--svg", "x.txt"], "name it x.svg"), (["--by", "nowhere"], "no column “nowhere”"),
      ])
    func refused(arguments: [String], words: String) throws {
      let sandbox = try Sandbox()
      let file = try sandbox.write("numbers.csv", Self.table)

      let result = try sandbox.endplate(["agreement", "--ratings", file] + arguments)

      #expect([64, 65].contains(result.status) && result.errorText.contains(words), "\(result.errorText)")
    }

    @Test("a plan fills GRRAS item 6 through the study file")
    func plan() throws {
      let sandbox = try Sandbox()
      let plan = try sandbox.endplate(
        "plan", "kappa", "--value", "0.6", "--width", "0.3", "--readers", "3", "--prevalence", "0.3")
      #expect(plan.status == 0 && plan.text.hasPrefix("80 cases of 3 readers"), "\(plan.text)\(plan.errorText)")
      let lines = plan.text.split(separator: "\n", omittingEmptySubsequences: false)
      let at = try #require(lines.firstIndex { $0.contains("sample_size") })
      let file = try sandbox.write(
        "study.yaml",
        "format: endplate-study/1\ntitle: T\nprotocol:\n  mode: independent\n" + lines[at...].joined(separator: "\n"))

      let made = try sandbox.endplate(
        ["study", "new", sandbox.path("my.study"), "--from", file]
          + ["R1", "R2", "R3"].flatMap { ["--reader", "\($0)=A"] })

      #expect(made.status == 0, "\(made.errorText)")
      let shown = try Data(contentsOf: URL(filePath: sandbox.path("my.study")))
      #expect(
        shown.range(of: Data("At least 80 cases of 3 readers, so that the 95 % interval of Fleiss' kappa".utf8)) != nil)
    }

    @Test(
      "what cannot be planned is refused with the cure",
      arguments: [
        (["ac1", "--value", "0.5", "--width", "0.2", "--prevalence", "0.1"], "AC1 of 0.78"),
        (["kappa", "--value", "0.5", "--width", "0.2"], "add --prevalence"),
        (["kappa", "--value", "0.5", "--width", "0.2", "--prevalence", "0,3"], "add up to 1"),
        (["kappa", "--value", "0.5", "--width", "0.2", "--prevalence", "x"], "numbers with a point"),
        (["icc", "--value", "0.5", "--width", "0.2", "--prevalence", "0.1"], "leave it out"),
        (["icc", "--value", "1", "--width", "0.2"], "below 1"),
        (["icc", "--value", "0.5", "--width", "0.2", "--readers", "9"], "2 to 6"),
        (["proportion", "--value", "0.5", "--width", "0.2", "--readers", "3"], "leave out --readers"),
        (["alpha", "--value", "0.5", "--width", "0.2"], "ac1, kappa, icc"),
      ])
    func refusedPlans(arguments: [String], words: String) throws {
      let result = try Sandbox().endplate(["plan"] + arguments)

      #expect(result.status == 64 && result.errorText.contains(words), "\(result.errorText)")
    }
  }
}
