// Out of one study, into an empty one, and out again: the same bytes, the same tables, the same agreement.

import CaseStore
import Foundation
import PtyHarness
import ReviewCore
import Testing

extension EndToEnd {
  @Suite struct DataInOut {
    /// The practice study with case 4 recorded, by names.
    private func practice(_ sandbox: Sandbox) throws {
      func run(_ words: String..., ends status: Int32 = 0) throws {
        let result = try sandbox.endplate(words + ["--study", "practice"])
        try #require(result.status == status, "\(words): \(result.errorText)")
      }
      try run("consensus", "open", "4", "--as", "coordinator")
      try run("consensus", "agree", "4", "--unanimous", "--as", "R1")
      let store = try StudyStore.open(
        at: sandbox.path("data/endplate/practice.study"), as: "R1",
        environment: StudyWorld(Date()).environment())
      for row in try store.consensusTable("4").unsettled {
        var decision = row.suggestion ?? AgreedGrade(nil, how: .unresolved)
        decision.rationale = "talked over"
        _ = try store.consensus("4", .agree(row.key, decision))
      }
      let version = try store.consensusTable("4").version
      try store.close()
      for reader in ["R1", "R2", "R3"] { try run("consensus", "confirm", "4", "\(version)", "--as", reader) }
    }

    @Test("a release goes into an empty study and comes out the same")
    func release() throws {
      let sandbox = try Sandbox()
      try practice(sandbox)
      let (out, new, again) = (sandbox.path("release"), sandbox.path("new.study"), sandbox.path("again"))
      let export = ["export", "--format", "release", "--as", "coordinator"]
      let first = try sandbox.endplate(export + ["--study", "practice", "--out", out])
      #expect(first.status == 0, "\(first.errorText)")

      try #require(try sandbox.endplate("study", "new", new, "--from", out + "/protocol.yaml").status == 0)
      let cases = try FileManager.default.contentsOfDirectory(atPath: out + "/cases").map { out + "/cases/" + $0 }
      let coordinator = ["--study", new, "--as", "coordinator"]
      try #require(try sandbox.endplate(["import"] + cases + coordinator).status == 0)
      let dry = try sandbox.endplate(["import", "readings", out, "--dry-run"] + coordinator)
      #expect(dry.text.contains("would import"), "\(dry.errorText)")
      #expect(dry.text.contains("would close case 4: R1, R2, R3 are readers of this study"), "\(dry.text)")
      let taken = try sandbox.endplate(["import", "readings", out] + coordinator)
      #expect(taken.status == 0 && taken.text.contains("imported"), "\(taken.errorText)")
      #expect(try sandbox.endplate(export + ["--study", new, "--out", again]).status == 0)

      let difference = try sandbox.launch("diff", ["-r", out, again]).run()
      #expect(difference.status == 0, "\(difference.text)")
      for format in try formats(sandbox) where !["release", "anki"].contains(format) {
        let places = [sandbox.path("a-\(format)"), sandbox.path("b-\(format)")]
        for (study, place) in zip(["practice", new], places) {
          let words = ["export", "--format", format, "--study", study, "--as", "coordinator", "--out", place]
          #expect(try sandbox.endplate(words).status == 0, "\(format)")
        }
        // Only that says where a reading was made: here, or elsewhere.
        if format == "long" {
          let text = try String(contentsOfFile: places[0], encoding: .utf8).replacing(
            ",yes,here,", with: ",yes,imported,")
          try text.write(toFile: places[0], atomically: true, encoding: .utf8)
        }
        #expect(try sandbox.launch("diff", ["-r"] + places).run().status == 0, "\(format)")
      }
      func printed(_ words: [String], _ study: [String]) throws -> String {
        try sandbox.endplate(words + study).text.split(separator: "\n").filter {
          !$0.contains("Grades as") && !$0.contains("made elsewhere")
        }.joined(separator: "\n")
      }
      for words in [["tables"], ["agreement"]] {
        let before = try printed(words, ["--study", "practice", "--as", "coordinator"])
        #expect(before.count > 500)
        #expect(try printed(words, coordinator) == before, "\(words)")
      }
      #expect(try sandbox.endplate(["audit", "--verify"] + coordinator).status == 0)
      let graded = try sandbox.endplate("grade", "4", "rim=present", "--study", new, "--as", "R1")
      #expect(graded.status == 77 && graded.errorText.contains("read elsewhere"))
      for words in [["show", "4", "--linear"], ["list"], ["agreement", "--csv"]] {
        #expect(try sandbox.endplate(words + coordinator).text.contains("imported"), "\(words)")
      }
    }

