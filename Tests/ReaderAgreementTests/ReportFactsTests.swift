// Every line of a report comes from the study file: a fact that changes, changes the lines that tell it.

import Agreement
import Foundation
import Interchange
import ReaderAgreement
import ReviewCore
import TestSupport
import Testing

/// The facts of the practice study as the audit trail would hold them, had its readings been made in it.
func facts(_ practice: Practice) -> StudyFacts {
  func entry(_ kind: AuditKind, _ at: Date, _ by: PrincipalID?, _ id: CaseID? = nil) -> AuditEntry {
    AuditEntry(
      at: at, kind: kind, principal: by, osUser: "u", programVersion: "1", caseID: id, round: id == nil ? nil : 1)
  }
  let noon = Date(timeIntervalSince1970: 1_800_000_000)
  return StudyFacts(
    program: "Endplate 1", readers: three.map { Principal($0, role: .reader) }, cases: 7, opened: practice.opened,
    patients: practice.patients,
    audit: [entry(.studyCreated, .distantPast, nil)]
      + practice.opened.map { entry(.opened, noon, "coordinator", $0.id) },
    verification: AuditVerification(), process: process())
}

/// Three sessions: one recorded after a vote, one with an open vote, one reopened.
private func process() -> ConsensusProcess {
  let rim = GradeKey(.baseline, ID.rimSign)
  var codebook = Codebook.vertebralOsteomyelitis
  codebook.findings.removeAll { $0.id != ID.rimSign }
  func session(_ id: CaseID, _ acts: [(PrincipalID, ConsensusAct)]) -> Deliberation {
    Deliberation(
      caseID: id, codebook: codebook, examinations: [.baseline], readers: three,
      readings: zip(three, ["absent", "present", "absent"] as [LevelID]).map { reading($0, [ID.rimSign: .level($1)]) },
      events: acts.map { ConsensusEvent(at: .distantPast, by: $0.0, version: ConsensusVersion(), act: $0.1) })
  }
  return ConsensusProcess([
    session(
      "1",
      [
        ("R1", .called(rim)), ("R1", .voted(rim, .cast(.level("present")))), ("R2", .voted(rim, .cast(nil))),
        ("R1", .revealed(rim)), ("R1", .called(rim)), ("R1", .voted(rim, .cast(.level("present")))),
        ("R2", .voted(rim, .cast(.level("present")))), ("R3", .voted(rim, .cast(.level("present")))),
        ("R3", .revealed(rim)),
        (
          "R1",
          .agreed([
            rim: AgreedGrade(
              Grade(.level("present")), how: .discussed, cause: .missedFinding, rationale: "seen on STIR")
          ])
        ),
        ("R2", .noted(rim, "faint")), ("R1", .confirmed), ("R2", .dissented(reason: "not seen")),
        ("R1", .absent("R3", reason: "on leave")),
      ]),
    session("4", [("R1", .called(rim)), ("R1", .voted(rim, .cast(nil)))]),
    session(
      "6",
      [
        ("R1", .agreed([rim: AgreedGrade(Grade(.level("absent")), how: .majority)])), ("R1", .confirmed),
        ("R2", .confirmed), ("R3", .confirmed), ("R2", .reopened(reason: "a later scan")),
      ]),
  ])
}

struct ReportFactsTests {
  private let practice: Practice
  private let base: StudyFacts

  init() throws {
    practice = try Practice()
    base = facts(practice)
  }

  // MARK: What the sessions come to

  @Test func theProcessCountsWhatWasSaidAndNoSealedVote() {
    let process = process()
    #expect((process.sessions, process.recorded) == (3, 1) && process.reopenings.map(\.reason) == ["a later scan"])
    #expect((process.called, process.revealed, process.repeated) == (3, 2, 1))
    #expect((process.votes, process.abstentions, process.withoutVote) == (4, 1, 1))
    #expect(process.quorums == [.init(2, of: 3): 3])
    #expect(process.ways == [.discussed: 1] && process.grades == 1 && process.disputed.count == 1)
    #expect((process.rationales, process.notes, process.confirmations) == (1, 1, 1))
    #expect(process.causes == [.missedFinding: 1])
    #expect(process.dissents.map(\.reason) == ["not seen"] && process.absences.map(\.reason) == ["on leave"])
    // Who abstained holds nothing, so that the second vote meets no majority.
    #expect(process.changes == [.away: 1, .other: 1])
  }

  // MARK: What the audit trail shows

  private func sentences(_ change: (inout StudyFacts) -> Void) throws -> String {
    var facts = base
    change(&facts)
    var study = practice.study
    study.isIllustrative = false
    let agreement = try StudyAgreement(study, readers: three, opened: facts.opened)
    return MethodsText.paragraph(agreement, agreement.figures(resampling: nil), facts)
  }

