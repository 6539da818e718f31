// The list of a session and what stands below it: names, and the bones of many readers.

import Grid
import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

@Suite struct ConsensusListTests {
  /// A finding has one name on a screen: in all its rows, and in the box before a confirmation.
  @Test(arguments: [(80, 24), (120, 40), (200, 60)]) func aFindingHasOneName(width: Int, height: Int) throws {
    var bench = try Bench.session(width, height)
    bench.open("4")
    bench.press("a↓⏎")
    #expect(bench.state.consensus.caseID == "4")
    let marrow = try #require(bench.state.session.codebook[Codebook.ID.marrow])
    let keys = bench.state.consensus.rows.map(\.key).filter { $0.finding == marrow.id }
    #expect(keys.count > 1)
    var names: Set<Bool> = []
    for key in keys {
      while bench.state.consensus.row?.key != key { bench.press("↓") }
      names.insert(bench.frame().text.split(separator: "\n").first { $0.contains("▸") }?.contains(marrow.title) == true)
    }
    #expect(names.count == 1)
    let isFull = names.contains(true)
    for row in bench.state.consensus.rows where row.decision == nil {
      try bench.play(.agree(row.key, AgreedGrade(nil)), by: "R2")
    }
    bench.act(.changedElsewhere)
    bench.press("C")
    var box = ""
    for _ in 0..<40 {
      box += bench.frame().text
      bench.press(" ")
    }
    #expect(box.contains("│ \(isFull ? marrow.title : marrow.shortTitle), "))
    #expect(box.contains("│ \(marrow.title), ") == isFull)
  }

