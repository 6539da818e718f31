// Exports to REDCap, and words in exports that may name a person.

import Agreement
import Foundation
import ReviewCore
import SampleCases
import Testing

@testable import Interchange

extension ExportTests {
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
}
