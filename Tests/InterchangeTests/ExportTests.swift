// Exports of values, and tables of readings read back: the practice study as three readers have signed it.

import Agreement
import Foundation
import ReviewCore
import SampleCases
import Testing

@testable import Interchange

/// The practice study with the cases opened that all readers have signed, one of them with a consensus.
struct Exported {
  var export: StudyExport
  let study: Study

  init(hasNotes: Bool = false) throws {
    let sample = try SampleStudies.practice(SampleCases.files)
    study = sample.study
    let opened = ["1", "4", "6"].map { (id: CaseID) in
      let readings = sample.readings.filter { $0.caseID == id }.map(\.reading)
      let grades = readings.filter { $0.reader == "R1" }.flatMap(\.grades).map {
        ($0.key, AgreedGrade($0.value, how: .majority))
      }
      return OpenedCase(
        id: id, round: 1, readings: readings,
        consensus: id == "4" ? Consensus(origin: .session, grades: Dictionary(uniqueKeysWithValues: grades)) : nil)
    }
    export = StudyExport(
      study: study, id: "here", readers: ["R1", "R2", "R3"], cases: sample.cases, opened: opened,
      votes: ["4": [1: [GradeKey(.baseline, "rim_sign"): "R1=present; R2="]]], program: "Endplate test",
      hasNotes: hasNotes,
      knowsSeed: true)
  }

  func file(_ format: String, _ path: String) throws -> String {
    let entry = try #require(ExportFormat.all.first { $0.name == format })
    return try #require(try entry.files(export).first { $0.path == path }?.text)
  }

  func input(_ format: String, _ path: String) throws -> InputFile {
    InputFile(name: path, bytes: Array(try file(format, path).utf8))
  }

  func read(_ text: String, _ map: ReadingsMap) -> Outcome<ReadingsFromTable> {
    ReadingsTable.read(
      InputFile(name: "t.csv", bytes: Array(text.utf8)), map: map, codebook: study.codebook, cases: export.cases)
  }

  /// What a map says of a table, and the table read by it.
  func read(_ text: String, map yaml: String) throws -> Outcome<ReadingsFromTable> {
    let map = ReadingsMap.read(InputFile(name: "map.yaml", bytes: Array(yaml.utf8)), codebook: study.codebook)
    return read(text, try #require(map.value, "\(map.faults)"))
  }
}

/// Rows of a table by the names of their columns.
private func rows(_ csv: String) throws -> [[String: String]] {
  let rows = try CSVTable.rows(Array(csv.utf8))
  return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0].cells, $0.cells)) }
}

@Suite struct ExportTests {
  /// Who read what of the open cases goes along, and of no other.
  @Test func aReleaseSaysWhoReadWhichCase() throws {
    var exported = try Exported()
    #expect(try !exported.file("release", "protocol.yaml").contains("assign:"))
    exported.export.opened[0].assigned = ["R1", "R3"]
    exported.export.opened[1].assigned = ["R2"]
    exported.export.opened[1].names = ReaderNames(shuffled: ["R2"])
    let read = StudyDescriptionReader.read(try exported.input("release", "protocol.yaml"))
    #expect(read.value?.study.assign == [CaseReaders("1", ["R1", "R3"])], "\(read.faults)")
  }

  @Test func aReleaseIsTheSameEachTimeAndItsSumsAreRight() throws {
    let exported = try Exported()
    let format = try #require(ExportFormat.all.first { $0.name == "release" })
    let files = try format.files(exported.export)
    #expect(try format.files(exported.export) == files)
    #expect(Set(files.map(\.path)).isSuperset(of: ["readings.csv", "datapackage.json", "README.md", "cases/4.yaml"]))
    let sums = try #require(files.last)
    #expect(sums.path == "SHA256SUMS" && sums.text.split(separator: "\n").count == files.count - 1)
  }

  @Test func everyAnswerIsACodeOfTheCodebook() throws {
    let exported = try Exported()
    func keys(_ path: String) throws -> [[String]] {
      try rows(exported.file("release", path)).map { [$0["finding"] ?? "", $0["code"] ?? "", $0["value"] ?? ""] }
    }
    let known = Set(try keys("codebook.csv"))
    let found = try keys("readings.csv") + keys("consensus.csv")
    #expect(found.count > 300 && found.allSatisfy(known.contains))
    #expect(!known.contains(["rim_sign", "2", "absent"]))
  }

