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
          - {id: top, mean: [\((0..<40).map { "f\($0)" }.joined(separator: ", "))]}
          - {id: total, sum: [\((0..<40).map { "f\($0)" }.joined(separator: ", "))]}
          - id: kind
            scale: {kind: choice, levels: [low, high]}
            first_of: [{level: high, when: "total:>1900"}, {level: low}]
          - id: extreme
            scale: {kind: choice, levels: [low, high]}
            first_of: [{level: high, when: "total:>=2100 f0:b"}, {level: low}]
        """
    let found = try lines(scheme(text))
    // A sum, and a table that looks at nothing else, are told exactly however many there are.
    for (line, words) in zip(
      found, ["may change it", "can still change it: f1", "can still change it: f1", "may change it"])
    {
      #expect(line.contains(words), "\(found)")
    }
    #expect(found.count == 4)
  }

  /// What a table of a sum needs is what trying all of it finds.
  @Test(arguments: 0..<60) func tablesOfASumAreLookedThroughExactly(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 2...5, using: &generator)
    let points = (0..<count).map { _ in
      (0..<Int.random(in: 2...3, using: &generator)).map { _ in Int.random(in: -2...6, using: &generator) }
    }
    let edges = (0..<2).map { _ in Int.random(in: -4...14, using: &generator) }.sorted()
    let findings = points.enumerated().map { index, points in
      let levels = points.enumerated().map { "{id: l\($0), points: \(Double($1) / 2)}" }.joined(separator: ", ")
      return "  - {id: f\(index), scale: {kind: choice, levels: [\(levels)]}}"
    }
    let text =
      "findings:\n" + findings.joined(separator: "\n") + """

        rules:
          - {id: total, sum: [\((0..<count).map { "f\($0)" }.joined(separator: ", "))]}
          - id: kind
            scale: {kind: choice, levels: [a, b, c]}
            first_of:
              - {level: a, when: "total:<\(Double(edges[0]) / 2)"}
              - {level: b, when: "not total:>\(Double(edges[1]) / 2)"}
              - {level: c}
        """
    let scheme = try scheme(text)
    let keys = (0..<count).map { CaseRecord.Key($0, at: 0) }
    var record = CaseRecord()
    let open = keys.filter { _ in Int.random(in: 0..<4, using: &generator) > 0 }
    for key in keys where !open.contains(key) { record.answers[key] = .levels([0]) }
    for rule in ["total", "kind"] {
      let rule = try #require(scheme.rule(rule))
      let expected = open.filter { key in
        completions(scheme, record, open.filter { $0 != key }).contains { other in
          Set(completions(scheme, other, [key]).map { Evaluation(scheme, $0).answer(rule: rule, at: 0).value }).count
            > 1
        }
      }
      let answer = Evaluation(scheme, record).answer(rule: rule, at: 0)
      #expect(Set(answer.missing.map(\.key)) == Set(expected), "\(text)")
      #expect(answer.isExact && (answer.value == nil) == !expected.isEmpty)
    }
  }

  // MARK: one key after another

  /// Whatever is answered in whatever order, what is gone on from says the same as what is worked out anew.
  @Test(arguments: ["pi_rads", "sins", "genant", "lumbar_disks", "mski_rads", "vertebral_osteomyelitis"])
  func whatIsGoneOnFromIsWhatIsWorkedOutAnew(name: String) throws {
    let scheme = try sample(name)
    var generator = SeededGenerator(seed: 7)
    var record = CaseRecord(examinations: [.init(), .init(months: Exact(6))])
    var memory: EvaluationMemory?
    for step in 0..<60 {
      let question = Int.random(in: scheme.questions.indices, using: &generator)
      let own = scheme.questions[question]
      let place = own.family.flatMap { scheme.places(of: $0).prefix(3).randomElement(using: &generator) }
      let key = CaseRecord.Key(question, at: own.at == .followUp ? 1 : 0, place: place)
      let answer: Answer? =
        switch own.scale.kind {
        case _ where step % 7 == 6: nil
        case .number: .number(Exact(Int.random(in: 0...60, using: &generator)))
        case .places: .places(own.places.prefix(3).shuffled(using: &generator).prefix(step % 3).map { .place($0) })
        case .choice, .set: .levels([Int.random(in: own.levels.indices, using: &generator)])
        }
      record.answers[key] = answer
      let (going, anew) = (Evaluation(scheme, record, after: memory), Evaluation(scheme, record))
      for examination in 0...1 {
        for rule in scheme.rules.indices where scheme.rules[rule].at.includes(examination) {
          for place in anew.places(ofRule: rule, at: examination) {
            let (a, b) = (
              going.answer(rule: rule, at: examination, place: place),
              anew.answer(rule: rule, at: examination, place: place)
            )
            #expect(
              a.value == b.value && a.missing == b.missing && a.reasons == b.reasons
                && a.called.map(\.id) == b.called.map(\.id),
              "\(scheme.rules[rule].id) at \(examination) after \(own.id)")
          }
        }
        #expect(going.warnings(at: examination) == anew.warnings(at: examination))
        for question in scheme.questions.indices {
          for place in scheme.questions[question].family.map({ scheme.places(of: $0).prefix(3).map { Int?($0) } }) ?? [
            nil
          ] {
            #expect(
              going.isAsked(question, at: examination, place: place)
                == anew.isAsked(question, at: examination, place: place))
          }
        }
      }
      memory = going.memory
    }
  }
}
