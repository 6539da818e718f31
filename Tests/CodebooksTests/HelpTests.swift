// What `check` says beside faults, and of slips that it would be easy to be wrong about.

import Codebooks
import Interchange
import Testing

@Suite struct HelpTests {
  /// The table of a rule on one number.
  private func table(_ scale: String, _ rows: String) -> [String] {
    faults(
      """
      findings:
        - {id: n, scale: {kind: number, \(scale)}}
      rules:
        - {id: r, scale: present, first_of: [\(rows)]}

      """)
  }

  @Test func betweenTwoStepsThereIsNoNumber() {
    let rows = #"{level: absent, when: "n:<=2"}, {level: present, when: "n:>=3"}"#
    #expect(table("from: 0, to: 9, step: 1", rows).isEmpty)
    #expect(
      table("from: 1, to: 9, step: 2", #"{level: absent, when: "n:<2"}, {level: present, when: "n:>=3"}"#).isEmpty)
    // Any number lies between, and of half steps one does.
    #expect(table("from: 0, to: 9", rows).first?.contains("no row holds for n:2.5") == true)
    #expect(table("from: 0, to: 9, step: 0.5", rows).first?.contains("no row holds for n:2.5") == true)
    #expect(
      table("from: -9, to: 0, step: 1", #"{level: absent, when: "n:<-3"}, {level: present, when: "n:>-3"}"#)
        .first?.contains("no row holds for n:-3") == true)
  }

  @Test func rowsThatNothingReaches() {
    let found = table(
      "from: 0, to: 9, step: 1",
      #"{level: absent, when: "n:<=5"}, {level: present, when: "n:<3"}, {level: present, when: "n:>5"}"#)
    #expect(
      found == ["8:96 r: no input reaches the row with ‘n:<3’; a row before it holds wherever it would"], "\(found)")
    let after = table("from: 0, to: 9", #"{level: absent}, {level: present, when: "n:<3"}"#)
    #expect(after.first?.contains("nothing comes after a row without ‘when’") == true, "\(after)")
    // A row for each of two series is for cases in which one was not acquired.
    let series = faults(
      """
      series: [{id: a}, {id: b}]
      findings:
        - {id: x, scale: present}
      rules:
        - id: r
          scale: present
          first_of: [{level: absent, when: "series.a:not-acquired"}, {level: present, when: "x:present"}, {level: absent}]

      """)
    #expect(series.isEmpty, "\(series)")
  }

  @Test(arguments: ["yes", "true", "on", "True", "ON"])
  func yesIsSaidInManyWays(word: String) throws {
    let made = try scheme("findings:\n  - {id: a, scale: {kind: choice, ordered: \(word), levels: [x, y]}}\n")
    #expect(made.questions[0].scale.isOrdered)
    let other = try scheme("findings:\n  - {id: a, scale: {kind: choice, ordered: off, levels: [x, y]}}\n")
    #expect(!other.questions[0].scale.isOrdered)
  }

  @Test func whatIsNeitherYesNorNoIsRefused() {
    #expect(
      faults("findings:\n  - {id: a, scale: {kind: choice, ordered: y, levels: [x, y]}}\n").first
        == "6:44 ordered: ‘y’ is neither yes nor no; write yes or no")
    // As a level each stays the text that it is.
    #expect(faults("findings:\n  - {id: a, scale: {kind: choice, levels: [on, off, yes, no, true]}}\n").isEmpty)
  }

  @Test(arguments: ["D3", "Th3", "th3", "dorsal 3"])
  func thoracicVertebraeHaveOtherNames(name: String) {
    let found = faults("findings:\n  - {id: a, scale: {kind: places, only: \"\(name)\"}}\n")
    #expect(found.first?.contains("did you mean ‘T3’?") == true, "\(found)")
  }

  @Test func aTextThatACommentCutsIsToldOf() {
    let text =
      "source: Patient #3 of the series\nfindings:\n  - id: a\n    definition: long, and\n      longer #2 yet\n"
    #expect(
      faults(text + "    scale: present # as ever\n") == [
        "5:17 the text ends here, and ‘#3 of the series’ is a comment; quote the text if it belongs to it, else put a space after ‘#’",
        "9:14 the text ends here, and ‘#2 yet’ is a comment; quote the text if it belongs to it, else put a space after ‘#’",
      ])
    #expect(faults("source: \"Patient #3\"\nfindings: [{id: a, scale: present}]\n").isEmpty)
  }

  @Test func everyFaultLiesInTheFile() {
    for text in ["findings:\n  -", "findings:\n  - id: a\n    scale:\n      kind: choice\n      levels:\n        -\n"] {
      let lines = (head + text).utf8.count { $0 == UInt8(ascii: "\n") } + 1
      #expect(read(head + text).faults.allSatisfy { $0.line <= lines }, "\(read(head + text).faults)")
    }
  }

  @Test func pointsOfAPlaceAreToldWhereItIsNamed() throws {
    let sins = try sample("sins")
    let location = try #require(sins.rule("location"))
    #expect(sins.rules[location].at == .baseline)
  }

  @Test func gradingWhatNoSeriesShowedIsToldOf() throws {
    let pirads = try sample("pi_rads")
    let grades = ["lesions=right_mid_pzpl", "zone.right_mid_pzpl=peripheral", "dwi=right_mid_pzpl:4"]
    let said = try CodebookTrial.lines(pirads, grades: grades, notAcquired: ["dwi"])
    #expect(said.contains { $0.hasPrefix("warning:") && $0.contains("DWI was not acquired") }, "\(said)")
    #expect(try !CodebookTrial.lines(pirads, grades: grades).contains { $0.hasPrefix("warning:") })
    // The paper's own checks say it in their own words, once.
    let paper = try sample("vertebral_osteomyelitis")
    let warned = try CodebookTrial.lines(paper, grades: ["enhancement=global"], notAcquired: ["ce_t1w"])
    #expect(
      warned.filter { $0.hasPrefix("warning:") && $0.contains("enhancement") }.sorted()
        .contains("warning: enhancement is graded, but contrast was not acquired"))
  }
}
