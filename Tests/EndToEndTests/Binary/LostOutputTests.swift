// Nothing is printed in vain: every command says so where its output cannot be written, on a full device and on a closed
// standard output.

import Foundation
import Glibc
import PtyHarness
import Testing

/// A command that prints, in a study where something has happened before.
private struct Row: Sendable {
  let words: [String]

  init(_ text: String) { words = text.split(separator: " ").map(String.init) }
}

extension EndToEnd {
  @Suite struct LostOutput {
    /// In their order each does its work on one study. CAPITALS stand for files.
    private static let rows: [Row] = [
      "--help", "--version", "list --help", "guide", "guide grading", "licences", "codebook list",
      "codebook show sins", "codebook try sins",
      "plan proportion --value 0.5 --width 0.2", "list --as R1", "list --json --as R1", "show 1 --as R1",
      "show 1 --linear --as R1", "image list 1 --as R1", "check CASE", "study new NEW --title T --protocol joint",
      "study info --as coordinator", "study add X1=Xenia --role learner --as coordinator",
      "study passphrase X1 --new-from SECRET --as X1", "study bind X1 nobody --as coordinator",
      "study progress --as coordinator", "study codebook CODEBOOK --dry-run --as coordinator",
      "study assign 5 --readers R1,R2 --as coordinator",
      "study hand-over 5 --from R1 --to R3 --reason leave --as coordinator", "import CASE --as coordinator",
      "import cases CASE --as coordinator",
      "import readings ROWS --as coordinator", "export --format long --out LONG --as coordinator",
      "grade 8 rim=present --as R1",
      "audit --as R1", "audit --verify --as coordinator", "audit --json --as R1", "backup BACKUP --as coordinator",
      "restore BACKUP RESTORED --as coordinator", "rebuild --as coordinator",
      "consensus status --as R1", "consensus open 1 --as R1", "consensus status 1 --as R1",
      "consensus agree 1 --unanimous --as R1", "consensus vote 1 rim --as R1",
      "consensus call-off 1 rim --as R1", "consensus vote 1 rim --as R1", "consensus vote 1 rim=present --as R1",
      "consensus vote 1 rim=present --as R2", "consensus vote 1 rim= --as R3", "consensus reveal 1 rim --as R1",
      "consensus agree 1 rim --cause missed_finding --as R1", "consensus note 1 rim=faint --as R1",
      "consensus agree 1 t2w soft-tissue impression --as R1",
      "consensus agree 1 foci changes marrow signal_area healing_edge follow_up --examination 2 --as R1",
      "consensus agree 1 soft_tissue_change= --examination 2 --as R1", "consensus confirm 1 VERSION --as R1",
      "consensus dissent 1 VERSION --reason unsure --as R2", "consensus absent 1 R3 --reason leave --as R1",
      "consensus minutes 1 --as coordinator", "consensus figures --as coordinator",
      "consensus reopen 1 --reason histology --as R2", "study withdraw R3 --reason left --as coordinator",
      "agreement --resamples 0 --as coordinator", "agreement --json --resamples 0 --as coordinator",
      "agreement --csv --as coordinator", "agreement --report grras --resamples 0 --as coordinator",
      "agreement --report methods --resamples 0 --as coordinator",
      "agreement --ratings RATINGS --levels a,b --resamples 0", "agreement --ratings RATINGS --levels a,b --json",
      "tables flow --study sample", "tables courses --study sample", "verify-paper", "themes list",
      "themes show reading-room", "themes check", "teach 5 --handout PAGE --study sample --as presenter", "doctor",
      "seat add R1 --key KEY", "seat add R1 --key KEY --install --authorized-keys KEYS",
      "seat list --authorized-keys KEYS", "seat remove R1 --authorized-keys KEYS",
    ].map { Row($0) }

    /// What draws a screen instead, needs a round that is over or a passphrase that was reset, or the child that reads
    /// pictures, which is built only where its libraries are.
    private static let others: Set<String> = [
      "open", "demo", "seat open", "study round", "study unlock", "image show", "image export", "image add",
      "image remove",
    ]

