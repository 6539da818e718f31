// Levels that are taken together, and cases that are divided.

import Testing

@testable import Agreement

@Suite("Levels taken together, cases divided")
struct SubgroupTests {
  // MARK: Levels

  private let levels = ["none", "limited", "extensive"]

  @Test("Levels taken together are one, and two of them are binary")
  func collapsed() throws {
    var tally = try RatingTally(readers: ["A", "B"], levels: levels, scale: .ordinal)
    for (a, b) in [(0, 0), (1, 2), (2, 1), (nil, 2), (0, 1)] { tally.add([a, b], patient: "P\(a ?? 9)") }
    let collapse = try LevelCollapse("any = limited, extensive")

    let table = try tally.table().collapsed(collapse)

    var wanted = try RatingTally(readers: ["A", "B"], levels: ["none", "any"], scale: .binary, positive: "any")
    for (a, b) in [(0, 0), (1, 1), (1, 1), (nil, 1), (0, 1)] { wanted.add([a, b]) }
    let (own, plain) = (table.agreement(resampling: nil), wanted.table().agreement(resampling: nil))
    #expect(table.levels == ["none", "any"] && table.scale == .binary && table.positive == 1)
    #expect(own["percent_agreement.unweighted"]?.value == plain["percent_agreement.unweighted"]?.value)
    #expect(own["gwet_ac.unweighted"]?.value == plain["gwet_ac.unweighted"]?.value)
    // Patients stay together.
    #expect(own.isClustered && own.units.rated == 4)
    #expect(try tally.table().collapsed(collapse, positive: "none").positive == 0)
  }

  @Test("An order stays one where neighbours are taken together")
  func order() throws {
    let four = ["a", "b", "c", "d"]
    #expect(try LevelCollapse("x=b,c").plan(four).scale(from: .ordinal) == .ordinal)
    #expect(try LevelCollapse("x=a,c").plan(four).scale(from: .ordinal) == .nominal)
    #expect(try LevelCollapse("x=a,c;y=b,d").plan(four).scale(from: .nominal) == .binary)
    #expect(try LevelCollapse("\"b, c\"=b,c").plan(four).levels == ["a", "b, c", "d"])
  }

  @Test(
    "What cannot be taken together is said",
    arguments: [
      ("limited", "names no levels"), ("=limited", "names no levels"), ("x=", "names no levels"),
      ("", "names no levels"),
      ("x=limitted", "no level “limitted”"), ("x=none;x=limited", "two groups are called “x”"),
      ("x=none;y=none,limited", "“none” is taken twice"), ("x=none,limited,extensive", "only “x” would be left"),
      ("none=limited,extensive", "“none” is a level of its own"),
    ])
  func faults(text: String, words: String) throws {
    let error = #expect(throws: LevelCollapseError.self) { try LevelCollapse(text).plan(levels) }
    #expect(error?.message.contains(words) == true, "\(String(describing: error?.message))")
  }

  // MARK: Cases

  @Test("Values, bounds, and what is not stated")
  func groups() throws {
    let sex = try #require(Subgrouping("sex"))
    let age = try #require(Subgrouping("age < 60"))
    let months = try #require(Subgrouping("follow-up>=6"))
    #expect(sex.group(of: " female ") == "female" && sex.group(of: "") == "not stated")
    #expect(["59.9", "60", ""].map { age.group(of: $0) } == ["age < 60", "age >= 60", "not stated"])
    #expect(age.group(of: "old") == nil)
    #expect(months.group(of: "6") == "follow-up >= 6" && months.group(of: "5") == "follow-up < 6")
    #expect(sex.sorted(["not stated", "10", "9", "x"]) == ["9", "10", "x", "not stated"])
    #expect(months.sorted(["follow-up < 6", "not stated", "follow-up >= 6"])[0] == "follow-up >= 6")
    #expect(Subgrouping("age<") == nil && Subgrouping("<6") == nil && Subgrouping("age<old") == nil)
  }

