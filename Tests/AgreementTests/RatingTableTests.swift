// Tallying cases into distinct patterns, and what a table may not be.

import Testing

@testable import Agreement

@Suite("Rating tables")
struct RatingTableTests {
  @Test("Equal cases are one pattern with a count")
  func tally() throws {
    // Given two readers and four cases, two of them alike,
    var tally = try RatingTally(readers: ["R1", "R2"], levels: ["no", "yes"], scale: .binary)
    for ratings in [[0, 1], [1, 1], [0, 1], [nil, 0]] as [[Int?]] { tally.add(ratings) }
    // when they are tallied,
    let table = tally.table()
    // then three patterns are left, in order of appearance.
    #expect(
      table.patterns == [
        .init(ratings: [0, 1], count: 2), .init(ratings: [1, 1], count: 1), .init(ratings: [nil, 0], count: 1),
      ])
    #expect(table.caseCount == 4)
    #expect(table.positive == 1)
    let counts = RatingCounts(table).members.map { "\($0.name) \($0.count)" }
    #expect(
      counts == [
        "cases 4", "readers 2", "readers_per_case 2", "ratings 7", "missing 1", "cases_rated 4",
        "cases_with_two_ratings 3",
        "cases_complete 3",
      ])
  }

  @Test("Many readers are tallied like few")
  func sparse() throws {
    // Given more possible patterns than the small table of patterns holds,
    let readers = (1...20).map { "R\($0)" }
    var tally = try RatingTally(readers: readers, levels: ["a", "b", "c"], scale: .nominal)
    let first: [Int?] = (0..<20).map { $0 % 4 == 3 ? nil : $0 % 4 }
    let second: [Int?] = first.reversed()
    for ratings in [first, second, first] { tally.add(ratings) }
    // then the patterns are the same as ever.
    #expect(tally.table().patterns == [.init(ratings: first, count: 2), .init(ratings: second, count: 1)])
  }

  @Test(
    "What cannot be a table",
    arguments: [
      (["R1"], ["a", "b"], RatingScale.nominal, nil, RatingTableError.tooFewReaders(1)),
      (["R1", "R1"], ["a", "b"], .nominal, nil, .repeatedReader("R1")),
      (["A", "B-C", "A-B", "C"], ["a", "b"], .nominal, nil, .ambiguousPair("A-B-C")),
      (["R1", "R2"], ["a"], .nominal, nil, .tooFewLevels(1)),
      (["R1", "R2"], ["a", "a"], .nominal, nil, .repeatedLevel("a")),
      (["R1", "R2"], ["a", ""], .nominal, nil, .emptyLevel),
      (["R1", "R2"], ["a", "b", "c"], .binary, nil, .notTwoLevels(3)),
      (["R1", "R2"], ["a", "b"], .binary, "c", .unknownPositive("c")),
    ])
  func refused(
    readers: [String], levels: [String], scale: RatingScale, positive: String?, expected: RatingTableError
  ) {
    #expect(throws: expected) {
      _ = try RatingTally(readers: readers, levels: levels, scale: scale, positive: positive)
    }
    #expect(!expected.message.isEmpty)
  }

  @Test("The positive level need not be the last")
  func positive() throws {
    var tally = try RatingTally(
      readers: ["R1", "R2"], levels: ["present", "absent"], scale: .binary, positive: "present")
    for ratings in [[0, 0], [0, 1], [1, 1], [1, 1]] { tally.add(ratings) }
    let report = tally.table().agreement(resampling: nil)
    #expect(report.positive == "present")
    #expect(report["pair.R1-R2.cells"]?.content == .fourfold(FourfoldCounts(a: 1, b: 1, c: 0, d: 2)))
    // The corners of the table in level order: upper right, then lower left.
    #expect(report["pair.R1-R2.mcnemar.exact"]?["b"] == 1)
    #expect(report["pair.R1-R2.mcnemar.exact"]?["c"] == 0)
  }
}
