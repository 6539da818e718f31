// Measures what a key costs in a big codebook: from the reading as the store has it to what is asked, worked out and warned of.

import ArgumentParser
import Foundation
import Grid
import Interchange
import PtyHarness
import ReviewCore
import Workstation

struct CodebookBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codebook", abstract: "Measure what a key costs in a codebook of many findings.",
    discussion: """
      A codebook is made of questions that hang on others, numbers, findings per place, sums, tables and checks. Each \
      repetition changes a grade of a reading that is half done, as a key does, and lets the workstation ask the codebook \
      anew: what is asked, what the rules give and still need, what is warned of. Ends with 1 when the budget is missed.
      """)

  @Option(help: "How many findings the codebook has.") var findings = 300
  @Option(help: "How often a key is measured.") var times = 300

  func run() throws {
    let text = BigCodebook(findings: findings).text
    let outcome = CodebookReader.codebook(InputFile(name: "big.yaml", bytes: Array(text.utf8)))
    guard let codebook = outcome.value else {
      throw ValidationError(outcome.faults.prefix(3).map(\.description).joined(separator: "\n"))
    }
    let all = codebook.findings(at: .baseline)
    print("\(ScreenTable.machine), \(codebook.findings.count) findings, \(all.count) of them graded")
    var state = State(
      session: Session(
        study: Study(title: "big", codebook: codebook), principal: Principal("R1", role: .reader), principals: []),
      size: Size(width: 80, height: 24))
    var reading = Reading(reader: "R1", examination: .baseline, state: .draft)
    for finding in all.prefix(all.count / 2) {
      reading.grades[GradeKey(.baseline, finding.id)] = Self.grade(finding, 0)
    }
    let view = CaseView(
      patientCase: Case(id: "1", examinations: [Examination(.baseline)]), stage: .reading, readings: [reading])
    state.stack = [.worklist, .grading]
    _ = update(&state, .caseLoaded(view, index: nil))

    var taken: [Double] = []
    let before = state.grading.evaluations
    for number in 0..<times {
      let finding = all[number * 7 % (all.count / 2)]
      let key = GradeKey(.baseline, finding.id)
      let other = Self.grade(finding, number + 1)
      reading.grades[key] = other == reading.grades[key] ? Self.grade(finding, number + 2) : other
      let time = ContinuousClock().measure {
        _ = update(&state, .grading(.recorded(reading, savedAt: "")))
      }
      taken.append(time / .milliseconds(1))
    }
    taken.sort()
    var table = ScreenTable()
    table.add("a key, median", "ms", taken[taken.count / 2], atMost: 1)
    table.add("a key, 95th percentile", "ms", taken[taken.count * 95 / 100], atMost: 2)
    let evaluations = state.grading.evaluations - before
    print("\(evaluations) of \(times) keys were worked out, \(state.grading.derived.count) values of rules each")
    guard table.isMet, evaluations == times, !state.grading.derived.isEmpty else { throw ExitCode(1) }
  }

  private static func grade(_ finding: Finding, _ number: Int) -> Grade? {
    switch finding.scale {
    case .choice: Grade(.level(finding.levels[number % finding.levels.count].id))
    case .number: Grade(.number(Double(number % 10)))
    default: nil
    }
  }
}

/// A codebook file of any size: of ten findings five are choices, two of which hang on the one before, two are numbers, one is
/// graded at each of three places, and two are signs; a sum, a table and a check for every ten, and a score of all with its table.
struct BigCodebook {
  let findings: Int

  var text: String {
    var lines = [
      "format: endplate-codebook/1", "id: big", "version: 1", "title: Big",
      "body: {places: [{id: a, region: all}, {id: b, region: all}, {id: c, region: all}]}", "scales:",
      "  grade: {kind: choice, ordered: yes, levels: [{id: 0, points: 0}, {id: 1, points: 1}, {id: 2, points: 2}, {id: 3, points: 3}]}",
      "findings:",
    ]
    var rules: [String] = []
    var checks: [String] = []
    let groups = (findings + 9) / 10
    for group in 0..<groups {
      let id = "g\(group)"
      lines += (0..<3).map { "  - {id: \(id)_c\($0), title: choice \(group) \($0), scale: grade}" }
      lines += (3..<5).map {
        "  - {id: \(id)_c\($0), title: choice \(group) \($0), when: \"\(id)_c\($0 - 3):>=1\", scale: grade}"
      }
      lines += (0..<2).map {
        "  - {id: \(id)_n\($0), title: number \(group) \($0), scale: {kind: number, from: 0, to: 10}}"
      }
      lines.append("  - {id: \(id)_p, title: place \(group), per: all, every: yes, scale: grade}")
      lines += (0..<2).map { "  - {id: \(id)_s\($0), title: sign \(group) \($0), scale: present}" }
      rules += [
        "  - {id: \(id)_sum, title: sum \(group), sum: [\(id)_n0, \(id)_n1]}",
        "  - id: \(id)_kind",
        "    title: kind \(group)",
        "    scale: {kind: choice, levels: [low, high]}",
        "    first_of: [{level: high, when: \"\(id)_sum:>8 or \(id)_c3:>=2 \(id)_s0:present\"}, {level: low}]",
      ]
      checks.append("  - {when: \"\(id)_c0:0 \(id)_s0:present\", says: \"a sign, but grade 0, in \(group)\"}")
    }
    rules.append("  - {id: total, title: total, sum: [\((0..<groups).map { "g\($0)_sum" }.joined(separator: ", "))]}")
    let choices = (0..<groups).flatMap { group in (0..<3).map { "g\(group)_c\($0)" } }
    rules += [
      "  - {id: score, title: score, sum: [\(choices.joined(separator: ", "))]}",
      "  - id: overall",
      "    title: overall",
      "    scale: {kind: choice, levels: [low, middle, high]}",
      "    first_of: [{level: low, when: \"score:<\(groups * 3)\"}, {level: middle, when: \"score:<\(groups * 6)\"}, {level: high}]",
    ]
    return (lines + ["rules:"] + rules + ["checks:"] + checks).joined(separator: "\n") + "\n"
  }
}
