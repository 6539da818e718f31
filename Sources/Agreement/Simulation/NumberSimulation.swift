// Made-up numbers with known properties, to see what the intervals of their figures are worth.

import Foundation

/// Cases about normal, readers with a bias each, errors about normal. Cases of one patient are alike.
public struct NumberSimulation: Sendable {
  public var readers = 3
  /// The standard deviations of cases, of readers' biases and of what is left.
  public var deviations = (cases: 1.0, readers: 0.3, rest: 0.5)
  /// Whether each table has readers of its own, as agreement takes them; else the same biases are in every table.
  public var isOfDrawnReaders = false
  /// The most cases of a patient; each has 1 up to this many, equally likely. 1 makes cases independent.
  public var mostCases = 1
  /// How much of the variance between cases is between patients.
  public var likeness = 0.7

  public init() {}

  /// Biases of the same readers: evenly spread, with the deviation asked for.
  private var biases: [Double] {
    let places = (0..<readers).map { Double($0) - Double(readers - 1) / 2 }
    let deviation = (places.reduce(0) { $0 + $1 * $1 } / Double(readers - 1)).squareRoot()
    return places.map { $0 / deviation * deviations.readers }
  }

  /// The numbers of some patients.
  ///
  /// - Throws: `RatingTableError` for fewer than two readers.
  public func table(patients: Int, using generator: inout SplitMix64) throws -> NumberTable {
    var table = try NumberTable(readers: (1...readers).map { "R\($0)" })
    let biases = isOfDrawnReaders ? (0..<readers).map { _ in deviations.readers * generator.normal() } : biases
    for patient in 0..<patients {
      let cases = mostCases == 1 ? 1 : 1 + Int(generator.uniform() * Double(mostCases))
      let own = mostCases == 1 ? 0 : likeness.squareRoot() * generator.normal()
      for _ in 0..<cases {
        let rest = mostCases == 1 ? 1 : (1 - likeness).squareRoot()
        let truth = deviations.cases * (own + rest * generator.normal())
        table.add(
          biases.map { truth + $0 + deviations.rest * generator.normal() }, patient: mostCases > 1 ? "P\(patient)" : nil
        )
      }
    }
    return table
  }

  /// What the correlations of such readers are: of one reader, or of the mean of all.
  private var correlations: [String: Double] {
    let (cases, readers, rest) = (
      deviations.cases * deviations.cases, deviations.readers * deviations.readers, deviations.rest * deviations.rest
    )
    let k = Double(self.readers)
    return [
      "icc_a_1": cases / (cases + readers + rest), "icc_c_1": cases / (cases + rest),
      "icc_a_k": cases / (cases + (readers + rest) / k), "icc_c_k": cases / (cases + rest / k),
    ]
  }

  /// The true values of the figures: of drawn readers from the model, of the same readers from a table too large for
  /// chance to matter.
  fileprivate func truths(_ patients: Int, _ generator: inout SplitMix64) throws -> [(key: String, value: Double)] {
    if isOfDrawnReaders { return correlations.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
    let report = try table(patients: patients, using: &generator).agreement()
    return report.metrics.compactMap { metric in
      guard case .number(let value) = metric.statistic.content, report.interval(of: metric.key) != nil else {
        return nil
      }
      return (metric.key, value)
    }
  }
}

extension IntervalCoverage {
  /// Measures the intervals of every figure of numbers over many tables.
  ///
  /// - Parameter large: the patients of the table from which true values are taken.
  /// - Throws: `RatingTableError`.
  public static func measure(
    _ simulation: NumberSimulation, patients: Int, tables: Int, large: Int = 200_000, seed: UInt64 = 1
  ) throws -> [IntervalCoverage] {
    var generator = SplitMix64(seed: seed)
    var found = try simulation.truths(large, &generator).map { IntervalCoverage(key: $0.key, truth: $0.value) }
    for _ in 0..<tables {
      let report = try simulation.table(patients: patients, using: &generator).agreement()
      for index in found.indices { found[index].count(report, nil) }
    }
    return found.filter { $0.intervals > 0 }
  }
}

extension RandomNumberGenerator {
  /// A standard normal number (Box & Muller 1958).
  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }
}
