// Rules, and what can still change them.

import Codebooks
import TestSupport
import Testing

@Suite struct RuleTests {
  @Test func sumsShowTheirBoundsAndNameExactlyWhatIsMissing() throws {
    let sins = try sample("sins")
    // 3 for the place, 2 for lytic, 3 for collapse: alignment alone may lift it to 12, not beyond.
    let found = try lines(
      sins, "lesions=T12", "bone_lesion=T12:lytic", "collapse=T12:over_half", "posterolateral=T12:none", "pain=T12:none"
    )
    #expect(found.contains("sins at T12: undecided from 8 to 12; can still change it: alignment at T12"))
    #expect(found.contains("stability at T12: indeterminate"))
    #expect(
      found.contains("highest: undecided; can still change it: alignment at T12")
        || found.contains { $0.hasPrefix("highest: undecided") })
  }

  @Test func whatIsWithheldIsSaidAndShowsNoBounds() throws {
    let sins = try sample("sins")
    var record = CaseRecord()
    let (lesions, pain) = (try #require(sins.question("lesions")), try #require(sins.question("pain")))
    let place = try #require(sins.body.place("T12"))
    record.answers[.init(lesions, at: 0)] = .places([.place(place)])
    record.answers[.init(pain, at: 0, place: place)] = .levels([2])
    record.withheld = [pain]
    let answer = Evaluation(sins, record).answer(rule: try #require(sins.rule("sins")), at: 0, place: place)
    #expect(answer.value == nil && answer.isWithheld && answer.bounds == nil)
  }

  @Test func aLesionListThatIsNotAssessableLeavesTheCaseUndecided() throws {
    let piRads = try sample("pi_rads")
    #expect(
      try lines(piRads, "lesions=not-assessable") == [
        "case_category: undecided; may change it: lesions (not assessable)"
      ])
    #expect(try lines(piRads, "lesions=none") == ["case_category: 1: very low"])
  }

  @Test func unassessedIsLeftOutOnlyWhereTheRuleSaysSo() throws {
    let text = """
      findings:
        - {id: a, scale: {kind: choice, levels: [0, 1, 2]}}
        - {id: b, scale: {kind: choice, levels: [0, 1, 2]}}
      rules:
        - {id: strict, sum: [a, b]}
        - {id: lenient, sum: [a, b], leave_out: unassessed}
        - {id: average, mean: [a, b], leave_out: unassessed}
      """
    let found = try lines(scheme(text), "a=2", "b=not-assessable")
    #expect(
      found == ["strict: undecided from 2 to 4; can still change it: b (not assessable)", "lenient: 2", "average: 2"])
  }

  /// RECIST 1.1 (Eisenhauer 2009): target lesions of one reader, against the baseline and the smallest sum so far.
  @Test(
    arguments: [
      ([("100", "50"), ("80", "40")], "stable"), ([("100", "50"), ("60", "45")], "partial"),
      ([("100", "50"), ("0", "9")], "complete"), ([("100", "50"), ("0", "10")], "partial"),
      // 20 % above the smallest sum exactly, and 5 mm.
      ([("15", "10"), ("15", "15")], "progressive"), ([("10", "10"), ("10", "14")], "stable"),
      ([("100", "50"), ("50", "25"), ("60", "30")], "progressive"),
      ([("100", "50"), ("50", "25"), ("60", "29")], "partial"),
      ([("0", "0"), ("4", "0")], "stable"),
    ] as [([(String, String)], String)])
  func recist(sizes: [(String, String)], response: String) throws {
    let examinations = sizes.enumerated().map { number, size in
      "{months: \(number * 2), grades: {lesions: [liver_1, node_1], kind: {liver_1: other, node_1: node}, "
        + "diameter: {liver_1: \(size.0), node_1: \(size.1)}}}"
    }
    let text = """
      body: {places: [{id: liver_1, region: liver}, {id: node_1, region: nodes}]}
      findings:
        - {id: lesions, scale: {kind: places, at_most: 5}, compare: no}
        - {id: kind, per: lesions, scale: {kind: choice, levels: [node, other]}}
        - {id: diameter, per: lesions, at: every, scale: {kind: number, unit: mm, from: 0, to: 500, step: 1}}
      rules:
        - {id: total, sum: diameter}
        - {id: from_baseline, percent: total, against: baseline}
        - {id: from_smallest, percent: total, against: smallest}
        - {id: growth, difference: total, against: smallest}
        - id: response
          scale: {kind: choice, ordered: yes, levels: [progressive, stable, partial, complete]}
          first_of:
            - {level: progressive, when: "from_smallest:>=20 growth:>=5"}
            - {level: complete, when: "not any(diameter:>0 baseline.kind:other) not any(diameter:>=10 baseline.kind:node)"}
            - {level: partial, when: "from_baseline:<=-30"}
            - {level: stable}
      examples:
        - examinations: [\(examinations.joined(separator: ", "))]
          gives: {response: \(response)}
      """
    #expect(faults(text) == [])
  }

  // MARK: what could still change it

  /// Every way to answer what is open, one after the other.
  private func completions(_ scheme: Scheme, _ record: CaseRecord, _ open: [CaseRecord.Key]) -> [CaseRecord] {
    open.reduce([record]) { records, key in
      let count = scheme.questions[key.question].levels.count
      return records.flatMap { record in
        (0..<count).map { level in
          var filled = record
          filled.answers[key] = .levels([level])
          return filled
        }
      }
    }
  }

  @Test func exactlyWhatBruteForceFindsIsNamedForASum() throws {
    let sins = try sample("sins")
    let place = try #require(sins.body.place("L2"))
    let rule = try #require(sins.rule("stability"))
    let keys = try ["pain", "bone_lesion", "alignment", "collapse", "posterolateral"].map {
      CaseRecord.Key(try #require(sins.question($0)), at: 0, place: place)
    }
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<12 {
      var record = CaseRecord(answers: [.init(try #require(sins.question("lesions")), at: 0): .places([.place(place)])])
      var open: [CaseRecord.Key] = []
      for key in keys {
        if Bool.random(using: &generator) {
          open.append(key)
        } else {
          record.answers[key] = .levels([
            Int.random(in: 0..<sins.questions[key.question].levels.count, using: &generator)
          ])
        }
      }
      let expected = open.filter { key in
        completions(sins, record, open.filter { $0 != key }).contains { other in
          Set(
            completions(sins, other, [key]).map { Evaluation(sins, $0).answer(rule: rule, at: 0, place: place).value }
          ).count > 1
        }
      }
      let answer = Evaluation(sins, record).answer(rule: rule, at: 0, place: place)
      #expect(Set(answer.missing.map(\.key)) == Set(expected))
      #expect((answer.value == nil) == !expected.isEmpty)
    }
  }

  @Test func aboveTheLimitWhatIsMentionedMayChangeIt() throws {
    let findings = (0..<40).map {
      "  - {id: f\($0), scale: {kind: choice, levels: [{id: a, points: \($0 * 37 % 101)}, {id: b, points: \($0 * 53 % 97)}]}}"
    }
    let text =
      "findings:\n" + findings.joined(separator: "\n") + """

        rules:
          - {id: total, sum: [\((0..<40).map { "f\($0)" }.joined(separator: ", "))]}
        """
    let found = try lines(scheme(text))
    #expect(found.count == 1 && found[0].contains("may change it: f1, f2"), "\(found)")
  }
}
