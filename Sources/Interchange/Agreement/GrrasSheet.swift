// The reporting sheet of a study of readers' agreement.

import Agreement
import Foundation
import ReaderAgreement
import ReviewCore
import TextSafety

/// The fifteen items follow Kottner et al. 2011 (J Clin Epidemiol 64:96-106), in words of our own.
package enum GrrasSheet {
  package static func sheet(
    _ agreement: StudyAgreement, _ figures: [ItemAgreement], _ facts: StudyFacts
  ) -> ReportingSheet {
    let study = agreement.study
    let rules = study.studyProtocol
    return ReportingSheet(
      title: "Reporting sheet for a study of readers' agreement",
      guideline: "GRRAS (Kottner et al. 2011, J Clin Epidemiol 64:96-106)", cautions: cautions(study),
      items: [
        .init(
          1, "Title and abstract", ["study: \(study.title)"],
          blanks: ["named in title or abstract: agreement, of readers or of one reader"]),
        .init(2, "What is graded, with what", graded(study, facts)),
        .init(
          3, "Subjects the results are meant for", population(study) { ["\($0.count) \($0.label)"] },
          blanks: ["population of patients"]),
        .init(4, "Readers the results are meant for", [], blanks: ["population of readers"]),
        .init(5, "What is known, and why this study", [], blanks: ["earlier work", "rationale"]),
        .init(
          6, "Planned size",
          [
            "readers per case: \(rules.readersPerCase)"
              + (rules.assignment == .balanced ? " of \(facts.readers.count), assigned case by case" : ""),
            "rounds: \(rules.rounds)",
            "cases in the study: \(facts.cases)",
          ] + (rules.sampleSize.map { ["how the number of cases was chosen: \($0)"] } ?? []),
          blanks: rules.sampleSize == nil ? ["how the number of cases was chosen"] : []),
        .init(
          7, "Sampling",
          population(study) { step in step.excluded.map { "left out: \($0.count), \($0.reason)" } },
          blanks: ["how cases were sampled", "how readers were chosen"]),
        .init(
          8, "How readings were made", reading(rules, isOwn: Blinding(facts).isOwn),
          blanks: ["training before reading", "monitors and viewing conditions"]),
        .init(
          9, "Independence",
          [independence(rules, facts)] + Blinding(facts).lines, blanks: ["contact between readers outside the program"]),
        .init(10, "Statistics", [MethodsText.paragraph(agreement, figures, facts)]),
        .init(
          11, "Actual size", actual(facts), blanks: facts.openedCases < facts.cases ? ["why cases are not opened"] : []),
        .init(12, "Who read, and whom", people(facts), blanks: ["readers' training and years of experience"]),
        .init(13, "Results with uncertainty", results(figures)),
        .init(14, "What the results mean in practice", [], blanks: ["practical relevance"]),
        .init(
          15, "Detailed results", ["endplate agreement --json; endplate agreement --csv (all signed grades)"],
          blanks: ["where they are deposited"]),
      ])
  }

  static func cautions(_ study: Study) -> [String] {
    (study.isIllustrative ? ["These readings are made up for practice."] : [])
      + (study.isConstructed ? ["These cases are constructed for teaching: no patients."] : [])
  }

  /// The population of a study with a source is that source's, and told as such.
  private static func population(_ study: Study, _ lines: (PopulationStep) -> [String]) -> [String] {
    study.population.flatMap(lines).map { study.source == nil ? $0 : "of the source: \($0)" }
  }

  /// What this study grades, and on which images. What a source says of its own readers and images is left to it.
  private static func graded(_ study: Study, _ facts: StudyFacts) -> [String] {
    let codebook = study.codebook
    let examinations = facts.patients.flatMap(\.examinations)
    let series = MRSequence.allCases.compactMap { sequence -> String? in
      let count = examinations.count { $0.acquisitions.contains { $0.sequence == sequence && $0.isAcquired } }
      return count == 0 ? nil : "\(sequence.title) \(count)"
    }
    return [
      "codebook \(codebook.id), version \(codebook.version): \(codebook.findings(in: .baseline).count.counted("finding")) at baseline, "
        + "\(codebook.findings(in: .followUp).count) at follow-up",
      "examinations of the opened cases: \(examinations.count)"
        + (series.isEmpty ? ", sequences not stated" : "; with the sequence stated: \(series.joined(separator: ", "))"),
    ] + (study.source == nil ? study.studyProtocol.imaging.map { "as stated of the imaging: \($0)" } : [])
  }

  /// - Parameter isOwn: whether all readings were made in this study file, and so as its protocol has it.
  private static func reading(_ rules: StudyProtocol, isOwn: Bool) -> [String] {
    (isOwn ? [] : ["as the protocol has it; how readings that came into the file were made is not on record"]) + [
      "order: each reader's own, from seed \(rules.seed)",
      rules.rounds > 1 ? "between rounds: at least \(rules.washoutDays) days" : "one round",
      "withheld while reading: "
        + (rules.withheld.isEmpty ? "nothing" : MethodsText.list(rules.withheld.map(\.words).sorted())),
      "a case opens when all its readings \(rules.opening == .round ? "and those of all cases in all rounds " : "")are "
        + "signed",
    ]
  }

  private static func independence(_ rules: StudyProtocol, _ facts: StudyFacts) -> String {
    let own =
      rules.mode == .independent
      ? "the study file gives out nobody's grades before a case is opened" : "the readers read together"
    guard facts.imported > 0 else { return "\(rules.mode.rawValue) protocol: \(own)" }
    return "\(rules.mode.rawValue) protocol: \(own); imported readings were not made under it"
  }

  private static func actual(_ facts: StudyFacts) -> [String] {
    var lines: [String] = []
    if facts.hasOwn { lines.append("readers who signed: \(Set(facts.readings.map(\.reader)).count)") }
    if facts.imported > 0 { lines.append("readers of imported readings: \(facts.importers.count)") }
    lines.append(
      "cases opened: \(facts.openedCases) of \(facts.cases), with \(StudyFacts.count(facts.examinations, "examination"))"
    )
    if let perCase = facts.readersPerCase {
      lines.append("readers of each opened case: \(MethodsText.words(perCase)) of \(facts.readers.count)")
    }
    lines += period(facts.readings)
    lines += Dictionary(grouping: facts.opened, by: \.round).sorted { $0.key < $1.key }.map { round, cases in
      "round \(round): \(StudyFacts.count(cases.count, "case")), "
        + "\(StudyFacts.count(StudyFacts.examinations(cases), "examination")), \(readings(cases.flatMap(\.readings)))"
    }
    if facts.imported > 0 { lines.append("readings made elsewhere and imported: \(facts.imported)") }
    return lines
  }

  /// `6 signed readings`, `4 imported readings`, or both.
  private static func readings(_ readings: [Reading]) -> String {
    let (signed, imported) = (readings.count(where: \.state.isSigned), readings.count(where: \.state.isImported))
    guard imported > 0 else { return StudyFacts.count(signed, "signed reading") }
    let elsewhere = StudyFacts.count(imported, "imported reading")
    return signed == 0 ? elsewhere : "\(StudyFacts.count(signed, "signed reading")) and \(elsewhere)"
  }

  /// The days of the first and the last signature.
  private static func period(_ readings: [Reading]) -> [String] {
    let dates = readings.compactMap { reading in if case .signed(let date) = reading.state { date } else { nil } }
    guard let first = dates.min(), let last = dates.max() else { return [] }
    let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    return ["signed from \(first.formatted(style)) to \(last.formatted(style)) (UTC)"]
  }

  /// `3 signed readings of 2 cases`.
  private static func extent(_ facts: StudyFacts, of reader: PrincipalID) -> String {
    let own = facts.opened.flatMap { entry in
      entry.readings.filter { $0.reader == reader && $0.state.isFinal }.map { (entry.id, $0) }
    }
    return "\(readings(own.map(\.1))) of \(StudyFacts.count(Set(own.map(\.0)).count, "case"))"
  }

  private static func people(_ facts: StudyFacts) -> [String] {
    let readers = facts.readers.map { reader in
      let name = reader.name == reader.id.rawValue ? "" : " (\(reader.name))"
      return "\(reader.id)\(name): \(extent(facts, of: reader.id))"
    }
    let others = facts.importers.subtracting(facts.readers.map(\.id)).sorted().map { "\($0): \(extent(facts, of: $0))" }
    let sexes = (Sex.allCases.map(Optional.some) + [nil]).compactMap { sex -> String? in
      let count = facts.patients.count { $0.sex == sex }
      return count == 0 ? nil : "\(count) \(sex?.rawValue ?? "of a sex not stated")"
    }
    let ages = facts.patients.compactMap(\.age)
    let unknown = facts.patients.count - ages.count
    let range = ages.min().flatMap { low in ages.max().map { "; age \(low == $0 ? "\(low)" : "\(low) to \($0)")" } }
    return readers + others + [
      "patients of the opened cases: \(sexes.joined(separator: ", "))\(range ?? "")"
        + (unknown > 0 ? "; age not stated of \(unknown)" : "")
    ]
  }

  /// A line an item; where its interval says nothing, the exact interval of how often all readers were alike.
  private static func results(_ figures: [ItemAgreement]) -> [String] {
    let lines = figures.map { ($0, hasInterval: $0.interval?.isInformative == true) }
    let note =
      "where a coefficient has no interval, or one without width, the exact 95 % interval (Clopper and Pearson 1934) of how "
      + "often all readers were alike stands in its place"
    let cautions = figures.flatMap(\.cautions).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let told = cautions.map { caution in
      "\(caution.dropLast()): \(figures.filter { $0.cautions.contains(caution) }.map(\.item.title).joined(separator: ", "))"
    }
    return lines.map { result($0.0, hasInterval: $0.hasInterval) } + (lines.allSatisfy(\.hasInterval) ? [] : [note])
      + told
  }

  private static func result(_ figures: ItemAgreement, hasInterval: Bool) -> String {
    let head = "\(figures.item.title), \(figures.comparison.title)"
    let used = "n \(figures.primary?.casesUsed ?? 0) of \(figures.report.counts.cases)"
    let value =
      figures.primary?.value.map { "\(figures.primaryTitle) \($0.decimals(2))" }
      ?? figures.remarks.joined(separator: ", ")
    let percent = figures.percent?.value.map { "percent agreement \(Int(($0 * 100).rounded())) %" }
    let interval = figures.interval.map { interval in
      " (95 % \(interval.low.decimals(2)) to \(interval.high.decimals(2)))"
    }
    return "\(head): \(value)\(hasInterval ? interval ?? "" : ""); "
      + ([percent, hasInterval ? nil : alike(figures.report), used].compactMap { $0 }).joined(separator: "; ")
  }

  /// `all alike in 1 of 3 cases (exact 95 % 1 to 91 %)`.
  private static func alike(_ report: AgreementReport) -> String {
    let share = report.units.unanimous
    guard let exact = share.exact else { return "no case has all its ratings, so there is no exact interval either" }
    func percent(_ value: Double) -> String { (value * 100).decimals(1) }
    return "all alike in \(share.count) of \(share.total) \(report.units.name(share.total))"
      + (report.isClustered ? " throughout" : "") + " (exact 95 % \(percent(exact.low)) to \(percent(exact.high)) %)"
  }
}
