// Small inputs that once gave wrong figures or a message that did not help, each for a kind.

import Foundation
import Testing

@testable import Agreement

@Suite("Inputs that went wrong")
struct InputTests {
  private func text(_ name: String) throws -> String {
    try String(contentsOf: Bundle.module.bundleURL.appendingPathComponent("inputs/\(name)"), encoding: .utf8)
  }

  private func read(
    _ name: String, _ levels: [String], _ scale: RatingScale = .nominal,
    _ change: (inout RatingsOptions) -> Void = { _ in }
  ) throws -> RatingsFile {
    var options = RatingsOptions()
    change(&options)
    return try RatingsFile(text: text(name), levels: levels, scale: scale, options: options)
  }

  private func fault(_ name: String, _ levels: [String]) throws -> String {
    try #require(throws: RatingsFileError.self) { _ = try read(name, levels) }.faults[0].message
  }

  @Test("A table without a case column is refused, and read when that is said")
  func noCaseColumn() throws {
    #expect(try fault("no-case-column.csv", ["1", "2", "3"]).contains("“reader1”, holds nothing but levels"))
    let file = try read("no-case-column.csv", ["1", "2", "3"], .ordinal) { $0.caseColumn = .none }
    #expect(file.table.readers == ["reader1", "reader2", "reader3"])
    #expect(file.table.caseCount == 3)
    #expect(file.origin == "cases in rows without names")
  }

  @Test("A table without a header is refused")
  func noHeader() throws {
    #expect(try fault("no-header.csv", ["absent", "present"]).contains("no header"))
  }

  @Test("Levels that are numbers compare as numbers")
  func numbers() throws {
    #expect(try read("float-column.csv", ["0", "1"]).table.patterns.map(\.ratings) == [[0, 0], [1, 1], [0, nil]])
    #expect(
      try read("minus-level.csv", ["-1", "0", "1"]).table.patterns.map(\.ratings) == [[0, 1], [1, 1], [2, 2]])
    #expect(try read("minus-sign.csv", ["-", "±", "+"]).table.patterns.map(\.ratings) == [[0, 1], [1, 1], [2, 2]])
  }

  @Test("Many levels")
  func manyLevels() throws {
    let levels = try RatingsOptions.list(text("levels-201.txt"))
    #expect(levels.count == 201)
    let report = try read("wide-scale.csv", levels, .ordinal).agreement(resampling: Resampling(resamples: 0))
    #expect(report.counts.cases == 3 && report["gwet_ac.linear"]?.value != nil)
    let error = #expect(throws: RatingTableError.self) {
      _ = try read("wide-scale.csv", (0...1000).map(String.init), .ordinal)
    }
    #expect(error?.message == "1001 levels are more than the 1000 that can be compared")
  }

  @Test("Columns that are no readers are told, and left out when the readers are named")
  func extraColumns() throws {
    let message = try fault("extra-columns.csv", ["a", "b"])
    #expect(message.contains("“size”, “comment”") && message.contains("--columns R1,R2"))
    let file = try read("extra-columns.csv", ["a", "b"]) { $0.columns = ["R1", "R2"] }
    #expect(file.table.patterns.map(\.ratings) == [[0, 0], [0, 1]])
    #expect(file.origin == "cases in rows, named in column “case”; not read: “size”, “comment”")
  }

  @Test("A rating a row, and a table of counts")
  func otherForms() throws {
    #expect(try fault("long.csv", ["a", "b"]).contains("--long"))
    let long = try read("long.csv", ["a", "b"]) { $0.form = .long }
    #expect(long.table.readers == ["R1", "R2"] && long.table.patterns.map(\.ratings) == [[0, 0], [1, 0]])
    #expect(try fault("counts.csv", ["a", "b"]).contains("--counts"))
    let counts = try read("counts.csv", ["a", "b"], .binary) { $0.form = .counts }
    #expect(counts.agreement(resampling: nil)["pair.R1-R2.table"]?.content == .table([[10, 3], [2, 5]]))
  }

  @Test("Of forty readers the pairs are summed up, and in full on request")
  func fortyReaders() throws {
    let file = try read("forty-readers.csv", ["a", "b"], .binary)
    let report = file.agreement(resampling: Resampling(resamples: 100))
    let text = report.text()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count < 150, "\(lines.count)")
    #expect(lines.map(\.count).max() ?? 0 <= 80)
    #expect(text.contains("Pairs of readers (780)"))
    // The spread is that of the pairs.
    let kappas = report.metrics.filter { $0.figure == "cohen_kappa.unweighted" }.compactMap(\.statistic.value)
    let line = try #require(lines.first { $0.hasPrefix("  Cohen kappa") })
    #expect(line.contains(" \(decimals(kappas.min() ?? 0)) ") && line.contains(" \(decimals(kappas.max() ?? 0)) "))
    #expect(report.text(isOfEveryPair: true).split(separator: "\n").count > 5000)
    // What grows with the pairs is done on request only.
    #expect(report.noInterval(of: "light_kappa") == .manyReaders)
    let whole = file.agreement(resampling: Resampling(resamples: 0, isOfEveryPair: true))
    #expect(whole.interval(of: "light_kappa") != nil)
  }

  @Test("One case, and lines that end in CR")
  func small() throws {
    let one = try read("one-case.csv", ["hypo", "iso"]).agreement()
    #expect(one.text().hasPrefix("Agreement of 2 readers on 1 case\n"))
    #expect(try read("cr-only.csv", ["a", "b"]).table.patterns.map(\.ratings) == [[0, 0], [0, 1]])
  }
}
