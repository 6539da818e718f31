// What intervals hold, in short; `endplate-bench coverage` measures every coefficient.

import Testing

@testable import Agreement

@Suite("What intervals hold")
struct CoverageTests {
  private func coverage(_ key: String, patients: Int, mostCases: Int, shares: [Double] = [0.5, 0.5]) throws
    -> IntervalCoverage
  {
    var simulation = RatingSimulation(shares: shares, scale: .binary)
    simulation.mostCases = mostCases
    let found = try IntervalCoverage.measure(simulation, patients: patients, tables: 250, keys: [key])
    return try #require(found.first)
  }

  @Test(
    "Intervals by patient hold their level where patients are few",
    arguments: [(5, "gwet_ac.unweighted"), (7, "percent_agreement.unweighted"), (10, "fleiss_kappa.unweighted")])
  func byPatient(patients: Int, key: String) throws {
    let coverage = try coverage(key, patients: patients, mostCases: 4)
    // 250 tables tell .95 from .88, as percentile intervals of seven patients have it.
    #expect(coverage.share ?? 0 > 0.92, "\(coverage)")
    #expect(coverage.intervals > 200)
  }

  @Test("The percentile interval by patient, which was not chosen, holds less")
  func percentile() throws {
    var simulation = RatingSimulation(shares: [0.5, 0.5], scale: .binary)
    simulation.mostCases = 4
    let key = "gwet_ac.unweighted"
    let found = try IntervalCoverage.measure(simulation, patients: 5, tables: 150, keys: [key], resamples: 150)
    let coverage = try #require(found.first)
    #expect(coverage.resampledShare ?? 1 < (coverage.share ?? 0) - 0.05, "\(coverage)")
  }

  @Test("Cases of a patient taken for independent would hold less")
  func patientsMatter() throws {
    // Given examinations of patients that are alike,
    var simulation = RatingSimulation(shares: [0.5, 0.5], scale: .binary)
    simulation.mostCases = 8
    simulation.likeness = 1
    simulation.accuracy = (1, 0.6)
    var generator = SplitMix64(seed: 3)
    let truth = try simulation.table(patients: 50_000, using: &generator).agreement(resampling: nil)
    let key = "percent_agreement.unweighted"
    let value = try #require(truth[key]?.value)
    var held = (patients: 0, cases: 0)
    for _ in 0..<150 {
      let table = try simulation.table(patients: 12, using: &generator)
      // when their patients are forgotten,
      var tally = try RatingTally(readers: table.readers, levels: table.levels, scale: .binary)
      for pattern in table.patterns { for _ in 0..<pattern.count { tally.add(pattern.ratings) } }
      let resampling = Resampling(resamples: 0)
      for (report, isOfPatients) in [
        (table.agreement(resampling: resampling), true), (tally.table().agreement(resampling: resampling), false),
      ] {
        guard let interval = report.interval(of: key), interval.low <= value, value <= interval.high else { continue }
        if isOfPatients { held.patients += 1 } else { held.cases += 1 }
      }
    }
    // then far fewer intervals hold the truth.
    #expect(held.patients > 132 && held.cases < 120, "\(held)")
  }

  @Test("With a rare level kappa's interval holds less, which is why it is said")
  func rareLevel() throws {
    let rare = try coverage("fleiss_kappa.unweighted", patients: 10, mostCases: 1, shares: [0.9, 0.1])
    #expect(rare.share ?? 1 < 0.9, "\(rare)")
  }

  @Test("Intervals of numbers: other readers each time, the same ones, and patients with several cases")
  func numbers() throws {
    var drawn = NumberSimulation()
    drawn.isOfDrawnReaders = true
    var clustered = NumberSimulation()
    clustered.mostCases = 4
    for (simulation, keys, least) in [
      (drawn, ["icc_a_1", "icc_c_1", "icc_a_k", "icc_c_k"], 0.91),
      (
        NumberSimulation(),
        ["pair.R1-R2.limits_of_agreement.lower", "pair.R1-R3.limits_of_agreement.upper", "reader.R1.mean_difference"],
        0.91
      ),
      (NumberSimulation(), ["krippendorff_alpha.interval", "limits_with_mean", "icc_1"], 0.88),
      (clustered, ["icc_a_1", "icc_c_k", "krippendorff_alpha.interval", "pair.R1-R2.mean_difference"], 0.86),
    ] {
      let found = try IntervalCoverage.measure(simulation, patients: 10, tables: 250, large: 20_000)
      for key in keys {
        let coverage = try #require(found.first { $0.key == key })
        #expect(coverage.share ?? 0 > least && coverage.intervals > 240, "\(coverage)")
      }
    }
  }
}