    @Test("a full device and a closed output are told with 74 and one line, and cost none of the work")
    func everyCommand() throws {
      let sandbox = try Sandbox()
      let study = sandbox.path("a.study")
      try #require(try sandbox.endplate("list", "--study", "practice", "--as", "R1").status == 0)
      try FileManager.default.copyItem(atPath: sandbox.path("data/endplate/practice.study"), toPath: study)
      try sandbox.write("SECRET", "correct horse\n")
      try sandbox.write("CASE", caseFile(id: "8"))
      try sandbox.write("ROWS", "case,baseline.rim_sign.S1\n8,present\n")
      try sandbox.write("RATINGS", "case,A,B\n1,a,a\n2,a,b\n3,b,b\n4,b,a\n")
      let codebooks = URL(filePath: #filePath).appending(path: "../../../../SampleCases/codebooks").standardizedFileURL
      let codebook = try String(
        contentsOf: codebooks.appending(path: "vertebral_osteomyelitis.yaml"), encoding: .utf8)
      try sandbox.write("CODEBOOK", codebook.replacing(/(?m)^version: \d+/, with: "version: 99"))
      _ = try sandbox.launch("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", sandbox.path("key")]).run()
      chmod(sandbox.path("SECRET"), 0o600)

      for row in Self.rows {
        for output in [LostStream.full, .closed] {
          let before = try Snapshot(sandbox)
          let result = try launch(row.words, sandbox, study).run(output: output)
          #expect(result.status == 74, "\(row.words) \(output): \(result.end) \(result.errorText)")
          #expect(result.errorText.hasSuffix("what was printed is not whole\n"), "\(row.words): \(result.errorText)")
          let lines = result.errorText.split(separator: "\n").filter { $0.hasPrefix("endplate: standard output") }
          #expect(lines.count == 1, "\(row.words): \(result.errorText)")
          try before.restore()
        }
        let result = try launch(row.words, sandbox, study).run()
        #expect(result.status == 0 && !result.output.isEmpty, "\(row.words): \(result.errorText)")
      }
    }

    private func launch(_ words: [String], _ sandbox: Sandbox, _ study: String) throws -> Launch {
      var version = ""
      if words.contains("VERSION") {
        let status = try sandbox.endplate(
          "consensus", "status", "1", "--as", "R1", environment: ["ENDPLATE_STUDY": study]
        ).text
        version = String(status.firstMatch(of: /version (\d+\.\d+)/)?.1 ?? "")
      }
      let arguments = words.map { word in
        switch word {
        case "VERSION": version
        case "KEY": sandbox.path("key.pub")
        case let name where name.count > 2 && name.allSatisfy(\.isUppercase): sandbox.path(name)
        default: word
        }
      }
      return sandbox.launch(builtProgram("endplate"), arguments, environment: ["ENDPLATE_STUDY": study])
    }

    @Test("a reader that goes away is no error, and the work is done")
    func brokenPipe() throws {
      let sandbox = try Sandbox()
      let result = try sandbox.launch(
        "sh",
        ["-c", "{ '\(builtProgram("endplate"))' audit --json --study sample; echo $? >&2; } | { exec <&-; sleep 1; }"]
      ).run()
      #expect(result.errorText == "0\n")
    }

    @Test("what prints goes through the one writer")
    func oneWriter() throws {
      let sources = URL(filePath: #filePath).appending(path: "../../../../Sources").standardizedFileURL
      for module in ["endplate", "Desk"] {
        let files = try FileManager.default.subpathsOfDirectory(atPath: sources.appending(path: module).path)
        try #require(!files.isEmpty)
        for file in files where file.hasSuffix(".swift") && file != "Output.swift" {
          let text = try String(contentsOf: sources.appending(path: "\(module)/\(file)"), encoding: .utf8)
          for word in [" print(", "FileHandle.standardOutput", "FileHandle.standardError", "fputs(", "toFile:"] {
            #expect(!text.contains(word), "\(module)/\(file): \(word)")
          }
        }
      }
    }

    @Test("there is a row for every command there is")
    func complete() throws {
      let help = try Sandbox().endplate("--experimental-dump-help")
      let root = try JSONDecoder().decode(Help.self, from: Data(help.output)).command
      let all = Set(root.leaves.map { $0.dropFirst().joined(separator: " ") })
      let tried = Set(all.filter { name in Self.rows.contains { $0.words.joined(separator: " ").hasPrefix(name) } })
      #expect(all.subtracting(Self.others).subtracting(["help"]) == tried)
    }

    private struct Help: Decodable {
      var command: Command
      struct Command: Decodable {
        var commandName: String
        var subcommands: [Command]?
        var leaves: [[String]] {
          let below = (subcommands ?? []).filter { $0.commandName != "help" }
          return below.isEmpty ? [[commandName]] : below.flatMap(\.leaves).map { [commandName] + $0 }
        }
      }
    }

    /// The home as it was before a command.
    private struct Snapshot {
      let home: String
      let copy: TemporaryFolder

      init(_ sandbox: Sandbox) throws {
        home = sandbox.home.path
        copy = try TemporaryFolder()
        try FileManager.default.removeItem(atPath: copy.path)
        try FileManager.default.copyItem(atPath: home, toPath: copy.path)
      }

      func restore() throws {
        try FileManager.default.removeItem(atPath: home)
        try FileManager.default.copyItem(atPath: copy.path, toPath: home)
      }
    }
  }
}
