// The audit trail: who did what when, and whether the record is as it was written.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import ReviewCore
import TextSafety

struct AuditCommand: StudyReport {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "List the audit trail, or verify it.",
    discussion: """
      Of readings you may not see it lists nothing but what you may know. --verify walks the whole chain, compares every \
      fact with it, and everything derived with the facts; at a seat it compares what the seat may see. A tail that was \
      cut off and a chain that was recomputed are sound in themselves: only --head, with a head printed in an \
      earlier receipt and kept elsewhere, finds them.
      """)

  @OptionGroup var study: StudyOptions

  @Flag(help: "Check that the study is as it was written.")
  var verify = false

  @Option(
    help: ArgumentHelp(
      "A head from an earlier receipt, or its first 16 digits or more, for --verify.", valueName: "hash"))
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
      try verify(store, path, access)
      return
    }
    if let patientCase { _ = try store.caseView(CaseID(patientCase)) }
    if let by, case let known = try store.principals().map(\.id), !known.contains(PrincipalID(by)) {
      throw StoreError.noSuchPrincipal(PrincipalID(by), known: known)
    }
    let filter = AuditFilter(
      caseID: patientCase.map { CaseID($0) }, principal: by.map { PrincipalID($0) }, kinds: Set(kind), last: last)
    let entries = try access.paced { try store.audit(filter) }
    guard json else {
      for entry in entries { Output.print(entry.line) }
      return
    }
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    Output.printLines(Escape.json(String(decoding: try encoder.encode(entries), as: UTF8.self)) + "\n")
  }

  private func verify(_ store: StudyStore, _ path: String, _ access: StudyAccess) throws {
    let progress = Progress(total: try store.counts().cases)
    let found = try access.verify(store, head: try head.map(Self.head)) { done, _ in progress.show(done) }
    progress.finish()
    for fault in found.faults { Output.print(fault) }
    guard found.isIntact else { throw Failure(.badData, "\(path): the record was changed; see above") }
    Output.print("\(path): the record is as it was written\(head == nil ? "" : ", and holds that head")")
    for note in found.notes { Output.print(note) }
    guard head == nil else { return }
    Output.print(
      "A tail that was cut off, or a chain recomputed, is found only with --head and a head kept elsewhere.")
  }

  /// As receipts print it: 64 hexadecimal digits, in the workstation the first 16.
  private static func head(_ text: String) throws -> AuditHead {
    guard (16...64).contains(text.utf8.count),
      text.utf8.allSatisfy({
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
          || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 | 0x20
      })
    else {
      throw Failure(.usage, "--head \(text): a head has 64 digits 0-9 and a-f; give at least its first 16")
    }
    return AuditHead(rawValue: text)
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
    let mark = unproven.flatMap { reset in principal.map { reset.mark(on: $0) } }
    let words = [kind.title, place, detail, seat.map { "at the seat of \($0)" }, reason.map { "reason: \($0)" }, mark]
      .compactMap { $0 }.filter { !$0.isEmpty }
    let who = principal?.rawValue ?? "–"
    return [at.utc, who, words.joined(separator: ", "), origin].joined(separator: "  ")
  }
}
