// Signing from the command line and from two windows: what is signed is what was shown or printed, or nothing is.

import CaseStore
import PtyHarness
import ReviewCore
import Testing

extension EndToEnd {
  @Suite struct Signing {
    private typealias ID = Codebook.ID

    /// Case 1, its baseline signed, 3 months graded but for the sequential change: the rule says equivocal.
    private func study(_ sandbox: Sandbox) throws -> OwnStudy {
      let study = try OwnStudy(sandbox, cases: [.plain("1", followUps: [3])])
      try study.reading("R1") { store in
        _ = try store.record(GradeChange("1", .baseline, ID.softTissueAbscess, Grade(.level("present"))))
        _ = try store.sign("1")
        for (finding, value) in [
          (ID.foci, .level("decreased")), (ID.lesionChanges, .map([.l5: "decreased"])), (ID.marrow, .level("partial")),
          (ID.signalArea, .level("decreased")), (ID.destruction, .level("stable")), (ID.spread, .level("no")),
          (ID.softTissueChange, .level("reduced")), (ID.abscess, .level("present")),
          (ID.healingEdge, .level("absent")),
        ] as [(FindingID, GradeValue)] {
          _ = try store.record(GradeChange("1", "3", finding, Grade(value)))
        }
      }
      return study
    }

    /// All that the reader did and has.
    private func state(_ study: OwnStudy) throws -> [AnyHashable] {
      try study.reading("R1") { [AnyHashable(try $0.audit()), AnyHashable(try $0.caseView("1"))] }
    }

    @Test("another grade than the rule's is signed with its reason only, and nothing is recorded without")
    func departure() throws {
      let sandbox = try Sandbox()
      let study = try study(sandbox)
      func grade(_ arguments: String...) throws -> ProgramResult {
        try sandbox.endplate(
          ["grade", "1", "--examination", "3", "--sign", "--study", study.path, "--as", "R1"] + arguments)
      }
      let before = try state(study)
      let refused = try grade("follow_up=healed")
      #expect(refused.status == 65 && refused.text.isEmpty)
      for words in ["follow_up_grade healed is not the rule's equivocal", "rules out healing", "nothing was recorded"] {
        #expect(refused.errorText.contains(words), "\(refused.errorText)")
      }
      #expect(try state(study) == before)

      let signed = try grade("follow_up=healed", "--note", "follow_up=the collection is sterile")
      #expect(signed.status == 0, "\(signed.errorText)")
      for line in [
        "case 1, 3 months, round 1", "change per bone: ↓ L5", "soft-tissue abscess now: ● present",
        "! the rule is overruled: healed, because: “the collection is sterile”",
        "! warning: healed, but there is an abscess",
      ] { #expect(signed.text.contains(line + "\n"), "‘\(line)’ is not in\n\(signed.text)") }
    }

    @Test("the rule's grade that another finding made a departure is not signed in silence")
    func departureLater() throws {
      let sandbox = try Sandbox()
      let study = try study(sandbox)
      let who = ["--examination", "3", "--study", study.path, "--as", "R1"]
      #expect(try sandbox.endplate(["grade", "1", "follow_up=equivocal"] + who).status == 0)
      let result = try sandbox.endplate(["grade", "1", "abscess=absent", "--sign"] + who)
      #expect(result.status == 65)
      #expect(result.errorText.contains("equivocal is not the rule's healing"), "\(result.errorText)")
      #expect(
        try study.reading("R1") { try $0.caseView("1").reading(of: "R1", "3")?.values()[ID.abscess] }
          == .level("present"))
    }

