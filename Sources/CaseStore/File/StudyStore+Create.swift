// Makes a study.

import Foundation
internal import GRDB
import ReviewCore

extension StudyStore {
  /// Makes a study file without cases, readable by its owner only.
  ///
  /// The letters of its consensus sessions follow from a secret that is drawn here and that no call returns.
  ///
  /// - Throws: `StoreError.alreadyExists` for whatever lies there already, `.badData` for principals that do not fit.
  public static func create(
    at path: String, study: Study, principals: [Principal], environment: StoreEnvironment
  ) throws {
    try create(at: path, study: study, principals: principals, environment: environment) { _ in }
  }

  static func create(
    at path: String, study: Study, principals: [Principal], letters: String? = nil, environment: StoreEnvironment,
    fill: (Transaction) throws -> Void
  ) throws {
    let faults = populationFaults(study.population) + principalFaults(principals)
    guard faults.isEmpty else { throw StoreError.badData(faults) }
    try naming(path) {
      try StudyDatabase.create(path) { db in
        let at = Timestamp.text(environment.now())
        try db.run(
          "INSERT INTO study (seq, uuid, document, created_at, program_version, letters) VALUES (1, ?, ?, ?, ?, ?)",
          [
            environment.newID(), try Document.text(study), at, environment.programVersion,
            letters ?? Transaction.nonce().hexadecimal,
          ])
        let transaction = try Transaction(db, study: study, environment: environment, actor: nil)
        try transaction.wrote(.study, seq: 1)
        try transaction.audit(.studyCreated, detail: study.neutralTitle)
        for principal in principals { try transaction.add(principal) }
        try transaction.makeLists(round: 1)
        try fill(transaction)
      }
    }
  }

  static func principalFaults(_ principals: [Principal]) -> [String] {
    let invalid = principals.filter { !$0.id.isValid }.map {
      "‘\($0.id)’ cannot be an id: use 1 to 32 letters, digits, - and _"
    }
    let twice = Dictionary(grouping: principals, by: \.id).filter { $0.value.count > 1 }.keys.sorted().map {
      "‘\($0)’ is there twice; give everybody an id of their own"
    }
    return invalid + twice + (principals.isEmpty ? ["a study needs somebody; add a reader or a coordinator"] : [])
  }
}

extension Transaction {
  func add(_ principal: Principal) throws {
    let seq = try db.insert(
      "INSERT INTO principal (id, name, role, added_at) VALUES (?, ?, ?, ?)",
      [principal.id.rawValue, principal.name, principal.role.rawValue, Timestamp.text(environment.now())])
    try wrote(.principal, seq: seq)
    try audit(.principalAdded, detail: "\(principal.id), \(principal.role.rawValue)")
  }
}
