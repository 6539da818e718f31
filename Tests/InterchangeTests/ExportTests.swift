// Exports of values, and releases read back.

import Agreement
import Foundation
import ReviewCore
import SampleCases
import Testing

@testable import Interchange

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
    for format in ExportFormat.all where !format.hasLetters {
      for file in try format.files(exported.export) where file.path.hasSuffix(".csv") {
        let cells = Set(file.text.split { ",.\n\r".contains($0) })
        #expect(cells.isDisjoint(with: ["A", "B", "C"]), "\(format.name): \(file.path)")
      }
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
}
