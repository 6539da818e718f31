// Passphrases: the coordinator gives a one-time code, the owner chooses, and a reset locks what was there before.

import Foundation
internal import GRDB
import ReviewCore

extension StudyStore {
  /// Gives somebody a one-time code, with which they choose a passphrase. Coordinator only; audited.
  ///
  /// Where they had shown who they are before, this is a reset: their readings of cases that are not open are hidden from
  /// everybody until they show by what they had before that they are the same, and what is done in their name until then
  /// says so (see `Reading.unproven`).
  ///
  /// - Returns: the code. It is kept as a hash only and cannot be shown again.
  public func issueCode(for id: PrincipalID) throws -> String {
    try checkCoordinator("gives one-time codes")
    guard id != principal.id else { throw StoreError.codeForOneself(id) }
    try read { transaction in
      guard try transaction.principal(id).principal.withdrawn == nil else { throw StoreError.withdrawn(id) }
    }
    let code = OneTimeCode.make()
    // Outside the transaction: it takes a tenth of a second.
    let hash = try PassphraseHash(OneTimeCode.plain(code))
    try write { transaction in
      let person = try StudyDatabase.person(transaction.db, id)
      var credential = person.credential
      let keys = try StudyDatabase.keys(transaction.db, of: id)
      let isReset =
        credential.chosen != nil || !credential.locks.isEmpty || person.osUser != nil || !keys.isEmpty
      if isReset {
        let last = try transaction.db.number("SELECT ifnull(max(seq), 0) FROM step")
        let before = credential.locks.map(\.upTo).max() ?? 0
        // What came after the owner chose, and the account that asks for the reset, may be of who asks.
        func isOwners(_ way: String, _ given: AuditKind) throws -> Bool {
          try credential.chosen == nil || !StudyDatabase.isNews(way, given: given, transaction.db, of: id)
        }
        let account = try person.osUser.flatMap {
          try $0 != environment.osUser && isOwners($0, .userBound) ? $0 : nil
        }
        credential.locks.append(
          ReadingLock(
            after: before, upTo: max(before, Int64(last)), former: credential.chosen, account: account,
            keys: try keys.filter { try isOwners($0, .seatAdded) }))
        // What is half typed has no step that a lock could hold.
        try transaction.db.run("DELETE FROM draft_note WHERE principal_seq = ?", [person.record.seq])
      }
      (credential.chosen, credential.code) = (nil, hash)
      try transaction.keep(credential, of: person.record)
      try transaction.audit(.passphraseCodeIssued, detail: isReset ? Transaction.reset(id) : id.rawValue)
      if isReset { try transaction.refreshLists(of: person.record) }
    }
    return code
  }

  /// Chooses the acting principal's passphrase, in place of any other or of the coordinator's code. Audited.
  ///
  /// - Parameter former: what they had chosen before a reset; with it, as with a key or an account from before it, what
  ///   the reset locked is theirs again.
  /// - Returns: how many locked readings are theirs again.
  /// - Throws: `StoreError.badData` for a text that is no passphrase, `.wrongPassphrase` where `former` is not it.
  @discardableResult
  public func choosePassphrase(_ new: String, former: String? = nil) throws -> Int {
    if let fault = PassphraseRule.fault(new) { throw StoreError.badData([fault]) }
    let hash = try PassphraseHash(new)
    let proven = try former.map { try locksOpened(by: $0) } ?? []
    return try write { transaction in
      var credential = try transaction.credential(of: actor)
      (credential.chosen, credential.code) = (hash, nil)
      try transaction.keep(credential, of: actor)
      try transaction.audit(.passphraseSet, detail: principal.id.rawValue)
      defer { environment.sitting.show(hash) }
      return try transaction.unlock(actor, proven)
    }
  }

  /// Whether the acting principal has chosen a passphrase.
  public func hasPassphrase() throws -> Bool { try read { try $0.credential(of: actor).chosen != nil } }

  /// Opens a study with the coordinator's code, and chooses a passphrase.
  public static func open(
    at path: String, as id: PrincipalID, code: String, choosing new: String, former: String? = nil,
    environment: StoreEnvironment
  ) throws -> StudyStore {
    try StudyEntrance(at: path, environment: environment).sit(as: id, code: code, choosing: new, former: former)
  }

