// Plans against published formulas and tables, and against simulated studies.

import Testing

@testable import Agreement

@Suite("Planning the number of cases")
struct PlanTests {
  @Test("Two readers and two levels: the variance of Bloch & Kraemer 1989 and Donner & Eliasziw 1992")
  func publishedVariance() {
    for (kappa, share) in [(0.4, 0.1), (0.6, 0.3), (0.8, 0.5), (0.0, 0.3)] {
      let model = LevelCountModel(readers: 2, shares: [1 - share, share], kappa: kappa)
      let odds = 2 * share * (1 - share)
      let expected = (1 - kappa) * ((1 - kappa) * (1 - 2 * kappa) + kappa * (2 - kappa) / odds)
      #expect(abs(model.varianceOfCase(slopes: [1 - share, share]) - expected) < 1e-12)
      #expect(abs(model.outcomes.reduce(0) { $0 + $1.probability } - 1) < 1e-12)
    }
  }

  @Test("Chance agreement only: the variance of Fleiss, Nee & Landis 1979")
  func variancePerChance() {
    // Of k = 0 and m readers: 2 / (n m (m − 1)) of two levels, whatever their shares.
    for readers in 2...6 {
      let model = LevelCountModel(readers: readers, shares: [0.7, 0.3], kappa: 0)
      let expected = 2 / Double(readers * (readers - 1))
      #expect(abs(model.varianceOfCase(slopes: [0.7, 0.3]) - expected) < 1e-12)
    }
  }

  @Test("ICC: Bonett 2002, Statistics in Medicine 21:1331")
  func bonett() throws {
    // His example: two readers, ICC 0.8, width 0.2: 51 by his formula, 55 with his correction for two readers.
    let example = try CasePlan(.icc, value: 0.8, width: 0.2)
    #expect(abs(example.cases - 55) <= 1, "\(example.cases)")
    // His formula, 8 z² (1 − ρ)² (1 + (k − 1) ρ)² / (k (k − 1) w²) + 1, is within a few cases elsewhere.
    for (value, readers, width) in [(0.7, 3, 0.2), (0.8, 4, 0.15), (0.6, 5, 0.2), (0.9, 3, 0.1), (0.6, 2, 0.2)] {
      let k = Double(readers)
      let root = 1.959964 * (1 - value) * (1 + (k - 1) * value) / width
      let formula = 8 * root * root / (k * (k - 1)) + 1
      let plan = try CasePlan(.icc, value: value, width: width, readers: readers)
      #expect(abs(Double(plan.cases) - formula) <= max(4, 0.05 * formula), "\(plan.cases), \(formula)")
    }
  }

  @Test("A proportion: the exact interval asks for more than the normal one's published 385, 246, 139")
  func proportion() throws {
    // n = z² p (1 − p) / d² (Cochran 1977, 4.4); the exact interval adds about 2/width (Thulin 2014).
    for (value, width, normal) in [(0.5, 0.1, 385), (0.8, 0.1, 246), (0.9, 0.1, 139)] {
      let plan = try CasePlan(.proportion, value: value, width: width)
      #expect(plan.cases > normal && plan.cases <= normal + 21, "\(plan.cases)")
      #expect(plan.width(cases: plan.cases) <= width && plan.width(cases: plan.cases - 1) > width)
    }
  }

  @Test("Simulated studies of that many cases have the width that was wished", arguments: CasePlan.Figure.allCases)
  func simulated(figure: CasePlan.Figure) throws {
    for (value, readers, shares, width) in [
      (0.6, 2, [0.3], 0.3), (0.7, 3, [0.5], 0.25), (0.65, 4, [0.5, 0.3, 0.2], 0.2),
    ] {
      let plan = try CasePlan(
        figure, value: value, width: width, readers: readers,
        shares: figure == .ac1 || figure == .kappa ? shares : [])
      let outcome = try plan.simulated(studies: 80)
      #expect(abs(outcome.width / width - 1) < 0.05, "\(plan) \(outcome)")
      #expect(outcome.holding > 0.87 && outcome.studies == 80, "\(plan) \(outcome)")
    }
  }

  @Test("More readers ask for fewer cases, a narrower interval for more")
  func monotone() throws {
    let byReaders = try (2...6).map { try CasePlan(.kappa, value: 0.6, width: 0.2, readers: $0, shares: [0.3]).cases }
    #expect(byReaders == byReaders.sorted(by: >))
    let byWidth = try [0.4, 0.3, 0.2, 0.1].map { try CasePlan(.ac1, value: 0.8, width: $0, shares: [0.3]).cases }
    #expect(byWidth == byWidth.sorted())
  }

  @Test("What cannot be planned says why")
  func refused() {
    func fault(_ figure: CasePlan.Figure, _ value: Double, _ width: Double, _ readers: Int, _ shares: [Double])
      -> CasePlanError?
    {
      do throws(CasePlanError) {
        _ = try CasePlan(figure, value: value, width: width, readers: readers, shares: shares)
        return nil
      } catch {
        return error
      }
    }
    #expect(fault(.kappa, 1, 0.2, 3, [0.3]) == .value)
    #expect(fault(.kappa, 0.5, 0, 3, [0.3]) == .width)
    #expect(fault(.icc, 0.5, 0.2, 7, []) == .readers)
    #expect(fault(.kappa, 0.5, 0.2, 3, []) == .levels)
    #expect(fault(.kappa, 0.5, 0.2, 3, [0.5, 0.3]) == .levels)
    #expect(fault(.kappa, 0.5, 0.2, 3, [.nan]) == .levels)
    #expect(fault(.kappa, .nan, 0.2, 3, [0.5]) == .value)
    #expect(fault(.kappa, 0.5, 0.0001, 2, [0.3]) == .tooMany)
    guard case .noSuchAgreement(let chance) = fault(.ac1, 0.5, 0.2, 3, [0.1]) else {
      Issue.record("an AC1 below that of guessing")
      return
    }
    #expect(abs(chance - (1 - 0.18 / 0.82)) < 1e-12)
    #expect(fault(.ac1, chance, 0.2, 3, [0.1]) == nil)
  }
}
