// Who reads which case, in a study file and in a table.

import ReviewCore
import Testing

@testable import Interchange

@Suite struct AssignmentFileTests {
  private func csv(_ text: String) -> Outcome<[CaseReaders]> {
    AssignmentFile.read(InputFile(name: "a.csv", bytes: Array(text.utf8)))
  }

  @Test(arguments: [
    "case,reader\n1,R1\n1,R2\n2,R3\n", "Case;Readers\n1;R1 R2\n2;R3\n", "note,case,readers\nx,1,\"R1,R2\"\n\ny,2,R3\n",
  ]) func aRowAReaderOrARowACase(text: String) {
    #expect(csv(text).value == [CaseReaders("1", ["R1", "R2"]), CaseReaders("2", ["R3"])])
  }

  @Test func everyFaultIsNamed() {
    #expect(csv("").faults.map(\.message) == ["the file is empty"])
    #expect(csv("id,reader\n1,R1\n").faults.count == 1)
    #expect(csv("case,reader\n").faults.map(\.message) == ["no case stands below the first row"])
    #expect(
      csv("case,reader\n1,R1\n1,R1\n2,\n,R1\n").faults.map(\.description) == [
        "a.csv:3:1: error: ‘R1’ is named twice for case ‘1’", "a.csv:4:1: error: no reader is named",
        "a.csv:5:1: error: no case is named",
      ])
  }

  private func study(_ rest: String) -> Outcome<StudyDescription> {
    let text =
      "format: endplate-study/1\ntitle: t\npeople:\n"
      + (1...4).map { "  - {id: R\($0), role: reader}\n" }.joined() + "  - {id: C, role: coordinator}\n" + rest
    return StudyDescriptionReader.read(InputFile(name: "s.yaml", bytes: Array(text.utf8)))
  }

  @Test func aStudyFileAssigns() throws {
    let read = study(
      "protocol: {mode: independent, readers_per_case: 2, withdrawn_counts: no}\nassign:\n  - {case: 1, readers: [R1, R2]}\n"
        + "  - {case: S-2, readers: [R3]}\n")
    #expect(read.faults == [])
    let described = try #require(read.value)
    #expect(described.study.assign == [CaseReaders("1", ["R1", "R2"]), CaseReaders("S-2", ["R3"])])
    // Of more readers than read a case some each, unless the file says otherwise.
    #expect(described.study.studyProtocol.assignment == .balanced && !described.statesAssignment)
    #expect(!described.study.studyProtocol.countsWithdrawn)
    let all = study("protocol: {mode: independent, readers_per_case: 2, assignment: everybody}\n").value
    #expect(all?.study.studyProtocol.assignment == .everybody && all?.statesAssignment == true)
    #expect(
      study("protocol: {mode: independent, readers_per_case: 4}\n").value?.study.studyProtocol.assignment == .everybody)
  }

  @Test func aTableThatCannotBeIsRefused() {
    let faults = study(
      "protocol: {mode: independent, readers_per_case: 2}\nassign:\n  - {case: 1, readers: [R1, C]}\n"
        + "  - {case: 1, readers: [R2, R2]}\n"
    ).faults.map(\.message)
    #expect(
      faults == [
        "readers: ‘C’ is not a reader of this study; name them under ‘people’",
        "case: ‘1’ is assigned twice; name all its readers at once", "readers: somebody is named twice",
      ])
    #expect(study("protocol: {mode: joint}\nassign:\n  - {case: 1, readers: [R1]}\n").faults.count == 1)
  }

  @Test func whatIsWrittenReadsAsTheSame() throws {
    for assignment in StudyProtocol.Assignment.allCases {
      var rules = StudyProtocol(readersPerCase: 2)
      (rules.assignment, rules.countsWithdrawn) = (assignment, false)
      let text = try StudyDescriptionWriter.yaml(
        Study(title: "t", studyProtocol: rules), readers: ["R1", "R2", "R3"], seed: 1)
      let read = StudyDescriptionReader.read(InputFile(name: "s.yaml", bytes: Array(text.utf8)))
      #expect(read.value?.study.studyProtocol == rules)
    }
  }
}
