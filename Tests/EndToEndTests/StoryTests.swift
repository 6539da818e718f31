// Three readers grade the practice study, sign, and each sees only their own grades.

import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct Stories {
    /// What a reader makes of the rim and of the whole, and a word nobody else may see.
    private struct Opinion {
      let reader: String
      let rim: (key: String, value: String, words: String)
      var secret: String { "the word of \(reader)" }
    }

    private static let opinions = [
      Opinion(reader: "R1", rim: ("2", "present", "● present")),
      Opinion(reader: "R2", rim: ("1", "absent", "· absent")),
      Opinion(reader: "R3", rim: ("x", "not-assessable", "not assess")),
    ]

    @Test("from three terminals at once")
    func threeTerminals() throws {
      let sandbox = try Sandbox()
      // The first to come makes the copy; all three come at once.
      let seats = try Self.opinions.map { ($0, try sandbox.tmux(["demo", "--practice", "--as", $0.reader])) }
      for (_, tmux) in seats {
        try tmux.wait(forText: "Worklist", "7 cases")
        try tmux.type("/42")
        try tmux.press("Enter", "g")
      }

      // Key by key in turn, so that all three write at the same time.
      for (_, tmux) in seats { try tmux.wait(forText: "Grade case 2", "0 of 13") }
      for (_, tmux) in seats { try tmux.press("Enter", "Space", "Enter") }
      for (opinion, tmux) in seats { try tmux.type("111333" + opinion.rim.key + "21212") }
      for (opinion, tmux) in seats {
        try tmux.type("m\(opinion.secret)")
        try tmux.press("Enter")
      }
      for (opinion, tmux) in seats {
        try tmux.wait(forText: "13 of 13", opinion.rim.words, opinion.secret)
        try tmux.press("S")
        try tmux.wait(forText: "I graded this examination independently")
        try tmux.press("Enter")
      }
      for (_, tmux) in seats {
        try tmux.wait(forText: "✓ signed")
        try tmux.press("}")
        try tmux.wait(forText: "5 months", "0 of 10")
        try tmux.press("1", "Enter", "2", "Enter", "2", "1", "1", "1", "3", "1", "2", "Enter")
        try tmux.wait(forText: "10 of 10")
        try tmux.press("S", "Enter")
        try tmux.wait(forText: "✓ signed")
        try tmux.press("Escape")
      }

      for (_, tmux) in seats {
        try tmux.wait(forText: "✓ signed", "● ready")
        try tmux.press("Enter", "9", "9")
        try tmux.wait(forText: "grades are sealed until the case is opened")
        #expect(!others(try tmux.screen()))
      }
      try expectOwnOnly("2", sandbox)

      func others(_ screen: [String]) -> Bool { screen.contains { $0.contains("the word of") } }
    }

    @Test("all who come first at once write into one copy", arguments: 1...3)
    func oneCopy(_ attempt: Int) throws {
      let sandbox = try Sandbox()
      let together = #"for r in R1 R2 R3; do "$0" grade 2 rim=present --study practice --as $r & done; wait"#

      let result = try sandbox.launch("sh", ["-c", together, builtProgram("endplate")]).run()

      #expect(result.status == 0 && result.errorText.isEmpty, "\(result.errorText)")
      for reader in Self.opinions.map(\.reader) {
        let shown = try sandbox.endplate("show", "2", "--linear", "--study", "practice", "--as", reader)
        #expect(shown.text.contains("rim sign: present"), "the grade of \(reader) is gone: \(shown.text)")
      }
    }

    @Test("through endplate grade alone")
    func commands() throws {
      let sandbox = try Sandbox()
      let followUp = [
        "foci=decreased", "changes=T11:decreased", "marrow=partial", "signal_area=decreased", "destruction=stable",
        "spread=no", "soft_tissue_change=reduced", "abscess=absent", "healing_edge=present", "follow_up=healing",
      ]
      for opinion in Self.opinions {
        let who = ["--study", "practice", "--as", opinion.reader, "--sign"]
        let baseline = try sandbox.endplate(
          [
            "grade", "2", "bones=S1", "posterior=spared", "lesions=solitary", "t1w=hypo", "t2w=iso,hyper", "stir=hyper",
            "enhancement=global", "rim=\(opinion.rim.value)", "halo=present", "disks=preserved", "soft-tissue=limited",
            "soft-tissue-abscess=absent", "impression=metastasis", "--note", "impression=\(opinion.secret)",
          ] + who)
        let later = try sandbox.endplate(["grade", "2", "--examination", "5"] + followUp + who)

        #expect([baseline.status, later.status] == [0, 0], "\(baseline.errorText)\(later.errorText)")
        #expect(baseline.text.contains("13 of 13 graded\ncase 2, baseline, round 1\ninvolved bones: S1\n"))
        #expect(baseline.text.contains("\nsigned: “I graded this examination independently.” receipt "))
        #expect(later.text.contains("10 of 10 graded\ncase 2, 5 months, round 1\nnumber and extent of foci: "))
        #expect(later.text.contains("\nthe rule: healing; "))
      }

      try expectOwnOnly("2", sandbox)
      let verified = try sandbox.endplate("audit", "--verify", "--study", "practice", "--as", "coordinator")
      #expect(verified.status == 0, "\(verified.text)")
    }

    /// Every way to ask for the case answers each reader with their own words, and nobody else with any.
    private func expectOwnOnly(_ id: String, _ sandbox: Sandbox) throws {
      let questions = [
        ["show", id], ["show", id, "--linear"], ["show", id, "--size", "120x40"], ["list"], ["list", "--json"],
        ["audit"], ["audit", "--json"], ["audit", "--case", id], ["study", "info"], ["study", "progress"],
      ]
      for who in Self.opinions.map(\.reader) + ["coordinator", "presenter"] {
        let answers = try questions.map { question in
          let result = try sandbox.endplate(question + ["--study", "practice", "--as", who])
          #expect(result.status == 0, "\(question): \(result.errorText)")
          return result.text
        }
        for opinion in Self.opinions {
          let isTold = answers.contains { $0.contains(opinion.secret) }
          #expect(isTold == (opinion.reader == who), "\(who) of \(opinion.reader)")
        }
        let rims = answers[1].split(separator: "\n").filter { $0.contains("rim sign") }
        let own = Self.opinions.first { $0.reader == who }?.rim.value.replacing("-", with: " ")
        #expect(rims.contains { line in own.map { line.contains($0) } ?? false } == (own != nil), "\(who): \(rims)")
      }
    }
  }
}
