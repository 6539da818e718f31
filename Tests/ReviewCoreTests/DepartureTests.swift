// A consensus that departs from the rule, and acts on what another seat has changed meanwhile.

import Testing

@testable import ReviewCore

@Suite struct DepartureTests {
  private let change = GradeKey("5", ID.followUpGrade)
  private let rim = key(ID.rimSign)

  /// Everything of baseline and 5 months is agreed but the sequential change; with the abscess the rule says equivocal.
  private func settled() throws -> Table {
    var table = Table.agreeing(except: [:])
    table.session = Deliberation(
      caseID: "1", codebook: .vertebralOsteomyelitis, examinations: [.baseline, "5"], readers: ["R1", "R2", "R3"],
      readings: table.session.first.map { Reading(reader: $0.key, examination: .baseline, grades: $0.value) })
    try table.play(.takeOver(nil))
    let grades: [FindingID: GradeValue] = [
      ID.foci: .level("decreased"), ID.lesionChanges: .map([.l5: "decreased"]), ID.marrow: .level("partial"),
      ID.signalArea: .level("decreased"), ID.destruction: .level("stable"), ID.spread: .level("no"),
      ID.softTissueChange: .level("reduced"), ID.abscess: .level("present"), ID.healingEdge: .level("absent"),
    ]
    try table.play(
      .agree(
        grades.reduce(into: [key(ID.softTissueAbscess): AgreedGrade(Grade(.level("present")), rationale: "seen now")]) {
          $0[GradeKey("5", $1.key)] = AgreedGrade(Grade($1.value))
        }))
    return table
  }

  private func level(_ level: LevelID, _ rationale: String? = nil) -> AgreedGrade {
    AgreedGrade(Grade(.level(level)), rationale: rationale)
  }

