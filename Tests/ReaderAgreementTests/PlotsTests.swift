// Figures for print of the agreement, and the number of cases that was planned.

import Agreement
import Figures
import Interchange
import ReaderAgreement
import ReviewCore
import Testing

struct AgreementPlotsTests {
  private let practice: Practice
  private let agreement: StudyAgreement
  private let figures: [ItemAgreement]

  init() throws {
    practice = try Practice()
    agreement = try practice.agreement
    figures = agreement.figures(resampling: Resampling(resamples: 0))
  }

  @Test func theForestHasEveryFindingOfTheScreen() throws {
    let forest = AgreementPlots.forest(agreement, figures)

    let rows = forest.groups.flatMap(\.rows)
    #expect(rows.map(\.name) == figures.map(\.item.title))
    #expect(rows.map(\.value) == figures.map { $0.primary?.value })
    #expect(rows.filter { $0.value == nil }.allSatisfy { $0.words.hasPrefix("not defined: ") })
    #expect(forest.notes.contains("These readings are made up for practice."))
    #expect(forest.svg().contains("AC1"))
    #expect(forest.unit == "examinations" && forest.svg().contains(">examinations<"))
  }

  @Test func aTableHasItsCoefficientsAndPairs() throws {
    var tally = try RatingTally(readers: ["A<b>", "B"], levels: ["no", "yes"], scale: .binary)
    for number in 0..<20 { tally.add([number % 2, number % 5 == 0 ? 1 - number % 2 : number % 2]) }
    let report = tally.table().agreement(resampling: Resampling(resamples: 0))

    let forest = AgreementPlots.forest([("", report)])

    #expect(forest.groups.map(\.title) == ["All readers", "Pairs of readers"])
    let fleiss = try #require(forest.groups[0].rows.first { $0.name == "Fleiss kappa" })
    #expect(fleiss.value == report["fleiss_kappa.unweighted"]?.value)
    #expect(fleiss.interval?.lowerBound == report["fleiss_kappa.unweighted"]?.interval?.low)
    #expect(!forest.groups[0].rows.contains { $0.name.contains("test") || $0.name.contains("jackknife") })
    #expect(forest.svg().contains("A&lt;b&gt; and B, Cohen kappa"))
    #expect(forest.unit == "cases" && forest.svg().contains(">cases<"))
  }

  @Test func numbersHaveAPlotOfEachPairAndOfTheMean() throws {
    var table = try NumberTable(readers: ["R1", "R2", "R3"])
    for number in 0..<12 {
      table.add([Double(number), Double(number * 7 % 5), number == 3 ? nil : Double(number) + 0.5])
    }
    let report = table.agreement()

    let figure = AgreementPlots.blandAltman(table, report)

    #expect(
      figure.panels.map(\.title) == [
        "Each reader less the mean of all, 11 cases", "R1 less R2, 12 cases", "R1 less R3, 11 cases",
        "R2 less R3, 11 cases",
      ])
    #expect(
      figure.panels[1].series[0].points.count == 12 && figure.panels[0].series.map(\.points.count) == [11, 11, 11])
    let limits = figure.panels[1].levels.map(\.value)
    #expect(limits[1] == report["pair.R1-R2.limits_of_agreement.lower"]?.value)
    #expect(
      figure.panels[1].levels[2].interval?.upperBound == report["pair.R1-R2.limits_of_agreement.upper"]?.interval?.high)
    #expect(figure.panels[0].levels.map(\.value).reduce(0, +) == 0)
    var many = try NumberTable(readers: (1...7).map { "R\($0)" })
    for number in 0..<6 { many.add((0..<7).map { Double($0 * number) }) }
    let alone = AgreementPlots.blandAltman(many, many.agreement())
    #expect(alone.panels.count == 1 && alone.notes.contains { $0.contains("The 21 pairs") })
  }

  @Test func thePlannedNumberOfCasesFillsItemSix() throws {
    var study = practice.study
    study.studyProtocol.sampleSize = "At least 80 cases of 3 readers."
    func item(_ study: Study) throws -> ReportingSheet.Item {
      let agreement = try StudyAgreement(study, readers: three, opened: practice.opened)
      return try #require(GrrasSheet.sheet(agreement, figures, facts(practice)).items.first { $0.number == 6 })
    }
    #expect(try item(study).filled.contains("how the number of cases was chosen: At least 80 cases of 3 readers."))
    #expect(try item(study).blanks == [])
    #expect(try item(practice.study).blanks == ["how the number of cases was chosen"])
  }
}
