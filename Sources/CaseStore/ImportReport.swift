// What an import did.

import ReviewCore

/// One fact of a case that an import changed, in words; nil is *not stated*.
public struct FieldChange: Codable, Hashable, Sendable, CustomStringConvertible {
  /// Path of the fact, as `age` or `examinations.5.acquisitions.1.tr`.
  public var field: String
  public var old: String?
  public var new: String?

  /// `age: 53 → 54`.
  public var description: String { "\(field): \(old ?? "not stated") → \(new ?? "not stated")" }
}

/// Per case, in the order given, what an import did.
public struct ImportReport: Codable, Hashable, Sendable {
  public enum Outcome: Codable, Hashable, Sendable {
    case added
    case updated([FieldChange])
    case unchanged
  }

  public struct Entry: Codable, Hashable, Sendable {
    public var id: CaseID
    public var outcome: Outcome
  }

  public var entries: [Entry]

  public var added: Int { entries.count { $0.outcome == .added } }
  public var unchanged: Int { entries.count { $0.outcome == .unchanged } }
  public var updated: Int { entries.count - added - unchanged }

  /// `5 added, 1 updated, 1 unchanged`.
  public var summary: String { "\(added) added, \(updated) updated, \(unchanged) unchanged" }
}
