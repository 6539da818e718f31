// How often the 95 % intervals of every coefficient hold the true value, by simulation.

import Agreement
import ArgumentParser

/// Simulates readers and cases and prints, for each figure and number of patients, the share of intervals that hold the
/// truth.
struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "Measure what the 95 % intervals of agreement hold.",
    discussion: """
      Made-up ratings of three readers. Of levels: easy and hard cases, errors to a level beside the true one, patients with one to \
      four examinations that are alike. Shares are of the intervals that have a width; in brackets how often there was \
      none (undefined, no spread, too few). Below stand what might have been chosen instead: with --resamples the \
      percentile interval (b), a plain t interval on the same error (t), and of readers against a reference the plain \
      exact interval (p). Of numbers: cases, readers and errors about normal, with standard deviations of 1, 0.3 and 0.5.
      """)

  @Option(help: "How many tables to simulate for each number of patients.")
  var tables = 1000

  @Option(help: "The numbers of patients, with commas between them.")
  var patients = "5,7,10,20,30,60"

  @Option(help: "Resamples of each table for percentile intervals; 0 for none.")
  var resamples = 0

  @Option(help: "Only figures whose key begins so.")
  var figure: String?

  /// Readers against a reference, which are measured apart.
  private static let reference = "reference"

  private struct Setting {
    let title: String
    /// What readers against a reference are measured with too; nil of numbers.
    var simulation: RatingSimulation?
    let measure: (_ patients: Int) throws -> [IntervalCoverage]
  }

  private var settings: [Setting] {
    let binary: [(String, [Double])] = [("two levels, half", [0.5, 0.5]), ("two levels, one in seven", [0.85, 0.15])]
    let ordinal = ("three levels in order", [0.5, 0.3, 0.2])
    return [1, 4].flatMap { cases in
      (binary.map { ($0.0, $0.1, RatingScale.binary) } + [(ordinal.0, ordinal.1, .ordinal)]).map {
        title, shares, scale in
        var simulation = RatingSimulation(shares: shares, scale: scale)
        simulation.mostCases = cases
        return Setting(title: "\(title); \(units(cases))", simulation: simulation) {
          [simulation, tables, resamples] patients in
          try IntervalCoverage.measure(simulation, patients: patients, tables: tables, resamples: resamples)
        }
      }
    } + numbers
  }

  private func units(_ cases: Int) -> String {
    cases == 1 ? "independent cases" : "patients with 1 to \(cases) examinations"
  }

  private var numbers: [Setting] {
    [(1, false), (1, true), (4, false)].map { cases, isDrawn in
      var simulation = NumberSimulation()
      (simulation.mostCases, simulation.isOfDrawnReaders) = (cases, isDrawn)
      let readers = isDrawn ? "other readers in each table" : "the same readers in each table"
      return Setting(title: "numbers, \(readers); \(units(cases))") { [simulation, tables] patients in
        try IntervalCoverage.measure(simulation, patients: patients, tables: tables)
      }
    }
  }

  func validate() throws {
    guard tables > 0, resamples >= 0, !counts.isEmpty, counts.allSatisfy({ (1...100_000).contains($0) }) else {
      throw ValidationError("--tables takes a number from 1, --patients numbers with commas between them")
    }
  }

  private var counts: [Int] {
    let parts = patients.split(separator: ",").map { Int($0) }
    return parts.allSatisfy { $0 != nil } ? parts.compactMap { $0 } : []
  }

  func run() throws {
    print("95 % intervals that hold the true value, of \(tables) tables each")
    for setting in settings {
      var columns: [[String: IntervalCoverage]] = []
      var keys: [String] = []
      for count in counts where figure?.hasPrefix(Self.reference) != true {
        let found = try setting.measure(count)
        for coverage in found where !keys.contains(coverage.key) { keys.append(coverage.key) }
        columns.append(Dictionary(uniqueKeysWithValues: found.map { ($0.key, $0) }))
      }
      print("\n\(setting.title)")
      print(pad("n", 38) + counts.map { left("\($0)", 14) }.joined())
      // Readers are alike: the first of them, and the first pair, stand for all.
      for key in keys where isShown(key) {
        print(pad(key, 38) + columns.map { left(cell($0[key]), 14) }.joined())
        guard columns.contains(where: { ($0[key]?.resampled ?? 0) > 0 }) else { continue }
        print(pad("  b", 38) + columns.map { left($0[key]?.resampledShare.map(share) ?? "", 14) }.joined())
        print(pad("  t", 38) + columns.map { left($0[key]?.plainShare.map(share) ?? "", 14) }.joined())
      }
      try showReference(setting)
    }
  }

  /// Readers against a reference: the intervals of their shares, and what plain exact ones would hold (p).
  private func showReference(_ setting: Setting) throws {
    let isAsked = figure.map { Self.reference.hasPrefix($0) || $0.hasPrefix(Self.reference) } ?? true
    guard isAsked, let simulation = setting.simulation else { return }
    let columns = try counts.map { count in
      try ReferenceCoverage.measure(simulation, patients: count, tables: tables)
    }
    for (index, measure) in AccuracyMeasure.allCases.enumerated() {
      let found = columns.map { $0.indices.contains(index) ? $0[index] : nil }
      print(pad("\(Self.reference).\(measure.rawValue)", 38) + found.map { left(cell($0), 14) }.joined())
      guard simulation.mostCases > 1 else { continue }
      print(pad("  p", 38) + found.map { left($0?.plainShare.map(share) ?? "", 14) }.joined())
    }
  }

  private func cell(_ coverage: ReferenceCoverage?) -> String { cell(coverage?.share, without: coverage?.without ?? 0) }

  private func isShown(_ key: String) -> Bool {
    if let figure, !key.hasPrefix(figure) { return false }
    if key.hasPrefix("pair.") { return key.hasPrefix("pair.R1-R2.") }
    return !key.hasPrefix("reader.") || key.hasPrefix("reader.R1.")
  }

  private func cell(_ coverage: IntervalCoverage?) -> String { cell(coverage?.share, without: coverage?.without ?? 0) }

  private func cell(_ held: Double?, without count: Int) -> String {
    guard let held else { return "–" }
    let without = Double(count) / Double(tables)
    return without >= 0.005 ? "\(share(held)) (\(share(without)))" : share(held)
  }

  /// `.953`
  private func share(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    if thousandths >= 1000 { return "1.00" }
    let digits = String(thousandths)
    return "." + String(repeating: "0", count: 3 - digits.count) + digits
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
  private func left(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }
}
