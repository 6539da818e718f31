// Follow-ups graded by keys into a study file, and the courses on the screen.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct FollowUps {
    private static let baseline = [
      "involved_bones=L1,L3", "posterior_elements=spared", "lesion_number=multiple", "t1w=hypo", "t2w=hyper",
      "stir=hyper", "enhancement=global", "rim_sign=present", "halo_sign=present", "disks=preserved",
      "soft_tissue_inflammation=limited", "soft_tissue_abscess=absent", "impression=metastasis",
    ]

    private static let healing = [
      "foci=decreased", "lesion_changes=L1:decreased", "marrow=partial", "signal_area=decreased", "destruction=stable",
      "spread=no", "soft_tissue_change=reduced", "abscess=absent", "healing_edge=absent", "follow_up_grade=healing",
    ]

    /// A study of one case with follow-ups at 3 and 8 months, read up to 3 months.
    private func study() throws -> Sandbox {
      let sandbox = try Sandbox()
      let environment = ["ENDPLATE_STUDY": sandbox.path("a.study")]
      let file = try sandbox.write(
        "case.yaml", caseFile(id: "4", more: "  - months: 3").replacing("months: 6", with: "months: 8"))
      for arguments in [
        [
          "study", "new", sandbox.path("a.study"), "--title", "Spine", "--reader", "R1=One", "--reader", "R2=Two",
          "--reader", "R3=Three",
        ], ["import", file, "--as", "coordinator"], ["grade", "4", "--as", "R1", "--sign"] + Self.baseline,
        ["grade", "4", "--as", "R1", "--examination", "3", "--sign"] + Self.healing,
      ] {
        let result = try sandbox.launch(builtProgram("endplate"), arguments, environment: environment).run()
        try #require(result.status == 0, "\(arguments): \(result.errorText)")
      }
      return sandbox
    }

    private func run(_ sandbox: Sandbox, _ arguments: [String]) throws -> ProgramResult {
      try sandbox.launch(
        builtProgram("endplate"), arguments, environment: ["ENDPLATE_STUDY": sandbox.path("a.study")]
      ).run()
    }

    private func screen(_ sandbox: Sandbox, keys: String, size: String = "100x30") throws -> String {
      let script = try sandbox.write("keys", keys)
      let result = try run(
        sandbox, ["open", "--as", "R1", "--keys", script, "--dump", sandbox.path("screen"), "--size", size])
      try #require(result.status == 0, "\(result.errorText)")
      return try String(contentsOfFile: sandbox.path("screen"), encoding: .utf8)
    }

    @Test("a follow-up is graded against the baseline and the examination before, and is on the disk")
    func gradedByKeys() throws {
      let sandbox = try study()
      // When: 8 months, every finding by key, the rule's grade with Enter; then foci against 3 months.
      let text = try screen(
        sandbox, keys: "g{{{}}<wait>1<Enter>a2<Enter>2111311<Enter><wait>p<wait>3<wait>\n")
      // Then
      #expect(text.contains("8 vs 3 months"))
      #expect(text.contains("rule: aggravated"))
      let facts = try run(sandbox, ["show", "4", "--as", "R1", "--linear"]).text
      #expect(facts.contains("change per bone: L1 decreased, L3 decreased"))
      #expect(facts.contains("8 months, R1 (draft), number and extent of foci: decreased"))
      #expect(facts.contains("number and extent of foci against the previous examination: increased"))
      #expect(facts.contains("8 months, R1 (draft), sequential change: healing"))
    }

    @Test("the courses of the published study are listed, and Enter opens the one under the cursor")
    func courses() throws {
      let sandbox = try Sandbox()
      func dump(_ keys: String) throws -> String {
        let script = try sandbox.write("keys", keys)
        let result = try sandbox.endplate(
          "demo", "--keys", script, "--dump", sandbox.path("screen"), "--force", "--size", "100x30")
        try #require(result.status == 0, "\(result.errorText)")
        return try String(contentsOfFile: sandbox.path("screen"), encoding: .utf8)
      }
      let list = try dump("fs<wait>\n").split(separator: "\n").map(String.init)
      let lanes = list.filter { $0.contains("improved") || $0.contains("cured") }.prefix(7)
      #expect(lanes.first?.contains("(almost healed), cured") == true)
      #expect(lanes.count { $0.contains("healing, improved; under 6 months") } == 3)
      let opened = try dump("fs<Up><Up><Up><Up><Up><Up><Up><Enter><wait>\n")
      #expect(opened.contains("Case 5"))
      #expect(opened.contains("aggravated (mixed) (derived)"))
      let filtered = try dump("f/flag:short-follow-up<Enter><wait>\n")
      #expect(filtered.contains("Courses  3 cases"))
    }

    @Test("what cannot be graded is refused and changes nothing")
    func refused() throws {
      let sandbox = try study()
      let before = try run(sandbox, ["show", "4", "--as", "R1", "--linear"]).text
      for (arguments, status, words) in [
        (["--examination", "9", "foci=decreased"], 66, "no examination ‘9’"),
        (["--examination=-3", "foci=decreased"], 66, "no examination ‘-3’"),
        (["foci=decreased"], 65, "foci is graded at follow-ups"),
        (["--examination", "8", "--against", "previous", "marrow=partial"], 65, "marrow says how things are"),
        (["--examination", "3", "--against", "previous", "foci=decreased"], 64, "the baseline is the one before"),
        (["--against", "previous", "rim=absent"], 64, "has no comparator"),
      ] as [([String], Int32, String)] {
        let result = try run(sandbox, ["grade", "4", "--as", "R1"] + arguments)
        #expect(result.status == status, "\(arguments): \(result.errorText)")
        #expect(result.errorText.contains(words), "\(result.errorText)")
      }
      #expect(try run(sandbox, ["show", "4", "--as", "R1", "--linear"]).text == before)
      let since = try run(
        sandbox, ["grade", "4", "--as", "R1", "--examination", "8", "--against", "previous", "foci=increased"])
      #expect(since.text.contains("1 of 7 graded against the previous examination"))
    }

    @Test("a file with an impossible course is refused with its line")
    func badFile() throws {
      let sandbox = try Sandbox()
      let file = try sandbox.write("case.yaml", caseFile(id: "4", more: "  - months: 6\n  - months: -1"))

      let result = try sandbox.endplate("check", file)

      #expect(result.status == 65)
      #expect(result.text.contains("\(file):16:13: error: months: there are two examinations at 6 months"))
      #expect(result.text.contains("\(file):17:13: error: months: -1 lies outside 0.01 to 600"))
    }
  }
}
