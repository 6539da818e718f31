// A sheet that supports reporting by GRRAS: what the study file knows is filled in, the rest is a labelled blank.

import Agreement
import Foundation
import ReaderAgreement
import ReviewCore
import TextSafety

/// The fifteen items follow Kottner et al. 2011 (J Clin Epidemiol 64:96-106), in words of our own. The sheet supports
/// reporting; it certifies nothing.
package struct GrrasSheet: Hashable, Sendable {
  package struct Item: Hashable, Sendable {
    package var number: Int
    package var topic: String
    /// What the study file knows.
    package var filled: [String]
    /// What only the authors know.
    package var blanks: [String]
  }

  package let items: [Item]
  package let isIllustrative: Bool

  /// What the study file knows beside readings.
  package struct Facts: Sendable {
    package var program: String
    package var readers: [Principal]
    /// Cases in the study, opened or not.
    package var cases: Int
    package var opened: [OpenedCase]
    package var audit: [AuditEntry]
    package var verification: AuditVerification

    package init(
      program: String, readers: [Principal], cases: Int, opened: [OpenedCase], audit: [AuditEntry],
      verification: AuditVerification
    ) {
      self.program = program
      self.readers = readers
      self.cases = cases
      self.opened = opened
      self.audit = audit
      self.verification = verification
    }
  }

  package init(_ agreement: StudyAgreement, _ figures: [ItemAgreement], _ facts: Facts) {
    let study = agreement.study
    let rules = study.studyProtocol
    isIllustrative = study.isIllustrative
    let readings = facts.opened.flatMap(\.readings)
    let openedCases = Set(facts.opened.map(\.id)).count
    let perRound = Dictionary(grouping: facts.opened, by: \.round).sorted { $0.key < $1.key }
    let findings = study.codebook.findings
    items = [
      Item(
        number: 1, topic: "Title and abstract", filled: ["study: \(study.title)"],
        blanks: ["named in title or abstract: agreement, of readers or of one reader"]),
      Item(
        number: 2, topic: "What is graded, with what",
        filled: ["codebook \(study.codebook.id), version \(study.codebook.version), \(findings.count) findings"]
          + rules.imaging.map { "as stated of the imaging: \($0)" }, blanks: []),
      Item(
        number: 3, topic: "Subjects the results are meant for",
        filled: study.population.map { "\($0.count) \($0.label)" }, blanks: ["population of patients"]),
      Item(number: 4, topic: "Readers the results are meant for", filled: [], blanks: ["population of readers"]),
      Item(
        number: 5, topic: "What is known, and why this study", filled: [], blanks: ["earlier work", "rationale"]),
      Item(
        number: 6, topic: "Planned size",
        filled: [
          "readers per case: \(rules.readersPerCase)", "rounds: \(rules.rounds)", "cases in the study: \(facts.cases)",
        ] + (rules.sampleSize.map { ["how the number of cases was chosen: \($0)"] } ?? []),
        blanks: rules.sampleSize == nil ? ["how the number of cases was chosen"] : []),
      Item(
        number: 7, topic: "Sampling",
        filled: study.population.flatMap { step in step.excluded.map { "left out: \($0.count), \($0.reason)" } },
        blanks: ["how cases were sampled", "how readers were chosen"]),
      Item(
        number: 8, topic: "How readings were made",
        filled: [
          "order: each reader's own, from seed \(rules.seed)",
          rules.rounds > 1 ? "between rounds: at least \(rules.washoutDays) days" : "one round",
          "withheld while reading: "
            + (rules.withheld.isEmpty ? "nothing" : MethodsText.list(rules.withheld.map(\.words).sorted())),
          "a case opens when all its readings \(rules.opening == .round ? "and those of all cases in all rounds " : "")are signed",
        ], blanks: ["training before reading", "monitors and viewing conditions"]),
      Item(
        number: 9, topic: "Independence",
        filled: [
          rules.mode == .joint
            ? "joint protocol: the readers read together"
            : "independent protocol: the study file gives out nobody's grades before a case is opened"
        ] + Self.trail(facts), blanks: ["contact between readers outside the program"]),
      Item(
        number: 10, topic: "Statistics", filled: [MethodsText.paragraph(agreement, figures, program: facts.program)],
        blanks: []),
      Item(
        number: 11, topic: "Actual size",
        filled: [
          "readers who signed: \(Set(readings.map(\.reader)).count)", "cases opened: \(openedCases) of \(facts.cases)",
        ] + Self.period(readings)
          + perRound.map { round, cases in
            "round \(round): \(cases.count) cases, \(cases.reduce(0) { $0 + $1.readings.count }) signed readings"
          }, blanks: openedCases < facts.cases ? ["why cases are not opened"] : []),
      Item(
        number: 12, topic: "Who read, and whom",
        filled: facts.readers.map { "\($0.id): \($0.name)" }, blanks: ["readers' training and years of experience"]),
      Item(
        number: 13, topic: "Results with uncertainty",
        filled: figures.map { Self.result($0) }, blanks: []),
      Item(number: 14, topic: "What the results mean in practice", filled: [], blanks: ["practical relevance"]),
      Item(
        number: 15, topic: "Detailed results",
        filled: ["endplate agreement --json; endplate agreement --csv (all signed grades)"],
        blanks: ["where they are deposited"]),
    ]
  }

  private static func result(_ figures: ItemAgreement) -> String {
    let head = "\(figures.item.title), \(figures.comparison.title)"
    let used = "\(figures.primary?.casesUsed ?? 0) of \(figures.report.counts.cases)"
    guard let value = figures.primary?.value else {
      return "\(head): \(figures.remarks.joined(separator: ", ")); n \(used)"
    }
    let interval = figures.interval.map { interval in
      let ends = "\(interval.low.decimals(2)) to \(interval.high.decimals(2))"
      return interval.isInformative ? " (95 % \(ends))" : " (its interval has no width and says nothing)"
    }
    let percent = figures.percent?.value.map { ", percent agreement \($0.percent) %" } ?? ""
    return
      "\(head): \(figures.primaryTitle) \(value.decimals(2))\(interval ?? "")\(percent); n \(used)"
  }

  /// The days of the first and the last signature.
  private static func period(_ readings: [Reading]) -> [String] {
    let dates = readings.compactMap { reading in if case .signed(let date) = reading.state { date } else { nil } }
    guard let first = dates.min(), let last = dates.max() else { return [] }
    let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    return ["signed from \(first.formatted(style)) to \(last.formatted(style)) (UTC)"]
  }

  /// What the audit trail supports of blinding and order.
  private static func trail(_ facts: Facts) -> [String] {
    var opened: [String: Date] = [:]
    for entry in facts.audit where entry.kind == .opened {
      if let id = entry.caseID, let round = entry.round { opened["\(id) \(round)"] = entry.at }
    }
    let readings = facts.opened.flatMap { entry in entry.readings.map { (entry, $0) } }
    let late = readings.filter { entry, reading in
      guard case .signed(let at) = reading.state, let opening = opened["\(entry.id) \(entry.round)"] else {
        return false
      }
      return at > opening
    }
    let amended = readings.count { $0.1.version > 1 }
    return [
      facts.verification.isIntact
        ? "audit trail: the chain is intact" : "audit trail: changed; \(facts.verification.faults.first ?? "")",
      "audit trail: \(opened.count) openings on record; \(readings.count - late.count) of \(readings.count) readings were "
        + "signed before their case was opened",
      "amended after signing, before opening: \(amended)",
    ]
  }

  /// The sheet as text, at most 80 columns wide.
  package var text: String {
    var lines = [
      "Reporting sheet for a study of readers' agreement",
      "Supports reporting by GRRAS (Kottner et al. 2011). What the study file knows is",
      "filled in; a line of dots is for the authors.",
    ]
    if isIllustrative { lines.append("These readings are made up for practice.") }
    for item in items {
      lines += ["", "\(item.number < 10 ? " " : "")\(item.number)  \(item.topic)"]
      lines += item.filled.flatMap { Self.wrapped($0.madeSafe) }
      lines += item.blanks.map { "    \($0): " + String(repeating: ".", count: max(6, 74 - $0.count)) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= 80 {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append((lines.isEmpty ? "    " : "      ") + word)
      }
    }
    return lines
  }
}
