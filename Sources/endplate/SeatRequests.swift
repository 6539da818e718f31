// What can be asked of a seat in one command: only what reads, and nothing that names a file.

import CaseStore
import Desk
import ReviewCore
import Seats

struct SeatRequests {
  private struct Row {
    let verb: SeatVerb
    let command: any StudyReport.Type
  }

  private static let rows = [
    Row(verb: SeatVerb("list", flags: ["--json"], values: ["--filter"]), command: ListCommand.self),
    Row(
      verb: SeatVerb(
        "show", usage: "CASE", arguments: 1...1, flags: ["--linear", "--ascii"], values: ["--examination", "--size"]),
      command: ShowCommand.self),
    Row(
      verb: SeatVerb("tables", usage: "[TABLE]", arguments: 0...1, values: ["--format"]), command: TablesCommand.self),
    // Neither a file of ratings nor a number of resamples, with which anybody could keep the host busy.
    Row(
      verb: SeatVerb("agreement", flags: ["--json", "--csv"], values: ["--finding", "--report"]),
      command: AgreementCommand.self),
    Row(
      verb: SeatVerb(
        "audit", flags: ["--verify", "--json"], values: ["--case", "--by", "--kind", "--last", "--head"]),
      command: AuditCommand.self),
    Row(
      verb: SeatVerb("consensus", "minutes", usage: "CASE…", arguments: 1...50, values: ["--format"]),
      command: ConsensusCommand.Minutes.self),
  ]

  /// Runs what a client asks as the principal of the seat.
  static func run(_ text: String, of seat: SeatLine, access: StudyAccess) throws {
    let role = try StudyStore.summary(at: seat.study).seats.first { $0.id == seat.principal }?.principal.role
    if role == .learner {
      throw Failure(
        .notPermitted, "a learner's seat answers no commands; ssh without one opens the teaching file")
    }
    let (verb, arguments): (SeatVerb, [String])
    do {
      (verb, arguments) = try SeatVerb.read(text, among: rows.map(\.verb))
    } catch {
      throw Failure(.notPermitted, error.message)
    }
    guard let row = rows.first(where: { $0.verb == verb }) else { return }
    try Endplate.checkSaidOnce(arguments)
    let command: any StudyReport
    do {
      command = try row.command.parse(arguments + ["--study=\(seat.study)", "--as=\(seat.principal)"])
    } catch {
      throw Failure(.usage, row.command.message(for: error))
    }
    var access = access
    access.tellsNews = true
    try command.run(access)
  }
}
