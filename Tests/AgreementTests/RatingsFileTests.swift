// Ratings from CSV: what is read, and what is refused on which line.

import Testing

@testable import Agreement

@Suite("Ratings files")
struct RatingsFileTests {
  private func read(_ text: String, levels: [String] = ["absent", "present"]) throws -> RatingsFile {
    try RatingsFile(text: text, levels: levels, scale: .nominal)
  }

  @Test(
    "The same table, however it is written",
    arguments: [
      "case,R1,R2\nC1,absent,present\nC2,,present\n",
      "case,R1,R2\nC1,absent,present\nC2,,present",
      "case,R1,R2\r\nC1,absent,present\r\nC2,,present\r\n",
      "\u{FEFF}case,R1,R2\nC1,absent,present\nC2,,present\n\n",
      "\"case\",\"R1\",\"R2\"\n\"C1, first\",\"absent\",present\n\"C\"\"2\"\"\",\"\",\"present\"\n",
      "case,R1,R2\n\"C\n1\",absent,present\r\nC2,,\"present\"",
    ])
  func spellings(text: String) throws {
    let file = try read(text)
    #expect(file.table.readers == ["R1", "R2"])
    #expect(file.table.patterns == [.init(ratings: [0, 1], count: 1), .init(ratings: [nil, 1], count: 1)])
    #expect(file.notes == [])
  }

  @Test("Levels with quotation marks, commas and letters beyond ASCII")
  func levels() throws {
    let file = try read("case,Ä,B\n1,\"a \"\"b\"\", c\",größer\n", levels: ["größer", "a \"b\", c"])
    #expect(file.table.readers == ["Ä", "B"])
    #expect(file.table.patterns == [.init(ratings: [1, 0], count: 1)])
  }

  @Test("A file cut into chunks at any byte is the same file", arguments: [1, 2, 3, 7])
  func chunks(size: Int) throws {
    let text = "\u{FEFF}case,R1,R2\r\n\"C\"\"1\",absent,\"present\"\r\nC2,,present\r\n\"Ü\n3\",present,absent"
    var bytes = Array(text.utf8)[...]
    var calls = 0
    let file = try RatingsFile(levels: ["absent", "present"], scale: .binary, progress: { _ in calls += 1 }) { buffer in
      let part = bytes.prefix(min(size, buffer.count))
      buffer.copyBytes(from: part)
      bytes = bytes.dropFirst(part.count)
      return part.count
    }
    #expect(
      file.table.patterns == [
        .init(ratings: [0, 1], count: 1), .init(ratings: [nil, 1], count: 1), .init(ratings: [1, 0], count: 1),
      ])
    #expect(calls > 1)
  }

  @Test(
    "What is wrong is said with its line",
    arguments: [
      ("", nil, "the file is empty"),
      ("case,R1,R2\n", nil, "holds no case"),
      ("case,R1\nC1,absent\n", 1, "at least two readers"),
      ("case;R1;R2\nC1;absent;absent\n", 1, "semicolons"),
      ("case\tR1\tR2\n", 1, "tabs"),
      ("case,R1,\nC1,absent,absent\n", 1, "column 3 has no reader's name"),
      ("case,R1,R1\nC1,absent,absent\n", 1, "two readers are called “R1”"),
      ("case,R1,R2\nC1,absent,absent\nC2,presnt,absent\n", 3, "Did you mean “present”?"),
      ("case,R1,R2\nC1,absent,Present\n", 2, "“Present” of reader “R2” is not a declared level (absent, present)"),
      ("case,R1,R2\nC1,absent,NA\n", 2, "A missing rating is an empty cell."),
      ("case,R1,R2\n\"C\n1\",absent,absent\nC2,absent\n", 4, "this row has 2 cells, the first row 3"),
      ("case,R1,R2\nC1,absent,absent,present\n", 2, "this row has 4 cells"),
      ("case,R1,R2\nC1,\"absent,present\nC2,absent,absent\n", 2, "never closed"),
      ("case,R1,R2\nC1,abs\"ent,present\n", 2, "a quotation mark stands inside a cell"),
      ("case,R1,R2\nC1,\"absent\"x,present\n", 2, "text follows a closing quotation mark"),
      ("case,R1,R2\nC1,\u{1B}[31m,present\n", 2, "“\u{FFFD}[31m”"),
    ] as [(String, Int?, String)])
  func faults(text: String, line: Int?, part: String) throws {
    let error = try #require(throws: RatingsFileError.self) { _ = try read(text) }
    #expect(error.faults.map(\.line) == [line])
    #expect(error.faults[0].message.contains(part), "\(error.faults[0].message)")
    let place = line.map { ":\($0)" } ?? ""
    #expect(error.lines(fileName: "r.csv") == ["r.csv\(place): error: \(error.faults[0].message)"])
  }

  @Test(
    "Bytes that are no UTF-8", arguments: [([0x43, 0x31, 0xFF, 0x2C] as [UInt8], "UTF-8"), ([0xFF, 0xFE], "UTF-16")])
  func encodings(bytes: [UInt8], part: String) throws {
    let isFirst = part == "UTF-16"
    var rest = ((isFirst ? [] : Array("case,R1,R2\n".utf8)) + bytes + Array("absent,absent\n".utf8))[...]
    let error = try #require(throws: RatingsFileError.self) {
      _ = try RatingsFile(levels: ["absent", "present"], scale: .binary) { buffer in
        buffer.copyBytes(from: rest)
        defer { rest = [] }
        return rest.count
      }
    }
    #expect(error.faults.map(\.line) == [isFirst ? 1 : 2])
    #expect(error.faults[0].message.contains(part))
  }

  @Test("Faults of meaning are collected, up to ten")
  func manyFaults() throws {
    let rows = (1...30).map { "C\($0),absent,nonsense\n" }.joined()
    let error = try #require(throws: RatingsFileError.self) { _ = try read("case,R1,R2\n" + rows) }
    #expect(error.faults.map(\.line) == Array(2...11))
  }

  @Test("A case that stands twice is noted")
  func repeatedCase() throws {
    let file = try read("case,R1,R2\nC1,absent,absent\nC2,absent,absent\nC1,present,absent\nC2,absent,absent\n")
    #expect(file.table.caseCount == 4)
    #expect(file.notes.count == 1)
    #expect(file.notes[0].hasPrefix("Case “C1” stands again on line 4, and 1 more"))
  }

  @Test("One repeated case is found among many, and none where there is none")
  func repeatedAmongMany() throws {
    let rows = (1...5000).map { "C\($0),absent,absent\n" }.joined()
    #expect(try read("case,R1,R2\n" + rows).notes == [])
    #expect(
      try read("case,R1,R2\n" + rows + "C17,absent,absent\n").notes == [
        "Case “C17” stands again on line 5002; every row counts as a case of its own."
      ])
  }
}

extension RatingsFile {
  /// Reads text that is in memory.
  fileprivate init(text: String, levels: [String], scale: RatingScale) throws {
    var bytes = Array(text.utf8)[...]
    try self.init(levels: levels, scale: scale) { buffer in
      let part = bytes.prefix(buffer.count)
      buffer.copyBytes(from: part)
      bytes = bytes.dropFirst(part.count)
      return part.count
    }
  }
}
