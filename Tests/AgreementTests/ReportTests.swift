// The report: JSON, text, order, and the paragraph for a paper.

import Foundation
import Testing

@testable import Agreement

@Suite("Reports")
struct ReportTests {
  private func report(_ name: String, resampling: Resampling? = Resampling(resamples: 100, seed: 1)) throws
    -> AgreementReport
  {
    try GoldenTable(name).ratings().agreement(resampling: resampling)
  }

  @Test("JSON carries every figure under its key, undefined ones as null", arguments: GoldenTable.names)
  func json(name: String) throws {
    // Given a report,
    let report = try report(name)
    // when its JSON is read back,
    let json = try #require(JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
    let metrics = try #require(json["metrics"] as? [String: [String: Any]])
    // then each figure is there with its value.
    #expect(metrics.count == report.metrics.count)
    for metric in report.metrics {
      let members = try #require(metrics[metric.key])
      switch metric.statistic.content {
      case .number(let value): #expect(isSame(members["value"], value))
      case .count(let count): #expect(members["value"] as? Int == count)
      case .range(let low, let high):
        let ends = try #require(members["value"] as? [Double])
        #expect(isSame(ends[0], low) && isSame(ends[1], high))
      case .table(let rows): #expect(members["value"] as? [[Int]] == rows)
      case .fourfold(let cells): #expect((members["value"] as? [String: Int])?["a"] == cells.a)
      case .undefined(let reason):
        #expect(members["value"] is NSNull)
        #expect(members["undefined"] as? String == reason.rawValue)
      }
    }
    let counts = try #require(json["n"] as? [String: Int])
    #expect(counts["cases"] == report.counts.cases)
    #expect(json["levels"] as? [String] == report.levels)
  }

  /// Whether a number read by Foundation, whose last digit is not always exact, is the one written.
  private func isSame(_ read: Any?, _ written: Double) -> Bool {
    (read as? Double).map { abs($0 - written) <= 1e-14 * max(1, abs(written)) } ?? false
  }

