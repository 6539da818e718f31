// endplate seat add: gives somebody's key that somebody's seat.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import Interchange
import ReviewCore
import Seats

struct SeatAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Bind a public key to somebody's seat; coordinator only.",
    discussion: """
      Prints the line for ~/.ssh/authorized_keys, or writes it there. Somebody who is not in the study yet is added to \
      it. Without --as it is the coordinator who acts, where the study has one only. After a study was moved, and for \
      lines of the first version, --renew writes the lines of all its seats again.
      """)

  @Argument(help: ArgumentHelp("The person whose seat it is.", valueName: "id"))
  var principal: String?

  @Option(help: ArgumentHelp("Their public key.", valueName: "file.pub"), completion: .file())
  var key: String?

  @Flag(help: "Rewrite the lines of all seats of the study; no key is given.")
  var renew = false

  @Option(help: "reader, coordinator, presenter or learner, for somebody new; a reader unless said.")
  var role: PrincipalRole?

  @Option(help: ArgumentHelp("The name of somebody new.", valueName: "name"))
  var name: String?

  @Flag(help: "Write the line to ~/.ssh/authorized_keys of this account.")
  var install = false

  @OptionGroup var file: KeysFileOptions
  @OptionGroup var study: StudyOptions

  func validate() throws {
    if renew ? principal != nil || key != nil : principal == nil || key == nil {
      throw ValidationError("say whose seat and which key: seat add R1 --key r1.pub, or --renew alone")
    }
  }

  func run() throws {
    guard let principal, let key else { return try renewAll() }
    let id = PrincipalID(principal)
    guard id.isValid else {
      throw Failure(.usage, "‘\(principal)’ cannot be an id: use 1 to 32 letters, digits, - and _")
    }
    let name = try name.map { try recorded($0, "--name") }
    let publicKey = try readKey(key)
    let access = StudyAccess()
    let path = URL(filePath: try access.path(study.study)).resolvingSymlinksInPath().path
    let seat = SeatLine(
      program: Account.program, principal: id, study: path, uuid: try uuid(of: path), fingerprint: publicKey.fingerprint
    )
    let store = try access.openAsCoordinator(path, study)
    let known = try store.principals().first { $0.id == id }
    if let known, let role, known.role != role {
      throw Failure(
        .notPermitted,
        "\(id) is a \(known.role.rawValue) in this study, and a seat cannot change that; leave --role out, or choose another id"
      )
    }
    let keys = try AuthorizedKeysFile(named: file.authorizedKeys)
    // The study first: a line for somebody who is not in it would open nothing.
    func join() throws {
      if known == nil { try store.add(Principal(id, name: name, role: role ?? .reader)) }
      try store.noteSeatAdded(id, fingerprint: publicKey.fingerprint.text)
    }
    do {
      guard install else {
        var asItIs = try keys.read()
        try asItIs.add(seat, key: publicKey)
        try join()
        return Output.print(seat.text(key: publicKey))
      }
      try keys.change {
        try $0.add(seat, key: publicKey)
        try join()
      }
    } catch let taken as AuthorizedKeys.Taken {
      throw Failure(.notPermitted, words(of: taken, in: keys.path))
    }
    let person = known ?? Principal(id, role: role ?? .reader)
    Output.print("\(keys.path): \(publicKey.fingerprint) opens the seat of \(id), \(person.role.rawValue)")
    for fault in Exposure.faults(of: path, strictly: true) {
      Output.error("endplate: the seat stays closed until this is fixed: \(fault)")
    }
  }

  private func uuid(of path: String) throws -> String {
    for fault in [Account.program, path].compactMap(SeatLine.fault) { throw Failure(.badData, fault) }
    let uuid = try StudyStore.identity(at: path)
    guard SeatLine.isUUID(uuid) else {
      throw Failure(.badData, "\(path): its uuid is damaged; no key can be bound to it")
    }
    return uuid
  }

  private func renewAll() throws {
    let access = StudyAccess()
    let path = URL(filePath: try access.path(study.study)).resolvingSymlinksInPath().path
    let store = try access.openAsCoordinator(path, study)
    let renewal = SeatRenewal(
      study: path, uuid: try uuid(of: path), program: Account.program, known: try store.givenKeys())
    let keys = try AuthorizedKeysFile(named: file.authorizedKeys)
    let renewed = try keys.change { keys in
      if let copy = renewal.copies(in: keys.entries.map(\.seat)).first {
        throw Failure(
          .notPermitted,
          "\(copy) and \(path) are the same study, and seats lead to the first; move the one away that is the copy")
      }
      return keys.renew(renewal.renewed)
    }
    for seat in renewed {
      Output.print("\(keys.path): \(seat.fingerprint) opens the seat of \(seat.principal) in \(path)")
    }
    if renewed.isEmpty { Output.print("\(keys.path): every seat of \(path) is as it should be") }
  }

  private func readKey(_ key: String) throws -> PublicKey {
    let file = FileHandle(forReadingAtPath: key)
    // One byte more than is taken tells that it is too much, without reading all of it.
    guard let file, let bytes = try? file.read(upToCount: PublicKey.longestFile + 1) ?? Data() else {
      throw Failure(.noInput, "\(key): there is no such file that can be read")
    }
    do throws(PublicKeyFault) {
      return try PublicKey(file: bytes)
    } catch {
      throw Failure(.badData, "\(key): \(error.message)")
    }
  }

  private func words(of taken: AuthorizedKeys.Taken, in path: String) -> String {
    let place = "\(path):\(taken.number)"
    guard let seat = taken.seat else {
      return "\(place): this key does something else here, and sshd takes the first line of a key; take that line out"
    }
    return "\(place): this key opens the seat of \(seat.principal) in \(seat.study) already, and a key opens one seat; "
      + "take it away with ‘endplate seat remove’, or have another key made"
  }
}

/// Where keys are kept.
struct KeysFileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Another file than ~/.ssh/authorized_keys, where sshd is set to read it.", valueName: "file"),
    completion: .file())
  var authorizedKeys: String?
}

extension StudyAccess {
  /// Opens a study as who is named, else as its only coordinator.
  func openAsCoordinator(_ path: String, _ options: StudyOptions) throws -> StudyStore {
    let coordinators = try StudyStore.summary(at: path).seats.map(\.principal).filter { $0.role == .coordinator }
    guard let who = options.principal ?? (coordinators.count == 1 ? coordinators.first?.id.rawValue : nil) else {
      let choices = coordinators.map(\.id.rawValue).joined(separator: ", ")
      throw Failure(
        .usage,
        choices.isEmpty ? "\(path): has no coordinator, who alone gives seats" : "say who you are with --as: \(choices)"
      )
    }
    return try open(path, as: who, passphraseFile: options.passphraseFile)
  }
}
