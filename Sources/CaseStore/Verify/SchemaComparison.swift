// Whether a study file has the tables, indexes and triggers that this program makes, and no others.

internal import GRDB

extension Schema {
  /// One table, index, trigger or view with the statement that makes it.
  struct Object: Hashable {
    var type: String
    var name: String
    var table: String
    /// Nil of the indexes that SQLite makes for itself.
    var sql: String?

    fileprivate var isSQLites: Bool {
      guard name.hasPrefix("sqlite_") else { return false }
      return type == "index" && sql == nil || type == "table" && sql?.hasPrefix("CREATE TABLE sqlite_stat") == true
    }
  }

  /// All of a file but what SQLite makes for itself: indexes of a UNIQUE, and what ANALYZE writes.
  static func objects(_ db: Database) throws -> Set<Object> {
    Set(
      try db.rows("SELECT type, name, tbl_name, sql FROM sqlite_schema") {
        try Object(type: $0[0], name: $0[1], table: $0[2], sql: $0[3])
      }.filter { !$0.isSQLites })
  }

  /// What of a file's schema is not as the steps make it, by name.
  static func faults(_ db: Database) throws -> [String] {
    let (found, wanted) = (try objects(db), madeToday)
    func names(_ objects: Set<Object>) -> Set<String> { Set(objects.map { "the \($0.type) ‘\($0.name)’" }) }
    let (extra, missing) = (names(found.subtracting(wanted)), names(wanted.subtracting(found)))
    return extra.intersection(missing).sorted().map { "\($0) was changed" }
      + extra.subtracting(missing).sorted().map { "\($0) is not Endplate's" }
      + missing.subtracting(extra).sorted().map { "\($0) is gone" }
  }
}
