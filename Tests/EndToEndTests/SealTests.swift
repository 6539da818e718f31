// The seal from outside: what a seat prints and draws is the same whatever another reader has graded and not opened.

import CaseStore
import Foundation
import PtyHarness
import ReviewCore
import TestSupport
import Testing

extension EndToEnd {
  @Suite struct Sealed {
    @Test(
      "two studies that differ only in R2's sealed grades look the same, byte for byte",
      arguments: ["R1", "R3", "coordinator", "presenter"])
    func sameBytes(who: String) throws {
      let pair = try [1, 2].map { try SealedStudy(variant: $0) }

      for question in SealedStudy.questions {
        let answers = try pair.map { try $0.answer(question, as: who) }
        #expect(answers[0] == answers[1], "\(question)")
      }
      for (name, keys) in SealedStudy.screens {
        let screens = try pair.map { try $0.screen(keys, as: who) }
        #expect(screens[0] == screens[1], "\(name)")
      }
      #expect(try pair[0].traces() == pair[1].traces())
    }

    @Test("and that test can tell: R2 sees the difference, and so does R1 once the case is open")
    func differentBytes() throws {
      let pair = try [1, 2].map { try SealedStudy(variant: $0) }
      let question = ["show", "1", "--linear"]
      let screen = try #require(SealedStudy.screens["the readers of case 1"])

      #expect(try pair[0].answer(question, as: "R2") != pair[1].answer(question, as: "R2"))
      #expect(try pair[0].screen(screen, as: "R1") == pair[1].screen(screen, as: "R1"))
      for sealed in pair { try sealed.open() }
      #expect(try pair[0].screen(screen, as: "R1") != pair[1].screen(screen, as: "R1"))
    }

    @Test("an open screen is sent nothing while another reader grades, and shows the signature once it is there")
    func nothingIsSent() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: [.plain("1")])
      let size = TerminalSize(80, 24)
      let seat = try sandbox.workstation(["--study", study.path, "--as", "R1"], size: size)
      try seat.waitForWorklist()
      let before = seat.output.count

      let grades = ["rim=present", "halo=absent", "bones=L5"]
      let graded = try sandbox.endplate(["grade", "1"] + grades + ["--study", study.path, "--as", "R2"])
      seat.readUntilQuiet(for: .seconds(1))

      #expect(graded.status == 0)
      #expect(seat.output.count == before)
      try study.reading("R2") { _ = try $0.sign("1") }
      #expect(seat.read { $0.screen(size).contains { $0.contains("1 of 3") } })
    }
  }
}

/// A study in which R1 and R3 do the same whatever the variant, and R2 grades otherwise in each.
private struct SealedStudy {
  let sandbox: Sandbox
  let study: OwnStudy

  init(variant: Int) throws {
    sandbox = try Sandbox()
    study = try OwnStudy(
      sandbox, cases: [.plain("1"), .plain("2", followUps: [5]), .plain("3", followUps: [3, 12])],
      withheld: Set(Withheld.allCases), rounds: 2, at: Date(timeIntervalSince1970: 1_772_000_000))
    var shared = SeededGenerator(seed: 1)
    var secret = SeededGenerator(seed: 100 + UInt64(variant))
    for id in ["1", "2"] as [CaseID] {
      try grade("R1", id, acts: 6, &shared)
      try grade("R3", id, acts: 4, &shared)
      // More acts in one variant than in the other, notes of another length, and one mind changed.
      try grade("R2", id, acts: 5 + 8 * variant, &secret)
    }
    try study.reading("R2") { store in
      try store.keepDraft(DraftNote(nil, String(repeating: "secret", count: variant)), "2")
      try store.addSeconds(100 * variant, "2")
      _ = try store.sign("1")
      guard variant == 2 else { return }
      _ = try store.amend("1", reason: "missed the rim")
      _ = try store.record(GradeChange("1", readingNote: "secret"))
      _ = try store.sign("1")
    }
    study.world.wait(seconds: 60)
    try study.reading("R1") { _ = try $0.sign("1") }
  }

  /// Some random acts of grading, at least one of them a grade.
  private func grade(_ reader: PrincipalID, _ id: CaseID, acts: Int, _ dice: inout SeededGenerator) throws {
    let findings = Codebook.vertebralOsteomyelitis.findings(in: .baseline).filter { $0.scale == .choice }
    try study.reading(reader) { store in
      for act in 0..<acts {
        guard act == 0 || Int.random(in: 0..<5, using: &dice) > 0 else {
          _ = try store.undo(id)
          continue
        }
        guard let finding = findings.randomElement(using: &dice), let level = finding.levels.randomElement(using: &dice)
        else { continue }
        let grade = Grade(.level(level.id), note: "secret of \(reader) \(dice.next())")
        _ = try store.record(GradeChange(id, .baseline, finding.id, grade))
      }
    }
  }

