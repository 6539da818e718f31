// Measures the store on a study file: what the worklist, the case screen and their filters cost.

import ArgumentParser
import CaseStore
import Foundation
import ReviewCore

struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Measure worklist, filters, sorting and counts of a study file.")

  @Argument(help: "A study made by ‘generate’.") var file: String
  @Option(name: .customLong("as"), help: "Who looks.") var principal = "R1"
  @Option(help: "How often each is measured.") var times = 20

  func run() throws {
    let environment = StoreEnvironment(
      now: { Date() }, newID: { UUID().uuidString.lowercased() }, osUser: NSUserName(), programVersion: "bench")
    let start = ContinuousClock.now
    let store = try StudyStore.open(at: file, as: PrincipalID(principal), passphrase: nil, environment: environment)
    let first = try store.worklist(WorklistQuery(), offset: 0, limit: 24)
    Self.line("open and first page", [ContinuousClock.now - start])
    let codebook = try store.study().codebook
    let todo = WorklistQuery(filter: WorklistFilter(facts: [.status(.todo)]))
    let unread = try store.worklist(todo, offset: 0, limit: 1).rows.first?.id
    let measures = Self.measures(total: first.total, codebook: codebook)
    for measure in measures + (unread.map { [Self.grading($0), Self.undoing($0)] } ?? []) {
      var answer = 0
      // Once before, so that the pages it needs are in memory.
      _ = try measure.body(store)
      let durations = try (0..<max(times, 1)).map { _ in
        try ContinuousClock().measure { answer = try measure.body(store) }
      }
      Self.line(measure.name, durations, note: measure.unit.isEmpty ? "" : "\(answer) \(measure.unit)")
    }
  }

  private struct Measure {
    var name: String
    var unit = "cases"
    var body: (StudyStore) throws -> Int
  }

  private static func measures(total: Int, codebook: Codebook) -> [Measure] {
    func page(_ name: String, _ query: WorklistQuery, at offset: Int = 0) -> Measure {
      Measure(name: name) { try $0.worklist(query, offset: offset, limit: 24).total }
    }
    func filter(_ text: String, at offset: Int = 0) -> Measure {
      let query = WorklistQuery(filter: WorklistFilter.parse(text, codebook: codebook).filter)
      return page(offset == 0 ? "filter \(text)" : "filter \(text), from \(offset)", query, at: offset)
    }
    let deep = max(total - 30, 0)
    return [
      page("page 1", WorklistQuery()), page("page in the middle", WorklistQuery(), at: total / 2),
      page("last page", WorklistQuery(), at: deep),
      filter("rim:absent"), filter("rim:absent", at: total / 10), filter("bones:sacral"), filter("status:draft"),
      filter("rim:absent halo:present t1w:iso"), filter("rim:absent sex:m age:60-70"), filter("age:60-62"),
      filter("follow-up:>6"), filter("fever"), filter("no-such-word"), filter("bones:whole-spine"),
    ]
      + WorklistSort.allCases.flatMap { sort in
        [false, true].map { descending in
          page(
            "sort by \(sort.title)\(descending ? ", reversed, deep" : "")",
            WorklistQuery(sort: sort, descending: descending), at: descending ? deep : 0)
        }
      } + [
        Measure(name: "counts") { try $0.counts().cases },
        Measure(name: "index of a case, by age", unit: "") {
          try $0.index(of: "77", in: WorklistQuery(sort: .age)) ?? -1
        },
        Measure(name: "one case", unit: "readings") { try $0.caseView("77").readings.count },
        Measure(name: "change token", unit: "") { try $0.changeToken() },
      ]
  }

  /// One key of a reader; half of them change their mind about it.
  private static func grading(_ id: CaseID) -> Measure {
    Measure(name: "one grade, on the disk", unit: "graded") { store in
      let graded = try store.caseView(id).readings.first?.values()[Codebook.ID.haloSign]
      let level: LevelID = graded == .level("absent") ? "present" : "absent"
      return try store.record(GradeChange(id, .baseline, Codebook.ID.haloSign, Grade(.level(level)))).reading.grades
        .count
    }
  }

  private static func undoing(_ id: CaseID) -> Measure {
    Measure(name: "one undo, on the disk", unit: "graded") { try $0.undo(id).reading.grades.count }
  }

  private static func line(_ name: String, _ durations: [Duration], note: String = "") {
    let sorted = durations.sorted()
    func milliseconds(_ index: Int) -> String {
      String(format: "%8.2f", sorted[index] / .milliseconds(1))
    }
    let padded = name.padding(toLength: 36, withPad: " ", startingAt: 0)
    print("\(padded) median \(milliseconds(sorted.count / 2)) ms  worst \(milliseconds(sorted.count - 1)) ms  \(note)")
  }
}