  @Test func independenceIsSaidOnlyAsFarAsTheTrailShowsIt() throws {
    let count = base.opened.flatMap(\.readings).count
    let whole = try sentences { _ in }
    let late = try sentences { $0.audit[1].at = .distantPast }
    let brought = try sentences { $0.audit[0].at = .distantFuture }
    let broken = try sentences { $0.verification = AuditVerification(faults: ["row 3 was changed"]) }

    let shows = "The audit trail shows that all \(count) readings were signed before their case was opened"
    #expect(whole.contains(shows) && whole.contains("Each reader had the cases in an order of their own"))
    #expect(late.contains("Of \(count) readings 6 were signed after the case was opened"))
    #expect(brought.contains("All \(count) readings were signed before this study file was made"))
    #expect(!brought.contains("order of their own"))
    #expect(broken.contains("The audit trail was changed (row 3 was changed)"))
    for text in [late, brought, broken] { #expect(!text.contains(shows)) }
  }

  @Test func whatWasMadeElsewhereIsNoReadingOfThisFile() throws {
    func imports(_ isImported: @escaping (PrincipalID) -> Bool) -> (inout StudyFacts) -> Void {
      { facts in
        for entry in facts.opened.indices {
          for index in facts.opened[entry].readings.indices where isImported(facts.opened[entry].readings[index].reader)
          {
            facts.opened[entry].readings[index].state = .imported(ReadElsewhere())
          }
        }
      }
    }
    let count = base.opened.flatMap(\.readings).count
    let all = try sentences(imports { _ in true })
    let some = try sentences(imports { $0 == "R3" })
    #expect(all.contains("All \(count) readings were made elsewhere and imported: nothing here shows how"))
    #expect(some.contains("all \(count / 3 * 2) readings were signed before their case was opened"))
    #expect(some.contains("\(count / 3) other readings were made elsewhere and imported"))
    for text in [all, some] { #expect(!text.contains("order of their own")) }
    var facts = base
    imports { _ in true }(&facts)
    let sheet = GrrasSheet.sheet(try practice.agreement, [], facts).text
    #expect(sheet.contains("made elsewhere and imported, how is not on record: \(count) readings"))
    #expect(sheet.contains("as the protocol has it; how readings that came into the file"))
    let lines = GrrasSheet.sheet(try practice.agreement, [], facts).items.map(\.filled)
    #expect(lines[8].contains { $0.hasSuffix("imported readings were not made under it") })
    #expect(lines[10].contains("readers of imported readings: 3"))
    #expect(lines[10].contains { $0.hasPrefix("round 1:") && $0.hasSuffix(", \(count) imported readings") })
    #expect(lines[11].contains("R1: \(count / 3) imported readings of 3 cases"))
    #expect(!lines.joined().contains { $0.contains("signed reading") || $0.contains("readers who signed") })
    // The protocol is claimed of what was read under it.
    let govern = "The protocol of this study did not govern the imported readings."
    for text in [all, some] { #expect(text.contains(govern)) }
    #expect(!all.contains("withholds") && some.contains("The protocol withholds"))
    #expect(all.contains("from the grades as imported") && some.contains("as signed or imported"))
  }

  @Test func anImportedConsensusTellsWhatIsOnRecordOfIt() {
    var facts = base
    facts.process = ConsensusProcess()
    facts.opened[0].consensus = Consensus(
      origin: .imported,
      grades: [
        GradeKey(.baseline, ID.rimSign): AgreedGrade(
          Grade(.level("present")), how: .majority, cause: .missedFinding, votes: "R1=present; R2="),
        GradeKey(.baseline, "halo_sign"): AgreedGrade(Grade(.level("absent"))),
      ])
    let came = AccordSheet.sheet(practice.study, facts).items[6].filled
    #expect(came.contains("consensus made elsewhere and imported: 1 case, 2 findings"))
    #expect(came.contains { $0.contains("majority 1") && $0.hasSuffix("not stated 1") })
    #expect(came.contains { $0.hasPrefix("causes there") && $0.hasSuffix("\(DiscrepancyCause.missedFinding.title) 1") })
    #expect(came.contains("findings with votes there on record: 1"))
    #expect(!came.contains { $0.contains("not on record here") })
  }

  @Test func examinationsAreCountedBesideCases() throws {
    let text = try sentences { _ in }
    let fewer = try sentences { $0.opened.removeLast() }
    #expect(text.hasPrefix("3 readers graded 3 cases (8 examinations)."))
    #expect(fewer.hasPrefix("3 readers graded 2 cases (6 examinations)."))
  }

  @Test func whatIsMadeUpIsSaidToBe() throws {
    let agreement = try practice.agreement
    let text = MethodsText.paragraph(agreement, agreement.figures(resampling: nil), base)
    #expect(text.hasPrefix("The readings are made up for practice and are no result"))
  }

  // MARK: Every line

  private typealias Change = (name: String, apply: (inout Study, inout StudyFacts) -> Void)

  /// One change of each kind of fact that the file holds.
  private let changes: [Change] = [
    ("title", { study, _ in study.title = "Another" }),
    ("source", { study, _ in study.source = nil }),
    ("illustrative", { study, _ in study.isIllustrative.toggle() }),
    ("constructed", { study, _ in study.isConstructed.toggle() }),
    ("codebook", { study, _ in study.codebook.version += 1 }),
    ("population", { study, _ in study.population = [] }),
    ("readers", { study, _ in study.studyProtocol.readersPerCase += 1 }),
    ("rounds", { study, _ in study.studyProtocol.rounds += 1 }),
    ("seed", { study, _ in study.studyProtocol.seed += 1 }),
    ("withheld", { study, _ in study.studyProtocol.withheld = [] }),
    ("opening", { study, _ in study.studyProtocol.opening = .round }),
    ("mode", { study, _ in study.studyProtocol.mode = .joint }),
    ("primary", { study, _ in study.studyProtocol.primaryStatistic = "fleiss_kappa.unweighted" }),
    ("names", { study, _ in study.studyProtocol.namesInConsensus.toggle() }),
    ("baseline", { study, _ in study.codebook.findings.removeAll { $0.phase == .baseline } }),
    ("follow-up", { study, _ in study.codebook.findings.removeAll { $0.phase == .followUp } }),
    ("one finding", { study, _ in study.codebook.findings.removeAll { $0.id != ID.rimSign } }),
    ("cases", { _, facts in facts.cases += 1 }),
    ("program", { _, facts in facts.program = "Endplate 2" }),
    ("person", { _, facts in facts.readers[0].name = "Ada" }),
    ("patient", { _, facts in facts.patients[0].age = 99 }),
    ("image", { _, facts in facts.patients[0].examinations.removeLast() }),
    ("creation", { _, facts in facts.audit[0].at = .distantFuture }),
    ("opening of a case", { _, facts in facts.audit[1].at = .distantPast }),
    ("who opened", { _, facts in for index in 1...3 { facts.audit[index].principal = "R1" } }),
    ("chain", { _, facts in facts.verification = AuditVerification(faults: ["row 3 was changed"]) }),
    ("guest", { _, facts in facts.audit[1].seat = "R1" }),
    ("opened", { _, facts in facts.opened.removeAll { $0.id == "1" } }),
    (
      "round",
      { _, facts in
        for index in facts.opened.indices { facts.opened[index].round = 2 }
      }
    ),
    ("version", { _, facts in facts.opened[0].readings[0].version = 2 }),
    (
      "grades",
      { _, facts in
        // Everybody alike, so that every figure that can change does.
        for index in facts.opened.indices {
          let grades = facts.opened[index].readings.reduce(into: [GradeKey: Grade]()) {
            $0.merge($1.grades) { a, _ in a }
          }
          for place in facts.opened[index].readings.indices {
            let own = facts.opened[index].readings[place].examination
            facts.opened[index].readings[place].grades = grades.filter { $0.key.examination == own }
          }
          facts.opened[index].readings.removeAll { $0.reader == "R3" }
        }
      }
    ),
    ("sessions", { _, facts in facts.process = ConsensusProcess() }),
  ]

  /// Changes of what is read at all: what is left of the results tells nothing of their lines.
  private let structural: Set = ["mode", "baseline", "follow-up", "one finding"]

  /// Lines that say what the program does or where to look, and so hang on no fact.
  private let constant = [
    "endplate agreement --json; endplate agreement --csv (all signed grades)",
    "endplate consensus minutes CASE: who did what when, with reasons",
    "every finding has an agreed grade or is left unresolved, and every reader confirms, dissents with a reason, or is "
      + "recorded absent",
    "Coefficients of 0/0 are reported as not defined.", "Intervals are 95 %; of fewer than 5 cases",
    "where a coefficient has no interval, or one without width",
  ]

  private func lines(_ study: Study, _ facts: StudyFacts) throws -> [String: Set<String>] {
    let agreement = try StudyAgreement(study, readers: three, opened: facts.opened)
    let figures = agreement.figures(resampling: Resampling(resamples: 0))
    // The paragraph is told sentence by sentence, and not once more as an item.
    let grras = GrrasSheet.sheet(agreement, figures, facts).items
    let methods = MethodsText.paragraph(agreement, figures, facts).components(separatedBy: ". ")
    return [
      "grras": Set(grras.filter { ![10, 13].contains($0.number) }.flatMap(\.filled)), "results": Set(grras[12].filled),
      "methods": Set(methods),
      "accord": Set(AccordSheet.sheet(study, facts).items.flatMap(\.filled)),
    ]
  }

  @Test func everyLineHangsOnAFactOfTheFile() throws {
    let before = try lines(practice.study, base)
    var kept = before
    for change in changes {
      var (study, facts) = (practice.study, base)
      change.apply(&study, &facts)
      let after = try lines(study, facts)
      #expect(after != before, "\(change.name) changes nothing")
      for (report, lines) in after where report != "results" || !structural.contains(change.name) {
        kept[report]?.formIntersection(lines)
      }
    }
    for (report, lines) in kept {
      let left = lines.filter { line in !constant.contains { line.hasPrefix($0) } }
      #expect(left == [], "\(report): \(left)")
    }
    let counts = ["grras", "results", "methods", "accord"].map { before[$0]?.count ?? 0 }
    #expect(zip(counts, [25, 40, 10, 20]).allSatisfy { $0 > $1 }, "\(counts)")
  }
}
