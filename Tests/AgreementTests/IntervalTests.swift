// Intervals: from leaving out a case or patient, without width, of too few, and what is said of them.

import Testing

@testable import Agreement

@Suite("Intervals")
struct IntervalTests {
  private static let jackknifed: [(key: String, scale: IntervalScale)] = [
    ("percent_agreement.linear", .share), ("krippendorff_alpha.ordinal", .coefficient), ("light_kappa", .coefficient),
    ("specific_agreement.hyper", .share),
  ]

  @Test("Leaving out each case in turn, against doing so with whole tables")
  func jackknife() throws {
    // Given the cases of a table one by one, and a figure of every table that lacks one,
    let table = try GoldenTable("t2_signal_n30").ratings()
    let cases = table.patterns.flatMap { Array(repeating: $0.ratings, count: $0.count) }
    let report = table.agreement(resampling: Resampling(resamples: 0))
    let without = try cases.indices.map { left in
      try Self.table(cases.enumerated().filter { $0.offset != left }.map { [$0.element] }, like: table)
        .agreement(resampling: nil)
    }
    for (key, scale) in Self.jackknifed {
      // when the spread of those is taken,
      let value = try #require(report[key]?.value)
      let others = without.compactMap { $0[key]?.value }
      let mean = others.reduce(0, +) / 30
      let error = (others.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * 29 / 30).squareRoot()
      // then it is the error of the report, and the interval is that of t on 29 degrees.
      let own = try #require(report["\(key).jackknife_cases"])
      #expect(abs((own.standardError ?? 0) - error) < 1e-12, "\(key)")
      let expected = scale.interval(around: value, error: error, degrees: 29, of: "")
      let interval = try #require(report.interval(of: key))
      #expect(abs(interval.low - expected.low) < 1e-9 && abs(interval.high - expected.high) < 1e-9, "\(key)")
      #expect(interval.method.contains("29 df") && interval.method.contains("one case"))
    }
  }

  @Test("Cases of one patient are left out together")
  func patients() throws {
    // Given a table in which every case stands twice, both times for the same patient,
    let single = try GoldenTable("t2_signal_n30").ratings()
    let cases = single.patterns.flatMap { Array(repeating: $0.ratings, count: $0.count) }
    let doubled = try Self.table(cases.map { [$0, $0] }, like: single).agreement(resampling: Resampling(resamples: 0))
    // when its intervals are held against those of the single cases,
    let once = single.agreement(resampling: Resampling(resamples: 0))
    for key in ["percent_agreement.linear", "light_kappa", "specific_agreement.iso"] {
      // then they are the same: the second case of a patient adds nothing.
      let interval = try #require(doubled[key]?.interval)
      let expected = try #require(once.interval(of: key))
      #expect(abs(interval.low - expected.low) < 1e-9 && abs(interval.high - expected.high) < 1e-9, "\(key)")
      #expect(interval.method.contains("29 df") && interval.method.contains("one patient"))
      #expect(doubled[key]?["patients"] == 30)
    }
    // Figures with an error of their own for independent cases have another one here, and none of independence is left.
    #expect(doubled["fleiss_kappa.linear"]?.interval?.method.contains("jackknife") == true)
    #expect(doubled["pair.R1-R2.bowker"] == nil)
    #expect(doubled["pair.R1-R2.cohen_kappa.linear"]?["se0"] == nil)
    #expect(doubled["pair.R1-R2.cohen_kappa.linear"]?.interval != nil)
    #expect(doubled["n.patients"]?.value == 30 && once["n.patients"] == nil)
    #expect(doubled.warnings.contains { $0.contains("60 examinations, 30 patients") })
    #expect(doubled.text().hasPrefix("Agreement of 3 readers on 60 examinations, 30 patients\n"))
    #expect(doubled.json.contains("\"patients\": 30"))
  }

  @Test("Few counts patients, not examinations, and of four patients there is no interval but the reason")
  func fewPatients() throws {
    // Given four patients with five examinations each, which is twenty,
    let single = try GoldenTable("t2_signal_n30").ratings()
    let cases = single.patterns.flatMap { Array(repeating: $0.ratings, count: $0.count) }
    let groups = (0..<4).map { patient in (0..<5).map { cases[patient * 5 + $0] } }
    let report = try Self.table(groups, like: single).agreement()
    // then they are few, no figure has an interval, and text and JSON say why.
    #expect(report.counts.withTwoRatings == 20)
    #expect(report.warnings.contains { $0.hasPrefix("Only 4 patients have two ratings or more: fewer than 10") })
    for metric in report.metrics where metric.statistic.value != nil && metric.subject != .counts {
      #expect(report.interval(of: metric.key) == nil, "\(metric.key)")
    }
    #expect(report.noInterval(of: "fleiss_kappa.linear") == .few(4, isClustered: true))
    let reason = "with fewer than 5 patients none holds its level"
    #expect(report.text().replacing("\n   ", with: " ").contains("f  no interval: \(reason)"))
    #expect(report.json.contains("\"ci95_absent\": \"\(reason)\""))
    // Independent cases as few have none either, by whatever method, but the exact ones of shares.
    let independent = try Self.table(cases.prefix(4).map { [$0] }, like: single).agreement()
    #expect(independent["fleiss_kappa.linear"]?.interval == nil)
    #expect(independent.metrics.allSatisfy { !$0.isBootstrap })
    #expect(independent["unanimous_agreement.complete_cases"]?.interval?.method == "Clopper-Pearson")
    // With a fifth patient there are intervals.
    let five = try Self.table(groups + [Array(cases[20..<25])], like: single).agreement()
    #expect(five["fleiss_kappa.linear"]?.interval?.isInformative == true)
  }