  private static let wide = "case,sex,R1,R2,age\n1,f,a,a,50\n2,m,a,b,70\n3,f,b,b,\n4,,b,a,60\n"
  private static let long =
    "case,reader,rating,sex,age\n1,R1,a,f,50\n1,R2,a,f,50\n2,R1,a,m,70\n2,R2,b,m,70\n3,R1,b,f,\n3,R2,b,f,\n4,R1,b,,60\n4,R2,a,,60\n"

  @Test("A column divides the cases of a wide and of a long table alike", arguments: [wide, long])
  func columns(text: String) throws {
    func file(_ by: String) throws -> RatingsFile {
      var options = RatingsOptions()
      options.form = text == Self.long ? .long : .wide
      options.columns = text == Self.long ? [] : ["R1", "R2"]
      options.by = Subgrouping(by)
      return try RatingsFile(text: text, levels: ["a", "b"], scale: .binary, options: options)
    }
    let bySex = try file("sex")
    #expect(bySex.groups.map(\.name) == ["f", "m", "not stated"])
    #expect(bySex.groups.map(\.content.table.caseCount) == [2, 1, 1])
    #expect(bySex.table.caseCount == 4)
    #expect(bySex.groups[0].content.agreement(resampling: nil)["percent_agreement.unweighted"]?.value == 1)
    #expect(bySex.groups[1].content.agreement(resampling: nil)["percent_agreement.unweighted"]?.value == 0)
    #expect(bySex.origin.contains("subgroups in column “sex”"))
    #expect(try file("age<60").groups.map(\.name) == ["age < 60", "age >= 60", "not stated"])
    #expect(try file("age<60").groups.map(\.content.table.caseCount) == [1, 2, 1])
    // A word where a bound needs a number, and a column that there is not.
    #expect(throws: RatingsFileError.self) { try file("sex<1") }
    #expect(throws: RatingsFileError.self) { try file("height") }
  }

  @Test("A column of ages is asked about, not taken for a reader")
  func factsAreNoReaders() throws {
    let text = "case,R1,R2,Age\n1,1,1,50\n2,1,2,60\n3,2,2,70\n"
    let error = #expect(throws: RatingsFileError.self) {
      try RatingsFile(text: text, levels: [], scale: .interval)
    }
    #expect(error?.faults.first?.message.contains("“Age” does not look like a reader") == true)
    var options = RatingsOptions()
    options.columns = ["R1", "R2"]
    #expect(try RatingsFile(text: text, levels: [], scale: .interval, options: options).table.readers == ["R1", "R2"])
  }

  @Test("Subgroups that are spelt alike are told")
  func alike() throws {
    var options = RatingsOptions()
    options.columns = ["R1", "R2"]
    options.by = Subgrouping("sex")
    let text = Self.wide.replacing("3,f", with: "3, F ")
    let file = try RatingsFile(text: text, levels: ["a", "b"], scale: .binary, options: options)
    #expect(file.notes == ["The subgroups “F” and “f” are spelt alike and kept apart."])
    #expect(
      try RatingsFile(text: Self.wide, levels: ["a", "b"], scale: .binary, options: options).notes == [])
  }

  @Test("A reader's column is no subgroup, and a case is in one of them")
  func columnFaults() throws {
    var options = RatingsOptions()
    options.form = .long
    options.by = Subgrouping("sex")
    let error = #expect(throws: RatingsFileError.self) {
      try RatingsFile(
        text: "case,reader,rating,sex\n1,R1,a,f\n1,R2,a,m\n", levels: ["a", "b"], scale: .binary, options: options)
    }
    #expect(error?.faults.first?.message.contains("another subgroup") == true)
    let many = "id,n,R1,R2\n" + (1...50).map { "\($0),\($0 * 100),a,b\n" }.joined()
    options.form = .wide
    options.by = Subgrouping("n")
    let tooMany = #expect(throws: RatingsFileError.self) {
      try RatingsFile(text: many, levels: ["a", "b"], scale: .binary, options: options)
    }
    #expect(tooMany?.faults.first?.message.contains("50 different values") == true)
  }
}
