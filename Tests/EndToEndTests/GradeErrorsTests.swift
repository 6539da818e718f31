// endplate grade: what it refuses, in which words, and that nothing is changed then.

import CaseStore
import PtyHarness
import ReviewCore
import Testing

extension EndToEnd {
  @Suite struct GradeErrors {
    /// R1 has signed case 1, begun case 3 and not begun case 2.
    @Test(
      "a refusal names the thing and the cure",
      arguments: [
        (["2", "rimm=present"], 65, ["rimm", "did you mean", "rim"]),
        (["2", "rim=maybe"], 65, ["maybe", "rim_sign", "absent, present"]),
        (["2", "rim=absent,present"], 65, ["rim_sign", "one"]),
        (["2", "bones=L9"], 65, ["L9"]),
        (["2", "rim"], 65, ["‘rim’", "FINDING=VALUE"]),
        (["2", "foci=decreased"], 65, ["foci", "follow-ups"]),
        (["2", "t1w=hypo", "rim=maybe", "halo=perhaps"], 65, ["maybe", "perhaps", "nothing was recorded"]),
        (["2", "--note", "rim=faint"], 65, ["rim_sign", "grade it first"]),
        (["2", "rim=absent", "rim=present"], 65, ["rim_sign", "twice", "nothing was recorded"]),
        (["2", "rim=absent", "--note", "rim=a", "--note", "rim_sign=b"], 65, ["rim_sign", "a note twice"]),
        (["2", "rim=present", "--sign"], 65, ["not signed", "halo_sign", "not-assessable"]),
        (["2"], 64, ["FINDING=VALUE", "--sign"]),
        (["22", "rim=present"], 66, ["‘22’", "2"]),
        (["2", "rim=present", "--examination", "7"], 66, ["‘7’", "baseline"]),
        (["2", "foci=decreased", "--examination", "5"], 66, ["‘5’", "baseline"]),
        (["2", "rim=present", "--as", "R9"], 66, ["‘R9’", "R1, R2, R3"]),
        (["2", "rim=present", "--as", "coordinator"], 77, ["coordinator", "open the study as a reader"]),
        (["2", "rim=present", "--round", "2"], 77, ["round 2", "round 1 is being read"]),
        (["1", "rim=absent"], 77, ["case 1, baseline", "signed", "amend it with a reason"]),
        (["1", "--sign"], 77, ["case 1, baseline", "signed"]),
        (["1", "rim=absent", "--reason", " "], 65, ["reason"]),
        (["1", "rim=maybe", "--reason", "slip"], 65, ["maybe"]),
        (["1", "rim=absent", "--reason", "slip", "--round", "2"], 77, ["round 2"]),
        (["3", "t1w=iso", "--reason", "slip"], 77, ["case 3, baseline", "not signed", "just change it"]),
      ] as [([String], Int32, [String])])
    func refused(arguments: [String], status: Int32, words: [String]) throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(
        sandbox, cases: ["1", "2", "3"].map { .plain($0, followUps: [5]) }, withheld: [.laterExaminations])
      try study.reading("R1") { store in
        for finding in Codebook.vertebralOsteomyelitis.findings(in: .baseline) {
          _ = try store.record(GradeChange("1", .baseline, finding.id, Grade(.notAssessable)))
        }
        _ = try store.sign("1")
        _ = try store.record(GradeChange("3", .baseline, Codebook.ID.t1w, Grade(.levels(["hypo"]))))
      }
      let who = ["--study", study.path] + (arguments.contains("--as") ? [] : ["--as", "R1"])
      let before = try state(study)

      let result = try sandbox.endplate(["grade"] + arguments + who)

      #expect(result.status == status, "\(result.errorText)")
      for word in words { #expect(result.errorText.contains(word), "\(result.errorText)") }
      #expect(result.text.isEmpty)
      #expect(try state(study) == before)
    }

    @Test("who is meant must be said where it cannot be known")
    func nobodyNamed() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: [.plain("1")])

      let result = try sandbox.endplate("grade", "1", "rim=present", "--study", study.path)

      #expect(result.status == 64)
      #expect(result.errorText.contains("--as") && result.errorText.contains("R1 (Reader 1, reader)"))
    }

    @Test("once a case is opened its readings are closed, to amendments too")
    func opened() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: [.plain("1")])
      for reader in OwnStudy.readers { try study.reading(reader) { _ = try $0.sign("1") } }
      try study.reading("coordinator") { _ = try $0.openForConsensus("1") }

      let graded = try sandbox.endplate("grade", "1", "rim=present", "--study", study.path, "--as", "R1")
      let amended = try sandbox.endplate(
        "grade", "1", "rim=present", "--reason", "slip", "--study", study.path, "--as", "R1")

      for result in [graded, amended] {
        #expect(result.status == 77)
        #expect(result.errorText.contains("case 1 is open for consensus"), "\(result.errorText)")
      }
    }

    @Test("an amendment is a new version with its reason, the old value stays in the history")
    func amended() throws {
      let sandbox = try Sandbox()
      let path = sandbox.path("history")
      let script = try sandbox.write("keys", ":sort by number<Enter><Enter>H<wait>")

      let result = try sandbox.endplate(
        "grade", "1", "rim=absent", "--reason", "the line is a vessel", "--sign", "--study", "practice", "--as", "R1")
      let shown = try sandbox.endplate(
        "demo", "--practice", "--as", "R1", "--keys", script, "--dump", path, "--size", "120x60")

      #expect([result.status, shown.status] == [0, 0], "\(result.errorText)\(shown.errorText)")
      let screen = try String(contentsOfFile: path, encoding: .utf8)
      #expect(screen.contains("amends: the line is a vessel"), "\(screen)")
      #expect(screen.contains("rim sign: present, image 5/9, L5 → absent, image 5/9, L5"), "\(screen)")
      let trail = try sandbox.endplate("audit", "--case", "1", "--study", "practice", "--as", "R1")
      #expect(trail.text.contains("amended, case 1 baseline round 1, reason: the line is a vessel"), "\(trail.text)")
    }

    /// All that the reader of these tests did and has.
    private func state(_ study: OwnStudy) throws -> [AnyHashable] {
      try study.reading("R1") { store in
        try [store.audit()] + ["1", "2", "3"].map { AnyHashable(try store.caseView($0)) }
      }
    }
  }
}
