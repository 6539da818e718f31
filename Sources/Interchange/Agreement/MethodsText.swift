// A paragraph on readings and statistics for the methods section of a paper.

import Agreement
import ReaderAgreement
import ReviewCore

package enum MethodsText {
  /// The paragraph and the references it cites.
  package static func report(
    _ agreement: StudyAgreement, _ figures: [ItemAgreement], _ facts: StudyFacts
  ) -> String { withReferences(paragraph(agreement, figures, facts)) }

  /// A paragraph with the list of what it cites below.
  package static func withReferences(_ paragraph: String) -> String {
    let references = MethodReference.cited(in: paragraph)
    return paragraph + "\n" + (references.isEmpty ? "" : "\nReferences\n" + references.map { $0 + "\n" }.joined())
  }

  package static func paragraph(
    _ agreement: StudyAgreement, _ figures: [ItemAgreement], _ facts: StudyFacts
  ) -> String {
    let words = MethodWords(figures.map(\.report))
    return
      (reading(agreement, facts) + [
        "Agreement was computed with \(facts.program) from the grades as \(origin(agreement, facts)), before "
          + "consensus.",
        primary(agreement, figures), "We report \(words.coefficients).",
      ] + sets(figures) + letters(figures) + [words.weights].compactMap { $0 } + missing(agreement) + words.intervals
      + [
        "Coefficients of 0/0 are reported as not defined."
      ]).joined(separator: " ")
  }

  /// What the compared grades are; nothing shows of imported ones that anybody signed them.
  private static func origin(_ agreement: StudyAgreement, _ facts: StudyFacts) -> String {
    guard agreement.importedReadings > 0 else { return "signed" }
    return facts.readings.isEmpty ? "imported" : "signed or imported"
  }

  /// Who read what, as far as it is on record.
  private static func reading(_ agreement: StudyAgreement, _ facts: StudyFacts) -> [String] {
    let study = agreement.study
    let rules = study.studyProtocol
    let blinding = Blinding(facts)
    let readers = StudyFacts.count(agreement.readers.count, "reader")
    let rounds =
      rules.rounds > 1 && facts.hasOwn
      ? " in \(rules.rounds) rounds planned at least \(rules.washoutDays) days apart" : ""
    let withheld = list(rules.withheld.map(\.words).sorted())
    let first =
      study.isIllustrative
      ? "The readings are made up for practice and are no result: as they are made up, \(readers) graded \(facts.extent)"
      : "\(readers) graded \(facts.extent)"
    let ofEach = facts.readersPerCase.map { ", \(words($0)) of them each case" }
    var sentences = ["\(first)\(ofEach ?? "")\(rounds)."]
    if study.isConstructed { sentences.append("The cases are constructed for teaching and are no patients.") }
    if blinding.isOwn { sentences.append("Each reader had the cases in an order of their own (seed \(rules.seed)).") }
    if facts.hasOwn {
      sentences.append("The protocol withholds \(withheld.isEmpty ? "nothing" : withheld) while a case is read.")
    }
    sentences.append(blinding.sentence)
    if facts.imported > 0 {
      sentences.append("The protocol of this study did not govern the imported readings.")
      if !rules.countsImported { sentences.append("They are left out of the agreement.") }
    }
    return sentences
  }

  /// `3`, `2 to 3`.
  static func words(_ range: ClosedRange<Int>) -> String {
    range.lowerBound == range.upperBound ? "\(range.upperBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }

  private static func primary(_ agreement: StudyAgreement, _ figures: [ItemAgreement]) -> String {
    let key = agreement.study.studyProtocol.primaryStatistic
    return "The primary coefficient was \(figures.first { $0.primaryKey == key }?.primaryTitle ?? key)."
  }

  private static func sets(_ figures: [ItemAgreement]) -> [String] {
    guard figures.contains(where: { $0.item.isSetValued }) else { return [] }
    return ["Findings graded as sets were compared as wholes and level by level; involved bones region by region."]
  }

  private static func letters(_ figures: [ItemAgreement]) -> [String] {
    guard let count = figures.map(\.report.casesByLetter).max(), count > 0 else { return [] }
    return [
      "Figures of single readers and of pairs leave out \(count.counted("case")) whose consensus was not recorded yet."
    ]
  }

  private static func missing(_ agreement: StudyAgreement) -> [String] {
    let excluded = agreement.findings.map(\.exclusions)
    let (not, lacking) = (
      excluded.reduce(0) { $0 + $1.notAssessable }, excluded.reduce(0) { $0 + $1.notAcquired }
    )
    guard not + lacking > 0 else { return [] }
    return [
      "Grades of what was not assessable (\(not)) or not acquired (\(lacking)) were missing for coefficients, and agreement "
        + "on assessability was computed apart."
    ]
  }

  static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Withheld {
  /// As a sentence says it.
  var words: String {
    switch self {
    case .title: "the study's and cases' titles"
    case .biopsy: "biopsies"
    case .culture: "cultures and serology"
    case .labs: "laboratory values"
    case .facts: "other facts of the history"
    case .therapy: "therapy"
    case .outcome: "outcomes"
    case .originalReport: "original reports"
    case .laterExaminations: "later examinations"
    }
  }
}
