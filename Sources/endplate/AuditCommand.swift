// The audit trail: who did what when, and whether the record is as it was written.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import ReviewCore

struct AuditCommand: StudyReport {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "List the audit trail, or verify it.",
    discussion: """
      Of readings you may not see it lists nothing but what you may know. --verify walks the whole chain; with --head, \
      a head printed in an earlier receipt, it also finds a tail that was cut off and a chain that was computed anew.
      """)

  @OptionGroup var study: StudyOptions

  @Flag(help: "Check the whole chain and every signed grade.")
  var verify = false

  @Option(help: ArgumentHelp("A head from an earlier receipt, for --verify.", valueName: "hash"))
  var head: String?

  @Option(name: .customLong("case"), help: ArgumentHelp("Acts on one case.", valueName: "id"))
  var patientCase: String?

  @Option(help: ArgumentHelp("Acts of one person.", valueName: "id"))
  var by: String?

  @Option(help: ArgumentHelp("Acts of a kind; once for each.", valueName: "kind"))
  var kind: [AuditKind] = []

  @Option(help: ArgumentHelp("The newest only.", valueName: "n"))
  var last: Int?

  @Flag(help: "As JSON, one object an act.")
  var json = false

  func run(_ access: StudyAccess) throws {
    let (store, path) = try access.open(study)
    if verify || head != nil {
      let found = try store.verify(head: head.map { AuditHead(rawValue: $0) })
      for fault in found.faults { Output.print(Output.safe(fault)) }
      guard found.isIntact else { throw Failure(.badData, "\(path): the record was changed; see above") }
      Output.print("\(path): the record is as it was written\(head == nil ? "" : ", and holds that head")")
      return
    }
    if let patientCase { _ = try store.caseView(CaseID(patientCase)) }
    if let by, case let people = try store.principals().map(\.id.rawValue), !people.contains(by) {
      throw Failure(.noInput, "there is nobody ‘\(by)’ in the study; there is \(people.joined(separator: ", "))")
    }
    let filter = AuditFilter(
      caseID: patientCase.map { CaseID($0) }, principal: by.map { PrincipalID($0) }, kinds: Set(kind), last: last)
    let entries = try store.audit(filter)
    guard json else {
      for entry in entries { Output.print(Output.safe(entry.line)) }
      return
    }
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    Output.print(String(decoding: try encoder.encode(entries), as: UTF8.self))
  }
}

extension AuditKind: ExpressibleByArgument {}

extension AuditEntry {
  /// `2026-03-01 14:02:11Z  R1  signed  case 2 baseline round 1  reason …`.
  var line: String {
    let place = [
      caseID.map { "case \($0)" }, examination?.title, round.map { "round \($0)" },
    ].compactMap { $0 }.joined(separator: " ")
    let origin = ["\(osUser)@\(client ?? "local")", keyFingerprint].compactMap { $0 }.joined(separator: " ")
    let words = [kind.title, place, detail, reason.map { "reason: \($0)" }].compactMap { $0 }.filter { !$0.isEmpty }
    let who = principal?.rawValue ?? "–"
    return [at.utc, who, words.joined(separator: ", "), origin].joined(separator: "  ")
  }
}
