// Coefficients with ordinal weights against irrCAC and statsmodels (`golden/ordinal_weights.py`).

import Foundation
import Testing

@testable import Agreement

@Suite("Ordinal weights")
struct OrdinalWeightTests {
  @Test("The weights of five levels, as Gwet's handbook has them")
  func matrix() {
    let weights = Weighting.ordinal.matrix(levels: 5)
    #expect((0..<5).map { weights[0, $0] } == [1, 0.9, 0.7, 0.4, 0])
    #expect(weights[3, 1] == 0.7)
    // Of two levels there is nothing between.
    #expect(Weighting.ordinal.matrix(levels: 2) == Weighting.unweighted.matrix(levels: 2))
  }

  @Test("Every coefficient of every ordinal reference table, with its error")
  func golden() throws {
    let data = try Data(contentsOf: goldenFolder.appendingPathComponent("ordinal_weights.json"))
    let tables = try #require(
      try JSONSerialization.jsonObject(with: data) as? [String: [String: [String: Double]]])
    var compared = 0
    for (name, figures) in tables {
      let report = try GoldenTable(name).ratings().agreement(resampling: nil)
      for (key, expected) in figures {
        let statistic = try #require(report[key], "\(name) \(key)")
        #expect(isNear(statistic.value, expected["value"]), "\(name) \(key)")
        #expect(isNear(statistic.standardError, expected["se"]), "\(name) \(key) error")
        if let pa = expected["pa"] { #expect(isNear(statistic["pa"], pa), "\(name) \(key) pa") }
        compared += 1
      }
    }
    #expect(tables.count == 7 && compared > 80, "\(tables.count) \(compared)")
  }

  private func isNear(_ value: Double?, _ expected: Double?) -> Bool {
    guard let value, let expected else { return false }
    return abs(value - expected) <= max(1e-8 * abs(expected), 1e-10)
  }
}
