// Tables of readings from elsewhere, read by a map.

import Agreement
import Foundation
import ReviewCore
import SampleCases
import Testing

@testable import Interchange

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