  /// Takes the acting principal's own passphrase away. Audited.
  ///
  /// Not while a reset stands: whoever came by the code would shut the owner out.
  public func removePassphrase() throws {
    try write { transaction in
      var credential = try transaction.credential(of: actor)
      guard credential.locks.isEmpty else {
        throw StoreError.notPermitted(
          "a reset of your passphrase stands; show first that you are the one from before (‘endplate study unlock’), or "
            + "keep the passphrase")
      }
      (credential.chosen, credential.code) = (nil, nil)
      try transaction.keep(credential, of: actor)
      try transaction.audit(.passphraseSet, detail: "\(principal.id): taken away")
    }
    environment.sitting.show(nil)
  }

  /// Takes up again what a reset locked.
  ///
  /// - Parameter former: what had been chosen before the reset; nil where this sitting shows it.
  /// - Returns: how many readings are there again.
  /// - Throws: `StoreError.wrongPassphrase`, `.notPermitted` where nothing shows whose they are.
  public func unlockReadings(former: String? = nil) throws -> Int {
    let proven = try former.map { try locksOpened(by: $0) } ?? []
    return try write { transaction in
      let credential = try transaction.credential(of: actor)
      guard former != nil || credential.locks.contains(where: { $0.opens(to: transaction.environment) }) else {
        throw StoreError.notPermitted(
          credential.locks.isEmpty
            ? "no reading of yours is locked"
            : "this seat does not show that what is locked is yours; give the passphrase from before the reset")
      }
      // Until they choose, the coordinator's code lies about, or opens for whoever chose with it.
      guard let chosen = credential.chosen, chosen == environment.sitting.shown else {
        throw StoreError.notPermitted("choose your own passphrase; that unlocks what is yours")
      }
      return try transaction.unlock(actor, proven)
    }
  }

  /// Gives up the drafts that a reset locked: their grades are taken out by a step that is on record, a new version
  /// begins, and the old ones are seen once the case is open.
  ///
  /// - Returns: how many readings begin anew. What was signed stays signed, and locked until its case is open.
  public func setAsideLocked() throws -> Int {
    return try write { transaction in
      let drafts = try transaction.lockedReadings(of: actor).filter { try !transaction.isSigned($0) }
      for key in drafts { try transaction.setAside(key) }
      if !drafts.isEmpty { try transaction.refreshLists(of: actor) }
      return drafts.count
    }
  }

  /// How many of this reader's readings a reset locked: drafts, and signed ones.
  public func lockedReadings() throws -> (drafts: Int, signed: Int) {
    try read { transaction in
      let keys = try transaction.lockedReadings(of: actor)
      let signed = try keys.count { try transaction.isSigned($0) }
      return (keys.count - signed, signed)
    }
  }

  private func locksOpened(by former: String) throws -> [ReadingLock] {
    let person = try read { try StudyDatabase.person($0.db, principal.id) }
    var opened: [ReadingLock] = []
    try door.attempt(person, .wrongPassphrase(principal.id)) {
      opened = try person.credential.locks.filter { try $0.former?.matches(former) ?? false }
      return !opened.isEmpty
    }
    return opened
  }
}

extension Transaction {
  /// Answers how many readings are there again.
  fileprivate func unlock(_ reader: PrincipalRecord, _ proven: [ReadingLock]) throws -> Int {
    var credential = try credential(of: reader)
    let before = try lockedReadings(of: reader).count
    // Who was there before one reset was there before those after it too.
    guard let first = credential.locks.firstIndex(where: { proven.contains($0) || $0.opens(to: environment) }) else {
      return 0
    }
    credential.locks.removeSubrange(first...)
    try keep(credential, of: reader)
    try refreshLists(of: reader)
    let count = try before - lockedReadings(of: reader).count
    try audit(
      .readingsUnlocked,
      detail: "\(reader.id): \(proven.isEmpty ? "by key, account or seat" : "by the passphrase before")"
        + (credential.locks.isEmpty ? "" : Self.inPart))
    return count
  }

  fileprivate func setAside(_ key: ReadingKey) throws {
    let version = try version(key)
    let stack = StepStack(try steps(key))
    // Under the old version, so that no undo of the new one brings it back.
    let cleared = stack.rows.keys.sorted().map { GradeRow(clearing: $0) }
    try append(step(.graded, cleared, version: version), to: key)
    try amend(key, version: version + 1, reason: Codebook.setAside)
    try db.run("DELETE FROM draft_note WHERE \(ReadingKey.condition)", key.arguments)
  }
}