  @Test func aReleaseIsReadAsItWasWritten() throws {
    let exported = try Exported(hasNotes: true)
    let files = try ReleaseReader.names.map { try exported.input("release", $0) }
    let outcome = ReleaseReader.read(files, codebook: exported.study.codebook, cases: exported.export.cases)
    let table = try #require(outcome.value, "\(outcome.faults)")

    let written = exported.export.opened.flatMap { entry in entry.readings.map { (entry.id, $0) } }
    #expect(table.entries.count == written.count)
    for (id, reading) in written {
      let read = table.entries.first {
        $0.caseID == id && $0.reading.reader == reading.reader && $0.reading.examination == reading.examination
      }?.reading
      #expect(read?.grades == reading.grades)
      #expect(read?.note == reading.note && read?.seconds == reading.seconds)
      guard case .imported(let elsewhere)? = read?.state else {
        Issue.record("\(id) is not marked as imported")
        continue
      }
      #expect(elsewhere.madeIn == "here" && elsewhere.read?.hasSuffix(":00Z") == true)
    }
    let consensus = try #require(table.consensus["4"]?.first)
    #expect(consensus.grades.mapValues(\.grade) == exported.export.opened[1].consensus?.grades.mapValues(\.grade))
    #expect(consensus.grades[GradeKey(.baseline, "rim_sign")]?.votes == "R1=present; R2=")
  }

  @Test func aReleaseThatWasChangedIsNotRead() throws {
    let exported = try Exported()
    var files = try ReleaseReader.names.map { try exported.input("release", $0) }
    files[0].bytes[files[0].bytes.count - 4] ^= 1
    let outcome = ReleaseReader.read(files, codebook: exported.study.codebook, cases: exported.export.cases)
    #expect(outcome.value == nil && outcome.faults.first?.message.contains("not as it was released") == true)
  }

  @Test(arguments: [("long", "long.csv"), ("wide", "wide.csv")])
  func ownTablesAreReadWithoutAMap(format: String, path: String) throws {
    let exported = try Exported()
    let input = try exported.input(format, path)
    let map = try #require(ReadingsTable.header(input).flatMap(ReadingsMap.own(header:)))
    let outcome = ReadingsTable.read(input, map: map, codebook: exported.study.codebook, cases: exported.export.cases)
    let table = try #require(outcome.value, "\(outcome.faults)")
    let readings = exported.export.opened.flatMap(\.readings)
    #expect(table.entries.count == readings.count)
    #expect(Set(table.entries.map { $0.reading.values() }) == Set(readings.map { $0.values() }))
    #expect(Set(table.entries.map(\.reading.reader)) == ["R1", "R2", "R3"])
  }

  @Test func freeTextIsLeftOutUnlessAskedForAndThenLookedThrough() throws {
    var (without, with) = (try Exported(), try Exported(hasNotes: true))
    for index in [0, 1] {
      let note = "seen by Dr Miller on 2024-03-05"
      if index == 0 {
        without.export.opened[0].readings[0].note = note
      } else {
        with.export.opened[0].readings[0].note = note
      }
    }
    for format in ExportFormat.all {
      #expect(try !format.files(without.export).contains { $0.text.contains("Miller") }, "\(format.name)")
    }
    #expect(try with.file("release", "readings.csv").contains("Miller"))
    #expect(Set(PersonalText.found(in: with.export).map(\.words)).isSuperset(of: ["Dr Miller", "2024-03-05"]))
    #expect(PersonalText.looks("thin rim at T11, better on STIR").isEmpty)
  }

  @Test(arguments: [
    ("ask j.smith@clinic.example.org", "an address", "j.smith@clinic.example.org"),
    ("call +41 61 265 25 25 tomorrow", "a telephone number", "+41 61 265 25 25"),
    ("call 555-123-4567", "a telephone number", "555-123-4567"), ("film 48213, axial", "a number", "48213"),
    ("see PAT-00417", "a number", "PAT-00417"), ("read by J. Smith, again", "a name", "J. Smith"),
    ("read by A. B. van Hout", "a name", "A. B. van Hout"), ("prof. miller agrees", "a name", "prof. miller"),
    ("Prof. Dr. Meier agrees", "a name", "Prof. Dr. Meier"), ("Frau Meier", "a name", "Frau Meier"),
  ])
  func addressesNumbersAndInitialsAreFound(text: String, kind: String, words: String) {
    let found = PersonalText.looks(text)
    #expect(found.map(\.kind) == [kind] && found.map(\.words) == [words], "\(found)")
  }