  /// Six readers, four of whom name the whole spine, each bone by itself.
  private static func wholeSpines(_ width: Int, _ height: Int) throws -> Bench {
    var sample = try SampleStudies.practice(SampleCases.files)
    for (from, to) in [("R1", "R4"), ("R2", "R5"), ("R3", "R6")] as [(PrincipalID, PrincipalID)] {
      sample.principals.append(Principal(to, name: "Reader \(to)", role: .reader))
      sample.readings += sample.readings.filter { $0.reading.reader == from }.map {
        var copy = $0
        copy.reading.reader = to
        return copy
      }
    }
    let bones = GradeKey(.baseline, Codebook.ID.involvedBones)
    let spine = Anatomy.usual.spine.filter { $0 <= .l5 }
    sample.readings = sample.readings.map { entry in
      var entry = entry
      if entry.caseID == "1", entry.reading.examination == .baseline {
        let isWhole = ["R1", "R2", "R4", "R5"].contains(entry.reading.reader.rawValue)
        entry.reading.grades[bones] = Grade(.sites((isWhole ? spine : [.l4, .l5]).map(Site.bone)))
      }
      return entry
    }
    var bench = Bench(sample, width, height)
    bench.open("1")
    bench.act(.changedElsewhere)
    bench.press("c")
    while bench.state.consensus.row?.key != bones { bench.press("↓") }
    return bench
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 60)]) func wholeSpinesAreRanges(width: Int, height: Int) throws {
    var bench = try Self.wholeSpines(width, height)
    let frame = bench.frame().text
    // Who agrees is named once, with the range; so are the bones in question.
    #expect(frame.contains("A, F: L4, L5; B, C, D, E: C1–L5 each"), "\(frame)")
    #expect(frame.contains("≠ C1–L3: A, F no; B, C, D, E yes") && !frame.contains("C1, C2"), "\(frame)")
    bench.press("v")
    #expect(bench.frame().text.contains("in question: C1–L3; the rest is taken as agreed"), "\(bench.frame().text)")
    #expect(bench.table("1")?.log.last?.text.hasSuffix("called a vote on involved bones (C1–L3)") == true)
    bench.press("?")
    var help = ""
    for _ in 0..<6 {
      help += bench.frame().text
      bench.press(" ")
    }
    #expect(help.contains("how many bones or places"))
    expectGolden(try Self.wholeSpines(width, height).frame(), "consensus-whole-spines-\(width)x\(height)")
  }

  @Test func neighboursAreRunsAndOthersAreNamed() throws {
    let codebook = Codebook.vertebralOsteomyelitis
    let bones = try #require(codebook[Codebook.ID.involvedBones])
    let changes = try #require(codebook[Codebook.ID.lesionChanges])
    #expect(bones.ranged(try bones.value("C1,C2,C3,L5,S1,ribs_left,ribs_right")) == "C1–C3 each, L5, S1, both ribs")
    #expect(bones.ranged(try bones.value("T5,T7,upper_sacrum")) == "T5, T7, upper sacrum")
    #expect(bones.ranged(try bones.value("none")) == "none")
    #expect(
      changes.ranged(try changes.value("T5:decreased,T6:decreased,T7:new,L1:new"))
        == "T5–T6 decreased, T7 new, L1 new")
  }

  /// A column takes what its answers need while another has room; where the agreement has none for its words, they stand
  /// below the list.
  @Test(arguments: [(80, 24), (120, 40), (200, 60)]) func noAnswerIsCutBesideEmptyColumns(width: Int, height: Int)
    throws
  {
    var bench = try Bench.session(width, height)
    bench.press("y")
    for row in bench.state.consensus.rows {
      while bench.state.consensus.row?.key != row.key { bench.press("↓") }
      let text = bench.frame().text
      let line = try #require(text.split(separator: "\n").first { $0.contains("▸") })
      #expect(!line.contains("…"), "\(text)")
      if case .boneByBone(_, let disputed) = row.agreement, disputed > 0 { #expect(text.contains(" bones"), "\(text)") }
    }
  }

  /// What all of three readers and the consensus say, the longest words of the codebook, is whole at 80 columns.
  @Test func theLongestLevelsAreWhole() throws {
    let (impression, edema) = (GradeKey(.baseline, Codebook.ID.impression), GradeKey("2", Codebook.ID.softTissueChange))
    var bench = try Bench.practice()
    bench.readings = bench.readings.map { entry in
      var entry = entry
      guard entry.caseID == "1" else { return entry }
      for (key, level) in [(impression, "osteomyelitis"), (edema, "never_present")] as [(GradeKey, LevelID)]
      where key.examination == entry.reading.examination {
        entry.reading.grades[key] = Grade(.level(level))
      }
      return entry
    }
    bench.open("1")
    bench.act(.changedElsewhere)
    bench.press("cy")
    let text = bench.frame().text
    #expect(!text.contains("…"), "\(text)")
    while bench.state.consensus.row?.key != edema { bench.press("↓") }
    let line = try #require(bench.frame().text.split(separator: "\n").first { $0.contains("▸") })
    #expect(line.split(separator: "never present", omittingEmptySubsequences: false).count == 5, "\(line)")
  }

  /// A grade that is cut stands whole below the list.
  @Test func whatIsCutIsWholeBelow() throws {
    var bench = try Bench.session(60, 20)
    while bench.state.consensus.row?.key.finding != Codebook.ID.impression { bench.press("↓") }
    let text = bench.frame().text
    let line = try #require(text.split(separator: "\n").first { $0.contains("▸") })
    #expect(!line.contains("osteomyelitis"), "\(text)")
    #expect(text.contains("A, C: metastasis; B: osteomyelitis"), "\(text)")
  }

  /// That a reader wrote a note is seen beside a grade that is cut.
  @Test func whatIsCutKeepsItsMarks() throws {
    var sample = try SampleStudies.practice(SampleCases.files)
    let key = GradeKey(.baseline, Codebook.ID.impression)
    for index in sample.readings.indices
    where sample.readings[index].caseID == "1" && sample.readings[index].reading.examination == .baseline {
      sample.readings[index].reading.grades[key] = Grade(.level("osteomyelitis"), note: "see the disks")
    }
    var bench = Bench(sample, 72, 24)
    bench.open("1")
    bench.act(.changedElsewhere)
    bench.press("c")
    while bench.state.consensus.row?.key != key { bench.press("↓") }
    let line = try #require(bench.frame().text.split(separator: "\n").first { $0.contains("▸") })
    #expect(line.split(separator: "…✎", omittingEmptySubsequences: false).count == 4, "\(line)")
  }
}
