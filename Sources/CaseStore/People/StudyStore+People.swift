// Who is in the study and how they show who they are.

import Foundation
internal import GRDB
import ReviewCore
import TextSafety

extension StudyStore {
  /// Adds somebody to the study. Coordinator only; audited. A reader added later has every case
  /// still to read to which nobody was assigned, and one that the others have signed waits for them.
  public func add(_ principal: Principal) throws {
    try checkCoordinator("adds people to a study")
    let faults = Self.principalFaults([principal])
    guard faults.isEmpty else { throw StoreError.badData(faults) }
    try write { transaction in
      guard try !transaction.principals().contains(where: { $0.id == principal.id }) else {
        throw StoreError.badData(["‘\(principal.id)’ is in the study already; give the new one an id of their own"])
      }
      let imported = try transaction.db.number(
        "SELECT EXISTS (SELECT 1 FROM imported_reading WHERE reader = ?)", [principal.id.rawValue])
      guard imported == 0 else {
        throw StoreError.badData(["readings by ‘\(principal.id)’ were imported; give the new one an id of their own"])
      }
      try transaction.add(principal)
      guard principal.role == .reader else { return }
      let ready = try transaction.readyCases()
      for round in 1...transaction.round {
        try transaction.makeLists(round: round)
        try transaction.fillLists(transaction.lists(round: round).filter { $0.reader?.id == principal.id })
      }
      for facts in ready { try transaction.refreshEverywhere(facts) }
    }
  }

  /// Binds somebody to an account of the host, which then opens their seat without being asked who it is; nil unbinds.
  /// Coordinator only; audited.
  public func bind(_ id: PrincipalID, toUser osUser: String?) throws {
    try checkCoordinator("binds accounts")
    if osUser?.isBlank == true { throw StoreError.badData(["name the account; left out, the binding is taken away"]) }
    try write { transaction in
      let record = try transaction.principal(id)
      if let osUser {
        let other = try transaction.db.first("SELECT id FROM principal WHERE os_user = ?", [osUser]) {
          try $0[0] as String
        }
        guard other == nil || other == id.rawValue else {
          throw StoreError.badData(["the account ‘\(osUser)’ is bound to \(other ?? "") already; unbind it first"])
        }
      }
      try transaction.db.run("UPDATE principal SET os_user = ? WHERE seq = ?", [osUser, record.seq])
      try transaction.wrote(.principal, seq: record.seq)
      try transaction.audit(.userBound, detail: "\(id): \(osUser ?? "no account")")
    }
  }

  func checkCoordinator(_ does: String) throws(StoreError) {
    guard principal.role == .coordinator else {
      throw .notPermitted("only the coordinator \(does); \(principal.id) is a \(principal.role.rawValue)")
    }
  }
}

extension Transaction {
  func principal(_ id: PrincipalID) throws -> PrincipalRecord {
    let all = try principals()
    guard let found = all.first(where: { $0.id == id }) else {
      throw StoreError.noSuchPrincipal(id, known: all.map(\.id))
    }
    return found
  }
}
