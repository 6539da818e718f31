// Each case has readers of its own: what is complete, what is missing, and what cannot be told then.

import Testing

@testable import Agreement

@Suite("Readers of their own")
struct ReadersPerCaseTests {
  /// Three ratings of each of eight cases, and the same spread over five readers.
  private static let rows: [[Int]] = [
    [0, 0, 0], [1, 1, 1], [1, 0, 1], [0, 0, 1], [1, 1, 1], [0, 0, 0], [1, 1, 0], [0, 1, 0],
  ]
  private static func spread<Value>(_ row: [Value], _ place: Int) -> [Value?] {
    var spread = [Value?](repeating: nil, count: 5)
    for (index, value) in row.enumerated() { spread[(place + index) % 5] = value }
    return spread
  }

  private static func table(_ rows: [[Int?]], perCase: Int? = nil) throws -> RatingTable {
    var tally = try RatingTally(
      readers: (1...rows[0].count).map { "R\($0)" }, levels: ["no", "yes"], scale: .binary, readersPerCase: perCase)
    for row in rows { tally.add(row) }
    return tally.table()
  }

  private static var assigned: [[Int?]] { rows.enumerated().map { spread($1, $0) } }

  @Test("Complete is what its own readers rated")
  func levels() throws {
    let all = try Self.table(Self.rows).agreement()
    let own = try Self.table(Self.assigned, perCase: 3).agreement()
    #expect((own.counts.missing, own.counts.complete, own.counts.readers) == (0, 8, 5))
    for key in [
      "unanimous_agreement.complete_cases", "fleiss_kappa.complete_cases", "fleiss_kappa.unweighted",
      "gwet_ac.unweighted", "unanimous_agreement.complete_cases.bootstrap_cases",
    ] { #expect(own[key] == all[key], "\(key)") }
    #expect(own.units.unanimous == Proportion(count: 4, total: 8))
    #expect(own["cochran_q"]?.undefined == .readersOfTheirOwn)
    // Not told, they are missing and no case is complete.
    let untold = try Self.table(Self.assigned).agreement()
    #expect((untold.counts.missing, untold.counts.complete) == (16, 0))
  }

  @Test("Numbers: one-way correlations and limits with the mean, no others")
  func numbers() throws {
    let rows: [[Double]] = [[9, 2, 5], [6, 1, 3], [8, 4, 6], [7, 1, 2], [10, 5, 6], [6, 2, 4]]
    func report(_ rows: [[Double?]], perCase: Int? = nil) throws -> AgreementReport {
      var table = try NumberTable(readers: (1...rows[0].count).map { "R\($0)" }, readersPerCase: perCase)
      for row in rows { table.add(row) }
      return table.agreement()
    }
    let all = try report(rows)
    let own = try report(rows.enumerated().map { Self.spread($1, $0) }, perCase: 3)
    for key in ["icc_1", "icc_k", "limits_with_mean"] {
      let (value, wanted) = (try #require(own[key]?.value), try #require(all[key]?.value))
      #expect(abs(value - wanted) < 1e-12, "\(key)")
      let (interval, asked) = (try #require(own.interval(of: key)), try #require(all.interval(of: key)))
      #expect(abs(interval.low - asked.low) < 1e-9 && abs(interval.high - asked.high) < 1e-9, "\(key)")
    }
    for key in ["icc_a_1", "icc_c_1", "icc_a_k", "icc_c_k"] { #expect(own[key]?.undefined == .readersOfTheirOwn) }
    // R1 has cases 1, 4, 5 and 6, in the first, third, second and first place.
    let differences: [Double] = [9 - 16.0 / 3, 2 - 10.0 / 3, 5 - 7, 6 - 4]
    let mean = differences.reduce(0, +)
    #expect(abs((own["reader.R1.mean_difference"]?.value ?? 9) - mean / 4) < 1e-12)
    #expect(own["reader.R1.mean_difference"]?.casesUsed == 4)
  }

  private func read(_ text: String, perCase: Int?) throws -> RatingsFile {
    var options = RatingsOptions()
    options.readersPerCase = perCase
    var bytes = Array(text.utf8)[...]
    return try RatingsFile(levels: ["no", "yes"], scale: .binary, options: options) { buffer in
      let part = bytes.prefix(buffer.count)
      buffer.copyBytes(from: part)
      bytes = bytes.dropFirst(part.count)
      return part.count
    }
  }

  @Test("A table from a file is told it, and nothing in it may contradict")
  func file() throws {
    let lines = Self.assigned.enumerated().map { place, row in
      (["c\(place)"] + row.map { $0.map { ["no", "yes"][$0] } ?? "" }).joined(separator: ",")
    }
    let text = (["case,R1,R2,R3,R4,R5"] + lines).joined(separator: "\n")
    let file = try read(text, perCase: 3)
    #expect(file.table == (try Self.table(Self.assigned, perCase: 3)))
    #expect(file.origin.contains("3 readers to a case"))
    #expect(throws: RatingTableError.moreThanPerCase(3, perCase: 2)) { try read(text, perCase: 2) }
    #expect(throws: RatingsFileError.self) { try read(text, perCase: 6) }
  }

  @Test("An interval of few cases that leaves what a coefficient can be says so")
  func below() throws {
    let report = try Self.table([[0, 1], [1, 0], [0, 1], [1, 1], [0, 0], [1, 0]]).agreement()
    let interval = try #require(report.interval(of: "gwet_ac.unweighted"))
    #expect(interval.low < -1 && interval.caution?.contains("below −1") == true)
  }

  @Test("Of four cases no share has an interval but an exact one, and none is spoken of")
  func few() throws {
    let report = try Self.table([[0, 1], [1, 1], [0, 0], [0, 0]]).agreement()
    let positive = try #require(report["pair.R1-R2.positive_agreement"])
    #expect(positive.interval == nil && positive.noInterval == .few(4, isClustered: false))
    #expect(report.warnings.contains { $0.hasSuffix("is the rarer level “yes” given.") }, "\(report.warnings)")
    let words = MethodWords([report])
    #expect(words.coefficients.contains("McNemar") && words.coefficients.contains("Cochran"))
  }

  @Test("Of two readers a figure of all and the same figure of the pair have one interval")
  func two() throws {
    let report = try Self.table(
      [[0, 1], [1, 1], [0, 0], [0, 0], [1, 1], [1, 0], [0, 0], [1, 1], [0, 0], [0, 0], [1, 1], [0, 0]]
    ).agreement()
    let percent = try #require(report.interval(of: "percent_agreement.unweighted"))
    #expect(percent == report["pair.R1-R2.percent_agreement"]?.interval)
    let level = try #require(report.metrics.first { $0.subject == .level("yes") && $0.figure.isEmpty })
    #expect(report.interval(of: level.key) == report["pair.R1-R2.positive_agreement"]?.interval)
    #expect(level.statistic.value == report["pair.R1-R2.positive_agreement"]?.value)
  }

  @Test("Who gives every case one level, and pairs that share few cases, are told")
  func cautions() throws {
    let rows = (0..<12).map { [$0 % 2, 0, $0 < 6 ? $0 % 2 : nil] }
    let warnings = try Self.table(rows).agreement().warnings
    #expect(warnings.contains { $0.hasPrefix("“R2” gives every case “no”") }, "\(warnings)")
    #expect(warnings.contains { $0.hasPrefix("2 of 3 pairs of readers share fewer than 10 cases, the fewest 6") })
  }

  @Test("A file in which cases seem to have readers of their own is asked about")
  func asked() throws {
    let lines = Self.assigned.enumerated().map { place, row in
      (["c\(place)"] + row.map { $0.map { ["no", "yes"][$0] } ?? "" }).joined(separator: ",")
    }
    let text = (["case,R1,R2,R3,R4,R5"] + lines).joined(separator: "\n")
    #expect(try read(text, perCase: nil).notes.contains { $0.contains("say --readers-per-case 3") })
    #expect(try !read(text, perCase: 3).notes.contains { $0.contains("--readers-per-case") })
  }

  @Test("What needs the same readers everywhere is not named among what was computed")
  func words() throws {
    let words = MethodWords([try Self.table(Self.assigned, perCase: 3).agreement()]).coefficients
    #expect(words.contains("McNemar") && !words.contains("Cochran"))
  }

  @Test("A mark of a missing number is asked about however often it stands", arguments: 1...3)
  func marks(times: Int) throws {
    var table = try NumberTable(readers: ["R1", "R2"])
    for value in 1...8 { table.add([Double(value), Double(value) + (value.isMultiple(of: 2) ? 1 : 0)]) }
    for _ in 0..<times { table.add([5, 999]) }
    #expect(table.agreement().warnings.contains { $0.contains("--missing 999") })
  }
}
