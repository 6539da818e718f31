// Resampling: the generator, binomial numbers, and patients drawn as one.

import Testing

@testable import Agreement

@Suite("Resampling")
struct BootstrapTests {
  @Test("SplitMix64 gives the published sequence")
  func generator() {
    // The sequence for this seed as given with the reference implementation in C (Vigna, prng.di.unimi.it).
    var generator = SplitMix64(seed: 1_234_567)
    let numbers = (0..<3).map { _ in generator.next() }
    #expect(numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }

  @Test(
    "Binomial numbers follow the binomial distribution",
    arguments: [(5, 0.3), (40, 0.1), (100, 0.37), (1000, 0.5), (60, 0.85)])
  func binomial(trials: Int, probability: Double) {
    // Given many draws,
    var generator = SplitMix64(seed: 42)
    let draws = 40_000
    var counts = [Int](repeating: 0, count: trials + 1)
    for _ in 0..<draws { counts[generator.binomial(trials: trials, probability: probability)] += 1 }
    // when they are held against the exact probabilities, in cells of at least ten expected draws,
    var (statistic, cells, observed, expected) = (0.0, 0, 0.0, 0.0)
    var below = 0.0
    for k in 0...trials {
      let upTo = binomialLowerTail(k, trials: trials, probability: probability)
      observed += Double(counts[k])
      expected += Double(draws) * (upTo - below)
      below = upTo
      if expected >= 10 || k == trials {
        statistic += (observed - expected) * (observed - expected) / max(expected, 1)
        (cells, observed, expected) = (cells + 1, 0, 0)
      }
    }
    // then nothing speaks against them.
    #expect(chiSquareUpperTail(statistic, degrees: cells - 1) > 0.001)
  }

  @Test("A seed gives the same intervals again, another seed others")
  func deterministic() throws {
    let table = try GoldenTable("t2_signal_n30").ratings()
    let first = table.agreement(resampling: Resampling(resamples: 200, seed: 5))
    #expect(first == table.agreement(resampling: Resampling(resamples: 200, seed: 5)))
    let other = table.agreement(resampling: Resampling(resamples: 200, seed: 6))
    let key = "krippendorff_alpha.ordinal.bootstrap_cases"
    #expect(first[key]?.content != other[key]?.content)
  }

  @Test("Every resample holds as many cases as there are rated ones")
  func size() throws {
    let analysis = Analysis(try GoldenTable("enhancement_n30_missing").ratings())
    var generator = SplitMix64(seed: 3)
    let sizes = Bootstrap(analysis).run(
      [{ Double($0.counts.reduce(0, +)) }, { $0.sums.rated }], resamples: 50, using: &generator)
    #expect(sizes.map(\.values) == [[Double]](repeating: [Double](repeating: 29, count: 50), count: 2))
  }

  @Test("Patients with one case each are independent cases")
  func onePatientPerCase() throws {
    let table = try GoldenTable("rim_n7").ratings()
    var tally = try RatingTally(readers: table.readers, levels: table.levels, scale: .binary)
    for (i, ratings) in table.patterns.flatMap({ Array(repeating: $0.ratings, count: $0.count) }).enumerated() {
      tally.add(ratings, patient: "P\(i)")
    }
    #expect(tally.table() == table)
  }
}