    @Test("a folder is replaced only where it is an earlier export, and only with --force")
    func folders() throws {
      let sandbox = try Sandbox()
      let (out, mine) = (sandbox.path("release"), sandbox.path("mine"))
      let words = ["export", "--format", "release", "--study", "sample", "--as", "presenter", "--out"]
      #expect(try sandbox.endplate(words + [out]).status == 0)
      let first = try Data(contentsOf: URL(fileURLWithPath: out + "/SHA256SUMS"))
      #expect(try sandbox.endplate(words + [out]).status == 73)
      #expect(try sandbox.endplate(words + [out, "--force"]).status == 0)
      #expect(try Data(contentsOf: URL(fileURLWithPath: out + "/SHA256SUMS")) == first)
      try sandbox.write("release/thesis.txt", "mine")
      let refused = try sandbox.endplate(words + [out, "--force"])
      #expect(refused.status == 73 && refused.errorText.contains("thesis.txt"))
      #expect(try String(contentsOfFile: out + "/thesis.txt", encoding: .utf8) == "mine")
      // Somebody's own sums make no export of a folder.
      mkdir(sandbox.path("sums"), 0o700)
      try sandbox.write("sums/thesis.txt", "mine")
      let sum = try #require(
        try sandbox.launch("sha256sum", [sandbox.path("sums/thesis.txt")]).run().text.split(separator: " ").first)
      try sandbox.write("sums/SHA256SUMS", "\(sum)  thesis.txt\n")
      let sums = try sandbox.endplate(words + [sandbox.path("sums"), "--force"])
      #expect(sums.status == 73 && sums.errorText.contains("not an earlier export"), "\(sums.errorText)")
      // Nor is an export as another format one.
      unlink(out + "/thesis.txt")
      let other = try sandbox.endplate(
        "export", "--format", "redcap", "--study", "sample", "--as", "presenter", "--out", out, "--force")
      #expect(other.status == 73 && other.errorText.contains("as redcap"), "\(other.errorText)")
      for format in ["redcap", "ratings"] {
        let export = ["export", "--format", format, "--study", "sample", "--as", "presenter", "--out"]
        #expect(try sandbox.endplate(export + [sandbox.path(format)]).status == 0)
        #expect(try sandbox.endplate(export + [sandbox.path(format), "--force"]).status == 0, "\(format)")
      }
      #expect(try sandbox.endplate(words + [out, "--force"]).status == 0)
      mkdir(out + "/empty", 0o700)
      #expect(try sandbox.endplate(words + [out, "--force"]).errorText.contains("‘empty’"))
      mkdir(mine, 0o700)
      #expect(try sandbox.endplate(words + [mine, "--force"]).status == 73)
      let names = try FileManager.default.contentsOfDirectory(atPath: sandbox.home.path)
      #expect(names.allSatisfy { !$0.hasPrefix(".endplate") }, "\(names)")
    }

    @Test("every format is written, and a format or a case that there is not is refused")
    func formats() throws {
      let sandbox = try Sandbox()
      for format in try formats(sandbox) {
        let result = try sandbox.endplate(
          "export", "--format", format, "--study", "sample", "--as", "presenter", "--out", sandbox.path(format))
        #expect(result.status == 0, "\(format): \(result.errorText)")
      }
      let wrong = try sandbox.endplate("export", "--format", "relase", "--study", "sample", "--out", sandbox.path("x"))
      #expect(wrong.status == 64 && wrong.errorText.contains("‘release’"))
      let none = try sandbox.endplate(
        "export", "--format", "anki", "--case", "99", "--study", "sample", "--as", "presenter", "--out",
        sandbox.path("x"))
      #expect(none.status == 66)
    }

