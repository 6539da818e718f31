// A joint reading on the screen: its last row, its words, and what does not go together.

import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct JointReadingTests {
  private let rim = GradeKey(.baseline, Codebook.ID.rimSign)

  /// That a joint reading discusses goes without saying; the record has it.
  @Test func discussedIsNotSaid() throws {
    var bench = try Bench.joint(120, 40)
    bench.press("s1⏎" + "1112")
    #expect(bench.sessions["2"]?.decisions[GradeKey(.baseline, Codebook.ID.t1w)]?.how == .discussed)
    try bench.play(.agree(GradeKey(.baseline, Codebook.ID.stir), AgreedGrade(Grade(.levels(["hyper"])))), by: "R2")
    bench.act(.changedElsewhere)
    #expect(bench.state.message?.text == "R2 recorded STIR signal: hyper")
    bench.press("↑")
    #expect(bench.frame().text.contains("agreed: "))
    let table = try #require(bench.state.consensus.table)
    for row in table.rows where row.decision == nil { try bench.play(.agree(row.key, AgreedGrade(nil)), by: "R1") }
    bench.act(.changedElsewhere)
    bench.press("C")
    #expect(bench.state.overlay is SessionDialog && bench.frame().text.contains("hyper"))
    #expect(!bench.frame().text.contains("discussed"))
  }

  /// What one needs next stands first, whatever else the keys do: it is what 80 columns have room for.
  @Test func theLastRowHasWhatIsNeededNext() throws {
    var bench = try Bench.joint(80, 24)
    func foot() -> String { bench.frame().line(23) }
    for words in ["v vote", "n next", "x not assessable", "? help"] { #expect(foot().contains(words), "\(foot())") }
    #expect(!foot().contains("C confirm"))
    bench.press("s1⏎")
    #expect(foot().contains("u undo") && foot().contains("v vote"), "\(foot())")
    bench.press("v")
    #expect(foot().contains("X call off") && foot().contains("v vote"), "\(foot())")
    bench.press("X")
    let table = try #require(bench.state.consensus.table)
    for row in table.rows where row.decision == nil { try bench.play(.agree(row.key, AgreedGrade(nil)), by: "R1") }
    bench.act(.changedElsewhere)
    bench.press("↓")
    #expect(foot().hasPrefix(" C confirm"), "\(foot())")
  }

  /// On the smallest usual screen too, what does not go together is said before the rule gives its reasons.
  @Test func warningsComeBeforeTheReasonsOfTheRule() throws {
    var bench = try Bench.joint(80, 24)
    func agree(_ key: GradeKey, _ level: LevelID) throws {
      try bench.play(.agree(key, AgreedGrade(Grade(.level(level)))), by: "R1")
    }
    try agree(GradeKey(.baseline, Codebook.ID.softTissueInflammation), "limited")
    let examination = try #require(bench.state.consensus.rows.first { !$0.key.examination.isBaseline }?.key.examination)
    try agree(GradeKey(examination, Codebook.ID.softTissueChange), "never_present")
    bench.act(.changedElsewhere)
    bench.press("}")
    let frame = bench.frame().text
    let warning = try #require(frame.range(of: "! soft tissue was never present"), "\(frame)")
    let rule = try #require(frame.range(of: "the rule"), "\(frame)")
    #expect(warning.lowerBound < rule.lowerBound, "\(frame)")
    #expect(frame.components(separatedBy: "! soft tissue was never").count == 2)
  }

  /// What is withheld from who reads together is so until they are done, not until one signs.
  @Test func whatIsWithheldIsSoUntilTheRecord() throws {
    let view = CaseView(patientCase: Case(id: "1"), withheld: [.biopsy], stage: .inDiscussion)
    #expect(view.untilWhen(.joint) == "withheld until the consensus is recorded")
    #expect(view.untilWhen(.independent) == "withheld until you have signed")
    var later = CaseView(patientCase: Case(id: "1"), withheld: [.biopsy, .laterExaminations], stage: .reading)
    #expect(later.untilWhen(.independent) == "withheld until you have signed all examinations")
    #expect(later.untilWhenLater == "withheld until you have signed the baseline")
    later.patientCase.examinations.append(Examination("5"))
    #expect(later.untilWhenLater == "withheld until you have signed 5 months")
  }

  /// Three readers in front of one screen: the keys of the grading screen, and the bones typed.
  @Test(arguments: [(80, 24), (120, 40), (200, 60)])
  func aJointReadingIsGradedWithTheKeysOfGrading(width: Int, height: Int) throws {
    var bench = try Bench.joint(width, height)
    #expect(bench.state.consensus.row?.key.finding == Codebook.ID.involvedBones)
    bench.press("s1⏎" + "1112,3")
    func agreed(_ finding: FindingID) -> String? {
      bench.sessions["2"]?.decisions[GradeKey(.baseline, finding)]?.grade?.value.text
    }
    #expect(agreed(Codebook.ID.involvedBones) == "S1")
    #expect(agreed(Codebook.ID.t1w) == "hypo")
    #expect(agreed(Codebook.ID.t2w) == "iso,hyper")
    #expect(bench.state.consensus.row?.key.finding == Codebook.ID.stir)
    expectGolden(bench.frame(), "consensus-joint-\(width)x\(height)")
    bench.press("3,⎋9x")
    #expect(agreed(Codebook.ID.stir) == "hyper")
    #expect(agreed(Codebook.ID.enhancement) == "not-assessable")

    // What was agreed last is undone, with the cursor on it; Backspace takes away what is under the cursor
    bench.press("u")
    #expect(agreed(Codebook.ID.enhancement) == nil)
    #expect(bench.state.consensus.row?.key.finding == Codebook.ID.enhancement)
    bench.press("↑" + "⌫")
    #expect(agreed(Codebook.ID.stir) == nil)

    // Where a sign was seen is asked of the row just graded; Enter opens the map on what is agreed
    bench.press("3" + "1" + "2b" + "L4⏎")
    #expect(bench.sessions["2"]?.decisions[rim]?.grade?.bone == .l4)
    bench.press("↑↑↑↑↑↑↑↑⏎")
    #expect(bench.state.grading.picker?.value?.text == "S1")
    bench.press("⎋")
    #expect(bench.state.screen == .consensus && bench.state.grading.picker == nil)

    // What the sentences beside a grade say can be done: another grade is chosen with e
    bench.press("e")
    #expect(bench.state.overlay is SessionDialog)
    bench.press("⎋")

    // The session's own capitals are no bones
    bench.press("C")
    #expect(bench.state.grading.picker == nil)
    #expect(bench.state.message?.text.hasSuffix("not yet settled; n goes to the next") == true)

    // Outside nothing is asked of a reader alone
    bench.press("⎋")
    #expect(!bench.frame().text.contains("0 signed") && !bench.frame().text.contains("your grades"))
    bench.press("g")
    #expect(
      bench.state.message?.text == "the readers of this study grade together: c opens the joint reading of the case")
  }

  /// At a follow-up the rule's grade is one key, and another one asks for its reason.
  @Test func aJointFollowUpKnowsTheRule() throws {
    var bench = try Bench.joint(120, 40)
    bench.press("s1⏎" + "}")
    let examination = try #require(bench.state.consensus.row?.key.examination)
    #expect(!examination.isBaseline && bench.state.grading.examination == examination)
    for row in bench.state.consensus.rows where row.key.examination == examination {
      #expect(bench.state.consensus.row?.key == row.key)
      let isRule = row.key.finding == bench.state.session.codebook.suggestedGrade
      bench.press(isRule ? "⏎" : bench.state.session.codebook[row.key.finding]?.scale == .choice ? "1" : "↓")
    }
    bench.press("↑")
    expectGolden(bench.frame(), "consensus-joint-follow-up-120x40")
  }
}
