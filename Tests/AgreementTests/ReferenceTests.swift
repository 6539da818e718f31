// Readers against a reference: a published example, reference software, and what must be said.

import Foundation
import Testing

@testable import Agreement

@Suite("Readers against a reference")
struct ReferenceTests {
  private struct Golden: Decodable {
    struct Exact: Decodable { let count, n: Int; let ci95: [Double] }
    struct Clustered: Decodable { let patients: [[Int]]; let value, se: Double; let ci95: [Double] }
    struct Test: Decodable { let b, c: Int; let p: Double }
    let exact: [Exact]
    let clustered: [Clustered]
    let mcnemar: [Test]
  }

  private func golden() throws -> Golden {
    try JSONDecoder().decode(
      Golden.self, from: Data(contentsOf: goldenFolder.appendingPathComponent("accuracy.json")))
  }

  /// Cases with what each of some columns says, `+`, `-` or nothing.
  private func table(_ cases: [(cells: String, count: Int)], patients: [String]? = nil) throws -> RatingTable {
    let width = cases[0].cells.count
    let names = (1..<width).map { "R\($0)" } + ["truth"]
    var tally = try RatingTally(readers: names, levels: ["-", "+"], scale: .binary)
    for (index, (cells, count)) in cases.enumerated() {
      for _ in 0..<count {
        tally.add(cells.map { $0 == " " ? nil : $0 == "+" ? 1 : 0 }, patient: patients?[index])
      }
    }
    return tally.table()
  }

  private func isNear(_ interval: Interval?, _ ends: [Double]) -> Bool {
    guard let interval else { return false }
    return abs(interval.low - ends[0]) < 1e-9 && abs(interval.high - ends[1]) < 1e-9
  }

  @Test("The liver scans of Altman and Bland 1994")
  func published() throws {
    // Given 344 patients, 258 with abnormal pathology, of whom the scan found 231; of 86 others it called 54 normal,
    let table = try table([("++", 231), ("-+", 27), ("+-", 32), ("--", 54)])
    // when the scan is held against pathology,
    let report = try ReferenceReport(table, reference: "truth", positive: "+")
    // then the shares are those published (0.90, 0.63, 0.88, 0.67) and their intervals exact.
    let reader = try #require(report.readers.first)
    let shares = AccuracyMeasure.allCases.map {
      (reader[$0]?.value ?? 0).formatted(.number.precision(.fractionLength(2)))
    }
    #expect(shares == ["0.90", "0.63", "0.88", "0.67"])
    for (measure, exact) in zip(AccuracyMeasure.allCases, try golden().exact) {
      #expect(isNear(reader[measure]?.interval, exact.ci95), "\(measure)")
      #expect(reader[measure]?["count"] == Double(exact.count) && reader[measure]?.casesUsed == exact.n)
    }
    #expect((report.cases, report.withReference, report.positives) == (344, 344, 258))
    #expect(report.cautions == [])
  }

  @Test("Shares of none and of all")
  func ends() throws {
    for exact in try golden().exact.suffix(2) {
      #expect(isNear(Proportion(count: exact.count, total: exact.n).exact, exact.ci95))
    }
  }

  @Test("Cases of patients: error and interval on the effective number of cases")
  func clustered() throws {
    for wanted in try golden().clustered {
      let share = ClusteredProportion(wanted.patients.map { (count: $0[0], total: $0[1], times: 1) })
      #expect(abs((share.plain.value ?? 0) - wanted.value) < 1e-12)
      #expect(abs((share.error ?? -1) - wanted.se) < 1e-12)
      #expect(isNear(share.interval, wanted.ci95), "\(wanted.patients) \(String(describing: share.interval))")
    }
  }