  @Test(
    "Of one case there is no interval, and the reason", arguments: ["gwet_ac.unweighted", "krippendorff_alpha.nominal"])
  func ofOneCase(key: String) throws {
    var tally = try RatingTally(readers: ["R1", "R2", "R3"], levels: ["a", "b"], scale: .binary)
    tally.add([0, 1, 1])
    let report = tally.table().agreement(resampling: nil)
    #expect(report[key]?.value != nil && report.interval(of: key) == nil)
    #expect(report.noInterval(of: key) == .few(1, isClustered: false))
  }

  @Test("Of groups that are left out the legend says so")
  func groupsLeftOut() throws {
    // Patients that differ in how many cases they have with each pattern; more than 256 such units are many.
    func legend(_ patients: Int) throws -> String {
      var tally = try RatingTally(readers: ["R1", "R2"], levels: ["a", "b"], scale: .nominal)
      for patient in 0..<patients {
        for (pattern, count) in [([0, 0], patient % 7), ([1, 1], patient / 7 % 7), ([0, 1], patient / 49 + 1)] {
          for _ in 0..<count { tally.add(pattern, patient: "p\(patient)") }
        }
      }
      return tally.table().agreement(resampling: Resampling(resamples: 0)).text().replacing("\n", with: " ")
    }
    #expect(try legend(20).contains("leaving out one patient at a time"))
    #expect(try legend(343).contains("leaving out one of 100 groups of them at a time"))
  }

  @Test("An interval without width is known by its width, whatever rounding made of the ends")
  func width() throws {
    #expect(!Interval(low: 0.926, high: 0.926 + 1e-13, method: "").isInformative)
    #expect(Interval(low: 0.926, high: 0.92601, method: "").isInformative)
    // Given patients who all show the same share of agreement, so that leaving one out changes nothing but the last digit,
    var tally = try RatingTally(readers: ["R1", "R2", "R3"], levels: ["a", "b", "c"], scale: .nominal)
    for patient in 0..<7 {
      for ratings in [[0, 0, 0], [0, 0, 1], [2, 2, 2]] { tally.add(ratings, patient: "P\(patient)") }
    }
    let report = tally.table().agreement()
    // then the interval is marked in JSON, in the text and by its caution.
    let statistic = try #require(report["percent_agreement.unweighted"])
    #expect(statistic.standardError == 0)
    #expect(statistic.interval?.isInformative == false)
    #expect(statistic.caution?.contains("no width") == true)
    #expect(report.json.contains("\"ci95_informative\": false"))
    #expect(report.text().contains(" !  "))
  }

  @Test("Where one case decides whether a figure is defined, its error is not known")
  func undefinedWithoutOne() throws {
    // Given one case with a rarer level,
    var tally = try RatingTally(readers: ["R1", "R2"], levels: ["a", "b"], scale: .binary)
    for _ in 0..<11 { tally.add([0, 0]) }
    tally.add([1, 1])
    let report = tally.table().agreement(resampling: Resampling(resamples: 500))
    // then Light's kappa has no interval, and the resamples without a value are told.
    #expect(report.noInterval(of: "light_kappa") == .undefinedWithoutOne(isClustered: false))
    let resampled = try #require(report["light_kappa.bootstrap_cases"])
    let fraction = try #require(resampled["undefined_fraction"])
    #expect(fraction > 0.3 && fraction < 0.4)
    #expect(
      report.warnings.contains { $0.hasPrefix("Resamples without a value") && $0.contains("Light kappa, resampled 3") })
    #expect(report.text().contains("u  no interval: without one of the cases the figure is not defined"))
  }

  @Test("The rarer level is counted as well as the cases")
  func rarer() throws {
    // Given forty cases of which four show the rarer level,
    var tally = try RatingTally(readers: ["R1", "R2"], levels: ["absent", "present"], scale: .binary)
    for index in 0..<40 { tally.add(index < 3 ? [1, 1] : index == 3 ? [1, 0] : [0, 0]) }
    let report = tally.table().agreement()
    // then the number of cases is no matter for caution, the number with that level is.
    #expect(!report.units.areFew)
    #expect(report.units.rarer == .init(commonest: "absent", level: "present", units: 4))
    #expect(report.warnings.contains { $0.hasPrefix("Only in 4 cases is the rarer level “present” given") })
    #expect(report.json.contains("\"rarer\": {\"commonest\": \"absent\", \"level\": \"present\", \"units\": 4}"))
    // Where it is common nothing is said.
    let common = try GoldenTable("halo_n500_rare").ratings().agreement(resampling: nil)
    #expect(common.units.rarer?.units ?? 0 >= 10 && common.warnings.isEmpty)
  }

  @Test("What other programs print stands once beside what is not defined")
  func elsewhere() throws {
    let text = try GoldenTable("degenerate_all_same_n10").ratings().agreement().text()
    #expect(text.components(separatedBy: "SPSS").count == 2)
    let defined = try GoldenTable("t2_signal_n30").ratings().agreement()
    #expect(!defined.text().contains("SPSS") && defined.json.contains("\"undefined_elsewhere\": null"))
  }

  /// The cases of each patient as a table.
  private static func table(_ patients: [[[Int?]]], like table: RatingTable) throws -> RatingTable {
    var tally = try RatingTally(readers: table.readers, levels: table.levels, scale: table.scale)
    for (index, cases) in patients.enumerated() {
      for ratings in cases { tally.add(ratings, patient: "P\(index)") }
    }
    return tally.table()
  }
}
