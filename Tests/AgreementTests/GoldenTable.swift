// The reference tables: ratings as CSV, expected figures as JSON.

import Foundation

@testable import Agreement

/// One reference table with its expected figures.
struct GoldenTable {
  let name: String
  let expected: [String: [String: Any]]

  init(_ name: String) throws {
    self.name = name
    let data = try Data(contentsOf: goldenFolder.appendingPathComponent("\(name).expected.json"))
    let json = try JSONSerialization.jsonObject(with: data) as? [String: [String: Any]]
    expected = try requireValue(json, "\(name): an object of objects")
  }

  private var description: [String: Any] { expected["_table"] ?? [:] }
  var levels: [String] { description["levels"] as? [String] ?? [] }
  var positive: String? { description["positive"] as? String }
  var scale: RatingScale? { (description["scale"] as? String).flatMap(RatingScale.init(rawValue:)) }
  /// The keys of figures, without the description of the table.
  var keys: [String] { expected.keys.filter { $0 != "_table" }.sorted() }

  /// The ratings, with the declared levels or with those in use only.
  func ratings(observedLevelsOnly: Bool = false) throws -> RatingTable {
    let text = try String(contentsOf: goldenFolder.appendingPathComponent("\(name).csv"), encoding: .utf8)
    let rows = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let cells = rows.dropFirst().map { $0.dropFirst().map(String.init) }
    let levels =
      observedLevelsOnly ? self.levels.filter { level in cells.contains { $0.contains(level) } } : self.levels
    var tally = try RatingTally(
      readers: rows[0].dropFirst().map(String.init), levels: levels,
      scale: requireValue(scale, "\(name): a scale"), positive: positive)
    for row in cells { tally.add(row.map { $0.isEmpty ? nil : levels.firstIndex(of: $0) }) }
    return tally.table()
  }

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: goldenFolder.path)) ?? []
    return files.filter { $0.hasSuffix(".expected.json") && !$0.hasPrefix("proportions") }
      .map { String($0.dropLast(".expected.json".count)) }.sorted()
  }()
}

var goldenFolder: URL { Bundle.module.bundleURL.appendingPathComponent("golden") }

struct Missing: Error {
  let what: String
}

/// The value, or an error that says what is missing.
func requireValue<T>(_ value: T?, _ what: String) throws -> T {
  guard let value else { throw Missing(what: what) }
  return value
}
