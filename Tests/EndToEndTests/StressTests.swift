// Three readers grade on one study file at once, in processes of their own.

import CaseStore
import PtyHarness
import ReviewCore
import Testing

extension EndToEnd {
  @Suite struct Stress {
    private static let cases: [CaseID] = ["1", "2", "3"]
    /// Findings of the baseline but the bones, each graded by a digit.
    private static let findings = Codebook.vertebralOsteomyelitis.findings(in: .baseline).filter { $0.scale != .sites }

    @Test("hundreds of grades through the screens of three readers: all are kept, nothing is said but that")
    func screens() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: Self.cases.map { .plain($0) })
      // Each pass over the findings changes every grade of the pass before.
      let passes = (1...6).map { pass in
        "<Home>j" + String(repeating: pass.isMultiple(of: 2) ? "2" : "1", count: Self.findings.count)
      }
      let script = try sandbox.write(
        "keys", "g" + Self.cases.map { _ in passes.joined(separator: "\n") }.joined(separator: "]") + "\n")

      let seats = try OwnStudy.readers.map { reader in
        try sandbox.workstation([
          "--study", study.path, "--as", reader.rawValue, "--keys", script, "--dump", sandbox.path("\(reader).screen"),
        ])
      }

      for (reader, seat) in zip(OwnStudy.readers, seats) {
        #expect(seat.waitForEnd(atMost: .seconds(120)) == .exited(0))
        #expect(seat.output.isEmpty, "\(String(decoding: seat.output, as: UTF8.self))")
        let screen = try String(contentsOfFile: sandbox.path("\(reader).screen"), encoding: .utf8)
        #expect(screen.contains("12 of 13") && screen.contains("✓") && !screen.contains("! "), "\(screen)")
      }
      try expectAll(study, steps: passes.count * Self.findings.count, sandbox)
    }

    @Test("the same through endplate grade")
    func commands() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: Self.cases.map { .plain($0) })
      let passes = 4
      let values = (0..<passes).map { pass in
        Self.findings.map { "\($0.id)=\($0.levels[pass % 2].id)" }.joined(separator: " ")
      }

      let shells = try OwnStudy.readers.map { reader in
        let lines = values.flatMap { values in
          Self.cases.map { id in
            "'\(builtProgram("endplate"))' grade \(id) \(values) --as \(reader) --study '\(study.path)'"
          }
        }
        return try PtyProcess(sandbox.launch("sh", ["-ec", lines.joined(separator: "\n")]))
      }

      for shell in shells {
        #expect(shell.waitForEnd(atMost: .seconds(120)) == .exited(0))
        let lines = String(decoding: shell.output, as: UTF8.self).split(whereSeparator: \.isNewline)
        #expect(lines.count == passes * Self.cases.count)
        #expect(lines.allSatisfy { $0.hasSuffix(" baseline: 12 of 13 graded") }, "\(lines)")
      }
      try expectAll(study, steps: passes, sandbox)
    }

    /// Every step is on record, every reader has the second level everywhere and sees only their own grades.
    private func expectAll(_ study: OwnStudy, steps: Int, _ sandbox: Sandbox) throws {
      let second = Dictionary(
        uniqueKeysWithValues: Self.findings.map { finding in
          (finding.id, finding.scale == .set ? GradeValue.levels([finding.levels[1].id]) : .level(finding.levels[1].id))
        })
      for reader in OwnStudy.readers {
        try study.reading(reader) { store in
          #expect(try store.audit(AuditFilter(kinds: [.graded])).count == steps * Self.cases.count)
          for id in Self.cases {
            let readings = try store.caseView(id).readings
            #expect(readings.map(\.reader) == [reader])
            #expect(readings.first?.values() == second)
            #expect(try store.history(id).count == steps)
          }
        }
      }
      let verified = try sandbox.endplate("audit", "--verify", "--study", study.path, "--as", "coordinator")
      #expect(verified.status == 0, "\(verified.text)\(verified.errorText)")
      #expect(try study.sqlite(sandbox, "PRAGMA integrity_check").text == "ok\n")
    }
  }
}
