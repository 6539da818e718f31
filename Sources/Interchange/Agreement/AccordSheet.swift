// The reporting sheet of how a consensus was reached.

import Foundation
import ReviewCore
import TextSafety

/// Topics after ACCORD (Gattrell et al. 2024, PLoS Med 21:e1004326), in words and an order of our own.
package enum AccordSheet {
  package static func sheet(_ study: Study, _ facts: StudyFacts) -> ReportingSheet {
    let process = facts.process
    return ReportingSheet(
      title: "Reporting sheet for a consensus of readers",
      guideline: "ACCORD (Gattrell et al. 2024, PLoS Med 21:e1004326); the topics are in words and an order of our own",
      cautions: GrrasSheet.cautions(study),
      items: [
        .init(
          1, "What was to be agreed on",
          [
            "study: \(study.title)",
            "codebook \(study.codebook.id), version \(study.codebook.version): \(study.codebook.findings.count.counted("finding"))",
          ], blanks: ["aim, and why consensus was needed", "registration and protocol"]),
        .init(
          2, "Who took part", ["readers: " + facts.readers.map(person).joined(separator: ", ")] + others(facts),
          blanks: ["how they were chosen", "expertise", "conflicts of interest", "funding and its role"]),
        .init(3, "What they had before them", before(study), blanks: ["literature or other evidence"]),
        .init(4, "How consensus was defined", definition(process)),
        .init(
          5, "Sessions",
          [
            "cases opened: \(process.sessions); recorded: \(process.recorded)",
            "rounds of reading whose cases were opened: \(list(Set(facts.opened.map(\.round)).sorted().map(String.init)))",
          ] + dates(facts), blanks: ["in one room or apart", "who led them"]),
        .init(6, "Votes", votes(process)),
        .init(7, "What came of it", results(facts)),
        .init(8, "Agreement with the result", standings(process)),
        .init(
          9, "Record",
          [
            facts.verification.isIntact
              ? "audit trail: the chain is intact" : "audit trail: changed; \(facts.verification.faults.first ?? "")",
            "endplate consensus minutes CASE: who did what when, with reasons",
          ], blanks: ["where the minutes are deposited"]),
      ])
  }

  private static func person(_ principal: Principal) -> String {
    principal.name == principal.id.rawValue ? principal.id.rawValue : "\(principal.id) (\(principal.name))"
  }

  /// Who else did something in a session or opened a case.
  private static func others(_ facts: StudyFacts) -> [String] {
    let readers = Set(facts.readers.map(\.id))
    let acted = Set(facts.audit.filter { $0.kind.isOfSession || $0.kind == .opened }.compactMap(\.principal))
    let others = acted.subtracting(readers).map(\.rawValue).sorted()
    return others.isEmpty ? [] : ["others who opened cases or acted in sessions: \(others.joined(separator: ", "))"]
  }

  private static func before(_ study: Study) -> [String] {
    let rules = study.studyProtocol
    return [
      rules.mode == .joint
        ? "joint protocol: no readings of their own" : "independent protocol: each reader's own signed reading",
      rules.namesInConsensus
        ? "readers stand beside their grades by name"
        : "readers stand beside their grades as letters, another for each case, until the consensus is recorded",
    ]
  }

  private static func definition(_ process: ConsensusProcess) -> [String] {
    process.quorums.sorted { $0.key < $1.key }.map { quorum, cases in
      "quorum: \(quorum.present) of \(quorum.readers) readers present (\(StudyFacts.count(cases, "case")))"
    } + [
      "every finding has an agreed grade or is left unresolved, and every reader confirms, dissents with a reason, or is "
        + "recorded absent"
    ]
  }

  private static func dates(_ facts: StudyFacts) -> [String] {
    let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    let acts = facts.audit.filter { $0.kind.isOfSession || $0.kind == .opened || $0.kind == .consensusRecorded }.map(
      \.at)
    guard let first = acts.min(), let last = acts.max() else { return [] }
    return ["acts on record from \(first.formatted(style)) to \(last.formatted(style)) (UTC)"]
  }

  private static func votes(_ process: ConsensusProcess) -> [String] {
    guard process.called > 0 else { return ["no vote was called"] }
    return [
      "votes called: \(process.called), of these again on the same finding: \(process.repeated); revealed: "
        + "\(process.revealed)",
      "in the revealed votes: grades \(process.votes), abstentions \(process.abstentions), no vote \(process.withoutVote)",
      "each vote stayed private until all were revealed at once",
    ] + changes(process)
  }

  private static func changes(_ process: ConsensusProcess) -> [String] {
    let parts = ChangeOfMind.Direction.allCases.map { "\(process.changes[$0] ?? 0) \($0.title)" }
    return ["changes of mind: \(parts.joined(separator: ", "))"]
  }

  /// What is on record of a consensus that was reached elsewhere: how, why they had differed, votes.
  private static func imported(_ facts: StudyFacts) -> [String] {
    let entries = facts.opened.filter { $0.consensus?.origin == .imported }
    let grades = entries.flatMap { $0.consensus.map { Array($0.grades.values) } ?? [] }
    guard !entries.isEmpty else { return [] }
    let ways = Agreed.allCases.map { way in "\(way.rawValue) \(grades.count { $0.how == way })" }
    let causes = DiscrepancyCause.allCases.compactMap { cause -> String? in
      let count = grades.count { $0.cause == cause }
      return count == 0 ? nil : "\(cause.title) \(count)"
    }
    return [
      "consensus made elsewhere and imported: \(StudyFacts.count(Set(entries.map(\.id)).count, "case")), "
        + "\(StudyFacts.count(grades.count, "finding"))",
      "reached there, as the import says: \(ways.joined(separator: ", ")), not stated \(grades.count { $0.how == nil })",
      "causes there of having differed: \(causes.isEmpty ? "none stated" : causes.joined(separator: ", "))",
      "findings with votes there on record: \(grades.count { $0.votes != nil })",
    ]
  }

  private static func results(_ facts: StudyFacts) -> [String] {
    let process = facts.process
    let elsewhere = imported(facts)
    guard process.recorded > 0 else {
      guard elsewhere.isEmpty else { return elsewhere }
      return [
        facts.withConsensus > 0
          ? "the consensus of \(StudyFacts.count(facts.withConsensus, "case")) is that of a publication, or was imported; how it was "
            + "reached is not on record here"
          : "no consensus is recorded yet"
      ]
    }
    let ways = Agreed.allCases.map { "\($0.rawValue) \(process.ways[$0] ?? 0)" }
    let causes = DiscrepancyCause.allCases.compactMap { cause in process.causes[cause].map { "\(cause.title) \($0)" } }
    return [
      "findings recorded: \(process.grades); disputed before: \(process.disputed.count) of \(process.disputed.total)",
      "reached: \(ways.joined(separator: ", "))",
      "with a rationale: \(process.rationales); with a note of the session: \(process.notes)",
      "departures from the follow-up rule: \(process.departures.total), with a reason: \(process.departures.count)",
    ] + (causes.isEmpty ? [] : ["why readers had differed: \(causes.joined(separator: ", "))"]) + elsewhere
  }

  private static func standings(_ process: ConsensusProcess) -> [String] {
    func remarks(_ title: String, _ remarks: [ConsensusProcess.Remark]) -> [String] {
      ["\(title): \(remarks.count)"] + remarks.map { "case \($0.caseID), round \($0.round): \($0.reason)" }
    }
    return ["confirmed: \(process.confirmations)"] + remarks("dissented", process.dissents)
      + remarks("absent", process.absences) + remarks("reopened", process.reopenings)
  }

  private static func list(_ items: [String]) -> String { items.isEmpty ? "none" : MethodsText.list(items) }
}