  @Test(arguments: ["S. aureus in T11-T12, 2 of 3", "T1W. Better on STIR; L5/S1 12 mm", "rim at L. 4, 120 mg"])
  func whatIsNoPersonIsNot(text: String) { #expect(PersonalText.looks(text).isEmpty, "\(PersonalText.looks(text))") }

  /// Of a release, every row says its grade as a value, as a code and in words.
  @Test func aReleaseThatContradictsItselfIsNotRead() throws {
    let exported = try Exported()
    let text = try exported.file("release", "readings.csv")
    #expect(exported.read(text, .release).faults.isEmpty)
    for (present, absent, words) in [
      (",graded,present,2,", ",graded,present,1,", "the code ‘1’ contradicts the value ‘present’"),
      (",present,2,present", ",present,2,absent", "the label ‘absent’ contradicts the value ‘present’"),
      (",graded,present,2,", ",graded,,2,", "is graded, and has no value"),
      (",graded,present,2,", ",not_assessable,present,-6,", "the value ‘present’ contradicts the status"),
    ] {
      let line = try #require(text.split(separator: "\n").first { $0.contains("rim_sign") && $0.contains(present) })
      let changed = text.replacing(line, with: line.replacing(present, with: absent), maxReplacements: 1)
      let faults = exported.read(changed, .release).faults
      #expect(changed != text && faults.contains { $0.message.contains(words) }, "\(words): \(faults)")
    }
  }

  @Test func lettersStayLetters() throws {
    var exported = try Exported()
    exported.export.opened[0].names = ReaderNames(shuffled: ["R3", "R1", "R2"])
    let readings = try rows(exported.file("release", "readings.csv")).filter { $0["case"] == "1" }
    #expect(Set(readings.map { $0["reader"] ?? "" }) == ["A", "B", "C"])
    #expect(readings.allSatisfy { $0["named"] == "no" && $0["signed"] == "" && $0["seconds"] == "" })
    for (format, path) in [("wide", "wide.csv"), ("redcap", "records.csv"), ("ratings", "rim_sign.csv")] {
      let text = try exported.file(format, path)
      #expect(!text.contains(",A,") && !text.contains(".A"), "\(format)")
    }
    let files = try ReleaseReader.names.map { try exported.input("release", $0) }
    let outcome = ReleaseReader.read(files, codebook: exported.study.codebook, cases: exported.export.cases)
    #expect(outcome.faults.count == 1 && outcome.faults[0].message.contains("letters"))
    #expect(try exported.file("release", "README.md").contains("the readers of 1 are letters. Release it again"))
    // In long tables too, which are read with --long or imported.
    let long = try exported.input("long", "long.csv")
    #expect(
      try Set(rows(exported.file("long", "long.csv")).map { "\($0["case"] ?? "") \($0["named"] ?? "")" }) == [
        "1 no", "4 yes", "6 yes",
      ])
    let map = try #require(ReadingsTable.header(long).flatMap(ReadingsMap.own(header:)))
    let faults = ReadingsTable.read(long, map: map, codebook: exported.study.codebook, cases: exported.export.cases)
      .faults
    #expect(faults.count == 1 && faults[0].message.contains("letters"))
  }

