// What a reset of a passphrase hides, until its owner has shown that it is theirs.
//
// The lock is a person's, not a sitting's: nobody sees what is behind it, so that whoever got in by a coordinator's code
// sees nothing that was there before.

internal import GRDB
import ReviewCore

extension Transaction {
  func credential(of reader: PrincipalRecord) throws -> Credential {
    try Credential.read(
      db.first("SELECT passphrase FROM principal WHERE seq = ?", [reader.seq]) { try $0[0] as String? } ?? nil)
  }

  /// For the act that is written down next.
  func keep(_ credential: Credential, of person: PrincipalRecord) throws {
    try db.run("UPDATE principal SET passphrase = ? WHERE seq = ?", [credential.text, person.seq])
    try wrote(.principal, seq: person.seq)
    knownLocks = nil
  }

  /// Empty for nearly everybody.
  func locks(of reader: PrincipalRecord) throws -> [ReadingLock] {
    if let knownLocks { return knownLocks[reader.seq] ?? [] }
    let found = try db.rows(
      "SELECT seq, passphrase FROM principal WHERE json_array_length(passphrase, '$.locks') > 0"
    ) { try (seq: $0[0] as Int64, locks: try Credential.read($0[1]).locks) }
    let locks = Dictionary(uniqueKeysWithValues: found.map { ($0.seq, $0.locks) })
    knownLocks = locks
    return locks[reader.seq] ?? []
  }

  /// Whether a reading was last worked on before a reset. Once its case is open it is everybody's to see.
  func isLocked(_ key: ReadingKey) throws -> Bool {
    let locks = try locks(of: key.reader)
    guard !locks.isEmpty else { return false }
    let last = try db.first("SELECT max(seq) FROM step WHERE \(ReadingKey.condition)", key.arguments) {
      try $0[0] as Int64?
    }
    guard let last = last ?? nil, locks.contains(where: { $0.holds(last) }) else { return false }
    return try !standing(key.facts, round: key.round).isOpened
  }

  func checkUnlocked(_ key: ReadingKey) throws {
    if try isLocked(key) { throw StoreError.readingLocked(key.facts.whole.id, key.examination) }
  }

  /// The readings of somebody, in the round that is being read, that are locked.
  func lockedReadings(of reader: PrincipalRecord) throws -> [ReadingKey] {
    guard try !locks(of: reader).isEmpty else { return [] }
    let all = try db.rows(
      "SELECT case_seq, examination_seq FROM reading WHERE principal_seq = ? AND round = ?", [reader.seq, round]
    ) { try (patientCase: $0[0] as Int64, examination: $0[1] as Int64) }
    return try all.compactMap { row in
      let facts = try facts(seq: row.patientCase)
      guard let examination = facts.id(ofExamination: row.examination) else { return nil }
      let key = try ReadingKey(facts, round: round, reader: reader, examination: examination)
      return try isLocked(key) ? key : nil
    }
  }

  /// Local numbers of a case's examinations whose reading is locked.
  func lockedExaminations(_ facts: CaseFacts, round: Int, of reader: PrincipalRecord) throws -> Set<Int64> {
    guard try !locks(of: reader).isEmpty else { return [] }
    let keys = try facts.whole.examinations.map {
      try ReadingKey(facts, round: round, reader: reader, examination: $0.id)
    }
    return Set(try keys.filter(isLocked).map(\.examinationSeq))
  }

  /// Brings the worklists of a reader in step with what they see, after locks came or went.
  func refreshLists(of reader: PrincipalRecord) throws {
    let lists = try (1...round).flatMap { try self.lists(round: $0) }.filter { $0.reader == reader }
    let cases = try db.rows("SELECT DISTINCT case_seq FROM reading WHERE principal_seq = ?", [reader.seq]) {
      try $0[0] as Int64
    }
    for seq in cases { try refresh(facts(seq: seq), in: lists) }
  }
}
