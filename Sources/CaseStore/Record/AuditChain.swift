// The audit trail: one row an act, chained by SHA-256.

import Crypto
import Foundation
internal import GRDB
import ReviewCore

/// A row of the trail as it is hashed.
struct AuditRow {
  var seq: Int64
  var at: String
  var kind: String
  var principal: String?
  var osUser: String
  var client: String?
  var keyFingerprint: String?
  var programVersion: String
  var caseID: String?
  var examination: String?
  var round: Int?
  var reason: String?
  var detail: String?
  /// UUID of the record the act made.
  var record: String?
  /// Salted hash of what the record holds; the nonce lies with the record, and is sealed with it. Of an act without a
  /// record, the hash of what it wrote.
  var digest: Data?
  /// At whose seat a guest did it; nil at one's own.
  var seat: String?

  /// SHA-256 over the hash before and every field, each with its length in front.
  func hash(after previous: Data) -> Data {
    var fields = HashedFields()
    fields.add(previous)
    fields.add(String(seq))
    for text in [at, kind, principal, osUser, client, keyFingerprint, programVersion, caseID, examination] {
      fields.add(text)
    }
    fields.add(round.map(String.init))
    for text in [reason, detail, record] { fields.add(text) }
    fields.add(digest)
    // Rows of the first version have no such field, and hash as they did.
    if let seat { fields.add(seat) }
    return fields.hash
  }
}

/// A list of fields that cannot be mistaken for another list: each carries its length, a missing one none.
struct HashedFields {
  private var bytes: [UInt8] = []
  /// Of what went before, once it was much.
  private var hasher: SHA256?

  init() { bytes.reserveCapacity(512) }

  mutating func add(_ data: Data?) {
    guard let data else { return bytes.append(0) }
    begin(data.count)
    bytes.append(contentsOf: data)
  }

  mutating func add(_ text: String?) {
    guard let text else { return bytes.append(0) }
    begin(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func begin(_ count: Int) {
    if bytes.count > 1 << 16 {
      var hasher = hasher ?? SHA256()
      hasher.update(data: bytes)
      self.hasher = hasher
      bytes.removeAll(keepingCapacity: true)
    }
    bytes.append(1)
    let length = UInt64(count)
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: length >> shift))
    }
  }

  var hash: Data {
    guard var hasher else { return Data(SHA256.hash(data: bytes)) }
    hasher.update(data: bytes)
    return Data(hasher.finalize())
  }
}

extension AuditRow {
  static let columns = """
    seq, at, kind, principal, os_user, client, key_fingerprint, program_version, case_id, examination, round, reason, \
    detail, record, digest, seat
    """

  init(_ row: Columns) throws {
    try self.init(
      seq: row[0], at: row[1], kind: row[2], principal: row[3], osUser: row[4], client: row[5], keyFingerprint: row[6],
      programVersion: row[7], caseID: row[8], examination: row[9], round: row[10], reason: row[11], detail: row[12],
      record: row[13], digest: row[14], seat: row[15])
  }
}

extension Data {
  var hexadecimal: String { map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
}

extension Transaction {
  /// 32 random bytes; without them the few possible grades could be guessed from their hash.
  static func nonce() -> Data { SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) } }

  /// Writes an act down, in the transaction of the act itself, and answers the chain's new head. An act without a record
  /// takes what `wrote` noted down before it.
  @discardableResult
  func audit(
    _ kind: AuditKind, facts: CaseFacts? = nil, examination: ExaminationID? = nil, round: Int? = nil,
    reason: String? = nil, detail: String? = nil, record: String? = nil, digest: Data? = nil, at: String? = nil,
    by principal: PrincipalRecord? = nil
  ) throws -> AuditHead {
    if kind.isOfReading || kind.isOfSession || kind == .opened { try checkChosenSinceReset() }
    let last = try db.first("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", []) {
      (try Int64.stored($0[0], "an audit row"), try $0[1] as Data)
    }
    let taken = record == nil ? takeWritten() : nil
    let row = AuditRow(
      seq: (last?.0 ?? 0) + 1, at: at ?? Timestamp.text(environment.now()), kind: kind.rawValue,
      principal: (principal ?? actor)?.id.rawValue, osUser: environment.osUser, client: environment.client,
      keyFingerprint: environment.keyFingerprint, programVersion: environment.programVersion,
      caseID: facts?.whole.id.rawValue, examination: examination?.rawValue, round: round, reason: reason,
      detail: detail, record: record, digest: digest ?? taken?.digest, seat: environment.seat?.rawValue)
    let hash = row.hash(after: last?.1 ?? Data())
    var arguments: StatementArguments = [
      row.seq, row.at, row.kind, row.principal, row.osUser, row.client, row.keyFingerprint, row.programVersion,
    ]
    arguments += [
      row.caseID, row.examination, row.round, row.reason, row.detail, row.record, row.digest, hash, row.seat,
    ]
    try db.run("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", arguments)
    if let taken { try insert(taken.rows, of: row.seq) }
    return AuditHead(hash.hexadecimal)
  }
}
