// Who does not read a case is not missing from it.

import Agreement
import Interchange
import ReaderAgreement
import ReviewCore
import Testing

@Suite struct AssignedReadersTests {
  private static func opened(_ id: CaseID, _ readers: [PrincipalID]) -> OpenedCase {
    var entry = OpenedCase(
      id: id, round: 1,
      readings: readers.map { reading($0, [ID.rimSign: .level(id == "1" ? "present" : "absent")]) }, consensus: nil)
    entry.assigned = Set(readers)
    return entry
  }

  @Test func anEmptyCellOfWhoDoesNotReadTheCaseIsNotMissing() throws {
    var cases = [Self.opened("1", ["R1", "R2"]), Self.opened("2", ["R2", "R3"]), Self.opened("3", ["R1", "R3"])]
    func agreement() throws -> (report: AgreementReport, ratings: FindingRatings) {
      let agreement = try StudyAgreement(Study(title: "x"), readers: three, opened: cases)
      let ratings = try #require(agreement.findings.first { $0.finding.id == ID.rimSign })
      return (try #require(ratings.items.first).report(resampling: nil), ratings)
    }
    var found = try agreement()
    #expect((found.report.counts.ratings, found.report.counts.missing) == (6, 0))
    #expect(found.report["n.missing"]?.value == 0)
    #expect((found.ratings.exclusions.ratings, found.ratings.exclusions.notGraded) == (6, 0))
    #expect(CrossTable(try #require(found.ratings.items.first), "R1", "R2")?.missing == 0)
    // Who reads it and leaves it out is.
    cases[0].readings.removeLast()
    found = try agreement()
    #expect((found.report.counts.ratings, found.report.counts.missing) == (5, 1))
    #expect(found.ratings.exclusions.notGraded == 1)
    #expect(CrossTable(try #require(found.ratings.items.first), "R1", "R2")?.missing == 1)
  }

  @Test func aCaseIsCompleteWhenItsOwnReadersRatedIt() throws {
    let cases = [Self.opened("1", ["R1", "R2"]), Self.opened("2", ["R2", "R3"]), Self.opened("3", ["R1", "R3"])]
    let agreement = try StudyAgreement(Study(title: "x"), readers: three, opened: cases)
    let figures = agreement.figures(resampling: nil) { _ in }
    let report = try #require(figures.first { $0.item.id == "rim_sign" }?.report)
    #expect(report.counts.complete == 3 && report.units.unanimous == Proportion(count: 3, total: 3))
    let facts = facts(Practice(study: Study(title: "x"), opened: cases, patients: []))
    #expect(
      MethodsText.paragraph(agreement, figures, facts).hasPrefix(
        "3 readers graded 3 cases (3 examinations), 2 of them each case."))
    let sheet = GrrasSheet.sheet(agreement, figures, facts).text
    #expect(sheet.contains("readers of each opened case: 2 of 3") && sheet.contains("all alike in 3 of 3 cases (exact"))
  }
}