  func open() throws {
    try study.reading("R3") { _ = try $0.sign("1") }
    try study.reading("coordinator") { _ = try $0.openForConsensus("1") }
  }

  static let questions: [[String]] =
    ["1", "2", "3"].flatMap { id in
      [
        ["show", id], ["show", id, "--linear"], ["show", id, "--size", "120x40"], ["show", id, "--examination", "5"],
      ]
    } + [
      ["list"], ["list", "--json"], ["list", "--filter", "rim:absent"], ["list", "--filter", "status:draft"],
      ["list", "--filter", "secret"], ["study", "info"], ["study", "progress"], ["audit"], ["audit", "--json"],
      ["audit", "--by", "R2"], ["audit", "--kind", "graded"], ["audit", "--case", "1", "--last", "3"],
      ["audit", "--verify"], ["audit", "--verify", "--head", "00ff"],
      ["consensus", "status"], ["consensus", "status", "1"], ["consensus", "minutes", "1"], ["consensus", "figures"],
      ["agreement"], ["agreement", "--json"], ["agreement", "--csv"], ["agreement", "--finding", "rim_sign"],
      ["agreement", "--report", "grras"], ["agreement", "--report", "methods"],
      ["tables", "1"], ["tables", "2"], ["tables", "3"], ["tables", "summary"], ["tables", "courses"],
      ["tables", "flow"], ["tables", "2", "--format", "csv"], ["teach", "1", "--handout", "/dev/null"],
      // Refused, each for its reason.
      ["grade", "1", "rim=present"], ["grade", "2", "rim=present", "--sign"], ["grade", "2", "foci=increased"],
      ["grade", "2", "--examination", "5", "foci=increased"], ["grade", "3", "rim=present", "--reason", "slip"],
      ["consensus", "open", "1"], ["consensus", "vote", "1", "rim"], ["consensus", "agree", "1", "rim=present"],
      ["consensus", "reveal", "1", "rim"], ["consensus", "reopen", "1", "--reason", "slip"],
      ["study", "round", "2"], ["study", "round", "3"], ["study", "bind", "R2"],
    ]

  static let screens: [String: String] = [
    "the worklist": "<wait>", "a filter by a grade": "/rim:absent<Enter>", "a filter by state": "/status:signed<Enter>",
    "by state": ":sort by your state<Enter>", "by lesions": ":sort by lesions<Enter>",
    "by stage": ":sort by stage<Enter>", "case 1": ":sort by number<Enter><Enter>",
    "the readers of case 1": ":sort by number<Enter><Enter>99",
    "the readers of case 2": ":sort by number<Enter>j<Enter>99",
    "grading case 1": ":sort by number<Enter>g", "grading case 2": ":sort by number<Enter>jg",
    "history of case 1": ":sort by number<Enter><Enter>H", "history of case 2": ":sort by number<Enter>j<Enter>H",
    "undo in a signed case": ":sort by number<Enter>gu", "progress": "p", "the study": "i", "courses": "f",
    "consensus": ":sort by number<Enter>c", "teaching": "t",
    "the atlas": "a",
  ]

  /// All that a command says, and how it ends. The study's place and the hashes of the chain, which are random, are
  /// left out.
  func answer(_ question: [String], as who: String) throws -> String {
    let result = try sandbox.endplate(question + ["--study", study.path, "--as", who])
    return masked("\(result.end)\n\(result.text)\n\(result.errorText)")
  }

  func screen(_ keys: String, as who: String) throws -> String {
    let script = try sandbox.write("keys", keys + "<wait>")
    let dump = sandbox.path("screen")
    let result = try sandbox.endplate(
      "--study", study.path, "--as", who, "--keys", script, "--dump", dump, "--force", "--size", "120x40")
    #expect(result.status == 0, "\(result.errorText)")
    // A script that grades does so at the time of the run.
    return masked(try String(contentsOfFile: dump, encoding: .utf8)).replacing(/\d\d:\d\d:\d\d/, with: "hh:mm:ss")
  }

  /// A seat that backs up is refused; and what lies in the folders of the account but the study itself.
  func traces() throws -> [String] {
    let backup = try answer(["backup", sandbox.path("copy.study")], as: "R1")
    let home = URL(fileURLWithPath: sandbox.home.path)
    let files = FileManager.default.enumerator(at: home, includingPropertiesForKeys: [.fileSizeKey])
    let names = (files?.compactMap { $0 as? URL } ?? []).filter { !$0.lastPathComponent.hasPrefix("own.study") }
    return [backup]
      + names.map { name in
        "\(masked(name.path)) \((try? name.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0)"
      }.sorted()
  }

  private func masked(_ text: String) -> String {
    text.replacing(sandbox.home.path, with: "~").replacing(/[0-9a-f]{64}/, with: "hash")
  }
}