  @Test("JSON escapes names")
  func escapes() throws {
    var tally = try RatingTally(readers: ["a\"b", "c\\d\n\u{1}"], levels: ["x", "y"], scale: .nominal)
    tally.add([0, 1])
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(tally.table().agreement().json.utf8)) as? [String: Any])
    #expect(json["readers"] as? [String] == ["a\"b", "c\\d\n\u{1}"])
  }

  @Test("A figure in JSON, as documented")
  func documented() throws {
    let json = try report("opposite_n12_2readers", resampling: nil).json
    #expect(json.hasPrefix("{\n  \"readers\": [\"R1\", \"R2\"],\n  \"levels\": [\"absent\", \"present\"],\n"))
    let line = """
          "pair.R1-R2.cohen_kappa.unweighted": {"value": -1.0, "se": 0.0, "ci95": [-1.0, -1.0], \
      "ci95_method": "normal, Fleiss-Cohen-Everitt 1969 SE, upper end cut at 1", "ci95_informative": false, "n": 12, \
      "pa": 0.0, "pe": 0.5, "se0": 0.28867513459481287, "z0": -3.464101615137755},
      """
    #expect(json.contains(line))
  }

  @Test("The text says what is not defined, marks intervals and warns of few cases")
  func text() throws {
    var tally = try RatingTally(readers: ["Anna", "Bo"], levels: ["absent", "present"], scale: .binary)
    for _ in 0..<6 { tally.add([0, 0]) }
    tally.add([0, 1])
    let text = tally.table().agreement(resampling: Resampling(resamples: 200, seed: 1)).text()
    let expected = """
      Agreement of 2 readers on 7 cases

      Readers  Anna, Bo
      Levels   absent, present (positive); binary
      Ratings  14 of 14, 0 missing; 7 cases with two ratings or more, 7 complete
      Caution  Only 7 cases have two ratings or more: fewer than 10 say little about
               agreement.
      Caution  Only in 1 case is the rarer level “present” given: with fewer than 10
               the intervals of the kappas and of alpha hold less than 95 %.
      Caution  “Anna” gives every case “absent”: kappas with this reader are 0, or not
               defined, however often the others say the same.
      Caution  Resamples without a value are left out, more than one in twenty:
               Krippendorff alpha, nominal, resampled 35.5 %; Light kappa, resampled
               35.5 %; present, resampled 35.5 %.

      All readers                             value  95 % interval               cases
        Percent agreement                     0.857  0.421 to 0.996                7/7
          resampled                                  0.571 to 1.000 r              7/7
        Fleiss kappa                         -0.077  -0.280 to 0.126               7/7
      """
    #expect(text.hasPrefix(expected), "\(text)")
    #expect(text.contains("  Cohen kappa                           0.000  0.000 to 0.000 !              7/7\n"))
    #expect(text.contains("\n!  no spread: the interval says nothing about precision"))
    #expect(text.contains("\nr  percentile interval of resampled cases (200 resamples, seed 1);"))
    #expect(!text.contains("NaN") && !text.contains(" nan") && !text.contains("inf"))
  }

  @Test("No line is wider than 80 columns, whatever the names", arguments: GoldenTable.names)
  func width(name: String) throws {
    let golden = try GoldenTable(name).ratings()
    let long = String(repeating: "a very long name ", count: 4)
    var tally = try RatingTally(
      readers: golden.readers.map { long + $0 }, levels: golden.levels.map { long + $0 }, scale: golden.scale)
    for pattern in golden.patterns {
      for _ in 0..<pattern.count { tally.add(pattern.ratings) }
    }
    for table in [golden, tally.table()] {
      let lines = table.agreement(resampling: nil).text().split(separator: "\n")
      #expect(lines.map(\.count).max() ?? 0 <= 80)
      #expect(lines.count > 20)
    }
  }

  @Test("Undefined figures say so in words")
  func undefinedInWords() throws {
    let text = try report("degenerate_all_same_n10").text()
    #expect(text.contains("  Fleiss kappa                        not defined                          10/10\n"))
    #expect(text.contains("    chance agreement is 1 (one level only): 0/0\n"))
  }

  @Test("The primary coefficient stands first")
  func primary() throws {
    let report = try report("t2_signal_n30")
    let ordered = report.ordered(primary: "gwet_ac.linear")
    #expect(ordered.first?.key == "gwet_ac.linear")
    #expect(ordered.count == report.metrics.count)
    #expect(Set(ordered.map(\.key)) == Set(report.metrics.map(\.key)))
    let text = report.text(primary: "gwet_ac.linear")
    let head = text.components(separatedBy: "All readers")[0]
    #expect(head.contains("\nPrimary "))
    #expect(head.contains("Gwet AC2, linear weights"))
    #expect(text.components(separatedBy: "  Gwet AC2, linear weights").count == 5)
  }

  @Test("A caution goes with an interval that says little")
  func cautions() throws {
    let report = try report("degenerate_constant_readers_n12")
    #expect(report["conger_kappa.unweighted"]?.caution?.contains("no width") == true)
    #expect(report["gwet_ac.unweighted"]?.caution?.contains("cut") == true)
    #expect(report["fleiss_kappa.unweighted"]?.caution == nil)
    #expect(report["specific_agreement.present.bootstrap_cases"]?.caution?.contains("no width") == true)
  }

  @Test("A paragraph for the methods section")
  func methods() throws {
    let ordinal = try report("enhancement_n30_missing").methodsParagraph(
      program: "Endplate 1.0", primary: "fleiss_kappa.quadratic")
    #expect(
      ordinal.hasPrefix(
        "Agreement between 3 readers on 30 cases was computed with Endplate 1.0. Levels were ordered as none < marginal < "
          + "global. The primary figure was Fleiss kappa, quadratic weights. We report percent agreement, Cohen's kappa"
      ),
      "\(ordinal)")
    #expect(ordinal.contains("ordinal, by the pairs of levels from one to the other (Gwet 2014)"))
    #expect(ordinal.contains("large-sample variance of Fleiss, Cohen and Everitt 1969 for Cohen's kappa"))
    #expect(ordinal.contains("13 of 90 ratings were missing"))
    #expect(ordinal.contains("100 bootstrap resamples of cases (Efron 1979; seed 1)"))
    #expect(!ordinal.contains("McNemar"))
    let binary = try report("rim_n7", resampling: nil).methodsParagraph(program: "Endplate 1.0")
    #expect(binary.contains("absent and present, with present as the positive one"))
    #expect(binary.contains("McNemar"))
    // Every year in the words is one of a reference that is listed, and no other is.
    for text in [ordinal, binary] {
      let references = MethodReference.cited(in: text)
      let years = text.split(whereSeparator: { !$0.isNumber }).filter { $0.count == 4 && $0 > "1900" && $0 < "2030" }
      #expect(
        Set(years.map(String.init))
          == Set(references.compactMap { $0.firstMatch(of: /\d{4}/).map { String($0.output) } }))
      #expect(references.count >= 10)
    }
    #expect(MethodReference.all.map(\.mark) == MethodReference.all.map(\.mark).sorted())
    #expect(!binary.contains("bootstrap") && !binary.contains("primary") && !binary.contains("missing"))
  }
}
