// Figures of numbers: against reference software and published tables, and where there is nothing to compute.

import Foundation
import Testing

@testable import Agreement

@Suite("Numbers")
struct NumberTests {
  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".csv") }.map { String($0.dropLast(4)) }.sorted()
  }()
  private static var folder: URL { goldenFolder.appendingPathComponent("numbers") }

  /// Reads a table as the command does.
  private func read(_ text: String, _ options: RatingsOptions = RatingsOptions()) throws -> RatingsFile {
    var bytes = Array(text.utf8)[...]
    return try RatingsFile(levels: [], scale: .interval, options: options) { buffer in
      let part = bytes.prefix(buffer.count)
      buffer.copyBytes(from: part)
      bytes = bytes.dropFirst(part.count)
      return part.count
    }
  }

  private func golden(_ name: String) throws -> RatingsFile {
    try read(String(contentsOf: Self.folder.appendingPathComponent("\(name).csv"), encoding: .utf8))
  }

  private func report(_ rows: [[Double?]], patients: [String]? = nil) throws -> AgreementReport {
    var table = try NumberTable(readers: (1...(rows.first?.count ?? 2)).map { "R\($0)" })
    for (place, row) in rows.enumerated() { table.add(row, patient: patients?[place]) }
    return table.agreement()
  }

  @Test("Every figure of every reference table", arguments: names)
  func goldenFigures(name: String) throws {
    // Given a table with figures of R psych, krippendorff and scipy,
    let data = try Data(contentsOf: Self.folder.appendingPathComponent("\(name).expected.json"))
    let expected = try #require(try JSONSerialization.jsonObject(with: data) as? [String: [String: Any]])
    // when all figures are computed,
    let report = try golden(name).agreement()
    // then none is missing and none differs.
    var faults: [String] = []
    for (key, wanted) in expected where key != "_table" {
      guard let statistic = report[key] else {
        faults.append("\(key): not computed")
        continue
      }
      // Reference software cancels digits far from zero; Endplate computes from differences.
      let tolerance = name == "numbers_far_from_zero" ? 1e-6 : 1e-8
      func isClose(_ value: Double?, _ wanted: Any?) -> Bool {
        guard let value, let wanted = wanted as? Double else { return false }
        return abs(value - wanted) <= tolerance * max(1, abs(wanted))
      }
      let ends = wanted["value"] as? [Double] ?? wanted["ci95"] as? [Double]
      let interval = statistic.rangeInterval ?? statistic.interval
      if let value = wanted["value"] as? Double, !isClose(statistic.value, value) {
        faults.append("\(key): \(statistic)")
      }
      if let ends, !(isClose(interval?.low, ends[0]) && isClose(interval?.high, ends[1])) {
        faults.append("\(key): \(statistic), not \(ends)")
      }
      if let error = wanted["se"], !isClose(statistic.standardError, error) { faults.append("\(key): error") }
      if let deviation = wanted["sd"], !isClose(statistic["sd"], deviation) { faults.append("\(key): sd") }
      if wanted["n"] as? Int != statistic.casesUsed { faults.append("\(key): n \(statistic.casesUsed)") }
    }
    #expect(faults == [])
    #expect(expected.count > 10 && Self.names.count == 5)
  }

  @Test("The published figures", arguments: ["shrout_fleiss_1979", "bland_altman_1986"])
  func published(name: String) throws {
    let data = try Data(contentsOf: Self.folder.appendingPathComponent("\(name).expected.json"))
    let table = try #require(
      (try JSONSerialization.jsonObject(with: data) as? [String: [String: Any]])?["_table"])
    let figures = try #require(table["published"] as? [String: Double])
    let unit = table["published_places"] as? Int == 2 ? 0.005 : 0.05
    let report = try golden(name).agreement()
    for (key, value) in figures {
      let found =
        key.hasSuffix(".sd") ? report[String(key.dropLast(3))]?["sd"] : report[key]?.value
      #expect(abs((found ?? 99) - value) <= unit + 1e-9, "\(key) \(String(describing: found))")
    }
    #expect(figures.count >= 2)
  }

  @Test("The factors of exact limits, of few and of many differences")
  func factors() {
    // scipy: nct.ppf(p, n − 1, 1.96 √n)/√n, for 0.025 and 0.975.
    let expected = [
      5: (0.9231648596, 5.9749204980), 10: (1.1631808855, 3.8009023590), 17: (1.3150293711, 3.1482714397),
      1000: (1.8578000161, 2.0700464309), 1_000_000: (1.9566183214, 1.9633175464),
    ]
    for (count, (low, high)) in expected {
      let factors = LimitsOfAgreement.Factors(count: count)
      #expect(abs(factors.low - low) < 1e-8 && abs(factors.high - high) < 1e-8, "\(count): \(factors)")
    }
  }

  @Test("Nothing to compute has its reason")
  func reasons() throws {
    let same = try report([[3, 3], [3, 3], [3, 3], [3, 3], [3, 3], [3, 3]])
    #expect(same["icc_a_1"]?.undefined == .oneNumberOnly)
    #expect(same["icc_c_k"]?.undefined == .oneNumberOnly)
    #expect(same["krippendorff_alpha.interval"]?.undefined == .oneNumberOnly)
    #expect(same["pair.R1-R2.limits_of_agreement.upper"]?.value == 0)
    #expect(same.warnings.contains { $0.contains("every case the same number") })
    // Each reader has one number of their own: cases do not differ.
    let constant = try report((0..<6).map { _ in [1.1, 2.3, 7.9] })
    #expect(constant["icc_c_1"]?.undefined == .casesAlike)
    #expect(constant["icc_c_k"]?.undefined == .casesAlike)
    #expect(constant["icc_a_1"]?.value == 0)
    // One reader constant, the other not.
    let half = try report((0..<6).map { [5, Double($0)] })
    #expect(half["icc_c_1"]?.value == 0)
    #expect(half["icc_c_1"]?.interval?.isInformative == true)
    // Alike up to a constant: consistent, not in agreement.
    let shifted = try report((0..<8).map { [Double($0) * 0.1, Double($0) * 0.1 + 0.7] })
    #expect(shifted["icc_c_1"]?.value == 1)
    #expect(shifted["icc_c_1"]?.interval?.isInformative == false)
    #expect((shifted["icc_a_1"]?.value ?? 1) < 0.5)
    #expect(shifted["pair.R1-R2.mean_difference"]?["sd"] == 0)
    let perfect = try report((0..<8).map { [Double($0), Double($0)] })
    for kind in IntraclassCorrelation.allCases { #expect(perfect[kind.rawValue]?.value == 1) }
    #expect(perfect["krippendorff_alpha.interval"]?.value == 1)
    // Two cases: a value, no interval; one: not even that.
    let two = try report([[1, 2], [3, 3]])
    #expect(two["icc_1"]?.value != nil && two["icc_1"]?.interval == nil)
    #expect(two["icc_1"]?.noInterval == .few(2, isClustered: false))
    #expect(two["pair.R1-R2.limits_of_agreement.lower"]?.noInterval == .few(2, isClustered: false))
    let one = try report([[1, 2]])
    #expect(one["icc_1"]?.undefined == .oneCompleteCase)
    #expect(one["pair.R1-R2.mean_difference"]?.value == -1)
    #expect(one["pair.R1-R2.limits_of_agreement.lower"]?.undefined == .oneSharedCase)
    let apart = try report([[1, nil], [nil, 2]])
    #expect(apart["icc_1"]?.undefined == .noCompleteCase)
    #expect(apart["pair.R1-R2.mean_difference"]?.undefined == .noSharedCase)
    #expect(apart["krippendorff_alpha.interval"]?.undefined == .noPairableCase)
    // Readers who contradict each other: no denominator for the mean of readers.
    let against = try report([[0, 10], [10, 0], [0, 10], [10, 0.1]])
    #expect(against["icc_a_k"]?.undefined == .casesTooAlike)
    #expect(throws: RatingTableError.tooFewReaders(1)) { try NumberTable(readers: ["A"]) }
  }

  @Test("Missing numbers: who uses which cases is told")
  func missing() throws {
    let report = try golden("numbers_n40_missing").agreement()
    let complete = report.counts.complete
    #expect(complete < report.counts.withTwoRatings)
    #expect(report["icc_a_1"]?.casesUsed == complete)
    #expect(report["krippendorff_alpha.interval"]?.casesUsed == report.counts.withTwoRatings)
    #expect(report.warnings.contains { $0.contains("not rated by every reader") })
  }

  @Test("Patients are the units: intervals are wider, and of few patients there is none")
  func clusters() throws {
    // Given each case four times, as four cases of one patient and as four patients,
    var generator = SplitMix64(seed: 5)
    let rows = (0..<12).map { _ -> [Double?] in
      let truth = generator.uniform()
      return (0..<3).map { _ in truth + generator.uniform() / 2 }
    }
    let four = rows.flatMap { [$0, $0, $0, $0] }
    let clustered = try report(four, patients: (0..<48).map { "P\($0 / 4)" })
    let independent = try report(four)
    for key in ["icc_a_1", "icc_c_k", "krippendorff_alpha.interval", "limits_with_mean", "pair.R1-R2.mean_difference"] {
      let (wide, narrow) = (clustered.interval(of: key), independent.interval(of: key))
      #expect(abs((clustered[key]?.value ?? 9) - (independent[key]?.value ?? 0)) < 1e-12)
      #expect((wide.map { $0.high - $0.low } ?? 0) > 1.5 * (narrow.map { $0.high - $0.low } ?? 9), "\(key)")
      #expect(clustered[key]?["patients"] == 12)
    }
    #expect(clustered.examinations == "48 examinations, 12 patients")
    let few = try report(Array(four.prefix(16)), patients: (0..<16).map { "P\($0 / 4)" })
    #expect(few["icc_a_1"]?.noInterval == .few(4, isClustered: true))
    #expect(few["pair.R1-R2.limits_of_agreement.lower"]?.interval == nil)
    #expect(few["pair.R1-R2.mean_difference"]?.standardError == nil)
  }

  @Test("Cells that are no numbers are refused with the cure")
  func cells() throws {
    func fault(_ text: String, _ change: (inout RatingsOptions) -> Void = { _ in }) -> String {
      var options = RatingsOptions()
      change(&options)
      do {
        _ = try read(text, options)
        return ""
      } catch let error as RatingsFileError {
        return error.faults.map(\.message).joined(separator: "\n")
      } catch {
        return "\(error)"
      }
    }
    #expect(fault("case;R1;R2\nA;3,5;4\nB;1;2\nC;1;2\n").contains("add --decimal-comma if it is a point"))
    #expect(fault("case,R1,R2\nA,high,4\nB,1,2\nC,3,2\n").contains("is not a number"))
    #expect(fault("case,R1,R2\nA,1e300,4\nB,1,2\nC,3,2\n").contains("too great"))
    #expect(fault("case,age,R1,R2\nA,54,3,4\nB,61,1,2\nC,47,3,2\n").contains("--columns R1,R2"))
    #expect(fault("case,age,R1,R2\nA,54,3,4\nB,61,1,2\nC,47,3,2\n") { $0.columns = ["R1", "R2"] } == "")
    #expect(fault("R1,R2,R3\n1,2,3\n2,3,4\n").contains("holds nothing but numbers"))
    #expect(fault("1,2,3\n1,2,3\n2,3,4\n").contains("the first row holds nothing but numbers"))
    #expect(fault("case,R1,R2\nA,-999,4\nB,1,2\nC,3,2\n") { $0.missing = ["-999"] } == "")
    let file = try read("case,R1,R2\nA,-999.0,4\nB,−1.5,+2\nC,3,2e1\n")  // typographic minus
    #expect(file.agreement().range == -999...20)
  }

  @Test("While readers are letters no caution says whose numbers are odd")
  func cautionsByLetter() throws {
    let all = try report([[1, 5], [2, 5], [3, 5], [4, nil]])
    let named = try report([[3, 5], [4, nil]])
    let nobody = try NumberTable(readers: ["R1", "R2"]).agreement()
    #expect(all.warnings.contains { $0.contains("R2") })
    #expect(!all.namingReaders(by: nobody).warnings.contains { $0.contains("R2") || $0.contains("R1") })
    #expect(!all.namingReaders(by: named).warnings.contains { $0.contains("same number") })
  }

  @Test("The same numbers long and transposed give the same figures")
  func shapes() throws {
    let wide = try read("case,R1,R2\nA,1,2\nB,3,5\nC,4,4\n").agreement()
    var long = RatingsOptions()
    long.form = .long
    let rows = "case,reader,rating\nA,R1,1\nA,R2,2\nB,R1,3\nB,R2,5\nC,R1,4\nC,R2,4\n"
    #expect(try read(rows, long).agreement().metrics == wide.metrics)
    var transposed = RatingsOptions()
    transposed.form = .transposed
    #expect(try read("reader,A,B,C\nR1,1,3,4\nR2,2,5,4\n", transposed).agreement().metrics == wide.metrics)
    #expect(throws: RatingTableError.intervalHasNoLevels) {
      try RatingTally(readers: ["A", "B"], levels: ["1", "2"], scale: .interval)
    }
  }

  @Test("A mark of a missing rating that is not said to be one is told")
  func missingMark() throws {
    let odd = try read("case,R1,R2\n1,10,11\n2,20,22\n3,30,-999\n4,25,24\n").agreement()
    #expect(odd.warnings.contains { $0.contains("--missing -999") })
    let even = try read("case,R1,R2\n1,-9,-1\n2,20,22\n3,30,31\n4,25,24\n").agreement()
    #expect(!even.warnings.contains { $0.contains("--missing") })
  }

  @Test("Text and JSON name what they show")
  func text() throws {
    let report = try golden("bland_altman_1986").agreement()
    let text = report.text()
    #expect(text.contains("Numbers  from 178.0 to 658.0"))
    #expect(text.contains("ICC(A,1) agreement, one reader"))
    #expect(text.contains("Lower limit of agreement"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let methods = report.methodsParagraph(program: "Endplate 1.0")
    #expect(methods.contains("limits of agreement (Bland and Altman 1986)") && methods.contains("Carkeet 2015"))
    #expect(!methods.contains("Clopper") && !methods.contains("limits with the mean"))
    #expect(MethodReference.cited(in: methods).contains { $0.hasPrefix("Carkeet 2015. ") })
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
    #expect(json["range"] as? [Double] == [178, 658])
    #expect(json["scale"] as? String == "interval")
  }
}
