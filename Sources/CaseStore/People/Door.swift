// The door of a study: who sits down shows who they are, and guessing is slow.
//
// Wrong passphrases are counted for each person asked for and each client. One waits longer after each, at most 30
// seconds, and nobody is ever locked out. A lock of the host is held over wait and look, so that many tries at once are no
// faster than one after another.

import Crypto
import Foundation
internal import GRDB
import ReviewCore

struct Door {
  let connections: StudyConnections
  let environment: StoreEnvironment

  /// What somebody shows.
  enum Proof {
    /// Whoever sits down: a passphrase where one is asked, or the key or account of `StoreEnvironment`. A key that was given
    /// after the person chose a passphrase opens nothing by itself until they choose one again: it may be anybody's. Nor
    /// does one that was given after a reset.
    case own(String?)
    /// Whoever acts at another's seat: the passphrase they chose.
    case guest(String?)
    /// Whoever chooses a passphrase: the code of the coordinator.
    case code(String)
    /// They have shown elsewhere who they are.
    case proved
  }

  /// - Returns: the passphrase or the code that was shown; nil where another thing was.
  /// - Throws: `StoreError` where nothing is.
  func check(_ person: Person, _ proof: Proof) throws -> PassphraseHash? {
    let credential = person.credential
    switch proof {
    case .own(let passphrase):
      if let key = environment.keyFingerprint {
        try check(key, person)
        if try isEnough(key, person) { return nil }
      }
      guard credential.isAsked else {
        if environment.keyFingerprint == nil { try checkAccount(person) }
        return nil
      }
      guard let passphrase else { throw StoreError.passphraseNeeded(person.id) }
      guard let chosen = credential.chosen else {
        try check(code: passphrase, person)
        throw StoreError.codeGiven(person.id)
      }
      try attempt(person, .wrongPassphrase(person.id)) { try chosen.matches(passphrase) }
      return chosen
    case .guest(let passphrase):
      guard person.record.isReader else { throw StoreError.notAReader(person.id, person.record.principal.role) }
      guard person.record.principal.withdrawn == nil else { throw StoreError.withdrawn(person.id) }
      guard let chosen = credential.chosen else { throw StoreError.guestHasNoPassphrase(person.id) }
      guard let passphrase else { throw StoreError.passphraseNeeded(person.id) }
      try attempt(person, .wrongPassphrase(person.id)) { try chosen.matches(passphrase) }
      return chosen
    case .code(let code):
      try check(code: code, person)
      return credential.code
    case .proved: return nil
    }
  }

  /// Whether a key opens the seat by itself. After a reset one from before it does, and no other: whoever has the
  /// passphrase that was chosen with the code may have given it.
  private func isEnough(_ key: String, _ person: Person) throws -> Bool {
    let credential = person.credential
    guard credential.locks.isEmpty else { return credential.locks.contains { $0.keys.contains(key) } }
    return try credential.chosen == nil || !isNews(key, person)
  }

  private func check(_ key: String, _ person: Person) throws {
    let keys = try connections.pool.read { try StudyDatabase.keys($0, of: person.id) }
    guard keys.contains(key) else { throw StoreError.keyNotGiven(key, person.id) }
  }

  private func isNews(_ key: String, _ person: Person) throws -> Bool {
    try connections.pool.read { try StudyDatabase.isNews(key, $0, of: person.id) }
  }

  private func checkAccount(_ person: Person) throws {
    guard let osUser = person.osUser, osUser != environment.osUser else { return }
    throw StoreError.notPermitted(
      "\(person.id) can be opened from the account ‘\(osUser)’ only; the coordinator can bind another")
  }

  private func check(code: String, _ person: Person) throws {
    guard let known = person.credential.code else { throw StoreError.noCode(person.id) }
    try attempt(person, .wrongCode(person.id)) { try OneTimeCode.matches(code, known) }
  }

  // MARK: Wrong ones

  /// Seconds to wait before a try, after some wrong ones.
  static func delay(after wrong: Int) -> Double { wrong < 1 ? 0 : min(30, pow(2, Double(min(wrong, 6) - 1))) }

  /// Seconds without a try after which it is forgotten that there were wrong ones.
  static let memory = 900.0

  struct Tries {
    var count: Int
    var since, last: Date
  }

  /// One try, after those before it.
  func attempt(_ person: Person, _ wrong: StoreError, _ isRight: () throws -> Bool) throws {
    let client = environment.client ?? ""
    let lock = try AttemptLock(beside: connections.path, "\(person.id)|\(client)")
    defer { lock.release() }
    let known = try connections.pool.read { try tries($0, person, client) }
    let isOver = known.map { environment.now().timeIntervalSince($0.last) > Self.memory } ?? true
    let count = isOver ? 0 : known?.count ?? 0
    if count > 0 { environment.sleep(Self.delay(after: count)) }
    let isRight = try isRight()
    if isRight, known == nil { return }
    try connections.pool.write { db in
      // A row at every doubling, and the whole count at the end.
      if let known, isRight || isOver {
        if known.count & (known.count - 1) != 0 { try note(db, person, known) }
        try db.run("DELETE FROM attempt WHERE principal_seq = ? AND client = ?", [person.record.seq, client])
      }
      guard !isRight else { return }
      let now = environment.now()
      let tries = Tries(count: count + 1, since: isOver ? now : known?.since ?? now, last: now)
      try db.run(
        "INSERT OR REPLACE INTO attempt VALUES (?, ?, ?, ?, ?)",
        [person.record.seq, client, tries.count, Timestamp.text(tries.since), Timestamp.text(now)])
      if tries.count & (tries.count - 1) == 0 { try note(db, person, tries) }
    }
    if !isRight { throw wrong }
  }

  private func tries(_ db: Database, _ person: Person, _ client: String) throws -> Tries? {
    try db.first(
      "SELECT count, since, last FROM attempt WHERE principal_seq = ? AND client = ?", [person.record.seq, client]
    ) { row in
      // A moment to come would keep the longest delay for ever.
      Tries(
        count: try row[0], since: try Timestamp.date(row[1]),
        last: min(try Timestamp.date(row[2]), environment.now()))
    }
  }

  private func note(_ db: Database, _ person: Person, _ tries: Tries) throws {
    let transaction = try Transaction(
      db, study: StudyDatabase.study(db), environment: environment, actor: person.record)
    try transaction.audit(.passphraseRefused, detail: "\(tries.count) since \(Timestamp.text(tries.since))")
  }
}

/// Held by one try for a person from a client, of all programs on the host.
struct AttemptLock {
  private let file: Int32

  /// - Throws: `StoreError` where no lock can be had: then nobody may try.
  init(beside study: String, _ name: String) throws {
    let path = study + ".lock"
    file = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else {
      throw StoreError.io("\(path): cannot be opened (\(String(cString: strerror(errno)))); passphrases need it")
    }
    // One byte of the file stands for one person and client: others are not kept waiting.
    var range = Foundation.flock()
    range.l_type = Int16(F_WRLCK)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = SHA256.hash(data: Data(name.utf8)).prefix(6).reduce(0) { $0 << 8 | off_t($1) }
    range.l_len = 1
    while fcntl(file, Self.setAndWait, &range) != 0 {
      guard errno == EINTR else {
        close(file)
        throw StoreError.io("\(path): cannot be locked (\(String(cString: strerror(errno)))); passphrases need it")
      }
    }
  }

  func release() { close(file) }

  /// F_OFD_SETLKW of Linux: of the open file, so that it also holds between threads.
  private static let setAndWait: Int32 = 38
}
