// What somebody with the sqlite3 shell, the triggers' words and patience does to a study.

import GRDB

@testable import CaseStore

/// Runs statements with triggers and foreign keys out of the way, and puts the triggers back: nothing but what the
/// statements changed is left to be found.
func tamper(_ path: String, _ body: (Database) throws -> Void) throws {
  var configuration = Configuration()
  configuration.foreignKeysEnabled = false
  let queue = try DatabaseQueue(path: path, configuration: configuration)
  try queue.write { db in
    let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger[0] as String)") }
    try body(db)
    for trigger in triggers { try db.execute(sql: trigger[1]) }
  }
  try queue.close()
}

func tamper(_ path: String, _ sql: String) throws { try tamper(path) { try $0.execute(sql: sql) } }