  @Test("With patients of several examinations no test, and with few of them no interval")
  func fewPatients() throws {
    let cases = [("+++", 1), ("+-+", 1), ("--+", 1), ("---", 1), ("+--", 1), ("+-+", 1)]
    let report = try ReferenceReport(
      table(cases, patients: ["1", "1", "2", "3", "3", "4"]), reference: "truth", positive: "+")
    #expect(report.patients == 4)
    #expect(report.comparisons == [])
    #expect(report.readers[0][.sensitivity]?.interval == nil)
    #expect(report.readers[0][.sensitivity]?.noInterval == .few(3, isClustered: true))
    #expect(
      report.cautions.contains { $0.hasPrefix("Some patients have several examinations (6 examinations, 4 patients)") })
  }

  @Test("Readers are compared on the cases that the reference calls so", arguments: [false, true])
  func paired(isSwapped: Bool) throws {
    // Given positives that only one of two readers finds, and negatives that both see,
    let cases = [("+++", 3), ("+-+", 9), ("-++", 2), ("---", 5), ("+--", 0)]
    let report = try ReferenceReport(
      table(cases.map { isSwapped ? (String([$0.0.dropFirst().first!, $0.0.first!, $0.0.last!]), $0.1) : $0 }),
      reference: "truth", positive: "+")
    let sensitivity = try #require(report.comparisons.first { $0.measure == .sensitivity })
    let specificity = try #require(report.comparisons.first { $0.measure == .specificity })
    let golden = try #require(try golden().mcnemar.first { $0.b == 9 && $0.c == 2 })
    #expect(
      (sensitivity.onlyFirst, sensitivity.onlySecond) == (isSwapped ? (2, 9) : (9, 2)) && sensitivity.cases == 14)
    #expect(abs((sensitivity.p ?? 0) - golden.p) < 1e-12)
    #expect(abs((sensitivity.difference ?? 0) - (isSwapped ? -0.5 : 0.5)) < 1e-12)
    #expect(specificity.p == 1 && specificity.cases == 5)
  }

  @Test("McNemar's exact test as scipy has it")
  func mcNemar() throws {
    for test in try golden().mcnemar {
      #expect(abs(symmetricBinomialTest(test.b, trials: test.b + test.c) - test.p) < 1e-12)
    }
  }

  @Test("The column of the reference is read beside the readers that are named")
  func columns() throws {
    var options = RatingsOptions()
    (options.columns, options.reference) = (["R1", "R2"], "truth")
    func read(_ options: RatingsOptions) throws -> RatingTable {
      try RatingsFile(
        text: "case,age,R1,R2,truth\n1,70,-,+,+\n2,60,+,+,+\n", levels: ["-", "+"], scale: .binary, options: options
      ).table
    }
    #expect(try read(options).readers == ["R1", "R2", "truth"])
    options.columns.append("truth")
    #expect(try read(options).readers == ["R1", "R2", "truth"])
    options.reference = "trut"
    let error = #expect(throws: RatingsFileError.self) { try read(options) }
    #expect(error?.faults.first?.message.contains("no column “trut”, as --reference has it") == true)
  }

  @Test("What is missing is left out of shares and said")
  func missing() throws {
    let report = try ReferenceReport(
      table([("+ +", 2), ("-++", 1), ("++ ", 4), ("+-+", 3)]), reference: "truth", positive: "+")
    #expect((report.cases, report.withReference, report.positives) == (10, 6, 6))
    #expect(report.readers.map(\.truePositives) == [5, 1])
    #expect(report.readers[1][.sensitivity]?.casesUsed == 4)
    #expect(report.readers[0][.specificity]?.undefined == .noReferenceNegative)
    #expect(report.cautions.first?.hasPrefix("The reference says nothing of 4 of 10 cases") == true)
  }

  @Test("Which level is positive is asked for where it is not plain")
  func positive() throws {
    #expect(try RatingTable.positive(of: ["Present", "absent"], named: nil) == "Present")
    #expect(try RatingTable.positive(of: ["0", "1"], named: "0") == "0")
    #expect(throws: ReferenceError.positiveIsNotPlain(["spared", "involved"])) {
      try RatingTable.positive(of: ["spared", "involved"], named: nil)
    }
    #expect(throws: ReferenceError.unknownPositive("x", ["a", "b"])) {
      try RatingTable.positive(of: ["a", "b"], named: "x")
    }
    let table = try table([("++", 1)])
    #expect(throws: ReferenceError.unknownReference("nobody", ["R1", "truth"])) {
      try ReferenceReport(table, reference: "nobody", positive: "+")
    }
  }

  @Test("Intervals of shares by patient hold their level where plain exact ones do not")
  func coverage() throws {
    var simulation = RatingSimulation(shares: [0.5, 0.5], scale: .binary)
    simulation.mostCases = 8
    simulation.likeness = 1
    simulation.accuracy = (1, 0.6)
    let found = try ReferenceCoverage.measure(simulation, patients: 20, tables: 200)
    let sensitivity = try #require(found.first { $0.measure == .sensitivity })
    #expect(sensitivity.share ?? 0 > 0.93, "\(sensitivity)")
    #expect(sensitivity.plainShare ?? 1 < 0.92, "\(sensitivity)")
    #expect(sensitivity.intervals > 150)
  }
}
