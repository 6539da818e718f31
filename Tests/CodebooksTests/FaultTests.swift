// What is wrong in a codebook file is told with its place and the cure.

import Codebooks
import Interchange
import SampleCases
import TestSupport
import Testing

@Suite struct FaultTests {
  private static let findings = """
    findings:
      - {id: a, scale: {kind: choice, levels: [no, yes]}}
      - {id: b, scale: {kind: choice, ordered: yes, levels: [0, 1, 2]}}

    """

  @Test(arguments: [
    ("", "1:1 codebook: ‘findings’ is missing"),
    (
      "findings:\n  - {id: a, scale: presant}\n",
      "6:20 there is no scale ‘presant’; did you mean ‘present’? allowed: present"
    ),
    (
      "findings:\n  - {id: or, scale: present}\n",
      "6:10 ‘or’ is a word of the language of conditions; choose another id"
    ),
    (
      "findings:\n  - {id: a-b, scale: present}\n  - {id: A_B, scale: present}\n",
      "7:10 there are two ‘A_B’; findings, facts, conditions and rules share their ids and aliases"
    ),
    (
      "findings:\n  - {id: a, scale: {kind: choice, levels: [2, x]}}\n",
      "6:47 a: key 2 chooses ‘2’ and ‘x’; a level whose id is not a number has the number of its place: write {id: x, key: 0, "
        + "code: 0}"
    ),
    (
      "findings:\n  - {id: a, scale: {kind: choice, levels: [none, 1, 3]}}\n",
      "6:50 a: key 1 chooses ‘none’ and ‘1’; a level whose id is not a number has the number of its place: write {id: none, "
        + "key: 0, code: 0}"
    ),
    (
      "findings:\n  - {id: a, scale: {kind: choice, levels: [{id: x, glyph: \"骨\"}, y]}}\n",
      "6:59 glyph: ‘骨’ takes 2 columns; it has one"
    ),
    (
      "findings:\n  - {id: a, when: \"b:1\", scale: present}\n",
      "6:20 there is no ‘b’; it is not a finding, fact, condition or rule"
    ),
    (
      "findings:\n  - {id: a, definition: lytic, or mixed, scale: present}\n",
      "6:32 ‘or mixed’ stands alone: in braces a comma ends a text; put the text in quotes"
    ),
    (
      "findings:\n  - {id: a, scale: {kind: number, levels: [1, 2]}}\n",
      "6:43 a scale of kind ‘number’ takes no ‘levels’; delete it"
    ),
    (
      findings + "rules:\n  - {id: r, sum: [a, b]}\n",
      "9:19 ‘a’: its level ‘no’ has no points"
    ),
    (
      findings + "rules:\n  - {id: r, sum: a, mean: b}\n",
      "9:5 rule ‘r’ says sum and mean; it takes one of first_of, sum, mean, most, count, difference, percent, points_by_place"
    ),
    (
      findings
        + "rules:\n  - {id: r, scale: present, first_of: [{level: present, when: \"a:yes b:>0\"}, {level: absent, when: \"a:no\"}]}\n",
      "9:10 r: no row holds for a:yes b:0; add a row for it, or a last row without ‘when’"
    ),
    (
      findings + "conditions:\n  - {id: c, when: \"d:met\"}\n  - {id: d, when: \"c:met\"}\n",
      "9:10 this hangs on itself: c → d → c"
    ),
    (
      findings + "examples:\n  - {grades: {b: 3}, gives: {b: 1}}\n",
      "9:18 b: there is no ‘3’; allowed: 0, 1, 2"
    ),
    (
      findings + "rules:\n  - {id: r, sum: b}\nexamples:\n  - {grades: {b: 2}, gives: {r: 1}}\n",
      "11:33 example: r comes out ‘2’, not ‘1’"
    ),
    (
      "findings:\n  - {id: a, scale: present}\n  - {id: z, at: follow_up, scale: present}\n"
        + "checks:\n  - {when: \"a:present z:absent\", says: gone}\n",
      "9:13 gone: ‘a’ is graded at the baseline and ‘z’ at follow-up; write baseline.a to look back"
    ),
    (
      "findings:\n  - {id: n, per: T1..T3, scale: {kind: number, from: 0, to: 9}, rest: 10}\n",
      "6:71 rest: n: 10 is more than 9, the most it takes"
    ),
    (
      "given:\n  - {id: g, scale: present, withheld: yes}\nfindings:\n  - {id: a, when: \"g:present\", scale: present}\n",
      "8:20 when: ‘g’ is withheld; whether a finding is asked would tell it"
    ),
    (
      "findings:\n  - {id: l, scale: {kind: places, only: T1..T3}}\nrules:\n  - {id: r, per: l, points_by_place: {1: [T1], 2: [T1..T3]}}\n",
      "8:52 r: ‘T1’ has points twice"
    ),
  ])
  func oneFault(text: String, expected: String) {
    #expect(faults(text).first == expected)
  }

  @Test func everyFaultIsToldInOneRun() {
    let found = faults(
      Self.findings + """
        rules:
          - {id: r, sum: [c]}
        checks:
          - {when: "a:maybe", says: perhaps}
        columns: [d]
        atlas:
          - {title: page, when: "b:>7"}
        """)
    #expect(found.count == 4, "\(found)")
  }

  @Test func noSampleHasAFaultOrAWarning() throws {
    for file in SampleCases.codebooks {
      let outcome = CodebookReader.read(InputFile(name: file.name, bytes: file.bytes))
      #expect(outcome.faults.map(\.description) == [])
      #expect(outcome.value?.file.examples.isEmpty == false, "\(file.name) has golden rows")
    }
  }

  @Test func brokenFilesNeverTrap() {
    var generator = SeededGenerator(seed: 14)
    for round in 0..<60 {
      let file = SampleCases.codebooks[round % SampleCases.codebooks.count]
      var bytes = file.bytes
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 32...126, using: &generator)
        case 1: bytes.remove(at: index)
        case 2: bytes.removeSubrange(index..<min(bytes.count, index + 40))
        default:
          bytes.insert(
            contentsOf: Array(#"|..:<>()"{}[] or not any("#.utf8.shuffled(using: &generator).prefix(3)), at: index)
        }
        if bytes.isEmpty { break }
      }
      let outcome = CodebookReader.read(InputFile(name: file.name, bytes: bytes))
      let lineCount = bytes.count { $0 == 10 } + 1
      #expect(outcome.faults.allSatisfy { (1...lineCount).contains($0.line) })
    }
  }

  @Test func brokenConditionsNeverTrap() {
    var generator = SeededGenerator(seed: 41)
    let words = [
      "a:yes", "b:>=1", "b:0..2", "not", "or", "(", ")", "any(", "every(", "a:", ":", "b:<", "x.y:z", "b:..",
      "last.b:1", "\u{301}", "a:yes|",
    ]
    for _ in 0..<60 {
      let condition = (0..<Int.random(in: 1...12, using: &generator)).compactMap { _ in
        words.randomElement(using: &generator)
      }
      .joined(separator: Bool.random(using: &generator) ? " " : "")
      _ = faults(Self.findings + "atlas:\n  - {title: page, when: '\(condition)'}\n")
    }
    let nested = String(repeating: "(", count: 400) + "a:yes" + String(repeating: ")", count: 400)
    #expect(
      faults(Self.findings + "atlas:\n  - {title: page, when: '\(nested)'}\n").first?.contains("nested too deeply")
        == true)
  }
}
