// What somebody should know at their next sitting: that the coordinator changed how their seat is opened.

import Foundation
internal import GRDB
import ReviewCore

/// A change of how a seat is opened that was not its person's own.
public struct SeatNotice: Hashable, Sendable {
  public var at: Date
  public var by: PrincipalID?
  public var kind: AuditKind
  public var detail: String

  /// `coordinator reset your passphrase on 2026-03-01 14:02 UTC`.
  public var text: String {
    let when = "\(Timestamp.text(at).prefix(16).split(separator: "T").joined(separator: " ")) UTC"
    let who = by?.rawValue ?? "somebody"
    return switch kind {
    case .seatAdded: "\(who) gave another key to your seat on \(when): \(detail)"
    case .userBound: "\(who) bound your seat to \(detail) on \(when)"
    default: "\(who) reset your passphrase on \(when)"
    }
  }
}

extension StudyStore {
  /// What changed since this person sat here with the same key, or without one, and was told; from now on they were.
  public func takeNotices() throws -> [SeatNotice] {
    guard try !read({ try $0.notices() }).isEmpty else { return [] }
    return try write { transaction in
      let notices = try transaction.notices()
      if !notices.isEmpty { try transaction.audit(.noticeShown) }
      return notices
    }
  }
}

extension Transaction {
  fileprivate func notices() throws -> [SeatNotice] {
    guard let actor else { return [] }
    var notices: [SeatNotice] = []
    var keys: [String] = []
    var hasChosen = false
    let prefix = "\(actor.id): "
    let rows = try db.rows(
      "SELECT \(AuditRow.columns) FROM audit WHERE \(Schema.isOfPeople) ORDER BY seq", [], AuditRow.init)
    for row in rows {
      let kind: AuditKind = try .stored(row.kind, "an act")
      if kind == .passphraseSet, row.principal == actor.id.rawValue { hasChosen = true }
      if kind == .noticeShown {
        // Whoever came in otherwise has not told this one.
        if row.principal == actor.id.rawValue, row.keyFingerprint == environment.keyFingerprint { notices = [] }
        continue
      }
      guard let detail = row.detail, detail.utf8.starts(with: prefix.utf8), row.principal != actor.id.rawValue else {
        continue
      }
      let rest = String(detail.dropFirst(prefix.count))
      if kind == .seatAdded {
        defer { keys.append(rest) }
        // The first way in, and the key that this person came with, are no news.
        if keys.isEmpty && !hasChosen || rest == environment.keyFingerprint { continue }
      }
      guard [.seatAdded, .userBound, .passphraseCodeIssued].contains(kind) else { continue }
      notices.append(
        SeatNotice(at: try Timestamp.date(row.at), by: row.principal.map { PrincipalID($0) }, kind: kind, detail: rest))
    }
    return notices
  }
}