  @Test func whatWasNotAskedElsewhereIsToldFromWhatWasNotGraded() throws {
    var exported = try Exported()
    func elsewhere(_ reader: PrincipalID, _ grades: [FindingID: GradeValue], madeIn: String = "Basel") -> Reading {
      Reading(
        reader: reader, examination: .baseline, state: .imported(ReadElsewhere(madeIn: madeIn)),
        grades: Dictionary(uniqueKeysWithValues: grades.map { (GradeKey(.baseline, $0.key), Grade($0.value)) }))
    }
    exported.export.opened[0].readings = [
      elsewhere("S1", ["rim_sign": .level("present")]), elsewhere("S2", [:]),
      elsewhere("S3", ["halo_sign": .level("absent")], madeIn: "7D3C33A1-9C5E-4E0B-9C39-3E2B5C5C9F10"),
    ]
    for (format, path) in [("release", "readings.csv"), ("long", "long.csv")] {
      let found = try rows(exported.file(format, path)).filter { $0["case"] == "1" && $0["examination"] == "baseline" }
      func status(_ reader: String, _ finding: String) -> String? {
        found.first { $0["reader"] == reader && $0["finding"] == finding }?["status"]?.replacing("_", with: " ")
      }
      #expect(status("S1", "rim_sign") == "graded" && status("S2", "rim_sign") == "not graded", "\(format)")
      #expect(status("S1", "halo_sign") == "not asked" && status("S2", "halo_sign") == "not asked", "\(format)")
      // A study of Endplate asks all that its codebook has.
      #expect(status("S3", "rim_sign") == "not graded" && status("S3", "halo_sign") == "graded", "\(format)")
      #expect(found.allSatisfy { ($0["seconds"] ?? "") == "" }, "\(format)")
    }
    let record = try #require(
      try rows(exported.file("redcap", "records.csv")).first { $0["record_id"] == "1" && $0["rb_reader"] == "S2" })
    #expect([record["rb_rim_sign"], record["rb_halo_sign"], record["rb_seconds"]] == ["-9", "-8", ""])
  }

  @Test func noTwoFilesDifferOnlyInTheCaseOfTheirLetters() throws {
    var exported = try Exported()
    exported.export.cases += [Case(id: "a"), Case(id: "A"), Case(id: "a-2")]
    exported.export.opened += exported.export.opened.map { entry in
      var again = entry
      again.round = 2
      for index in again.readings.indices { again.readings[index].round = 2 }
      return again
    }
    for index in exported.export.opened.indices {
      exported.export.opened[index].readings += exported.export.opened[index].readings.filter { $0.reader == "R1" }.map
      {
        var reading = $0
        reading.reader = "r1"
        return reading
      }
    }
    exported.export.readers.append("r1")
    for name in ["release", "ratings"] {
      let format = try #require(ExportFormat.all.first { $0.name == name })
      let paths = try format.files(exported.export).map { $0.path.lowercased() }
      #expect(Set(paths).count == paths.count, "\(name): \(paths)")
    }
    #expect(try exported.file("release", "cases/A-2.yaml").contains("id: A"))
    #expect(try exported.file("ratings", "ratings.csv").contains("r1-2/rim_sign.csv"))
    let records = try rows(exported.file("redcap", "records.csv")).compactMap { $0["record_id"]?.lowercased() }
    #expect(Set(records).count == exported.export.cases.count)
    #expect(try exported.file("redcap", "SETUP.md").contains("`A` is `A-2`"))
  }

  @Test func recordsOfRedcapHaveOnlyColumnsOfTheDictionary() throws {
    let exported = try Exported()
    let dictionary = try rows(exported.file("redcap", "dictionary.csv"))
    let fields = dictionary.compactMap { $0["Variable / Field Name"] }
    #expect(fields.first == "record_id" && Set(fields).count == fields.count)
    #expect(fields.allSatisfy { $0.utf8.count <= 26 && $0.wholeMatch(of: /[a-z][a-z0-9_]+/) != nil })
    let forms = dictionary.compactMap { $0["Form Name"] }
    #expect(forms.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }.count == Set(forms).count)
    let records = try rows(exported.file("redcap", "records.csv"))
    let columns = try #require(try CSVTable.rows(Array(exported.file("redcap", "records.csv").utf8)).first?.cells)
    for column in columns.dropFirst(4) where !column.hasSuffix("_complete") {
      let name = column.split(separator: "___", maxSplits: 1).first.map { String($0) } ?? ""
      #expect(
        fields.contains(column) || fields.contains(name.hasSuffix("_") ? String(name.dropLast()) : name), "\(column)")
    }
    let readings = records.filter { $0["redcap_repeat_instance"] != "" }
    #expect(readings.count == exported.export.readings.count)
    #expect(
      Set(
        readings.map {
          "\($0["record_id"] ?? "") \($0["redcap_event_name"] ?? "") \($0["redcap_repeat_instance"] ?? "")"
        }
      ).count == readings.count)
  }

  @Test func boxesOfRedcapAreFilledOnlyWhereTheyWereGraded() throws {
    var exported = try Exported()
    let reading = try #require(
      exported.export.opened[0].readings.firstIndex { $0.examination.isBaseline && $0.reader == "R1" })
    exported.export.opened[0].readings[reading].grades[GradeKey(.baseline, "t2w")] = Grade(.notAssessable)
    exported.export.opened[0].readings[reading].grades[GradeKey(.baseline, "rim_sign")] = Grade(.notAcquired)
    exported.export.opened[0].readings[reading].grades[GradeKey(.baseline, "t1w")] = Grade(.levels(["hypo"]))
    let row = try #require(
      try rows(exported.file("redcap", "records.csv")).first { $0["record_id"] == "1" && $0["rb_reader"] == "R1" })
    #expect([row["rb_t2w___1"], row["rb_t2w___2"], row["rb_t2w_st"]] == ["", "", "-6"])
    #expect([row["rb_t1w___1"], row["rb_t1w___2"], row["rb_t1w_st"]] == ["1", "0", "1"])
    #expect(row["rb_rim_sign"] == "-7")
  }
}

