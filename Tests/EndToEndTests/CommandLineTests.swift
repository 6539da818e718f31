// The commands: what they print, what they write, and the status they end with.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct CommandLine {
    @Test(
      "what is done ends with 0",
      arguments: [
        ["--help"], ["--version"], ["show", "5"],
        ["show", "5", "--examination", "10.5", "--size", "120x40", "--ascii"],
        ["list"], ["list", "--json"], ["study", "info"], ["doctor"], ["themes", "list"],
        ["themes", "show", "reading-room"],
        ["themes", "check"], ["guide"], ["guide", "terms"], ["licences"], ["licences", "grdb"], ["licences", "--all"],
        ["--study", "sample", "list"], ["--study=sample", "tables", "1"], ["--study", "sample", "help", "list"],
        ["list", "--study", "practice", "--as", "R1", "--as", "R1"],
        ["--study", "practice", "--as", "R1", "consensus", "status"],
        ["codebook", "list"], ["codebook", "show", "sins"], ["codebook", "show", "sins", "--source"],
        ["help"], ["help", "seat", "add"], ["help", "show", "5"], ["import", "case.yaml", "--help"],
        ["list", "--filter", ""], ["verify-paper"],
        ["codebook", "show", "vertebral-osteomyelitis", "--format", "markdown"],
        ["codebook", "try", "sins", "lesions=T12", "collapse=T12:over_half"],
        ["codebook", "try", "pi_rads", "lesions=not-assessable"],
      ])
    func done(arguments: [String]) throws {
      let sandbox = try Sandbox()

      let result = try sandbox.launch(builtProgram("endplate"), arguments).run()

      #expect(result.status == 0, "\(result.errorText)")
      #expect(!result.text.isEmpty)
      #expect(result.errorText.isEmpty)
      #expect(!result.output.contains(0x1B))
    }

    @Test("--version says what runs: the program, its commit, SQLite and the codebook")
    func version() throws {
      let lines = try Sandbox().endplate("--version").text.split(separator: "\n")

      try #require(lines.count == 4)
      #expect(lines[0].wholeMatch(of: #/Endplate [0-9]+\.[0-9]+\.[0-9]+/#) != nil)
      #expect(lines[1].hasPrefix("commit "))
      #expect(lines[2].wholeMatch(of: #/SQLite   3\.[0-9]+\.[0-9]+/#) != nil)
      #expect(lines[3].wholeMatch(of: #/codebook [a-z-]+, version [0-9]+/#) != nil)
    }

    @Test(
      "what cannot be done ends with its status, names the thing, and prints nothing else",
      arguments: [
        (["no-such-command"], 64, "‘no-such-command’; endplate --help lists them"),
        (["listt"], 64, "did you mean ‘list’?"),
        (["/dev/null"], 64, "endplate --study /dev/null"),
        (["--study", "sample", "listt"], 64, "did you mean ‘list’?"),
        (["--as", "list", "list"], 66, "‘list’"),
        (["list", "--no-such-option"], 64, "--no-such-option"),
        (["show"], 64, "case"),
        (["codebook", "show", "nobody"], 66, "no codebook of that id; known: vertebral_osteomyelitis, sins"),
        (["export", "--study", "sample", "--format", "release", "--out", ""], 64, "--out names nothing"),
        (["show", "5", "--study", ""], 64, "--study names nothing"),
        (["list", "--study="], 64, "--study names nothing"),
        (["check", ""], 64, "a word of the command is empty"),
        (["help", "nosuch"], 64, "no command ‘nosuch’; endplate --help lists them"),
        (["nosuch", "--help"], 64, "no command ‘nosuch’"),
        (["help", "seat", "ad"], 64, "no command ‘seat ad’; did you mean ‘add’?"),
        (["seat", "rename", "--help"], 64, "no command ‘seat rename’; endplate seat --help lists them"),
        (["teach", "5", "--format", "markdown"], 64, "add --report"),
        (["image", "show", "/nowhere/a.dcm"], 66, "/nowhere/a.dcm"),
        (["seat", "list", "--authorized-keys", "/nowhere/keys"], 66, "/nowhere/keys"),
        (["tables", "--format", "txt"], 64, "there are text, markdown"),
        (["codebook", "try", "sins", "colapse=T12:none"], 65, "did you mean ‘collapse’?"),
        (["codebook", "try", "sins", "collapse=T12:nones"], 65, "there is no ‘nones’; did you mean ‘none’?"),
        (["demo", "--size", "0x0"], 64, "0x0"),
        (["guide", "no-such"], 66, "‘no-such’; ‘endplate guide’ lists them"),
        (["licences", "no-such"], 66, "grdb"),
        (["show", "99"], 66, "99"),
        (["show", "9"], 66, "‘9’; ‘endplate list’ shows them"),
        (["show", "5", "--examination", "6"], 66, "6"),
        (["list", "--study", "/nowhere/no.study"], 66, "/nowhere/no.study"),
        (["check", "/nowhere/case.yaml"], 66, "/nowhere/case.yaml"),
        (["import", "/nowhere/case.yaml"], 66, "/nowhere/case.yaml"),
        (["themes", "show", "reading"], 66, "reading-room"),
        (
          ["list", "--study", "sample", "--study=practice"], 64, "--study is given twice, as ‘sample’ and as ‘practice’"
        ),
        (["--as", "R1", "list", "--study", "practice", "--as", "R2"], 64, "--as is given twice, as ‘R1’ and as ‘R2’"),
        (["show", "5", "--examination", "6", "--examination", "baseline"], 64, "--examination is given twice"),
        (["study", "new", "/dev/null/new.study", "--protocol", "joint", "--title", "T"], 73, "/dev/null/new.study"),
        (["backup", "/nowhere/copy.study"], 77, "coordinator"),
      ] as [([String], Int32, String)])
    func refused(arguments: [String], status: Int32, named: String) throws {
      let sandbox = try Sandbox()

      let result = try sandbox.launch(builtProgram("endplate"), arguments).run()

      #expect(result.status == status, "\(result.errorText)")
      #expect(result.errorText.contains(named), "\(result.errorText)")
      #expect(result.text.isEmpty)
    }

    @Test("who is one reader is told how many read a case, and where to say that fewer do")
    func oneReader() throws {
      let sandbox = try Sandbox()
      let study = sandbox.path("a.study")
      let refused = try sandbox.endplate("study", "new", study, "--title", "T", "--reader", "R1=Roe")
      #expect(refused.status == 64)
      #expect(refused.errorText.contains("each case is read by 3 readers, and 1 is named"), "\(refused.errorText)")
      #expect(refused.errorText.contains("readers_per_case"))
      let file = try sandbox.write(
        "s.yaml", "format: endplate-study/1\ntitle: T\nprotocol: {mode: independent, readers_per_case: 1}\n")
      #expect(try sandbox.endplate("study", "new", study, "--from", file, "--reader", "R1=Roe").status == 0)
    }

    @Test("the doctor tells of the program that reads pictures")
    func doctorOfPictures() throws {
      let text = try Sandbox().endplate("doctor", "--study", "sample").text
      #expect(text.contains("ok      pictures: endplate-dicom, DCMTK 3."), "\(text)")
      // Where it does not lie beside the program.
      let sandbox = try Sandbox()
      let alone = sandbox.path("endplate")
      // By a process of its own: while this one writes the copy, a child of another test may have it open.
      #expect(try sandbox.launch("cp", [builtProgram("endplate"), alone]).run().status == 0)
      let without = try sandbox.launch(alone, ["doctor", "--study", "sample"]).run().text
      #expect(
        without.contains("pictures: no DICOM or PNG file can be added, shown or written here"), "\(without)")
    }

    @Test("who signed before images came is told, by the command and by a case file; a series is spelt as it is shown")
    func imagesAfterASignature() throws {
      let sandbox = try Sandbox()
      let study = sandbox.path("a.study")
      func run(_ words: String...) throws -> String {
        let result = try sandbox.endplate(words)
        #expect(result.status == 0, "\(words): \(result.errorText)")
        return result.errorText
      }
      func write(_ baseline: String) throws -> String {
        try sandbox.write("12.yaml", "format: endplate-case/1\nid: 12\nbaseline: \(baseline)\n")
      }
      let coordinator = ["--study", study, "--as", "coordinator"]
      _ = try run("study", "new", study, "--title", "T", "--reader", "R1", "--reader", "R2", "--reader", "R3")
      _ = try sandbox.endplate(["import", try write("{}")] + coordinator)
      _ = try run(
        "grade", "12", "bones=none", "posterior_elements=spared", "lesion_number=not-assessable", "t1w=iso", "t2w=iso",
        "stir=iso", "enhancement=none", "rim=absent", "halo=absent", "disks=preserved",
        "soft_tissue_inflammation=none", "soft_tissue_abscess=absent", "impression=other", "--sign", "--study", study,
        "--as", "R1")
      _ = try run("image", "export", "5", sandbox.path("png"), "--study", "sample", "--format", "png")
      let picture = sandbox.path("png") + "/t2w/phantom-1.png"

      let added = try sandbox.endplate(
        ["image", "add", "12", picture, "--series", "T2W", "--plane", "Sagittal", "--looked-through"] + coordinator)
      let words = "R1 signed case 12 before these images were there, and graded without them"
      #expect(added.status == 0 && added.errorText.contains(words), "\(added.errorText)")

      let file = try write(
        "{acquisitions: [{sequence: stir, plane: sagittal, images: [png/stir/phantom-1.png]}]}")
      let imported = try sandbox.endplate(["import", file, "--looked-through"] + coordinator)
      #expect(imported.status == 0 && imported.errorText.contains(words), "\(imported.errorText)")
      let again = try sandbox.endplate(["import", file, "--looked-through"] + coordinator)
      #expect(again.status == 0 && again.errorText.isEmpty, "\(again.errorText)")
    }

    @Test("study new takes title, people and protocol from a file, and an option goes before it")
    func studyFromAFile() throws {
      let sandbox = try Sandbox()
      let text = """
        format: endplate-study/1
        title: From the file
        people:
          - {id: R1, name: Anna Roe, role: reader}
          - {id: R2, name: Ben Low, role: reader}
          - {id: boss, role: coordinator}
        protocol: {mode: independent, readers_per_case: 2, asks_confidence: yes, impression_after_clinical_data: yes}
        """
      let (file, study) = (try sandbox.write("study.yaml", text), sandbox.path("a.study"))

      let made = try sandbox.endplate("study", "new", study, "--from", file, "--reader", "R2=Cleo Ray")

      #expect(made.status == 0, "\(made.errorText)")
      let info = try sandbox.endplate("study", "info", "--study", study, "--as", "boss").text
      #expect(info.contains("From the file"))
      #expect(info.contains("R1 (Anna Roe, reader), boss (boss, coordinator), R2 (Cleo Ray, reader)"), "\(info)")
      let none = try sandbox.endplate("study", "new", sandbox.path("b.study"))
      #expect(none.status == 64)
      #expect(none.errorText.contains("--title"))
      let nobody = try sandbox.endplate("audit", "--study", study, "--as", "R1", "--by", "R9")
      #expect((nobody.status, nobody.errorText.contains("there are R1, boss, R2")) == (66, true), "\(nobody.errorText)")
    }

    @Test("list --json holds the seven cases in order")
    func listJSON() throws {
      let sandbox = try Sandbox()

      let result = try sandbox.endplate("list", "--json")

      let cases = try cases(result)
      #expect(cases.map { $0["id"] as? String } == ["1", "2", "3", "4", "5", "6", "7"])
      #expect(cases.map { $0["age"] as? Int } == [53, 42, 80, 46, 56, 53, 66])
    }

    @Test("check: a sound file passes; every fault of another is told at its place, with the cure")
    func check() throws {
      let sandbox = try Sandbox()
      let sound = try sandbox.write("sound.yaml", caseFile(id: "8"))
      let faulty = try sandbox.write(
        "faulty.yaml", caseFile(id: "9", more: "outcom: cured\nbasis_of_diagnosis: histolgy"))

      let passed = try sandbox.endplate("check", sound)
      let failed = try sandbox.endplate("check", sound, faulty)

      #expect(passed.status == 0)
      #expect(failed.status == 65)
      let faults = failed.text.split(separator: "\n").filter { $0.contains(": error: ") }
      #expect(faults.count == 2, "\(failed.text)")
      #expect(faults.first?.hasPrefix("\(faulty):16:1: error: ") == true && failed.text.contains("outcome"))
      #expect(faults.last?.hasPrefix("\(faulty):17:21: error: ") == true && failed.text.contains("therapeutic"))
    }

    @Test("a study is made once, filled, described and backed up")
    func study() throws {
      let sandbox = try Sandbox()
      let study = sandbox.path("own.study")
      let first = try sandbox.write("first.yaml", caseFile(id: "1"))
      let second = try sandbox.write("second.yaml", caseFile(id: "2"))
      let faulty = try sandbox.write("faulty.yaml", caseFile(id: "3", more: "outcome: unclear"))

      let made = try sandbox.endplate(
        "study", "new", study, "--title", "Own study", "--protocol", "independent", "--reader", "R1=Reader One",
        "--reader", "R2=Reader Two", "--reader", "R3")
      let again = try sandbox.endplate(
        "study", "new", study, "--protocol", "joint", "--title", "Own study")
      let imported = try sandbox.endplate("import", first, "--study", study, "--as", "coordinator")
      let refused = try sandbox.endplate("import", second, faulty, "--study", study, "--as", "coordinator")
      let changed = try sandbox.endplate("import", first, second, "--study", study, "--as", "coordinator")
      let info = try sandbox.endplate("study", "info", "--study", study, "--as", "coordinator")
      let saved = try sandbox.endplate("backup", sandbox.path("copy.study"), "--study", study, "--as", "coordinator")
      let copied = try sandbox.endplate("list", "--json", "--study", sandbox.path("copy.study"), "--as", "coordinator")
      let original = try sandbox.endplate("list", "--json", "--study", study, "--as", "coordinator")

      #expect([made, imported, changed, info, saved, copied].map(\.status) == [0, 0, 0, 0, 0, 0])
      #expect(again.status == 73 && again.errorText.contains(study))
      #expect(refused.status == 65 && refused.errorText.contains("\(faulty):"))
      #expect(info.text.contains("Own study") && info.text.contains("Reader One") && info.text.contains("independent"))
      #expect(copied.text == original.text)
      #expect(try cases(original).compactMap { $0["id"] as? String } == ["1", "2"])
    }

    private func cases(_ result: ProgramResult) throws -> [[String: Any]] {
      let document = try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any]
      return try #require(document?["cases"] as? [[String: Any]])
    }

    @Test("files that are no studies are left as they are", arguments: ["", "no study at all", "SQLite format 3\0"])
    func noStudy(content: String) throws {
      let sandbox = try Sandbox()
      let file = try sandbox.write("file.study", content)

      let result = try sandbox.endplate("list", "--study", file)

      #expect(result.status == 65, "\(result.errorText)")
      #expect(result.errorText.contains(file))
      #expect(try String(contentsOfFile: file, encoding: .utf8) == content)
    }
  }
}