    /// The names of all formats, as they are said to whoever asks for one that there is not.
    private func formats(_ sandbox: Sandbox) throws -> [String] {
      let said = try sandbox.endplate("export", "--format", "-", "--study", "sample", "--out", sandbox.path("x"))
        .errorText
      let told = try #require(said.split(separator: "; there are ").last)
      let names = told.split { ", \n".contains($0) }.map(String.init)
      try #require(names.contains("release") && names.count > 5, "\(said)")
      return names
    }

    /// The lines of a block of the guide, without their indent.
    private func block(_ guide: String, beginning: String) throws -> [String] {
      let start = try #require(guide.range(of: "```\(beginning)"))
      let rest = guide[start.lowerBound...].split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
      return rest.prefix { $0 != "```" }.map(String.init)
    }

    @Test("the one whole way of the guide prints what stands there")
    func wholeWay() throws {
      let sandbox = try Sandbox()
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      let guide = try String(
        contentsOf: root.appending(path: "Sources/CGuide/Guide.docc/exports.md"), encoding: .utf8)
      try sandbox.write(
        "map.yaml", block(guide, beginning: "yaml\nformat: endplate-map/1").joined(separator: "\n") + "\n")
      mkdir(sandbox.path("cases"), 0o700)
      for id in ["1", "2", "3"] { try sandbox.write("cases/\(id).yaml", "format: endplate-case/1\nid: \(id)\n") }
      // Commands with what they print; frictionless is tried by script/readers.
      let lines = try block(guide, beginning: "\n$ cat colleague.csv").split { $0.isEmpty }.joined()
      var ways: [(command: String, printed: [String])] = []
      for line in lines {
        if line.hasPrefix("$ ") {
          ways.append((String(line.dropFirst(2)), []))
        } else {
          ways[ways.count - 1].printed.append(line)
        }
      }
      #expect(ways.count == 7)
      for (command, printed) in ways where !command.hasPrefix("frictionless") {
        if command == "cat colleague.csv" {
          try sandbox.write("colleague.csv", printed.joined(separator: "\n") + "\n")
          continue
        }
        let line = command.replacing("endplate ", with: "\(builtProgram("endplate")) ", maxReplacements: 1)
        let result = try sandbox.launch("/bin/sh", ["-c", "cd '\(sandbox.home.path)' && \(line) 2>&1"]).run()
        #expect(result.status == 0, "\(command): \(result.text)")
        guard !printed.isEmpty else { continue }
        #expect(result.text.split(separator: "\n").map(String.init) == printed, "\(command)")
      }
    }

    @Test("a table of somebody's is taken by its map, all or nothing")
    func map() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: [.plain("1"), .plain("2")])
      let map = try sandbox.write(
        "map.yaml",
        """
        format: endplate-map/1
        columns: {case: id, reader: who, finding: item, value: score}
        findings: [{name: Rim, finding: rim_sign, codes: {"0": absent, "1": present}}]
        """)
      let bad = try sandbox.write("bad.csv", "id,who,item,score\n1,S1,Rim,1\n2,S1,Rimm,1\n")
      let good = try sandbox.write("good.csv", "id,who,item,score\n1,S1,Rim,1\n2,S1,Rim,0\n")
      let words = ["--map", map, "--study", study.path, "--as"]

      let refused = try sandbox.endplate(["import", "readings", bad] + words + ["coordinator"])
      #expect(refused.status == 65 && refused.errorText.contains("bad.csv:3:1: error:"), "\(refused.errorText)")
      #expect(try study.reading("coordinator") { try $0.openedCases() }.isEmpty)
      #expect(try sandbox.endplate(["import", "readings", good] + words + ["R1"]).status == 77)
      #expect(try sandbox.endplate(["import", "readings", good] + words + ["coordinator"]).status == 0)
      #expect(try study.reading("coordinator") { try $0.openedCases() }.count == 2)
      #expect(try study.reading("R1") { try $0.openedCases() }.isEmpty)
    }
  }
}