@Suite struct ReadingsMapTests {
  private let map = """
    format: endplate-map/1
    columns: {case: patient, reader: rater, examination: visit, finding: item, value: score, read: day}
    usual: {made_in: Basel}
    cases: {"001": "1", "002": "2"}
    examinations: {V0: baseline, V1: follow_up_1}
    readers: {anna: S1, bert: S2}
    findings:
      - {name: Rim, finding: rim_sign, codes: {"0": absent, "1": present}}
      - {name: T2, finding: t2w, codes: {"1": hypo, "2": iso, "3": hyper}}
      - {name: Course, finding: changes, codes: {"-": decreased, "+": increased}}
    missing: ["99"]
    not_assessable: [n/a]
    """

  @Test func aMapTranslatesColumnsNamesAndCodes() throws {
    let exported = try Exported()
    let outcome = try exported.read(
      """
      patient;rater;visit;item;score;day
      001;anna;V0;Rim;1;2019-05-06
      001;anna;V0;T2;2+3;2019-05-06
      001;anna;V0;halo_sign;n/a;2019-05-06
      001;bert;V0;Rim;99;2019-05-07
      001;anna;V1;Course;L5:-,S1:+;2019-05-08
      """, map: map)
    let table = try #require(outcome.value, "\(outcome.faults)")
    #expect(table.entries.count == 3)
    let first = table.entries[0].reading
    #expect(first.reader == "S1" && first.state == .imported(ReadElsewhere(read: "2019-05-06", madeIn: "Basel")))
    #expect(first.grades[GradeKey(.baseline, "rim_sign")]?.value == .level("present"))
    #expect(first.grades[GradeKey(.baseline, "t2w")]?.value == .levels(["iso", "hyper"]))
    #expect(first.grades[GradeKey(.baseline, "halo_sign")]?.value == .notAssessable)
    #expect(table.entries[1].reading.grades.isEmpty)
    let followUp = table.entries[2].reading
    #expect(!followUp.examination.isBaseline)
    #expect(followUp.grades.first?.value.value == .map([.l5: "decreased", .s1: "increased"]))
  }

  @Test func aTableAsSpreadsheetsWriteItIsTaken() throws {
    let exported = try Exported()
    let months = try #require(exported.export.cases.first { $0.id == "1" }?.followUps.first?.id)
    let outcome = try exported.read(
      "\u{FEFF}patient;rater;visit;item;score;day\r\n001;anna;V0;Rim;1,0;6.5.2019\r\n001;anna;V0;T2;2.0;06.05.2019\r\n"
        + "001;anna;\(months.months.plain.replacing(".", with: ","));foci;decreased;\r\n;;;;;\r\n\r\n",
      map: map)
    let table = try #require(outcome.value, "\(outcome.faults)")
    #expect(table.entries.map(\.reading.examination) == [.baseline, months])
    let first = table.entries[0].reading
    #expect(first.state == .imported(ReadElsewhere(read: "2019-05-06", madeIn: "Basel")))
    #expect(first.values() == ["rim_sign": .level("present"), "t2w": .levels(["iso"])])
  }

