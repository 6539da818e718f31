// What the guide prints as commands is run as printed, chapter by chapter.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct GuideCommands {
    /// A chapter, what must lie in the folder before its first command, and the commands that are refused there with
    /// another status than 0, by how they begin.
    struct Chapter: CustomTestStringConvertible {
      var name: String
      var preparation = ""
      var refused: [(start: String, status: Int32)] = []
      var testDescription: String { name }
    }

    private static let newStudy =
      "endplate study new my.study --title Spine --reader R1 --reader R2 --reader R3"
    private static let cases =
      #"for i in 1 2; do printf 'format: endplate-case/1\nid: %s\nbaseline: {}\n' $i > $i.yaml; done"#

    static let chapters: [Chapter] = [
      Chapter(name: "agreement"),
      Chapter(
        name: "codebooks",
        preparation: cases
          + "; sed 's/^version: 1/version: 2/; s/^rules:/  - {id: effusion, title: effusion, scale: present}\\n&/' knee.yaml > knee-2.yaml"
      ),
      Chapter(name: "consensus"),
      Chapter(
        name: "exports",
        preparation: """
          mkdir cases; for i in 1 2 3; do printf 'format: endplate-case/1\\nid: %s\\n' $i > cases/$i.yaml; done
          """),
      Chapter(name: "grading"),
      // Phantoms stand in for pictures of patients; of several pictures in one file there is none, and no id is known before.
      Chapter(
        name: "images",
        preparation: """
          \(newStudy); printf 'format: endplate-case/1\\nid: 12\\nbaseline: {}\\nfollow_ups: [{months: 5}]\\n' > 12.yaml
          endplate import 12.yaml --study my.study --as coordinator; endplate image export 5 dicom --study sample
          endplate image export 5 png --study sample --format png --series stir; mv dicom/t2w t2; mv dicom/stir stir
          cp t2/phantom-1.dcm slice.dcm; cp png/stir/phantom-1.png figure.png
          """,
        refused: [
          ("endplate image add 12 stack.dcm", 66), ("endplate image show stack.dcm", 66),
          ("endplate image remove 12", 66),
        ]),
      Chapter(
        name: "passphrases",
        preparation: """
          \(newStudy); printf 'correct horse\\n' > new; chmod 600 new
          endplate study passphrase R2 --study my.study --as R2 --new-from new
          """),
      Chapter(
        name: "studies",
        preparation: """
          mkdir cases; for i in 1 2 3 4 5 6 7; do printf 'format: endplate-case/1\\nid: %s\\n' $i > cases/$i.yaml; done
          printf 'case,reader\\n2,R1\\n2,R2\\n2,R3\\n' > readers.csv
          """),
      Chapter(
        name: "teaching", preparation: newStudy,
        refused: [("endplate teach --report", 66), ("endplate teach 1 --present --study my.study", 66)]),
    ]

    @Test("the commands of a chapter do what it says", arguments: chapters)
    func commands(chapter: Chapter) throws {
      let sandbox = try Sandbox()
      let text = try String(contentsOf: Self.catalogue.appending(path: "\(chapter.name).md"), encoding: .utf8)
      let blocks = Self.blocks(of: text)
      for block in blocks {
        // What the chapter shows as a file is one where its commands look for it.
        if block.contains("format: endplate-codebook/1") { try sandbox.write("knee.yaml", block) }
        if block.contains("format: endplate-map/1") { try sandbox.write("map.yaml", block) }
        if let table = block.firstMatch(of: /\$ cat colleague\.csv\n((?:.+\n)*)/) {
          try sandbox.write("colleague.csv", String(table.1))
        }
      }
      _ = try run(chapter.preparation, in: sandbox)
      var count = 0
      for block in blocks {
        let lines = block.replacing("\\\n", with: " ").split(separator: "\n").map {
          $0.hasPrefix("$ ") ? String($0.dropFirst(2)) : String($0)
        }
        let exports = lines.filter { $0.hasPrefix("export ") }.map { $0 + "; " }.joined()
        for line in lines where line.hasPrefix("endplate ") {
          count += 1
          let result = try run(exports + line, in: sandbox)
          if result.errorText.contains("terminal") {
            try opens(exports + line, in: sandbox)
          } else {
            let wanted = chapter.refused.first { line.hasPrefix($0.start) }?.status ?? 0
            #expect(result.status == wanted, "\(line)\n\(result.text)\(result.errorText)")
          }
        }
      }
      #expect(count > 0)
    }

    @Test("README shows a case as the command beside it prints it")
    func picture() throws {
      let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
      let shown = try #require(readme.firstMatch(of: /`(endplate show .*)` prints.*\n\n```\n((?:.+\n)*)```/))
      let printed = try run(String(shown.1), in: Sandbox())
      #expect(printed.status == 0, "\(printed.errorText)")
      #expect(printed.text.trimmingCharacters(in: .newlines) + "\n" == shown.2)
    }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    private static let catalogue = root.appending(path: "Sources/CGuide/Guide.docc")

    /// The blocks between lines of three backticks.
    private static func blocks(of text: String) -> [String] {
      text.split(separator: /(?m)^```.*\n/, omittingEmptySubsequences: false).enumerated()
        .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }

    private func launch(_ line: String, in sandbox: Sandbox) -> Launch {
      let folder = builtProgram("").dropLast()
      return sandbox.launch("/bin/bash", ["-c", "PATH=\(folder):$PATH; cd \"$HOME\"; \(line)"])
    }

    private func run(_ line: String, in sandbox: Sandbox) throws -> ProgramResult {
      try launch(line, in: sandbox).run()
    }

    /// Expects that a command that asks for a terminal has something to show in one, and waits for a key.
    private func opens(_ line: String, in sandbox: Sandbox) throws {
      let process = try PtyProcess(launch(line, in: sandbox))
      #expect(process.read(until: { $0.output.count > 20 }), "\(line)")
      process.hangUp()
      _ = process.waitForEnd()
    }
  }
}
