// Two readers: tests of equal margins where the textbook formula divides by zero.

import Testing

@testable import Agreement

@Suite("Two readers")
struct PairTests {
  @Test("Levels that fall apart into separate groups")
  func separateGroups() {
    // Given discordant cases within {0, 1} and within {2, 3} only,
    let pair = PairTable(q: 4, counts: [5, 4, 0, 0, 1, 5, 0, 0, 0, 0, 5, 6, 0, 0, 2, 5])
    let tests = MarginalHomogeneity(pair)
    // then the statistic is the sum of the two McNemar statistics, with two degrees of freedom.
    let expected = 9.0 / 5 + 16.0 / 8
    #expect(abs((tests.stuartMaxwell.value ?? 0) - expected) < 1e-12)
    #expect(tests.stuartMaxwell["df"] == 2)
    #expect(abs((tests.bowker.value ?? 0) - expected) < 1e-12)
    #expect(abs((tests.bhapkar.value ?? 0) - expected / (1 - expected / 33)) < 1e-12)
  }

  @Test("Bhapkar has no value where every case steps the same way")
  func shifted() {
    let shifted = MarginalHomogeneity(PairTable(q: 3, counts: [0, 4, 0, 0, 0, 5, 0, 0, 0]))
    #expect(shifted.bhapkar.undefined == .everyCaseShifted)
    #expect(shifted.stuartMaxwell.value == 9)
    // A step back, or one case that agrees, and it has one.
    let back = MarginalHomogeneity(PairTable(q: 3, counts: [0, 4, 0, 1, 0, 5, 0, 0, 0]))
    #expect(back.bhapkar.undefined == nil)
    let agreeing = MarginalHomogeneity(PairTable(q: 3, counts: [1, 4, 0, 0, 0, 5, 0, 0, 0]))
    #expect(agreeing.bhapkar.undefined == nil)
  }

  @Test("Without a shared case nothing is defined, and nothing is a number")
  func noSharedCase() throws {
    // Given two readers who never rated the same case,
    var tally = try RatingTally(readers: ["R1", "R2"], levels: ["a", "b"], scale: .binary)
    tally.add([0, nil])
    tally.add([nil, 1])
    // when figures are computed,
    let report = tally.table().agreement()
    // then those that need a shared case say why they have none.
    for metric in report.metrics {
      switch metric.key {
      case let key where key.hasPrefix("n.") || key.hasPrefix("reader."): #expect(metric.statistic.undefined == nil)
      case "pair.R1-R2.n", "pair.R1-R2.table", "pair.R1-R2.cells": #expect(metric.statistic.undefined == nil)
      default: #expect(metric.statistic.undefined != nil, "\(metric.key)")
      }
    }
    #expect(report["pair.R1-R2.cohen_kappa.unweighted"]?.undefined == .noSharedCase)
    #expect(report["fleiss_kappa.unweighted"]?.undefined == .noPairableCase)
  }

  @Test("An empty table has no figure but its counts")
  func empty() throws {
    let report = try RatingTally(readers: ["R1", "R2"], levels: ["a", "b", "c"], scale: .ordinal).table().agreement()
    #expect(report["gwet_ac.linear"]?.undefined == .noCases)
    #expect(
      report.metrics.allSatisfy {
        $0.statistic.value == nil || $0.statistic.value == 0 || $0.key.hasPrefix("n.readers")
      })
  }

  @Test("An exact test of a balanced pair is 1, not almost")
  func exactTest() {
    #expect(symmetricBinomialTest(3, trials: 7) == 1)
    #expect(symmetricBinomialTest(0, trials: 0) == 1)
    #expect(abs(symmetricBinomialTest(1, trials: 10) - 22.0 / 1024) < 1e-15)
  }
}
