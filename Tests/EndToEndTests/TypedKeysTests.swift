// Only what a person typed is a key, and only what may be recorded is recorded: the built program, on a terminal.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct TypedKeys {
    private let sandbox: Sandbox
    private let study: String

    init() throws {
      sandbox = try Sandbox(environment: ["SSH_TTY": "/dev/pts/0"])
      study = sandbox.path("keys.study")
      let file = try sandbox.write("1.yaml", "format: endplate-case/1\nid: 1\nsex: male\n")
      #expect(
        try sandbox.endplate(
          "study", "new", study, "--title", "Keys", "--reader", "R1=A", "--reader", "R2=B", "--reader", "R3=C"
        ).status == 0)
      #expect(try sandbox.endplate("import", file, "--study", study, "--as", "coordinator").status == 0)
    }

    private func note() throws -> PtyProcess {
      let process = try sandbox.workstation(["--study", study, "--as", "R1"])
      try process.waitForWorklist()
      for keys in ["\r", "g", "\u{1B}[B", "1", "\u{1B}[A", "m"] {
        process.type(keys)
        process.readUntilQuiet()
      }
      return process
    }

    /// The notes of R1's reading as JSON or text holds them.
    private func notes() throws -> [String] {
      try sandbox.endplate("show", "1", "--linear", "--study", study, "--as", "R1").text
        .split(separator: "\n").filter { $0.contains("note:") }.map(String.init)
    }

    @Test("a late reply, cut by the network, leaves a note and the study as they were")
    func replies() throws {
      let process = try note()
      process.type("ab")
      process.readUntilQuiet()
      let acts = try sandbox.endplate("audit", "--study", study, "--as", "coordinator").text
      let drawn = process.output.count
      for (index, reply) in terminalReplies.enumerated() where index % 4 == 0 {
        let bytes = Array(reply.utf8)
        let cut = max(1, index % bytes.count)
        guard isOneSequence(bytes, cutAt: cut) else { continue }
        process.type(Array(bytes[..<cut]))
        process.read(within: .milliseconds(60))
        process.type(Array(bytes[cut...]))
      }
      process.readUntilQuiet()
      #expect(process.output.count == drawn)
      #expect(try sandbox.endplate("audit", "--study", study, "--as", "coordinator").text == acts)
      process.type("cd\r")
      process.readUntilQuiet()
      #expect(try notes().count == 1 && notes()[0].contains("abcd"))
    }

    @Test("a pasted tab is a blank, joiners stay, what may not stay is told")
    func paste() throws {
      let process = try note()
      process.type("\u{1B}[200~two\twords \u{200D}می\u{200C}خ\u{202E}\u{1B}[201~")
      process.readUntilQuiet()
      #expect(String(decoding: process.output, as: UTF8.self).contains("U+202E"))
      #expect(!process.output.holds("\u{202E}"))
      process.type("\r")
      process.readUntilQuiet()
      let note = try #require(try notes().first)
      #expect(note.unicodeScalars.contains("\u{200D}") && note.unicodeScalars.contains("\u{200C}"))
      #expect(note.contains("two words") && !note.unicodeScalars.contains("\u{FFFD}"))
    }

    @Test(
      "an option with what may stand in no text is refused with a word, and nothing is recorded",
      arguments: [
        ("a\u{202E}b", "U+202E"), ("a\u{1B}[31mb", "U+001B"), ("a\u{FFFD}", "U+FFFD"), ("a\u{9B}1m", "U+009B"),
      ])
    func options(text: String, code: String) throws {
      let acts = try sandbox.endplate("audit", "--study", study, "--as", "coordinator").text
      for arguments in [
        ["grade", "1", "rim=present", "--note", "rim=\(text)", "--as", "R1"],
        ["study", "add", "R4=\(text)", "--role", "reader", "--as", "coordinator"],
      ] {
        let result = try sandbox.endplate(arguments + ["--study", study])
        #expect(result.status == 65)
        #expect(result.errorText.contains("the text holds \(code)"))
        #expect(!result.errorOutput.holds(text))
      }
      #expect(try sandbox.endplate("audit", "--study", study, "--as", "coordinator").text == acts)
      let blank = try sandbox.endplate(
        "grade", "1", "rim=present", "--note", "rim=two\twords\u{200D}", "--as", "R1", "--study", study)
      #expect(blank.status == 0)
      #expect(try notes().first?.contains("two words\u{200D}") == true)
    }

    @Test("nothing that a command line says acts on the terminal that reads the answer")
    func quoted() throws {
      let hostile = "\u{1B}]0;x\u{7}\u{9B}31m\u{202E}\u{200B}"
      for arguments in [
        [hostile], ["list", "--\(hostile)"], ["show", hostile, "--study", study, "--as", "R1"],
        ["list", "--study", "/tmp/\(hostile)"], ["list", "--study", study, "--as", hostile],
        ["tables", "1", "--format", hostile], ["themes", "show", hostile], ["check", hostile],
        ["agreement", "--ratings", hostile, "--levels", "0,1"],
      ] {
        let result = try sandbox.endplate(arguments)
        #expect(result.status != 0)
        for unsafe in ["\u{1B}", "\u{9B}", "\u{202E}", "\u{200B}"] {
          #expect(!(result.output + result.errorOutput).holds(unsafe), "\(arguments)")
        }
      }
    }
  }
}
