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
    let file = try read(
      "case,Ä,B\n1,\"a \"\"b\"\", c\",größer\n2,größer,größer\n3,,\n", levels: ["größer", "a \"b\", c"])
    #expect(file.table.readers == ["Ä", "B"])
    #expect(file.table.patterns.map(\.ratings) == [[1, 0], [0, 0], [nil, nil]])
  }

  @Test(
    "What may be levels where nobody said them",
    arguments: [
      ("case,age,R1,R2\n1,70,a,NA\n2,60, b,a\n", RatingsOptions.Form.wide, ["R1", "R2"], ["a", "NA", "b"]),
      ("case,R1,R2\n1,a,.\n", .wide, [], ["a"]), ("case,reader,rating\n1,R1,a\n1,R2,b\n", .long, [], ["a", "b"]),
      ("reader,C1,C2\nR1,a,b\n", .transposed, [], []), (",a,b\na,10,3\nb,2,5\n", .counts, [], ["a", "b"]),
    ])
  func cells(text: String, form: RatingsOptions.Form, columns: [String], cells: [String]) throws {
    var options = RatingsOptions()
    (options.form, options.columns, options.missing) = (form, columns, ["."])
    var bytes = Array(text.utf8)[...]
    let found = try RatingsFile.cells(options) { buffer in
      let part = bytes.prefix(buffer.count)
      buffer.copyBytes(from: part)
      bytes = bytes.dropFirst(part.count)
      return part.count
    }
    #expect(found == cells)
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
      ("case;R1;R2\nC1;absent\n", 2, "this row has 2 cells"),
      ("case\nC1\n", 1, "the table has one column"),
      ("sep=|\ncase|R1|R2\n", 1, "names no separator that is known"),
      ("PK\u{3}\u{4}\u{0}\u{0}", nil, "a ZIP archive, as spreadsheets are; save the table as CSV"),
      // Out of order, and after names that ascended.
      (
        "case,R1,R2\nC1,absent,absent\nC2,absent,absent\nC10,absent,absent\nC2,absent,present\n", 5,
        "the case “C2” stands again"
      ),
      (
        "case,R1,R2\nC3,absent,absent\nC1,absent,absent\nC2,absent,absent\nC1,absent,present\n", 5,
        "the case “C1” stands again"
      ),
      ("case,R1,R2\nC1,absent,absent\nC1,absent,present\n", 3, "the case “C1” stands again"),
      (
        "case,R1,R2\nC1,absent,absent\nC2,absent,present\n,absent,absent\n", 4, "this row has no name, as a row of sums"
      ),
      ("case,R1,R2\nC1,absent,absent\nTotal,present,present\n", 3, "the row “Total” looks like sums"),
      ("case,R1,R2,Total\nC1,absent,absent,absent\n", 1, "the column “Total” looks like sums"),
      ("case,R1,R2,age\nC1,absent,absent,40\n", 1, "--columns R1,R2"),
      ("R1,R2,R3\nabsent,absent,present\nabsent,present,present\n", 1, "--case-column none"),
      ("R1,subject,R2\nabsent,C1,present\nabsent,C2,present\n", 1, "--case-column subject"),
      ("case,who,who,R1,R2\nC1,1,2,absent,present\n", 1, "two readers are called “who”"),
      ("reader,C1,C2\nAda,absent\nBo,present,absent\n", 2, "a missing rating is an empty cell"),
      ("reader,C1,C2\nAda,absent,absent,absent\nBo,present,absent\n", 2, "or the first row lacks a name"),
      ("case,patient,R1,R2\nC1,P1,absent,present\n", 1, "--cluster patient"),
      ("C1,absent,present\nC2,present,present\n", 1, "no header"),
      ("reader,C1,C2,C3\nR1,absent,present,absent\nR2,absent,present,present\n", 1, "--transpose"),
      ("case,reader,rating\nC1,R1,absent\nC1,R2,absent\n", 1, "--long"),
      (",absent,present\nabsent,10,3\npresent,2,5\n", 1, "--counts"),
      ("case,R1,\nC1,absent,absent\n", 1, "column 3 has no reader's name"),
      ("case,R1,R1\nC1,absent,absent\n", 1, "two readers are called “R1”"),
      ("case,R1,R2\nC1,absent,absent\nC2,presnt,absent\n", 3, "Did you mean “present”?"),
      ("case,R1,R2\nC1,absent,Present\n", 2, "“Present” of reader “R2” is not a declared level (absent, present)"),
      ("case,R1,R2\nC1,absent,NA\n", 2, "A missing rating is an empty cell; name another mark with --missing."),
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
    #expect(error.faults.map(\.line) == [isFirst ? nil : 2])
    #expect(error.faults[0].message.contains(part))
  }

  @Test("Ten faults are told, the others counted")
  func manyFaults() throws {
    let rows = (1...200_000).map { "C\($0),absent,\($0 == 1 ? "absent" : "nonsense")\n" }.joined()
    let error = try #require(throws: RatingsFileError.self) { _ = try read("case,R1,R2\n" + rows) }
    #expect(error.faults.map(\.line) == Array(3...12))
    #expect(error.more == 199_989)
    #expect(error.lines(fileName: "r.csv").last == "r.csv: and 199,989 more")
  }

  @Test("One repeated case is found among many, and none where there is none")
  func repeatedAmongMany() throws {
    let rows = (1...5000).map { "C\($0),absent,absent\n" }.joined()
    #expect(try read("case,R1,R2\n" + rows).table.caseCount == 5000)
    let error = try #require(throws: RatingsFileError.self) {
      _ = try read("case,R1,R2\n" + rows + "C17,absent,absent\n")
    }
    #expect(error.faults.map(\.line) == [5002])
  }

  @Test("A column of patients makes their rows one unit, and may be that of the cases")
  func clusters() throws {
    var options = RatingsOptions()
    options.cluster = "patient"
    let text = "exam,patient,R1,R2\n1,P1,absent,absent\n2,P1,present,present\n3,P2,absent,present\n"
    let file = try RatingsFile(text: text, levels: ["absent", "present"], scale: .binary, options: options)
    #expect(file.table.readers == ["R1", "R2"])
    #expect(file.table.units.total == 2 && file.table.units.isClustered)
    #expect(file.origin == "cases in rows, named in column “exam”; patients in column “patient”")
    let same = try RatingsFile(
      text: "patient,R1,R2\nP1,absent,absent\nP1,present,present\nP2,absent,present\n", levels: ["absent", "present"],
      scale: .binary, options: options)
    #expect(same.table == file.table)
  }

  @Test("Marks of missing ratings, empty rows, numbers and letters that are written otherwise")
  func otherSpellings() throws {
    var options = RatingsOptions()
    options.missing = ["NA", ".", "-999"]
    let file = try RatingsFile(
      text: "case,R1,R2\n1,NA,0.0\n2,-999.0,1\n3,+1,.\n,,\n4,−1,-1.00\n,,\n", levels: ["-1", "0", "1"], scale: .ordinal,
      options: options)
    #expect(file.table.patterns.map(\.ratings) == [[nil, 1], [nil, 2], [2, nil], [0, 0]])
    #expect(file.notes == ["2 empty rows are left out, the first on line 5."])
    #expect(file.agreement().json.contains("\"warnings\": ["))
    #expect(file.agreement().warnings.contains(file.notes[0]))
    let decomposed = try read("case,R1,R2\n1,gro\u{308}ßer,größer\n", levels: ["größer", "b"])
    #expect(decomposed.table.patterns.map(\.ratings) == [[0, 0]])
    let clash = #expect(throws: RatingTableError.self) {
      _ = try RatingsFile(text: "case,R1,R2\n", levels: ["1", "1.0"], scale: .nominal)
    }
    #expect(clash == .repeatedLevel("1.0"))
  }

  @Test("In Endplate's own table, readers who are letters still are nobody to compare")
  func letters() throws {
    // Given a case with its readers and one whose readers are letters, which in another case are other people,
    let head = "case,examination,round,reader,named,signed,finding,comparator,status,value\n"
    // one of the readers from elsewhere, of whom no date is known,
    let named = "1,baseline,1,R1,yes,2026-01-01,rim,baseline,graded,a\n1,baseline,1,R2,yes,,rim,baseline,graded,b\n"
    let lettered = "2,baseline,1,A,no,,rim,baseline,graded,a\n2,baseline,1,B,no,,rim,baseline,graded,a\n"
    var options = RatingsOptions()
    options.form = .long
    options.finding = "rim"
    // when it is read,
    let file = try RatingsFile(text: head + named + lettered, levels: ["a", "b"], scale: .binary, options: options)
    // then the letters are left out and told; where there is nobody else, that is an error.
    #expect(file.table.readers == ["R1", "R2"] && file.table.caseCount == 1)
    #expect(file.notes.first?.hasPrefix("2 ratings are left out: their readers are letters") == true)
    let error = #expect(throws: RatingsFileError.self) {
      _ = try RatingsFile(text: head + lettered, levels: ["a", "b"], scale: .binary, options: options)
    }
    #expect(error?.faults[0].message.contains("letters") == true)
  }

  @Test("Decimal commas are taken where that is said, and never guessed")
  func decimalCommas() throws {
    var options = RatingsOptions()
    func numbers(_ text: String) throws -> [String] {
      let file = try RatingsFile(text: text, levels: [], scale: .interval, options: options)
      guard case .numbers(let numbers) = file.content else { return [] }
      return numbers.levels.levels + [file.origin]
    }
    let table = "Fall;R1;R2\n1;12,5;13,0\n2;7;7,5\n"
    let error = #expect(throws: RatingsFileError.self) { try numbers(table) }
    #expect(error?.faults.first?.message.contains("add --decimal-comma") == true)
    let levels = #expect(throws: RatingsFileError.self) {
      try RatingsFile(text: "case;R1;R2\n1;1,0;0\n", levels: ["0", "1"], scale: .binary, options: options)
    }
    #expect(levels?.faults.first?.message.contains("add --decimal-comma") == true)
    options.hasDecimalComma = true
    #expect(try Set(numbers(table).dropLast()) == ["12.5", "13.0", "7.0", "7.5"])
    #expect(try numbers(table).last?.hasSuffix("columns separated by semicolons; decimal commas") == true)
    let read = try RatingsFile(text: "case;R1;R2\n1;1,0;0\n", levels: ["0", "1"], scale: .binary, options: options)
    #expect(read.table.patterns.map(\.ratings) == [[1, 0]])
    let both = #expect(throws: RatingsFileError.self) { try numbers("Fall;R1;R2\n1;1.234,5;1\n") }
    #expect(both?.faults.first?.message.contains("between thousands") == true)
  }

  @Test("A column called case is that of the cases, wherever it stands")
  func caseColumn() throws {
    let file = try read("R1,Case,R2\nabsent,C1,present\nabsent,C2,present\n")
    #expect(file.table.readers == ["R1", "R2"] && file.origin == "cases in rows, named in column “Case”")
  }

  @Test("No table is told both to add --transpose and to leave it out", arguments: ["C1", "1", "Ada", "R1", "x"])
  func transposeOrNot(row: String) {
    for column in ["C1", "1", "Ada", "R1", "x"] {
      for corner in ["case", "", "reader"] {
        let names = [row, column].map { name in
          (1...2).map { name == "1" ? "\($0)" : "\(name.filter(\.isLetter))\($0)" }
        }
        let text = "\(corner),\(names[1].joined(separator: ","))\n" + names[0].map { "\($0),absent,present\n" }.joined()
        func fault(_ form: RatingsOptions.Form) -> String {
          var options = RatingsOptions()
          options.form = form
          do {
            _ = try RatingsFile(text: text, levels: ["absent", "present"], scale: .nominal, options: options)
            return ""
          } catch { return "\(error)" }
        }
        let isBoth = fault(.wide).contains("add --transpose") && fault(.transposed).contains("leave out --transpose")
        #expect(!isBoth, "\(text)")
      }
    }
  }

  @Test("Columns of one name are refused, and a level with a comma is quoted")
  func namesThatAreNotTold() throws {
    var options = RatingsOptions()
    options.columns = ["R1", "R2"]
    let error = #expect(throws: RatingsFileError.self) {
      _ = try RatingsFile(
        text: "case,age,age,R1,R2\n1,2,3,a,b\n", levels: ["a", "b"], scale: .nominal, options: options)
    }
    #expect(error?.faults[0].message.contains("two columns are called “age”") == true)
    let report = try read("case,R1,R2\n1,\"mild, focal\",none\n", levels: ["none", "mild, focal"]).agreement(
      resampling: nil)
    #expect(report.text().contains("none, \"mild, focal\"; nominal"))
  }

  @Test("A list behind an option, with commas in quotation marks")
  func lists() throws {
    #expect(try RatingsOptions.list("a, b ,c") == ["a", "b", "c"])
    #expect(try RatingsOptions.list("\"mild, focal\",-1,;") == ["mild, focal", "-1", ";"])
  }
}

extension RatingsFile {
  /// Reads text that is in memory.
  init(
    text: String, levels: [String], scale: RatingScale, positive: String? = nil, isOfSets: Bool = false,
    options: RatingsOptions = RatingsOptions()
  ) throws {
    var bytes = Array(text.utf8)[...]
    try self.init(levels: levels, scale: scale, positive: positive, isOfSets: isOfSets, options: options) { buffer in
      let part = bytes.prefix(buffer.count)
      buffer.copyBytes(from: part)
      bytes = bytes.dropFirst(part.count)
      return part.count
    }
  }
}
