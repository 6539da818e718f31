// A joint reading on the screen: its last row, its words, and what does not go together.

import Grid
import ReviewCore
import TestSupport
import Testing

@testable import Workstation

@Suite struct JointReadingTests {
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
}
