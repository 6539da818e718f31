// Who reads which case: assigning, handing over, and a reader who leaves.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import Interchange
import ReviewCore
import TextSafety

extension StudyCommand {
  struct Assign: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "assign", abstract: "Say which readers read which case, or list it; coordinator only.",
      discussion: """
        Without anything it lists who reads what. CASE… --readers gives those cases just these readers; --from reads a \
        table (CSV) with the columns case and reader; --balanced gives every case the readers that it lacks, so that every \
        two readers meet about equally often. Whoever is not assigned to a case does not see it. Of a case that nobody was \
        assigned to, everybody is a reader.
        """)

    @OptionGroup var study: StudyOptions

    @Argument(help: "Cases.")
    var cases: [String] = []

    @Option(help: ArgumentHelp("Who reads them, as R1,R2,R3.", valueName: "ids"))
    var readers: String?

    @Option(help: ArgumentHelp("A table with the columns case and reader.", valueName: "file.csv"), completion: .file())
    var from: String?

    @Flag(help: "Give every case the readers it lacks, balanced by the study's seed.")
    var balanced = false

    @Option(help: ArgumentHelp("Why, where somebody is taken off a case.", valueName: "text"))
    var reason: String?

    func validate() throws {
      let ways = [!cases.isEmpty || readers != nil, from != nil, balanced].count { $0 }
      guard ways <= 1 else { throw ValidationError("take one of: CASE… --readers, --from, --balanced") }
      guard cases.isEmpty == (readers == nil) else {
        throw ValidationError("name cases and their readers, as: endplate study assign 1 2 --readers R1,R2")
      }
      if balanced, reason != nil { throw ValidationError("--balanced takes nobody off a case; leave --reason out") }
    }

    func run() throws {
      let (store, _) = try StudyAccess().open(study)
      let reason = try reason.map { try recorded($0, "--reason") }
      if balanced { return try StudyCommand.tell(try store.assignBalanced(), store, isBalanced: true) }
      guard let wanted = try wanted(store) else { return try list(store) }
      try StudyCommand.tell(try store.assign(wanted, reason: reason), store)
    }

    private func wanted(_ store: StudyStore) throws -> [CaseReaders]? {
      if let readers {
        let ids = AssignmentFile.names(in: readers)
        let known = try store.principals().map(\.id)
        if let unknown = ids.first(where: { !known.contains($0) }) {
          throw StoreError.noSuchPrincipal(unknown, known: known)
        }
        return cases.map { CaseReaders(CaseID($0), ids) }
      }
      guard let from else { return nil }
      let outcome = AssignmentFile.read(try InputFile.load(from))
      for fault in outcome.faults { Output.error(fault.description) }
      guard let wanted = outcome.value else { throw Failure(.badData, "nobody was assigned; correct the faults above") }
      return wanted
    }

    private func list(_ store: StudyStore) throws {
      let all = try store.assignments()
      for entry in all {
        Output.print("case \(entry.id): \(entry.readers.map(\.rawValue).joined(separator: ", "))")
      }
      for reader in try store.principals() where reader.role == .reader {
        let count = all.count { $0.readers.contains(reader.id) }
        Output.print(
          reader.withdrawn.map { "\(reader.id) left in round \($0): \(count.counted("signed case")) kept" }
            ?? "\(reader.id) reads \(count.counted("case"))")
      }
    }
  }

  struct HandOver: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "hand-over",
      abstract: "Hand cases to another reader, before any examination of them is signed; coordinator only.",
      discussion: "What the first had graded is kept, sealed, and counts only if the case is given back to them.")

    @OptionGroup var study: StudyOptions

    @Argument(help: "The cases.")
    var cases: [String]

    @Option(name: .customLong("from"), help: "Who reads them now.")
    var giver: String

    @Option(name: .customLong("to"), help: "Who reads them from now on.")
    var taker: String

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    func run() throws {
      let reason = try recorded(reason, "--reason")
      let (store, _) = try StudyAccess().open(study)
      try StudyCommand.tell(
        store.handOver(
          cases.map { CaseID($0) }, from: PrincipalID(giver), to: PrincipalID(taker), reason: reason), store)
    }
  }

  struct Withdraw: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw", abstract: "Take a reader out of the study; coordinator only.",
      discussion: """
        What they signed is kept. The cases of which they signed everything go on counting unless the protocol says \
        ‘withdrawn_counts: no’; one that they had not finished, or were amending, does not. Drafts are kept, sealed. It is not taken back: whoever returns is added under another id.
        """)

    @OptionGroup var study: StudyOptions

    @Argument(help: "The reader.")
    var reader: String

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    func run() throws {
      let reason = try recorded(reason, "--reason")
      let (store, _) = try StudyAccess().open(study)
      let report = try store.withdraw(PrincipalID(reader), reason: reason)
      Output.print(
        "\(reader) has left the study: \(report.kept.counted("signed case")) kept; no longer reads "
          + report.left.counted("case"))
      if !report.recorded.isEmpty {
        let names = report.recorded.map(\.rawValue).joined(separator: ", ")
        Output.print("recorded, for only \(reader) had not confirmed: the consensus of case \(names)")
      }
      try StudyCommand.tellShort(report.short, byThis: report.shortByThis, store)
    }
  }

  fileprivate static func tell(_ report: AssignmentReport, _ store: StudyStore, isBalanced: Bool = false) throws {
    Output.print(report.cases == 0 ? "no case got other readers" : "\(report.cases.counted("case")): readers changed")
    for entry in report.given.prefix(20) {
      Output.print("case \(entry.id): \(entry.readers.map(\.rawValue).joined(separator: ", "))")
    }
    if report.given.count > 20 { Output.print("and \((report.given.count - 20).counted("more case"))") }
    try tellShort(report.short, byThis: report.shortByThis, store, isBalanced: isBalanced)
  }

  /// - Parameters:
  ///   - short: all of the study.
  ///   - byThis: how many of them what was just done has made so.
  ///   - isBalanced: every case has got whom it can.
  fileprivate static func tellShort(
    _ short: [CaseID], byThis: Int, _ store: StudyStore, isBalanced: Bool = false
  ) throws {
    guard !short.isEmpty else { return }
    let some = short.prefix(10).map(\.rawValue).joined(separator: ", ") + (short.count > 10 ? " and more" : "")
    let part = byThis == short.count ? "" : ", \(byThis == 0 ? "none" : "\(byThis)") of them by this change"
    Output.error(
      "endplate: \(short.count.counted("case has", "cases have")) fewer readers than the protocol asks for (\(some))\(part); "
        + (try !isBalanced && isAnyoneLeft(for: short, store)
          ? "‘\(NextStep.command("study assign --balanced"))’ gives \(short.count == 1 ? "it" : "them") more"
          : "no reader is left for \(short.count == 1 ? "it" : "them"); add one with ‘\(NextStep.command("study add ID=NAME --role reader"))’")
    )
  }

  private static func isAnyoneLeft(for short: [CaseID], _ store: StudyStore) throws -> Bool {
    let readers = Set(try store.principals().filter { $0.role == .reader && $0.withdrawn == nil }.map(\.id))
    return try store.assignments().contains { short.contains($0.id) && !readers.isSubset(of: $0.readers) }
  }
}
