// A study file, opened as somebody.

import Foundation
internal import GRDB
import ReviewCore

/// One study file, opened as one principal. No call returns a grade that is sealed to them.
///
/// Every call is one transaction. Calls may come from any thread; several processes may have the file open.
/// Whoever has the file's account on the host can read the file itself: the seal holds against seats.
public struct StudyStore: Sendable {
  /// Who sits here.
  public let principal: Principal
  let path: String
  let actor: PrincipalRecord
  let environment: StoreEnvironment
  let current: CurrentStudy
  let connections: StudyConnections

  var wholeStudy: Study { current.value }

  /// Opens a study as a principal, see `StudyEntrance`. A file of an earlier version is brought up to date first.
  public static func open(
    at path: String, as id: PrincipalID, passphrase: String? = nil, environment: StoreEnvironment
  ) throws -> StudyStore {
    try StudyEntrance(at: path, environment: environment).sit(as: id, passphrase: passphrase)
  }

  /// Lets another reader speak for the consensus at this seat, through the same connections: what they write is no change
  /// from elsewhere to either, and is on record with this seat, its client and its key.
  ///
  /// - Parameter passphrase: the one they chose; nobody is admitted without, and this seat's key says nothing of them.
  /// - Throws: `StoreError`, `.notPermitted` where a key opened this seat and the protocol has no shared screen.
  public func admit(_ id: PrincipalID, passphrase: String? = nil) throws -> StudyGuest {
    guard environment.keyFingerprint == nil || wholeStudy.studyProtocol.isSharedScreen else {
      throw StoreError.notPermitted(
        "this seat is opened by a key, and a key is one person: \(id) acts at a seat of their own; a study whose readers "
          + "meet at one screen says ‘shared_screen: yes’ in its protocol")
    }
    var environment = environment
    environment.seat = principal.id
    return try Self.naming(path) {
      StudyGuest(store: try Self.seated(at: connections, id, .guest(passphrase), environment: environment))
    }
  }

  static func seated(
    at connections: StudyConnections, _ id: PrincipalID, _ proof: Door.Proof, environment: StoreEnvironment
  ) throws -> StudyStore {
    let path = connections.path
    let (study, person) = try connections.pool.read { db in
      try StudyDatabase.check(db, path: path)
      let study = try StudyDatabase.study(db)
      return (study, try StudyDatabase.person(db, id))
    }
    var environment = environment
    environment.sitting = SittingProof(
      try Door(connections: connections, environment: environment).check(person, proof))
    return StudyStore(
      principal: person.record.principal, path: path, actor: person.record, environment: environment,
      current: CurrentStudy(study),
      connections: connections)
  }

  var door: Door { Door(connections: connections, environment: environment) }

  /// Changes whenever anybody else has written to the file: another process, or another handle of this one. What is
  /// written through this handle does not count: who wrote knows. Says nothing of what was written. Only tokens of one
  /// handle can be compared.
  ///
  /// Costs about 0.1 ms: `PRAGMA data_version` on the connection that writes.
  public func changeToken() throws -> Int {
    try Self.naming(path) { try connections.pool.writeWithoutTransaction { try $0.number("PRAGMA data_version") } }
  }

  /// Closes the file. Calls after it fail. After the last one to close it, the study is one file.
  public func close() throws {
    try Self.naming(path) { try connections.close() }
  }

  func read<T>(_ body: (Transaction) throws -> T) throws -> T {
    try Self.naming(path) {
      try connections.pool.read { db in
        let transaction = try Transaction(db, study: current.read(db), environment: environment, actor: actor)
        try transaction.checkSeat()
        return try body(transaction)
      }
    }
  }

  func write<T>(_ body: (Transaction) throws -> T) throws -> T {
    try Self.naming(path) {
      try connections.pool.write { db in
        // Another process may have migrated the file meanwhile.
        try StudyDatabase.check(db, path: path)
        let transaction = try Transaction(db, study: current.read(db), environment: environment, actor: actor)
        try transaction.checkSeat()
        let answer = try body(transaction)
        guard transaction.written.isEmpty else {
          throw StoreError.io("\(path): an act left no record of what it wrote; nothing was stored")
        }
        return answer
      }
    }
  }

  /// - Parameter name: for the words, where the file gets another name later.
  func copy(to target: String, named name: String? = nil) throws {
    try Self.naming(name ?? target) {
      let queue = try DatabaseQueue(path: target)
      try connections.pool.backup(to: queue)
      try queue.close()
    }
  }

  /// Turns what SQLite says into what a person can use.
  static func naming<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as DatabaseError {
      throw StudyDatabase.storeError(error, path: path)
    } catch let error as GradeError {
      throw StoreError.badData(["\(path): holds a grade that cannot be understood: \(error)"])
    }
  }
}

/// A reader at another's seat: votes and speaks for the consensus, and nothing else. The seat shows what comes of it.
public struct StudyGuest: Sendable {
  fileprivate let store: StudyStore

  public var principal: Principal { store.principal }

  /// See `StudyStore.consensus`.
  ///
  /// - Returns: whether the case's stage is another now.
  public func consensus(_ id: CaseID, _ move: ConsensusMove) throws -> Bool {
    try store.consensus(id, move).view != nil
  }
}