    @Test("confidences that the protocol asks for are asked for")
    func confidences() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: [.plain("1")], asksConfidence: true)
      let findings = Codebook.vertebralOsteomyelitis.findings(in: .baseline).map(\.id.rawValue)
      let grades = findings.map { $0 == "rim_sign" ? "rim_sign=present" : "\($0)=not-assessable" }
      let command = ["grade", "1", "--sign", "--study", study.path, "--as", "R1"] + grades
      let before = try state(study)
      let refused = try sandbox.endplate(command)
      #expect(refused.status == 65)
      #expect(refused.errorText.contains("rim_sign without a confidence, which the protocol asks for"))
      #expect(refused.errorText.contains("nothing was recorded"))
      #expect(try state(study) == before)
      // One that was given for another level does not count.
      let draft = ["grade", "1", "rim=absent", "--confidence", "rim=5", "--study", study.path, "--as", "R1"]
      #expect(try sandbox.endplate(draft).status == 0)
      #expect(try sandbox.endplate(command).errorText.contains("rim_sign without a confidence"))
      let signed = try sandbox.endplate(command + ["--confidence", "rim=4"])
      #expect(signed.status == 0 && signed.text.contains("rim sign: ● present  certainty 4 of 5\n"), "\(signed.text)")
    }

    @Test("what is asked with the clinical data is signed by being graded, or nothing is recorded")
    func askedAgain() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: [.plain("1")], withheld: [.therapy], asksAgain: true)
      func grade(_ arguments: String...) throws -> ProgramResult {
        try sandbox.endplate(["grade", "1", "--sign", "--study", study.path, "--as", "R1"] + arguments)
      }
      let early = try grade("impression_after=metastasis")
      #expect(early.status == 65 && early.errorText.contains("sign first, then grade it"), "\(early.errorText)")
      try study.reading("R1") { _ = try $0.sign("1") }
      let before = try state(study)
      let both = try grade("impression_after=metastasis", "rim=present")
      #expect(both.status == 77 && both.errorText.contains("your reading is signed"), "\(both.errorText)")
      #expect(try state(study) == before)
      let signed = try grade("impression_after=metastasis")
      #expect(signed.status == 0, "\(signed.errorText)")
      #expect(signed.text.contains("version 2\namended because: asked again with the clinical data\n"))
      #expect(signed.text.contains("signed: “I graded this with the clinical data before me.” receipt "))
      let verified = try sandbox.endplate("audit", "--verify", "--study", study.path, "--as", "coordinator")
      #expect(verified.status == 0, "\(verified.text)")
    }

    @Test("a reason is for one grade against one of the rule's")
    func reasons() throws {
      let sandbox = try Sandbox()
      func grade(_ arguments: String...) throws -> ProgramResult {
        try sandbox.endplate(
          ["grade", "4", "--study", "practice", "--as", "R1", "--examination", "8"] + arguments)
      }
      _ = try grade("--reason", "looked at again")
      let findings = [
        "foci=decreased", "changes=T11:decreased", "marrow=partial", "signal_area=decreased", "destruction=stable",
        "spread=no", "soft_tissue_change=reduced", "abscess=absent", "healing_edge=not-assessable",
      ]
      _ = try sandbox.endplate(
        ["grade", "4", "--study", "practice", "--as", "R1", "--examination", "8", "follow_up=equivocal"] + findings
          + ["--note", "follow_up=too early"])
      let changed = try grade("spread=yes", "--sign")
      #expect(changed.status == 65 && changed.errorText.contains("written for another grade"), "\(changed.errorText)")
      let dot = try grade("spread=yes", "--note", "follow_up=.", "--sign")
      #expect(dot.status == 65 && dot.errorText.contains("say why"), "\(dot.errorText)")
      let signed = try grade("spread=yes", "--note", "follow_up=too early", "--sign")
      #expect(signed.status == 0, "\(signed.errorText)")
    }

    @Test("what another window grades while the box is open is shown before it is signed")
    func twoWindows() throws {
      let sandbox = try Sandbox()
      let window = try sandbox.tmux(["demo", "--practice", "--as", "R1"])
      try window.wait(forText: "Worklist", "7 cases")
      try window.type("/42")
      try window.press("Enter", "g")
      try window.wait(forText: "Grade case 2", "0 of 13")
      try window.press("Enter", "Space", "Enter")
      try window.type("111333221212")
      try window.wait(forText: "13 of 13")
      try window.press("S")
      try window.wait(forText: "I graded this examination independently", "rim sign                       ● present")

      let other = try sandbox.endplate("grade", "2", "rim=absent", "--study", "practice", "--as", "R1")
      try window.press("Enter")

      #expect(other.status == 0, "\(other.errorText)")
      try window.wait(forText: "changed in another window", "rim sign: present → absent")
      #expect(!(try window.screen().contains { $0.contains("✓ signed") }))
      try window.press("Enter", "Enter")
      try window.wait(forText: "✓ signed")
      let shown = try sandbox.endplate("show", "2", "--linear", "--study", "practice", "--as", "R1")
      #expect(shown.text.contains("baseline, R1, rim sign: absent"), "\(shown.text)")
    }
  }
}
