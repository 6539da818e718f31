// Who is here now, who leads, and where: in a side file beside the study that can be lost without losing anything.
//
// Facts (votes, grades) are never in it. It is written without waiting for the disk. A consensus session and a teaching
// presenter with learners each use a room of their own.

import Foundation
internal import GRDB
import ReviewCore

/// Somebody at a terminal of their own. One person may have several.
public struct LiveMember: Hashable, Sendable, Identifiable {
  /// Names the terminal, not the person.
  public var seat: String
  public var principal: PrincipalID
  /// What this seat shares with the others, in whatever form the room's users agree on; nil for nothing.
  public var state: String?
  /// False for who only listens, as a learner does: the lead never comes to such a seat.
  public var mayLead = true
  public var id: String { seat }
}

/// A room as it stands.
public struct LiveRoomState: Hashable, Sendable {
  /// Those who are here, who came first first.
  public var members: [LiveMember]
  /// Seat that leads; nil while it is being handed over, and where nobody here may lead.
  public var host: String?
  /// What the host shares with everybody; stays when all have left, so that whoever comes back is where they were.
  public var state: String?
}

/// One seat in a room. Calls may come from any thread.
public struct LiveRoom: Sendable {
  public let name: String
  public let seat: String
  private let principal: PrincipalID
  private let mayLead: Bool
  private let queue: DatabaseQueue
  private let now: @Sendable () -> Date
  private let process: Int32
  private let isRunning: @Sendable (Int32) -> Bool

  /// Seconds after its last sign of life at which a seat counts as gone. A process that has ended is gone at once.
  public static let patience = 6.0
  /// Seconds between signs of life.
  public static let pulse = 2.0

