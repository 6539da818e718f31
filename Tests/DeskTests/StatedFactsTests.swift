// What a report states, through a study: what readers see while they read, what is kept, and what a release gives back.

import CaseStore
import Desk
import DeskSupport
import Foundation
import Interchange
import ReviewCore
import Testing
import Workstation

@Suite struct StatedFactsTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "endplate-facts-\(UUID().uuidString)")
  private let environment = StoreEnvironment(
    now: { Date(timeIntervalSince1970: 1_800_000_000) }, newID: { UUID().uuidString.lowercased() }, osUser: "somebody",
    programVersion: "test")

  private static let people =
    ["R1", "R2", "R3"].map { Principal(PrincipalID($0), role: .reader) } + [
      Principal("coordinator", role: .coordinator)
    ]

  private static let extra = """

    anatomy: {extra: [L6], remark: lumbarised S1}
    pathogens: [{species: Brucella melitensis, found: blood culture}]
    facts: [{contact with sheep: yes}]
    """

  /// The report as its file states it, with what it does not state as well.
  private static func report() throws -> CaseFile {
    let inputs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "InterchangeTests/inputs/what-a-report-states.yaml")
    let text = try String(contentsOf: inputs, encoding: .utf8) + extra
    let outcome = CaseFileReader.read(InputFile(name: "x1.yaml", bytes: Array(text.utf8)))
    return try #require(outcome.value, "\(outcome.faults)")
  }

  private func withStudy<T>(_ rules: StudyProtocol, _ body: (String) throws -> T) throws -> T {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a.study").path
    try StudyStore.create(
      at: path, study: Study(title: "T", studyProtocol: rules), principals: Self.people, environment: environment)
    try at(path, "coordinator") { _ = try $0.importCases([Self.report().patientCase]) }
    return try body(path)
  }

  private func at<T>(_ path: String, _ id: PrincipalID, _ body: (StudyStore) throws -> T) throws -> T {
    let store = try StudyStore.open(at: path, as: id, environment: environment)
    defer { try? store.close() }
    return try body(store)
  }

  @Test func whatIsImportedIsKeptWithoutItsDates() throws {
    let given = try Self.report().patientCase
    #expect(given.examination(.baseline)?.date == "2020-01-02")
    try withStudy(StudyProtocol()) { path in
      try at(path, "coordinator") { store in
        #expect(try store.caseView("x1").patientCase == given.withoutDates)
        // Importing it again changes nothing, and what differs is named.
        #expect(try store.importCases([given]).unchanged == 1)
        var changed = given
        changed.labs?[0].value = "46"
        changed.examinations[0].collections = [FluidCollection("epidural", size: [5, 20])]
        guard case .updated(let changes) = try store.importCases([changed]).entries[0].outcome else {
          Issue.record("nothing was changed")
          return
        }
        #expect(changes.contains { $0.description.contains("64 → 46") }, "\(changes)")
        #expect(try store.caseView("x1").patientCase == changed.withoutDates)
        #expect(try store.verify().faults.isEmpty)
      }
    }
    var keeping = StudyProtocol()
    keeping.keepsDates = true
    try withStudy(keeping) { path in
      #expect(try at(path, "coordinator") { try $0.caseView("x1").patientCase } == given)
      // Who reads is shown none, whatever is kept.
      let seen = try at(path, "R1") { try $0.caseView("x1").patientCase }
      #expect(seen == seen.withoutDates)
    }
  }

  @Test func readersSeeWhatTheProtocolDoesNotWithhold() throws {
    try withStudy(StudyProtocol(withheld: [.culture, .facts, .therapy, .originalReport])) { path in
      let seen = try at(path, "R1") { try $0.caseView("x1").patientCase }
      #expect(seen.serology == nil && seen.pathogens == nil && seen.cultures == nil)
      #expect(seen.occupation == nil && seen.facts == nil && seen.surgery == nil)
      #expect(seen.labs?.count == 5 && seen.anatomy != nil)
      let bench = try Workbench(at: path, as: "R1", environment: environment, home: folder, 120, 40)
      bench.press("⏎1")
      let frame = bench.frame().text
      #expect(frame.contains("day 0: crp 64, esr 70, wbc 9.1") && frame.contains("L6; lumbarised S1"), "\(frame)")
      #expect(!frame.contains("Brucella") && !frame.contains("Wright") && !frame.contains("teacher"))
    }
    try withStudy(StudyProtocol(withheld: [])) { path in
      let bench = try Workbench(at: path, as: "R1", environment: environment, home: folder, 120, 40)
      bench.press("⏎1")
      let frame = bench.frame().text
      for words in [
        "teacher", "Wright 1/640", "pus: negative", "Brucella melitensis (blood culture)", "contact with sheep yes",
        "none", "serology",
      ] { #expect(frame.contains(words), "\(words): \(frame)") }
    }
  }

  @Test func aReleaseGivesTheCaseBackWithoutWhatIsNotReleased() throws {
    let given = try Self.report().patientCase
    for unreleased in [[], [.labs, .culture]] as [Set<Withheld>] {
      var rules = StudyProtocol(withheld: [])
      rules.unreleased = unreleased
      rules.keepsDates = true
      try withStudy(rules) { path in
        let format = try #require(ExportFormat.all.first { $0.name == "release" })
        let files = try at(path, "coordinator") {
          try format.files($0.export(id: "s", program: "test", hasNotes: true))
        }
        let yaml = try #require(files.first { $0.path == "cases/x1.yaml" })
        let read = CaseFileReader.read(InputFile(name: yaml.path, bytes: Array(yaml.text.utf8)))
        #expect(read.value?.patientCase == given.withoutDates.without(unreleased), "\(read.faults)")
        #expect(!files.contains { $0.text.contains("2020-0") })
        let isThere = unreleased.isEmpty
        #expect(files.contains { $0.text.contains("Wright") } == isThere)
        #expect(files.contains { $0.text.contains("crp 64") } == isThere)
        #expect(
          files.contains { $0.path == "README.md" && $0.text.contains("cultures and serology and laboratory values") }
            != isThere)
        // The study's own file says what its releases leave out.
        let study = try #require(files.first { $0.path == "protocol.yaml" })
        let again = StudyDescriptionReader.read(InputFile(name: "study.yaml", bytes: Array(study.text.utf8)))
        #expect(again.value?.study.studyProtocol.unreleased == unreleased, "\(again.faults)")
      }
    }
  }

  /// A script is written from the facts: cards for learners must not tell what a release leaves out.
  @Test func cardsTellNothingThatIsNotReleased() throws {
    for unreleased in [[], [.culture]] as [Set<Withheld>] {
      var rules = StudyProtocol(withheld: [])
      rules.unreleased = unreleased
      try withStudy(rules) { path in
        let agreed = Consensus(
          origin: .imported,
          grades: [GradeKey(.baseline, Codebook.ID.rimSign): AgreedGrade(Grade(.level("present")))], madeIn: "elsewhere"
        )
        let answer = TeachingQuestion.Answer(
          level: "present", text: "present", isRight: true, because: "Brucella grew.")
        let question = TeachingQuestion("A rim?", finding: Codebook.ID.rimSign, answers: [answer])
        let script = TeachingScript(
          caseID: "x1", neutralTitle: "A patient", steps: [TeachingStep(.rim, title: "Rim", question: question)])
        let cards = try at(path, "coordinator") { store in
          let teaching = TeachingFile([
            TeachingCase(try store.caseView("x1").patientCase, consensus: agreed, script: script)
          ])
          let format = try #require(ExportFormat.all.first { $0.name == "anki" })
          return try format.files(store.export(id: "s", program: "test", hasNotes: true, teaching: teaching))
        }
        #expect(cards.contains { $0.text.contains("rim sign") })
        #expect(cards.contains { $0.text.contains("Brucella") } == unreleased.isEmpty)
      }
    }
  }

  @Test func l6IsGradedWhereTheCaseDeclaresIt() throws {
    try withStudy(StudyProtocol()) { path in
      let bench = try Workbench(at: path, as: "R1", environment: environment, home: folder, 80, 24)
      let bones = Codebook.ID.involvedBones
      bench.press("g⏎")
      #expect(bench.frame().text.contains("L6"))
      bench.press("l6,l4-s1e⏎")
      #expect(bench.state.reading?.values()[bones]?.text == "L4-S1,L6")
      try at(path, "R2") { store in
        let finding = try #require(Codebook.vertebralOsteomyelitis[bones])
        let value = try finding.value("L6", in: store.caseView("x1").patientCase.bones)
        _ = try store.record(GradeChange("x1", .baseline, bones, Grade(value)))
        #expect(try store.caseView("x1").reading(of: "R2", .baseline)?.values()[bones]?.text == "L6")
      }
    }
    // In a case without it, it is no bone: neither by keys nor for the store.
    try withStudy(StudyProtocol()) { path in
      try at(path, "coordinator") { _ = try $0.importCases([Case(id: "0")]) }
      let bench = try Workbench(at: path, as: "R1", environment: environment, home: folder, 80, 24)
      bench.press("/case:0⏎g⏎l6")
      #expect(bench.frame().text.contains("there is no vertebra ‘L6’"), "\(bench.frame().text)")
      try at(path, "R2") { store in
        let change = GradeChange("0", .baseline, Codebook.ID.involvedBones, Grade(.sites([.bone(.l6)])))
        #expect(throws: StoreError.self) { try store.record(change) }
      }
    }
  }
}
