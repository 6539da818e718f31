// Text that others wrote: it must neither misplace a column nor reach the terminal as anything but text.

import Glibc
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct UntrustedText {
    /// What a terminal would obey: the title, a report request, colours, a C1 control, and half a sequence.
    private static let hostile = [
      "\\e]0;owned\\a", "\\e[6n", "\\e[31mred", "\\x9b31mred", "\\e[?1049l", "\\x9d0;owned\\x9c", "a\\e", "tab\\x7f",
    ]

    @Test("a case file with control characters is refused by line, and nothing is imported", arguments: hostile)
    func refused(text: String) throws {
      let sandbox = try Sandbox()
      let file = try sandbox.write("case.yaml", caseFile(id: "8", title: text))
      #expect(
        try sandbox.endplate("study", "new", sandbox.path("own.study"), "--protocol", "joint", "--title", "Own").status
          == 0)

      let check = try sandbox.endplate("check", file)
      let imported = try sandbox.endplate("import", file, "--study", sandbox.path("own.study"))

      #expect(check.status == 65)
      #expect(check.text.contains("\(file):3:"))
      #expect(imported.status == 65)
      #expect((check.output + check.errorOutput + imported.output + imported.errorOutput).allSatisfy { $0 != 0x1B })
      #expect(
        try sandbox.endplate("list", "--study", sandbox.path("own.study"), "--json").text.contains("owned") == false)
    }

    @Test("what a study file holds all the same is never sent")
    func neverSent() throws {
      let sandbox = try Sandbox()
      let study = sandbox.path("own.study")
      #expect(try sandbox.endplate("study", "new", study, "--protocol", "joint", "--title", "Own").status == 0)
      let file = try sandbox.write("case.yaml", caseFile(id: "8", title: "PLACE", remark: "PLACE"))
      #expect(try sandbox.endplate("import", file, "--study", study).status == 0)
      let attack = "char(27)||']0;owned'||char(7)||char(27)||'[31m'||char(155)||'32mred'||char(10)||char(8238)"
      let written = try sandbox.launch(
        "sqlite3",
        [
          study,
          """
          UPDATE patient_case SET document = json_set(document, '$.title', \(attack));
          UPDATE entry SET title = \(attack), id = id || \(attack);
          UPDATE acquisition SET remark = \(attack);
          UPDATE study SET document = json_set(document, '$.title', \(attack));
          """,
        ]
      ).run()
      #expect(written.status == 0, "\(written.errorText)")

      let process = try sandbox.workstation(["--study", study], size: TerminalSize(120, 40))
      try process.waitForWorklist()
      for keys in ["\r", "0", "0", "i"] {
        process.type(keys)
        process.readUntilQuiet()
      }
      let printed = try [["show", "8"], ["show", "8", "--linear"], ["list"], ["study", "info"]].map {
        try sandbox.launch(builtProgram("endplate"), $0 + ["--study", study]).run()
      }

      #expect(process.output.holds("owned"))
      #expect(!process.output.holds("\u{1B}]0;"))
      #expect(!process.output.holds("\u{1B}[31m"))
      #expect(!process.output.holds("\u{9B}"))
      #expect(!process.output.holds("\u{202E}"))
      for result in printed {
        #expect(result.status == 0, "\(result.errorText)")
        #expect(!result.output.contains(0x1B))
        #expect(!result.output.holds("\u{9B}"))
      }
    }

    /// What follows the line end would pass for a line of the program's own.
    private static let forged = "a\nforged line"

    @Test(
      "a line end in a path or an argument ends no line of what is printed",
      arguments: [
        ["list", "--study", forged], ["check", forged], ["check", "/dev/null/" + forged], ["restore", forged, "b"],
        ["list", forged], ["--study=\(forged)"], ["list", "--" + forged], ["show", forged], ["teach", forged],
        ["agreement", "--ratings", forged], ["agreement", "--ratings", forged, "--levels", forged],
        ["agreement", "--svg", "b." + forged], ["themes", "show", forged], ["grade", "5", "rim=\(forged)"],
        ["list", "--filter", forged], ["list", "--as", forged], ["tables", forged],
        ["tables", "1", "--format", forged],
        ["image", "show", forged], ["list", "--passphrase-file", forged], ["list", "--study", "b", "--study", forged],
        ["codebook", "check", forged], ["guide", forged],
      ])
    func lines(arguments: [String]) throws {
      let sandbox = try Sandbox(environment: ["USER": Self.forged, "LOGNAME": Self.forged])
      let result = try sandbox.endplate(arguments)
      let lines = (result.text + "\n" + result.errorText).split(separator: "\n")
      #expect(!lines.isEmpty)
      #expect(!lines.contains { $0.hasPrefix("forged") }, "\(lines)")
    }

    @Test("what is done with a file whose name has a line end is said in one line")
    func done() throws {
      let sandbox = try Sandbox()
      let path = sandbox.path(Self.forged)
      for arguments in [
        ["study", "new", path, "--title", "T", "--protocol", "joint"],
        ["study", "info", "--study", path, "--as", "coordinator"],
        ["backup", path + "2", "--study", path, "--as", "coordinator"],
        ["doctor", "--study", path], ["tables", "--out", path + "3", "--study", "sample"],
      ] {
        let result = try sandbox.endplate(arguments)
        let lines = (result.text + "\n" + result.errorText).split(separator: "\n")
        #expect(!lines.contains { $0.hasPrefix("forged") }, "\(lines)")
      }
      #expect(access(path + "2", F_OK) == 0 && access(path + "3", F_OK) == 0)
    }

    @Test("wide and combining characters leave every border in its column")
    func aligned() throws {
      let sandbox = try Sandbox()
      let study = sandbox.path("own.study")
      #expect(try sandbox.endplate("study", "new", study, "--protocol", "joint", "--title", "脊椎炎の研究").status == 0)
      let titles = ["脊椎骨髄炎の症例", "cafe\u{301} e\u{308}o\u{302}", "한국어 제목", "plain"]
      for (index, title) in titles.enumerated() {
        let file = try sandbox.write("case.yaml", caseFile(id: "\(index + 1)", title: title, remark: title))
        #expect(try sandbox.endplate("import", file, "--study", study).status == 0)
      }
      let tmux = try sandbox.tmux(["--study", study], size: TerminalSize(120, 40))
      try tmux.wait(forText: "Worklist", "4 cases", "脊椎炎の研究")

      for title in titles {
        try tmux.press("Enter")
        try tmux.wait(forText: "Case", title)
        let screen = try tmux.stillScreen()
        let widths = Set(screen[2...37].map { columns($0) })
        #expect(widths == [120], "\(screen.joined(separator: "\n"))")
        try tmux.press("Escape")
        try tmux.wait(forText: "Worklist")
        try tmux.press("Down")
      }
    }
  }
}

/// Columns that a text takes: two for the wide characters of these tests, none for combining marks.
private func columns(_ text: some StringProtocol) -> Int {
  text.unicodeScalars.reduce(0) { sum, scalar in
    switch scalar.value {
    case 0x300...0x36F: sum
    case 0x1100...0x115F, 0x2E80...0xD7A3, 0xFF00...0xFF60: sum + 2
    default: sum + 1
    }
  }
}
