// Known tables, shuffled, turned and stripped: each is read right, or refused.

import Foundation
import Testing

@testable import Agreement

@Suite("Tables of any shape")
struct ShapePropertyTests {
  /// A cell that knows what it means, wherever it is moved to.
  private struct Cell: Sendable {
    enum Meaning: Hashable, Sendable {
      case corner
      case reader(Int)
      case unit(Int)
      case rating(Int, by: Int)
      case other
    }
    var text: String
    var meaning: Meaning
  }
  private typealias Rows = [[Cell]]

  private static let changes: [(name: String, change: @Sendable (Rows, inout SplitMix64) -> Rows)] = [
    ("rows shuffled", { rows, random in [rows[0]] + rows.dropFirst().shuffled(using: &random) }),
    ("all rows shuffled", { rows, random in rows.shuffled(using: &random) }),
    ("readers shuffled", { rows, random in reordered(rows, [0] + (1..<rows[0].count).shuffled(using: &random)) }),
    ("columns shuffled", { rows, random in reordered(rows, rows[0].indices.shuffled(using: &random)) }),
    ("transposed", { rows, _ in rows[0].indices.map { column in rows.map { $0[column] } } }),
    ("without first row", { rows, _ in Array(rows.dropFirst()) }),
    ("without first column", { rows, _ in rows.map { Array($0.dropFirst()) } }),
    ("without last column", { rows, _ in rows.map { Array($0.dropLast()) } }),
    ("without last row", { rows, _ in Array(rows.dropLast()) }),
    ("corner unnamed", { rows, _ in renamed(rows) { $0 == .corner ? "" : nil } }),
    ("numbered cases", { rows, _ in renamed(rows) { if case .unit(let i) = $0 { "\(i + 1)" } else { nil } } }),
    ("named cases", { rows, _ in renamed(rows) { if case .unit(let i) = $0 { "Case of \(i + 7)" } else { nil } } }),
    (
      "named readers",
      { rows, _ in
        renamed(rows) {
          if case .reader(let i) = $0 { ["Ada", "Bo", "Cy", "Dee", "Eli", "Flo", "Gus"][i] } else { nil }
        }
      }
    ),
    (
      "a row of sums",
      { rows, _ in
        rows + [rows[rows.count - 1].enumerated().map { Cell(text: $0 == 0 ? "Total" : $1.text, meaning: .other) }]
      }
    ),
    (
      "a column of sums",
      { rows, _ in rows.enumerated().map { $1 + [Cell(text: $0 == 0 ? "Sum" : $1[$1.count - 1].text, meaning: .other)] }
      }
    ),
    ("a row twice", { rows, _ in rows + [rows[rows.count - 1]] }),
    ("empty rows", { rows, _ in rows + [rows[0].map { _ in Cell(text: "", meaning: .other) }] }),
  ]

  private static func reordered(_ rows: Rows, _ order: [Int]) -> Rows { rows.map { row in order.map { row[$0] } } }

  private static func renamed(_ rows: Rows, _ name: (Cell.Meaning) -> String?) -> Rows {
    rows.map { $0.map { cell in name(cell.meaning).map { Cell(text: $0, meaning: cell.meaning) } ?? cell } }
  }

  /// Ways to write the same table.
  private static let spellings: [@Sendable (Rows) -> String] = [
    { written($0, ",", "\n") }, { "\u{FEFF}" + written($0, ";", "\r\n") }, { "sep=;\r\n" + written($0, ";", "\r\n") },
    { written($0, "\t", "\r") }, { written($0, ",", "\n", quote: "\"") },
  ]

  private static func written(_ rows: Rows, _ separator: String, _ end: String, quote: String = "") -> String {
    rows.map { $0.map { quote + $0.text + quote }.joined(separator: separator) + end }.joined()
  }