  @Test func itAsksForAReason() throws {
    // Given
    var table = try settled()
    let row = try #require(table.seen().row(change))
    #expect(row.rule?.outcome.grade?.change == .equivocal)
    #expect(row.rule?.outcome.grade?.reasons.last == "but an abscess rules out healing")
    // When, then
    guard case .departureNeedsReason(change, let grade, let rule) = table.refusal(.agree(change, level("healed", " ")))
    else {
      Issue.record("no reason was asked for")
      return
    }
    #expect(grade == "sequential change, 5 months: healed")
    #expect(rule.hasPrefix("equivocal (") && rule.hasSuffix("an abscess rules out healing)"))
    #expect(table.refusal(.agree(change, AgreedGrade(nil))) == nil)
    #expect(table.refusal(.agree(change, level("equivocal"))) == nil)
    try table.play(.agree(change, level("healed", "sterile fluid")))
    #expect(table.session.unexplained == [] && table.seen().unsettled == [])
    #expect(
      table.seen().log.last?.text
        == "R1 recorded sequential change, 5 months: healed, discussed; sterile fluid; the rule says \(rule)")
  }

  @Test func gradesAgreedTogetherAreJudgedTogether() throws {
    let table = try settled()
    let abscess = GradeKey("5", ID.abscess)
    #expect(table.refusal(.agree([abscess: level("absent"), change: level("healing")])) == nil)
    guard case .departureNeedsReason = table.refusal(.agree([abscess: level("absent"), change: level("equivocal")]))
    else {
      Issue.record("no reason was asked for")
      return
    }
  }

  @Test func whatBecameADepartureLaterIsNotConfirmed() throws {
    // Given: the rule's grade, and then another agreed finding changes the rule's answer.
    var table = try settled()
    try table.play(.agree(change, level("equivocal")))
    #expect(table.seen().unsettled == [])
    try table.play(.agree(GradeKey("5", ID.abscess), level("absent")))
    // Then: neither confirmed nor dissented from, and the row counts as open.
    #expect(table.seen().unsettled.map(\.key) == [change])
    for move in [ConsensusMove.confirm(table.session.version), .dissent(table.session.version, reason: "I see none")] {
      guard case .departureNeedsReason = table.refusal(move) else {
        Issue.record("\(move)")
        return
      }
    }
    try table.play(.agree(change, level("equivocal", "too early")))
    #expect(table.refusal(.confirm(table.session.version)) == nil)
  }

  @Test func aReasonIsForOneGradeAgainstOneOfTheRules() throws {
    // Given: healed against the rule's equivocal, for a reason; then the rule says another grade.
    var table = try settled()
    try table.play(.agree(change, level("healed", "sterile fluid")))
    try table.play(.agree(GradeKey("5", ID.spread), level("yes")))
    // Then: it is open again, also where something else of it changes, or it is adopted once more.
    #expect(table.seen().unsettled.map(\.key) == [change])
    var caused = level("healed", "sterile fluid")
    caused.cause = .definition
    for again in [caused, try #require(table.seen().row(change)).agreed(Grade(.level("healed")))] {
      guard case .departureNeedsReason = table.refusal(.agree(change, again)) else {
        Issue.record("\(again)")
        return
      }
    }
    // And settled once it is said again, be it in the same words; where the rule comes back, too.
    try table.play(.agree(change, try #require(table.session.decisions[change])))
    #expect(table.seen().unsettled == [])
    try table.play(.agree(GradeKey("5", ID.spread), level("no")))
    #expect(table.seen().unsettled.map(\.key) == [change])
  }

  @Test(arguments: [".", "-", " … ", "\u{2800}\u{3164}"]) func aReasonSaysSomething(_ text: String) throws {
    var table = try settled()
    guard case .departureNeedsReason = table.refusal(.agree(change, level("healed", text))) else {
      Issue.record("it was taken")
      return
    }
    try table.play(.agree(change, level("equivocal")))
    #expect(table.refusal(.agree(rim, level("present", text))) == .rationaleNeeded("rim sign"))
    let version = table.session.version
    guard case .reasonNeeded = table.refusal(.dissent(version, reason: text)),
      case .reasonNeeded = table.refusal(.absent("R3", reason: text))
    else {
      Issue.record("it was taken")
      return
    }
  }

  @Test func whatAReaderConfirmedLastIsKnown() throws {
    var table = try settled()
    try table.play(.agree(change, level("equivocal")))
    let version = table.session.version
    try table.play(.confirm(version), by: r2)
    try table.play(.agree(rim, level("present", "seen now")))
    let confirmed = try #require(table.seen().readers.first { $0.id == "R2" }?.confirmed)
    #expect(confirmed.version == version)
    #expect(confirmed.decisions[rim]?.grade?.value == .notAssessable)
    #expect(table.seen().readers.first { $0.id == "R1" }?.confirmed == nil)
  }

  @Test func anotherSeatsGradeIsNotOverwrittenUnseen() throws {
    // Given: a seat that sees the rim unsettled, and another one that settles it.
    var table = Table.agreeing(except: [ID.rimSign: [.level("absent"), .level("present"), .level("absent")]])
    let shown = try #require(table.seen().row(rim))
    try table.play(.agree(rim, level("absent")), by: r2)
    #expect(table.refusal(.agree(shown, level("present"))) == .agreedMeanwhile("rim sign", "absent"))
    let now = try #require(table.seen().row(rim))
    #expect(table.refusal(.agree(now, level("present"))) == nil)
  }

  @Test func anAbsenceRecordsOnlyWhatItSaidItWould() throws {
    var table = try settled()
    try table.play(.agree(change, level("equivocal")))
    for reader in [r1, r2] { try table.play(.confirm(table.session.version), by: reader) }
    #expect(table.seen().isRecorded(without: "R3"))
    #expect(
      table.refusal(.absent("R3", reason: "left", records: false)) == .absenceIsOtherwise("R3", records: true))
    try table.play(.absent("R3", reason: "left", records: true))
    #expect(table.session.isRecorded)
    // And a record is reopened in the version that was shown.
    let version = table.session.version
    #expect(
      table.refusal(.reopen(ConsensusVersion(1, revision: 1), reason: "biopsy"))
        == .versionIsNow(version, asked: ConsensusVersion(1, revision: 1)))
    #expect(table.refusal(.reopen(version, reason: "biopsy")) == nil)
  }
}