  @Test func bonesMayHaveARowEach() throws {
    let exported = try Exported()
    let map = """
      format: endplate-map/1
      columns: {case: id, reader: who, finding: item, value: score, place: bone}
      findings:
        - {name: Bones, finding: involved_bones, codes: {"1": named}}
        - {name: Course, finding: changes, codes: {"-": decreased, "+": increased}}
      usual: {examination: follow_up_1}
      missing: ["0"]
      """
    let faults = try exported.read(
      "id,who,item,score,bone\n1,S1,rim_sign,present,T10\n1,S1,rim_sign,present,L1\n1,S1,t2w,iso,\n1,S1,t2w,hyper,\n"
        + "1,S2,Bones,1,T10\n1,S2,Bones,2,L1\n",
      map: map.replacing("follow_up_1", with: "baseline")
    ).faults.map { "\($0.line) \($0.message)" }
    #expect(faults.count == 3, "\(faults)")
    #expect(faults.contains { $0.hasPrefix("3 ") && $0.contains("not of T10 and of L1: keep one row") })
    #expect(faults.contains { $0.hasPrefix("5 ") && $0.contains("into one row with a + between them") })
    #expect(faults.contains { $0.hasPrefix("7 ") && $0.contains("codes: {\"1\": named}") })

    let bones = try exported.read(
      "id,who,item,score,bone\n1,S1,Bones,1,T10\n1,S1,Bones,1,L1\n1,S1,Bones,0,L2\n1,S2,Bones,named,L3\n",
      map: map.replacing("follow_up_1", with: "baseline"))
    #expect(
      bones.value?.entries.map { $0.reading.grades.values.map(\.value) } == [
        [.sites([.bone(.t10), .bone(.l1)])], [.sites([.bone(.l3)])],
      ], "\(bones.faults)")
    let changes = try exported.read("id,who,item,score,bone\n1,S1,Course,-,L5\n1,S1,Course,+,S1\n", map: map)
    #expect(
      changes.value?.entries.first?.reading.grades.first?.value.value == .map([.l5: "decreased", .s1: "increased"]),
      "\(changes.faults)")
  }

  @Test func aTableWithARowACaseHasAColumnAReader() throws {
    let exported = try Exported()
    let outcome = try exported.read(
      "id,rim A,rim B\n1,1,0\n2,,1\n",
      map: """
        format: endplate-map/1
        columns: {case: id}
        findings:
          - {column: rim A, finding: rim, reader: S1, codes: {"0": absent, "1": present}}
          - {column: rim B, finding: rim, reader: S2, codes: {"0": absent, "1": present}}
        """)
    let table = try #require(outcome.value, "\(outcome.faults)")
    #expect(table.entries.map { "\($0.caseID) \($0.reading.reader)" } == ["1 S1", "1 S2", "2 S2"])
  }

  @Test func everyFaultHasItsLineAndTheNearestWord() throws {
    let exported = try Exported()
    let outcome = try exported.read(
      """
      patient;rater;visit;item;score;day
      001;anna;V0;Rim;presnt;2019-05-06
      003;anna;V0;Rim;1;2019-05-06
      77;anna;V0;Rim;1;2019-05-06
      001;anna;V9;Rim;1;2019-05-06
      001;an na;V0;Rim;1;2019-05-06
      001;anna;V0;Rimm;1;2019-05-06
      001;anna;V0;Rim;1;6.5.2019
      001;anna;V0;Rim;0;2019-05-06
      001;anna;V0;Rim
      """, map: map)
    #expect(outcome.value == nil)
    let faults = outcome.faults.map { "\($0.line) \($0.message)" }
    for (line, words) in [
      (2, "did you mean ‘present’"), (3, "no case"), (4, "no case ‘77’"), (5, "no examination ‘V9’"),
      (6, "did you mean ‘anna’"),
      (7, "did you mean ‘Rim’"), (9, "stands on line 8 already"), (10, "4 cells"),
    ] {
      #expect(faults.contains { $0.hasPrefix("\(line) ") && $0.contains(words) }, "\(line) \(words): \(faults)")
    }
  }

  @Test func aMapIsCheckedByItself() {
    let faults = ReadingsMap.read(
      InputFile(
        name: "map.yaml",
        bytes: Array(
          """
          format: endplate-map/1
          columns: {case: id, readr: r, value: v}
          findings:
            - {name: Rim, finding: rim_sing, codes: {"1": present}}
            - {name: Halo, finding: halo_sign, codes: {"1": presnt}}
          """.utf8))
    ).faults.map(\.description)
    #expect(faults.count == 3, "\(faults)")
    let misspelt = ReadingsMap.read(
      InputFile(name: "map.yaml", bytes: Array("format: endplate-map/1\ncolumns: {case: id, valeu: v}\n".utf8)))
    #expect(misspelt.faults.map(\.description).count == 1 && misspelt.faults[0].message.contains("‘value’"))
    #expect(faults.contains { $0.contains("did you mean ‘reader’") })
    #expect(faults.contains { $0.contains("did you mean ‘rim_sign’") })
    #expect(faults.contains { $0.contains("presnt") })
  }

  @Test func twoNamesForOneAreRefused() throws {
    func faults(_ text: String) -> [String] {
      ReadingsMap.read(InputFile(name: "map.yaml", bytes: Array(text.utf8))).faults.map(\.message)
    }
    let merging = faults(
      map.replacing("\"002\": \"2\"", with: "\"002\": \"1\"").replacing("bert: S2", with: "bert: S1"))
    #expect(merging.count == 2 && merging.contains { $0.contains("cases: ‘001’, ‘002’ are all ‘1’") }, "\(merging)")
    #expect(merging.contains { $0.contains("readers: ‘anna’, ‘bert’ are all ‘S1’") })

    // The study's own id beside a name that stands for it.
    let exported = try Exported()
    let read = try exported.read(
      "patient;rater;visit;item;score;day\n001;anna;V0;Rim;1;\n1;anna;V0;T2;2;\n1;anna;baseline;halo_sign;n/a;\n",
      map: map
    ).faults.map { "\($0.line) \($0.message)" }
    #expect(read.count == 2, "\(read)")
    #expect(read.contains { $0.hasPrefix("3 ‘1’ is the same case as ‘001’ on line 2") })
    #expect(read.contains { $0.hasPrefix("4 ‘baseline’ is the same examination of case 1 as ‘V0’ on line 2") })
  }

  @Test func aCodeIsNoMarkOfAMissingGrade() {
    let faults = ReadingsMap.read(
      InputFile(
        name: "map.yaml",
        bytes: Array(
          map.replacing("missing: [\"99\"]", with: "missing: [\"0\", n/a]").utf8))
    ).faults.map(\.message)
    #expect(faults.count == 2, "\(faults)")
    #expect(faults.contains { $0.contains("codes, 0: the code stands under ‘missing’ too") })
    #expect(faults.contains { $0.contains("not_assessable: ‘n/a’ stands under ‘missing’ too") })
  }

  @Test func aReaderWhomTheMapDoesNotNameIsRefused() throws {
    let faults = try Exported().read(
      "patient;rater;visit;item;score;day\n001;ana;V0;Rim;1;\n001;carl;V0;Rim;1;\n", map: map
    ).faults.map { "\($0.line) \($0.message)" }
    #expect(faults.count == 2, "\(faults)")
    #expect(faults[0].hasPrefix("2 the map names no reader ‘ana’; did you mean ‘anna’?"))
    #expect(faults[1].hasPrefix("3 the map names no reader ‘carl’; ‘readers’ in the map names every reader"))
  }

  @Test func aColumnThatIsThereTwiceIsRefused() throws {
    let faults = try Exported().read(
      "patient;rater;visit;item;score;day;score\n001;anna;V0;Rim;1;;0\n", map: map
    ).faults
    #expect(faults.count == 1 && faults[0].message.contains("the column ‘score’ is there twice"), "\(faults)")
  }

  @Test func aTableWithoutAColumnThatTheMapNamesIsRefused() throws {
    let exported = try Exported()
    let faults = try exported.read("patient;reader;visit;item;score;day\n001;anna;V0;Rim;1;\n", map: map).faults
    #expect(
      faults.count == 1 && faults[0].message.contains("no column ‘rater’")
        && faults[0].message.contains("did you mean ‘reader’"))
  }
}
