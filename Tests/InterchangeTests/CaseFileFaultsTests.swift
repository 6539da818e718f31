// Faults of meaning: each with its place, all in one run.

import Interchange
import ReviewCore
import SampleCases
import Testing

struct CaseFileFaultsTests {
  @Test func everyFaultInOneRun() {
    let text = """
      format: endplate-case/1
      titel: x
      sex: man
      age: 200
      biopsies:
        - tissue: bone
          bone: L6
      cultures: none
      outcome: better
      baseline:
        acquisitions:
          - sequence: t1w
            tr: 5,5
      follow_ups:
        - months: -3
        - months: 5
        - months: 5.0
        - remarks: [late]
      """
    #expect(
      faults(text) == [
        "case.yaml:1:1: error: case: ‘id’ is missing",
        "case.yaml:2:1: error: case: there is no key ‘titel’; did you mean ‘title’? known keys: format, id, title, sex, "
          + "age, anatomy, occupation, presentation, original_report, labs, serology, biopsies, cultures, pathogens, "
          + "basis_of_diagnosis, therapy, surgery, outcome, facts, baseline, follow_ups, given",
        "case.yaml:3:6: error: sex: there is no ‘man’; allowed: male, female",
        "case.yaml:4:6: error: age: 200 lies outside 0 to 130",
        "case.yaml:6:5: error: biopsy: ‘result’ is missing",
        "case.yaml:7:11: error: bone: there is no bone ‘L6’; allowed: C1…C7, T1…T12, L1…L5, S1…S5, "
          + Bone.girdles.map(\.rawValue).joined(separator: ", ")
          + "; a case file declares L6 as ‘anatomy: {extra: [L6]}’",
        "case.yaml:8:11: error: cultures: expected a list (lines that begin with ‘- ’, or [a, b]), found a value",
        "case.yaml:9:10: error: outcome: there is no ‘better’; allowed: improved, cured, unchanged, worsened, died",
        "case.yaml:13:11: error: tr: ‘5,5’ is not a number; write the decimals behind a point",
        "case.yaml:15:13: error: months: -3 lies outside 0.01 to 600",
        "case.yaml:17:13: error: months: there are two examinations at 5 months; merge them, or correct one",
        "case.yaml:18:5: error: follow-up examination: it is not said when it was; give ‘months’, ‘day’ or ‘date’",
      ])
  }

  @Test(
    arguments: [
      ("age: 053", "age: ‘053’ is not a whole number; write it in digits, as 12"),
      ("age: 1:30", "age: ‘1:30’ is not a whole number; write it in digits, as 12"),
      ("age: 5e1", "age: ‘5e1’ is not a whole number; write it in digits, as 12"),
      ("age: [1]", "age: expected one value, found a list"),
      ("age:", "‘age’ is empty; leave the key out where it is not stated"),
      ("title: ~", "‘title’ is empty; leave the key out where it is not stated"),
      ("title: \" \"", "title: the text is blank; leave the key out where it is not stated"),
      ("therapy: [antibiotic, ]", nil),
      ("therapy: [antibiotic, ~]", "therapy: an empty entry; delete the line"),
      (
        "title: \"a\\e[2J\"",
        "title: the text holds U+001B, a control character; delete it"
      ),
      ("title: \"a\\e\"", "title: the text holds U+001B, a control character; delete it"),
      ("title: \"a\\u202Eb\"", "title: the text holds U+202E, which reorders text; delete it"),
      ("title: \"a\\uFFFDb\"", "title: the text holds U+FFFD, which stands for a character that was lost; delete it"),
      (
        "course: {foci: fewer}",
        "foci: there is no level ‘fewer’; allowed: decreased, unchanged, increased, "
          + "not-assessable, not-acquired"
      ),
      ("course: {rim_sign: present}", "course: ‘rim_sign’ is graded at the baseline only"),
      (
        "course: {marow: partial}",
        "course: there is no finding ‘marow’; did you mean ‘marrow’? findings: foci, "
          + "lesion_changes, marrow, signal_area, destruction, spread, soft_tissue_change, abscess, healing_edge, "
          + "follow_up_grade"
      ),
      ("course: {lesion_changes: {T13: new}}", "there is no bone ‘T13’; did you mean ‘T1’?"),
      (
        "cultures: [{specimen: bone, result: negative, organism: x}]",
        "organism: the culture is negative; delete the organism, or say positive"
      ),
      (
        "baseline: {acquisitions: [{sequence: stir, images: [a.dcm, ../b.dcm]}]}",
        "images: ‘../b.dcm’ leads out of the folder of this file; put the picture beside it"
      ),
      (
        "baseline: {acquisitions: [{sequence: stir, images: [/etc/b.dcm]}]}",
        "images: ‘/etc/b.dcm’ leads out of the folder of this file; put the picture beside it"
      ),
      (
        "baseline: {acquisitions: [{sequence: stir, acquired: no, images: [a.dcm]}]}",
        "images: the sequence was not acquired; delete ‘images’, or ‘acquired: no’"
      ),
      (
        "baseline: {acquisitions: [{sequence: stir, acquired: no, ti: 160}]}",
        "ti: the sequence was not acquired; delete ‘ti’, or ‘acquired: no’"
      ),
      (
        "baseline: {published: {rim_sign: present}}",
        "‘published’ grades are left out: they come with the embedded sample study only; record grades with "
          + "‘endplate grade’ or in a consensus session"
      ),
      (
        "course: {healing_edge: present}",
        "‘course’ grades are left out: they come with the embedded sample study only; record grades with "
          + "‘endplate grade’ or in a consensus session"
      ),
    ] as [(String, String?)])
  func oneFault(_ line: String, _ message: String?) {
    // Published grades are read, and so can be wrong, in embedded files only.
    let isLeftOut = message?.contains("left out") == true
    #expect(
      CaseFileReader.read(file(head + line), origin: isLeftOut ? .imported : .embedded).faults.map(\.message)
        == (message.map { [$0] } ?? []))
  }

  /// A course that cannot have been: each is refused where it stands.
  @Test(
    arguments: [
      ("follow_ups: [{months: -5}]", "5:23: error: months: -5 lies outside 0.01 to 600"),
      ("follow_ups: [{months: 0}]", "5:23: error: months: 0 lies outside 0.01 to 600"),
      ("follow_ups: [{months: -0.5}]", "5:23: error: months: -0.5 lies outside 0.01 to 600"),
      (
        "follow_ups: [{months: 5}, {months: 8}, {months: 5.0}]",
        "5:49: error: months: there are two examinations at 5 months; merge them, or correct one"
      ),
      (
        "follow_ups: [{remarks: [better]}]",
        "5:14: error: follow-up examination: it is not said when it was; give ‘months’, ‘day’ or ‘date’"
      ),
      (
        "course: {follow_up_grade: healing}",
        "5:9: error: course: it is graded, but there is no follow-up examination; name one under ‘follow_ups’, or "
          + "delete the grades"
      ),
    ])
  func anImpossibleCourse(_ lines: String, _ fault: String) {
    let text = head + "title: a case\nsex: female\n" + lines + "\n"
    #expect(CaseFileReader.read(file(text), origin: .embedded).faults.map(\.description) == ["case.yaml:" + fault])
  }

  /// Grades that a publication states stand under their examination.
  @Test func aGradeWithoutItsExamination() {
    let text = head + "follow_ups:\n  - published: {follow_up_grade: healing}\n  - months: 5\n"
    let found = CaseFileReader.read(file(text), origin: .embedded).faults.map(\.description)
    #expect(
      found == [
        "case.yaml:4:5: error: follow-up examination: it is not said when it was; give ‘months’, ‘day’ or ‘date’"
      ])
  }

  @Test func textsStayAsWritten() throws {
    let text = "format: endplate-case/1\nid: 007\ntitle: no\ntherapy: [on, 0x1F, 012, \"null\", 1:30, 2024-01-01]\n"
    let found = try #require(CaseFileReader.read(file(text)).value?.patientCase)
    #expect(
      found == Case(id: "007", title: "no", therapy: ["on", "0x1F", "012", "null", "1:30", "2024-01-01"]))
  }

  @Test func nothingStatedIsABaselineAlone() throws {
    let found = try #require(CaseFileReader.read(file(head)).value)
    #expect(found == CaseFile(Case(id: "9", examinations: [Examination(.baseline)])))
  }

  @Test func examinationsComeOutInOrder() throws {
    let found = try #require(
      CaseFileReader.read(file(head + "follow_ups: [{months: 25}, {months: 5}, {months: 10.5}]")).value)
    #expect(found.patientCase.examinations.map(\.id) == [.baseline, "5", "10.5", "25"])
  }

  @Test func oneImportRefusesAnIdTwice() {
    let outcome = CaseFileReader.read([
      file(head, "a.yaml"), file("format: endplate-case/1\nid: 1", "b.yaml"), file(head, "c.yaml"),
    ])
    #expect(outcome.value == nil)
    #expect(
      outcome.faults.map(\.description) == [
        "c.yaml:1:1: error: the case ‘9’ stands in a.yaml already; give one of them another id"
      ])
  }

  /// The sample cases can be imported into a study of one's own, to be read afresh.
  @Test func anImportTakesTheSampleCasesWithoutTheirGrades() throws {
    let files = SampleCases.files.filter { $0.name.hasPrefix("case_") }
      .map { InputFile(name: $0.name, bytes: $0.bytes) }
    let outcome = CaseFileReader.read(files)
    let cases = try #require(outcome.value)
    let sample = try SampleStudies.published(SampleCases.files)
    let bare = sample.cases.map { whole in
      var bare = whole
      bare.course = [:]
      return bare
    }
    #expect(sample.cases.contains { !$0.course.isEmpty })
    #expect(cases.map { $0.patientCase } == bare)
    #expect(cases.allSatisfy { $0.published.isEmpty })
    #expect(outcome.faults.count == 22)
  }

  @Test func checkChoosesTheReaderByFormat() throws {
    let files = SampleCases.files.map { InputFile(name: $0.name, bytes: $0.bytes) }
    let refused = FileCheck.faults(files)
    #expect(
      FileCheck.faults([file("id: knee\nfindings: []\n", "x.yaml")]).map(\.message) == [
        "‘format’ is missing; a codebook begins with ‘format: endplate-codebook/1’"
      ])
    #expect(refused.allSatisfy { $0.severity == .warning && $0.message.contains("’ grades are left out") })
    #expect(
      Set(refused.map(\.file)) == Set((1...7).map { "case_\($0).yaml" } + (1...4).map { "control_\($0).yaml" }))
    #expect(
      FileCheck.faults([file("format: endplate-case/2", "x.yaml")]).map(\.message) == [
        "there is no format ‘endplate-case/2’; allowed: endplate-case/1, endplate-study/1, endplate-readings/1, endplate-teaching/1, "
          + "endplate-codebook/1, endplate-map/1"
      ])
    #expect(FileCheck.faults([file("id: 1", "x.yaml")]).map(\.message) == ["case: ‘format’ is missing"])
  }

  @Test func manyFaultsAreCounted() {
    let keys = (0..<5000).map { "k\($0): 1\n" }.joined()
    let found = CaseFileReader.read(file(head + keys)).faults
    #expect(found.count == 101)
    #expect(found.last?.message == "4900 further faults are not listed; correct these first")
  }

  @Test func endlessWordsAreShownShort() {
    let word = String(repeating: "x", count: 50_000)
    // YAML itself takes keys of up to 1024 characters.
    let key = word.prefix(900)
    let text = head + "\(key): 1\nsex: a\(word)\ncourse: {foci: \(word), \(key): a, lesion_changes: \(word)}\n"
    for (text, count) in [(text, 5), (text + "\(key): 2\n", 1)] {
      let found = CaseFileReader.read(file(text), origin: .embedded).faults
      #expect(found.count == count)
      #expect(found.allSatisfy { $0.description.count < 1100 })
    }
  }

  @Test func populationThatDoesNotAddUp() {
    let text =
      "format: endplate-study/1\ntitle: t\npopulation:\n  - {count: 5, label: a, excluded: [{count: 1, reason: r}]}\n"
      + "  - {count: 3, label: b}\n"
    #expect(
      StudyDescriptionReader.read(file(text, "s.yaml")).faults.map(\.description) == [
        "s.yaml:4:3: error: population: ‘a’ leaves 4 patients, but ‘b’ has 3"
      ])
  }
}
