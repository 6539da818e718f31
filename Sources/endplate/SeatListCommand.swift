// endplate seat list: which keys open which seats of this account.

import ArgumentParser
import CaseStore
import Interchange
import ReviewCore
import Seats

struct SeatListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The seats that keys open on this account.")

  @OptionGroup var file: KeysFileOptions

  func run() throws {
    let keys = try AuthorizedKeysFile(named: file.authorizedKeys)
    if let named = file.authorizedKeys, !keys.exists { throw InputFile.Problem.missing(named) }
    let entries = try keys.read().entries
    if entries.isEmpty { Output.print("\(keys.path): no key opens a seat; ‘endplate seat add’ makes one do so") }
    for entry in entries {
      let seat = entry.seat
      let role = (try? StudyStore.summary(at: seat.study))?.seats.first { $0.id == seat.principal }?.principal.role
      Output.print("\(seat.principal)  \(role?.rawValue ?? "in no study")  \(seat.fingerprint)  \(seat.study)")
      if !entry.excess.isEmpty {
        Output.error(
          "\(keys.path):\(entry.number): the key may do more than open its seat: \(entry.excess.joined(separator: ", "))"
        )
      }
    }
  }
}