  private func original(_ name: String) throws -> Rows {
    let text = try String(contentsOf: goldenFolder.appendingPathComponent("\(name).csv"), encoding: .utf8)
    return text.split(separator: "\n").enumerated().map { row, line in
      line.split(separator: ",", omittingEmptySubsequences: false).enumerated().map { column, text in
        let meaning: Cell.Meaning =
          switch (row, column) {
          case (0, 0): .corner
          case (0, _): .reader(column - 1)
          case (_, 0): .unit(row - 1)
          default: .rating(row - 1, by: column - 1)
          }
        return Cell(text: String(text), meaning: meaning)
      }
    }
  }

  /// Figures that do not depend on the order of cases or readers.
  private func figures(_ report: AgreementReport) -> [String: Double] {
    var figures: [String: Double] = [:]
    for metric in report.metrics {
      guard let value = metric.statistic.value else { continue }
      var key = metric.key
      if case .pair(let a, let b) = metric.subject {
        guard metric.figure.hasPrefix("cohen_kappa") || metric.figure == "n" else { continue }
        key = ([a, b].sorted() + [metric.figure]).joined(separator: "|")
      }
      // Sums in another order differ in the last digits.
      figures[key] = (value * 1e9).rounded()
    }
    return figures
  }

  /// The figures of the ratings that are still in a table, by what each of its cells means.
  private func expected(_ rows: Rows, _ golden: GoldenTable) throws -> [String: Double]? {
    let cells = rows.joined()
    var names: [Int: String] = [:]
    var units: Set<Int> = []
    var ratings: [Cell.Meaning: Int?] = [:]
    for cell in cells {
      switch cell.meaning {
      case .reader(let index): names[index] = cell.text
      case .rating(let unit, _):
        units.insert(unit)
        ratings[cell.meaning] = golden.levels.firstIndex(of: cell.text)
      case .corner, .unit, .other: break
      }
    }
    let readers = names.keys.sorted()
    guard readers.count >= 2 else { return nil }
    var tally = try RatingTally(
      readers: readers.compactMap { names[$0] }, levels: golden.levels, scale: golden.scale ?? .nominal,
      positive: golden.positive)
    for unit in units { tally.add(readers.map { ratings[.rating(unit, by: $0)] ?? nil }) }
    return figures(tally.table().agreement(resampling: nil))
  }

  @Test("Every change, alone and with others, gives the figures of the table or an error", arguments: GoldenTable.names)
  func changes(name: String) throws {
    let golden = try GoldenTable(name)
    let original = try original(name)
    var random = SplitMix64(seed: 17)
    let singles = [[]] + Self.changes.indices.map { [$0] }
    let several = (0..<40).map { _ in
      (0..<Int.random(in: 2...4, using: &random)).map { _ in Int.random(in: Self.changes.indices, using: &random) }
    }
    var read = 0
    for chosen in singles + several {
      // Given a table that was changed,
      var rows = original
      for index in chosen where rows.count > 1 && rows[0].count > 1 { rows = Self.changes[index].change(rows, &random) }
      guard !rows.isEmpty, !rows[0].isEmpty else { continue }
      let names = chosen.map { Self.changes[$0].name }
      let spelling = Self.spellings[Int.random(in: Self.spellings.indices, using: &random)]
      // when it is read without a word about its shape,
      let file: RatingsFile
      do {
        file = try RatingsFile(
          text: spelling(rows), levels: golden.levels, scale: golden.scale ?? .nominal, positive: golden.positive)
      } catch let error as RatingsFileError {
        // then it is refused in words,
        #expect(error.faults.allSatisfy { $0.message.utf8.count > 20 }, "\(names)")
        #expect(!chosen.isEmpty, "\(error)")
        continue
      }
      // or its figures are those of the ratings in it.
      read += 1
      let found = figures(file.agreement(resampling: nil))
      let wanted = try expected(rows, golden)
      if found != wanted { Issue.record("\(names): \(file.origin)\n\(spelling(rows).prefix(300))") }
    }
    #expect(read > 10)
  }
}
