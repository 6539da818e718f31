// endplate seat remove: takes a seat's keys away.

import ArgumentParser
import Desk
import Foundation
import ReviewCore
import Seats

struct SeatRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a seat's keys away; coordinator only.",
    discussion: """
      All keys of the seat, or one. The person stays in the study with everything graded; whoever sits at the seat now \
      stays until they leave.
      """)

  @Argument(help: ArgumentHelp("The person whose seat it is.", valueName: "id"))
  var principal: String

  @Option(help: ArgumentHelp("Only this key, as ‘seat list’ shows it.", valueName: "SHA256:…"))
  var fingerprint: String?

  @OptionGroup var file: KeysFileOptions
  @OptionGroup var study: StudyOptions

  func run() throws {
    let access = StudyAccess()
    let path = URL(filePath: try access.path(study.study)).resolvingSymlinksInPath().path
    let store = try access.openAsCoordinator(path, study)
    let keys = try AuthorizedKeysFile(named: file.authorizedKeys)
    let removed = try keys.change { keys in
      let removed = keys.remove { seat in
        seat.principal.rawValue == principal && seat.isOn(path)
          && (fingerprint == nil || fingerprint == seat.fingerprint.text)
      }
      for seat in removed { try store.noteSeatRemoved(seat.principal, fingerprint: seat.fingerprint.text) }
      return removed
    }
    guard !removed.isEmpty else {
      throw Failure(
        .noInput, "\(keys.path): no such key opens the seat of ‘\(principal)’ in \(path); see ‘endplate seat list’")
    }
    for seat in removed { Output.print("\(keys.path): \(seat.fingerprint) opens nothing any more") }
  }
}