  /// Joins a room; the first to come who may lead leads it.
  ///
  /// - Parameters:
  ///   - study: path of the study file; the side file is beside it, named `.live` after it.
  ///   - seat: an id of this terminal.
  ///   - isRunning: whether a process of this host exists.
  /// - Throws: `StoreError` where no side file can be made there.
  public static func join(
    _ name: String, beside study: String, as principal: PrincipalID, seat: String, mayLead: Bool = true,
    now: @escaping @Sendable () -> Date, process: Int32 = getpid(),
    isRunning: @escaping @Sendable (Int32) -> Bool = Self.exists
  ) throws -> LiveRoom {
    let room = LiveRoom(
      name: name, seat: seat, principal: principal, mayLead: mayLead, queue: try open(study + ".live"), now: now,
      process: process, isRunning: isRunning)
    try room.write { db in
      try db.run("INSERT OR IGNORE INTO room (name) VALUES (?)", [name])
      try db.run(
        """
        INSERT OR REPLACE INTO member (seat, room, principal, process, joined_at, seen_at, may_lead)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          seat, name, principal.rawValue, process, now().timeIntervalSince1970, now().timeIntervalSince1970, mayLead,
        ])
    }
    _ = try room.look()
    return room
  }

  /// A room as somebody outside sees it; nil where nobody has joined one beside the study.
  public static func peek(
    _ name: String, beside study: String, now: @escaping @Sendable () -> Date,
    isRunning: @escaping @Sendable (Int32) -> Bool = Self.exists
  ) throws -> LiveRoomState? {
    try outside(name, study, now, isRunning) { room in try room.queue.read { try room.state($0) } }
  }

  /// The rooms of a kind in which somebody sits, by name; those that were joined as `kind` or as `kind` and more words.
  public static func rooms(
    _ kind: String, beside study: String, now: @escaping @Sendable () -> Date,
    isRunning: @escaping @Sendable (Int32) -> Bool = Self.exists
  ) throws -> [(name: String, state: LiveRoomState)] {
    try outside(kind, study, now, isRunning) { try $0.rooms() } ?? []
  }

  /// Asks something of a room without joining it; nil where there is none beside the study.
  private static func outside<Answer>(
    _ name: String, _ study: String, _ now: @escaping @Sendable () -> Date,
    _ isRunning: @escaping @Sendable (Int32) -> Bool, _ body: (LiveRoom) throws -> Answer
  ) throws -> Answer? {
    guard FileManager.default.fileExists(atPath: study + ".live") else { return nil }
    let room = LiveRoom(
      name: name, seat: "", principal: "", mayLead: false, queue: try open(study + ".live"), now: now, process: 0,
      isRunning: isRunning)
    defer { try? room.queue.close() }
    return try body(room)
  }

  /// The same of this room's kind.
  public func rooms() throws -> [(name: String, state: LiveRoomState)] {
    let kind = name.prefix { $0 != " " }
    return try queue.read { db in
      let names = try db.rows("SELECT DISTINCT room FROM member ORDER BY room", []) { try $0[0] as String }
      return try names.filter { $0 == kind || $0.hasPrefix(kind + " ") }
        .map { ($0, try state(db, of: $0)) }.filter { !$0.state.members.isEmpty }
    }
  }

  /// True unless the process has ended; one of another account runs too.
  public static func exists(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno == EPERM }

  private static func open(_ path: String) throws -> DatabaseQueue {
    do { return try make(path) } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
      // Nothing in it is worth mending.
      StudyFile.remove(path)
      return try make(path)
    } catch let error as DatabaseError { throw StudyDatabase.storeError(error, path: path) }
  }

  private static func make(_ path: String) throws -> DatabaseQueue {
    if !FileManager.default.fileExists(atPath: path) {
      do { try StudyFile.reserve(path) } catch .alreadyExists { /* Another seat was quicker. */  }
    }
    var configuration = Configuration()
    configuration.label = "endplate.live"
    configuration.busyMode = .timeout(2)
    configuration.prepareDatabase(StudyDatabase.harden)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF")
      try db.inTransaction {
        // A file that came with a stranger's study runs nothing either; it is made anew.
        let foreign = try db.number(
          "SELECT count(*) FROM sqlite_schema WHERE type NOT IN ('table', 'index') OR tbl_name NOT IN ('room', 'member')"
        )
        guard foreign == 0 else { throw DatabaseError(resultCode: .SQLITE_NOTADB) }
        // Nothing in it outlives a sitting, so that another version's is not migrated.
        if try db.number("PRAGMA user_version") != version {
          try db.execute(
            sql: "DROP TABLE IF EXISTS room; DROP TABLE IF EXISTS member; PRAGMA user_version = \(version)")
        }
        try db.execute(sql: tables)
        return .commit
      }
    }
    return queue
  }

  private static let version = 2

  private static let tables = """
    CREATE TABLE IF NOT EXISTS room (name TEXT PRIMARY KEY, host TEXT, state TEXT) STRICT;
    CREATE TABLE IF NOT EXISTS member (
      seat TEXT PRIMARY KEY, room TEXT NOT NULL, principal TEXT NOT NULL, process INTEGER NOT NULL,
      joined_at REAL NOT NULL, seen_at REAL NOT NULL, may_lead INTEGER NOT NULL, state TEXT
    ) STRICT;
    """

  private func write<T>(_ body: (Database) throws -> T) throws -> T {
    do { return try queue.write(body) } catch let error as DatabaseError {
      throw StudyDatabase.storeError(error, path: queue.path)
    }
  }

  /// Changes whenever another seat has written. Costs about 0.2 ms.
  public func changeToken() throws -> Int { try queue.read { try $0.number("PRAGMA data_version") } }

  /// The room as it stands. Where its host has gone, who has been here longest of those who may leads from now on.
  public func look() throws -> LiveRoomState {
    let state = try queue.read { try self.state($0) }
    guard state.host == nil, state.members.first(where: \.mayLead)?.seat == seat else { return state }
    return try write { db in
      // Another seat may have looked at the same moment.
      if try self.state(db).host == nil { try db.run("UPDATE room SET host = ? WHERE name = ?", [seat, name]) }
      return try self.state(db)
    }
  }

  private func state(_ db: Database) throws -> LiveRoomState { try state(db, of: name) }

  private func state(_ db: Database, of name: String) throws -> LiveRoomState {
    let oldest = now().timeIntervalSince1970 - Self.patience
    let members = try db.rows(
      """
      SELECT seat, principal, state, may_lead, process FROM member WHERE room = ? AND seen_at >= ?
      ORDER BY joined_at, seat
      """, [name, oldest]
    ) {
      try (
        LiveMember(seat: $0[0], principal: PrincipalID($0[1] as String), state: $0[2], mayLead: $0[3]),
        Int32($0[4] as Int)
      )
    }
    .filter { isRunning($0.1) }.map(\.0)
    let (host, state) =
      try db.first("SELECT host, state FROM room WHERE name = ?", [name]) { try ($0[0] as String?, $0[1] as String?) }
      ?? (nil, nil)
    return LiveRoomState(
      members: members, host: host.flatMap { host in members.contains { $0.seat == host } ? host : nil }, state: state)
  }

  /// A sign of life; who was taken for gone is back.
  public func beat() throws {
    try write { db in
      let at = now().timeIntervalSince1970
      try db.run("UPDATE member SET seen_at = ? WHERE seat = ?", [at, seat])
      // Seats that left without a word, long ago.
      try db.run("DELETE FROM member WHERE seen_at < ?", [at - 600])
    }
  }

  /// Shares a state with everybody; nil takes it back. False, and nothing done, where this seat does not lead.
  @discardableResult
  public func share(_ state: String?) throws -> Bool {
    try write { db in
      try db.run("UPDATE room SET state = ? WHERE name = ? AND host = ?", [state, name, seat])
      return db.changesCount > 0
    }
  }

  /// Says something of this seat alone, as a learner's answer; nil takes it back.
  public func say(_ state: String?) throws {
    try write { try $0.run("UPDATE member SET state = ? WHERE seat = ?", [state, seat]) }
  }

  /// Leads from now on, or lets another seat lead. A seat that may not lead changes nothing.
  public func lead(_ other: String? = nil) throws {
    guard mayLead else { return }
    try write { try $0.run("UPDATE room SET host = ? WHERE name = ?", [other ?? seat, name]) }
  }

  /// Leaves; where this seat led, another will.
  public func leave() throws {
    try write { db in
      try db.run("DELETE FROM member WHERE seat = ?", [seat])
      try db.run("UPDATE room SET host = NULL WHERE name = ? AND host = ?", [name, seat])
    }
    try queue.close()
  }
}
