// Alpha under a distance, against its definition, and sets.

import Testing

@testable import Agreement

@Suite("Distances and sets")
struct DistanceTests {
  @Test(
    "Alpha of any distance is its definition over pairs", arguments: ["gwet_12x4_missing", "enhancement_n40_5readers"])
  func definition(name: String) throws {
    // Given distances that fit no scale,
    let table = try GoldenTable(name).ratings()
    let squares = SquareMatrix(size: table.levels.count) { i, j in
      i == j ? 0 : [0.2, 0.9, 0.5, 1, 0.1][(i + j) % 5]
    }
    // when alpha is computed from the sums,
    let report = table.agreement(squaredDifferences: squares, named: "own", resampling: nil)
    // then it equals the ratio of mean disagreements within cases and over all pairs of ratings.
    let expected = alphaByDefinition(table, squares)
    let value = try #require(report["krippendorff_alpha.own"]?.value)
    #expect(abs(value - expected) < 1e-12)
  }

  @Test("The nominal distance is nominal alpha")
  func nominal() throws {
    let table = try GoldenTable("krippendorff_12x4_missing").ratings()
    let squares = SquareMatrix(size: table.levels.count) { $0 == $1 ? 0 : 1 }
    let own = table.agreement(squaredDifferences: squares, named: "own", resampling: nil)
    let nominal = table.agreement(resampling: nil)
    #expect(own["krippendorff_alpha.own"]?.value == nominal["krippendorff_alpha.nominal"]?.value)
    #expect(own["percent_agreement.own"] == nominal["percent_agreement.unweighted"])
  }

  @Test("Sets agree as far as they overlap; two empty sets agree")
  func jaccard() {
    #expect(jaccardDistance(Set<String>(), Set<String>()) == 0)
    #expect(jaccardDistance(Set(["T1"]), Set<String>()) == 1)
    #expect(jaccardDistance(Set(["T1", "T2"]), Set(["T2", "T3"])) == 1 - 1.0 / 3)
  }

  @Test("Set-valued ratings, with an empty set and a missing one")
  func sets() throws {
    // Given three cases by two readers, and one that only one reader graded,
    var ratings = try SetRatings(readers: ["R1", "R2"])
    ratings.add([["iso", "hyper"], ["hyper"]])
    ratings.add([[], []])
    ratings.add([["iso"], ["iso"]])
    ratings.add([["hypo"], nil])
    // when agreement is computed,
    let report = ratings.agreement(resampling: Resampling(resamples: 100, seed: 1))
    // then whole sets agree in two of three cases, their overlap is 1/2, 1 and 1,
    #expect(report.levels == ["hyper+iso", "hyper", "{}", "iso", "hypo"])
    #expect(report["percent_agreement.unweighted"]?.value == 2.0 / 3)
    #expect(report["percent_agreement.jaccard"]?.value == 2.5 / 3)
    #expect(report["pair.R1-R2.percent_agreement"]?.value == 2.0 / 3)
    #expect(report["pair.R1-R2.percent_agreement.jaccard"]?.value == 2.5 / 3)
    #expect(report["pair.R1-R2.n"]?.content == .count(3))
    // and alpha follows its definition on the three cases that two readers graded.
    let value = try #require(report["krippendorff_alpha.jaccard"]?.value)
    #expect(abs(value - alphaByDefinition(ratings.table, ratings.jaccardDistances)) < 1e-12)
    #expect(report["krippendorff_alpha.jaccard"]?.casesUsed == 3)
    #expect(report.noInterval(of: "krippendorff_alpha.jaccard") == .few(3, isClustered: false))
    #expect(report["krippendorff_alpha.jaccard.bootstrap_cases"] == nil)
  }

  @Test("One set throughout leaves alpha undefined and agreement whole")
  func oneSet() throws {
    var ratings = try SetRatings(readers: ["R1", "R2", "R3"])
    for _ in 0..<4 { ratings.add([["iso"], ["iso"], ["iso"]]) }
    let report = ratings.agreement()
    #expect(report["krippendorff_alpha.jaccard"]?.undefined == .noExpectedDisagreement)
    #expect(report["percent_agreement.jaccard"]?.value == 1)
  }
}

/// Krippendorff's alpha from its definition: 1 − mean disagreement within cases / mean disagreement of all pairs.
private func alphaByDefinition(_ table: RatingTable, _ squares: SquareMatrix) -> Double {
  var all: [Int] = []
  var within = 0.0
  for pattern in table.patterns {
    let ratings = pattern.ratings.compactMap { $0 }
    guard ratings.count >= 2 else { continue }
    for _ in 0..<pattern.count {
      all += ratings
      for i in ratings.indices {
        for j in ratings.indices where i != j { within += squares[ratings[i], ratings[j]] / Double(ratings.count - 1) }
      }
    }
  }
  let n = Double(all.count)
  let overall = all.reduce(0) { sum, a in all.reduce(sum) { $0 + squares[a, $1] } }
  return 1 - within / n / (overall / (n * (n - 1)))
}
