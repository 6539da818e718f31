// What is confirmed is what was shown: the box that lists it, what changed first; and a departure from the rule.

import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct ConfirmationTests {
  private typealias ID = Codebook.ID
  private let rim = GradeKey(.baseline, ID.rimSign)
  private let change = GradeKey("2", ID.followUpGrade)

  /// Case 1 with everything agreed but the sequential change, for which the rule says equivocal.
  private func session(_ width: Int = 80, _ height: Int = 24) throws -> Bench {
    var bench = try Bench.session(width, height)
    bench.press("y")
    for row in bench.state.consensus.rows where row.key.examination.isBaseline && row.decision == nil {
      try bench.play(
        .agree(row.key, AgreedGrade(Grade(row.grades[0]?.value ?? .notAssessable), rationale: "seen")), by: "R2")
    }
    let grades: [FindingID: GradeValue] = [
      ID.foci: .level("decreased"), ID.lesionChanges: .map([.l5: "decreased"]), ID.marrow: .level("partial"),
      ID.signalArea: .level("decreased"), ID.destruction: .level("stable"), ID.spread: .level("no"),
      ID.softTissueChange: .level("reduced"), ID.abscess: .level("present"), ID.healingEdge: .level("absent"),
    ]
    try bench.play(
      .agree(
        grades.reduce(into: [:]) { $0[GradeKey("2", $1.key)] = AgreedGrade(Grade($1.value), rationale: "seen") }),
      by: "R2")
    let abscess = GradeKey(.baseline, ID.softTissueAbscess)
    try bench.play(.agree(abscess, AgreedGrade(Grade(.level("present")), rationale: "seen")), by: "R2")
    bench.act(.changedElsewhere)
    while bench.state.consensus.row?.key != change { bench.press("↓") }
    return bench
  }

  /// The sequential change is agreed as the rule says.
  private func settled(_ width: Int = 80, _ height: Int = 24) throws -> Bench {
    var bench = try session(width, height)
    try bench.play(.agree(change, AgreedGrade(Grade(.level("equivocal")), rationale: "the rule's")), by: "R2")
    bench.act(.changedElsewhere)
    return bench
  }

  @Test func whoHasConfirmedIsNotInvitedAgain() throws {
    var bench = try settled(120, 40)
    #expect(bench.frame().text.contains("waits for R1, R2, R3; C confirms version"))
    bench.press("C")
    bench.act(.key(.end))
    bench.press("⏎")
    let text = bench.frame().text
    #expect(text.contains("R1 confirmed; waits for R2, R3") && !text.contains("C confirms"), "\(text)")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 60)])
  func aDepartureShowsTheRuleAndAsksForItsReason(width: Int, height: Int) throws {
    // Given: the row of the change shows the rule on what is agreed.
    var bench = try session(width, height)
    #expect(bench.frame().text.contains("the rule on what is agreed: equivocal ("))
    // When: another grade is chosen.
    bench.press("e4")
    expectGolden(bench.frame(), "consensus-departure-reason-\(width)x\(height)")
    bench.press("⏎")
    #expect(bench.sessions["1"]?.decisions[change]?.grade?.value != .level("healed"))
    bench.press("the collection is sterile⏎")
    // Then: both are on the record and on the screen.
    #expect(bench.sessions["1"]?.decisions[change]?.rationale == "the collection is sterile")
    expectGolden(bench.frame(), "consensus-departure-\(width)x\(height)")
  }

  @Test func whatBecomesADepartureIsOpenAgain() throws {
    // Given: the rule's grade without a reason, and then another agreed finding changes what the rule says.
    var bench = try session()
    func abscess(_ level: LevelID, _ why: String) throws {
      try bench.play(.agree(GradeKey("2", ID.abscess), AgreedGrade(Grade(.level(level)), rationale: why)), by: "R3")
    }
    try abscess("absent", "not seen")
    try bench.play(.agree(change, AgreedGrade(Grade(.level("healing")))), by: "R3")
    bench.act(.changedElsewhere)
    #expect(bench.state.consensus.table?.unsettled.map(\.key) == [])
    try abscess("present", "seen again")
    bench.act(.changedElsewhere)
    // When, then
    bench.press("C")
    #expect(
      bench.state.message?.text
        == "sequential change, 2 months departs from the rule without a reason; n goes there, R gives one")
    bench.press("↑↑n")
    #expect(bench.state.consensus.row?.key == change)
    bench.press("R")
    #expect(bench.frame().text.contains("the rule says equivocal"))
    bench.press("it is sterile⏎C")
    #expect(bench.frame().text.contains("R1, this is version "))
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 60)])
  func whatChangedSinceOneConfirmedStandsFirst(width: Int, height: Int) throws {
    // Given: R1 has confirmed, and R3 agrees on another grade and notes on a second finding.
    var bench = try settled(width, height)
    bench.press("C⏎⏎⏎")
    try #require(bench.sessions["1"]?.standing(of: "R1") == .confirmed)
    try bench.play(.agree(rim, AgreedGrade(Grade(.notAssessable), rationale: "motion")), by: "R3")
    try bench.play(.note(GradeKey(.baseline, ID.t2w), "fat suppressed"), by: "R3")
    bench.act(.changedElsewhere)
    // When
    bench.press("C")
    // Then
    expectGolden(bench.frame(), "consensus-confirm-again-\(width)x\(height)")
  }

  /// A version that goes on with a recorded one says why before anything else.
  @Test func whyItWasReopenedStandsInTheBox() throws {
    var bench = try settled()
    bench.press("C⏎⏎⏎⏎")
    for reader in ["R2", "R3"] as [PrincipalID] {
      try bench.play(.confirm(bench.sessions["1"]?.version ?? ConsensusVersion()), by: reader)
    }
    let version = try #require(bench.sessions["1"]?.version)
    try bench.play(.reopen(version, reason: "histology came late"), by: "R2")
    bench.act(.changedElsewhere)
    bench.press("C")
    let text = bench.frame().text
    #expect(text.contains("R2 reopened the consensus as version 2") && text.contains("histology came late"), "\(text)")
    #expect(!text.contains("it was discussed") && text.contains("no grade or note changed since it was reopened"))
  }

  @Test(arguments: [("ascii", Look(colors: .none, unicode: false)), ("mono", Look(colors: .none))])
  func withoutColour(name: String, look: Look) throws {
    var bench = try settled()
    bench.press("C")
    expectGolden(bench.frame(look), "consensus-confirm-\(name)-80x24")
  }

  @Test func allIsSeenBeforeItIsConfirmed() throws {
    var bench = try settled()
    bench.press("C")
    var seen = ""
    for _ in 0..<9 {
      guard bench.state.overlay != nil else { break }
      seen += bench.frame().text
      bench.press("⏎")
    }
    #expect(bench.sessions["1"]?.standing(of: "R1") == .confirmed)
    // By the names that the list under the box has for them.
    let names = consensusNames(bench.state)
    let titles = Codebook.vertebralOsteomyelitis.findings(in: .baseline).compactMap { names[$0.id] }
    #expect(titles.count > 10)
    #expect(titles.filter { !seen.contains($0) } == [])
    let later = Codebook.vertebralOsteomyelitis.findings(in: .followUp).map { "\($0.shortTitle), 2 months" }
    #expect(later.filter { !seen.contains($0) } == [])
  }

  @Test func aChangeUnderTheBoxIsShownBeforeItIsConfirmed() throws {
    // Given: the box, scrolled to its end.
    var bench = try settled()
    bench.press("C")
    bench.act(.key(.end))
    try #require(bench.frame().text.contains("Enter confirms it as your own"))
    try bench.play(.agree(rim, AgreedGrade(Grade(.notAssessable), rationale: "motion")), by: "R3")
    // When: Enter, before this seat has heard of it. Then: nothing is confirmed, and the change stands first.
    bench.press("⏎")
    #expect(bench.sessions["1"]?.standing(of: "R1") == .pending)
    #expect(bench.state.message?.text.contains("look again") == true)
    #expect(bench.frame().text.contains("changed while you looked"))
    // When: it is heard of while the box is open. Then: the same.
    try bench.play(.agree(rim, AgreedGrade(Grade(.level("absent")), rationale: "no motion")), by: "R3")
    bench.act(.changedElsewhere)
    #expect(bench.state.message?.text.hasPrefix("the consensus changed to version ") == true)
    bench.act(.key(.end))
    bench.press("⏎")
    #expect(bench.sessions["1"]?.standing(of: "R1") == .confirmed)
  }

  @Test func whatWasTypedStaysWhenTheVersionIsAnotherOne() throws {
    var bench = try settled()
    bench.press("DI see a rim")
    try bench.play(.note(rim, "closed"), by: "R3")
    bench.press("⏎")
    guard case .text(.dissent(as: nil, let version), let editor)? = bench.state.overlay as? SessionDialog else {
      Issue.record("the words are gone")
      return
    }
    #expect(editor.text == "I see a rim" && version == bench.sessions["1"]?.version)
    bench.press("⏎")
    #expect(bench.sessions["1"]?.standing(of: "R1") == .dissented(reason: "I see a rim"))
  }

  @Test func anotherSeatsGradeIsNotOverwrittenUnseen() throws {
    // Given: a reason half typed for a grade that another seat then replaces.
    var bench = try settled()
    while bench.state.consensus.row?.key != rim { bench.press("↑") }
    bench.press("R, closed on T2W")
    try bench.play(.agree(rim, AgreedGrade(Grade(.notAssessable), rationale: "motion")), by: "R3")
    // When, then
    bench.press("⏎")
    #expect(bench.sessions["1"]?.decisions[rim]?.grade?.value == .notAssessable)
    #expect(bench.state.message?.text.contains("at another seat") == true)
    guard case .text(.rationale(rim, _, _), let editor)? = bench.state.overlay as? SessionDialog else {
      Issue.record("the words are gone")
      return
    }
    #expect(editor.text.hasSuffix(", closed on T2W"))
  }

  @Test func anAbsenceThatRecordsSaysSo() throws {
    var bench = try settled()
    for reader in ["R2", "R3"] as [PrincipalID] {
      try bench.play(.confirm(bench.sessions["1"]?.version ?? ConsensusVersion()), by: reader)
    }
    bench.act(.changedElsewhere)
    bench.press("A1")
    #expect(bench.frame().text.contains("everybody else has confirmed or dissented: this records the consensus"))
    bench.press("left⏎")
    #expect(bench.sessions["1"]?.isRecorded == true)
  }
}
