// The steps by which a study file comes to today's schema. A new file takes all of them, an old one those it lacks.
//
// GRDB's migrator is not used: it runs each step in a transaction of its own and looks for what is to be done before it
// has the lock, so that of two seats opened at once the second does a step again, and a crash leaves a file in between.
// Here `user_version`, which every version of the program checks, is the one record of what was done, and all steps are
// one transaction.

internal import GRDB

/// What a version of the file has that the one before had not.
struct SchemaStep {
  /// The `user_version` of a file that has it.
  var version: Int
  /// Statements; never changed once a program with them was in use.
  var sql: [String]
  /// What the step writes into a study that was made without it; not run for a new file, which has no facts yet.
  var adopt: @Sendable (Database, StoreEnvironment) throws -> Void = { _, _ in }
}

extension Schema {
  static let history = [
    SchemaStep(version: 1, sql: tables + triggers),
    SchemaStep(version: 2, sql: second, adopt: adoptPassphrases),
    SchemaStep(version: 3, sql: letters + third) { db, environment in
      try drawLetters(db)
      try adoptFacts(db, environment)
    },
    SchemaStep(version: 4, sql: fourth),
    SchemaStep(version: 5, sql: imports),
    SchemaStep(version: 6, sql: sixth),
    SchemaStep(version: 7, sql: images),
    SchemaStep(version: 8, sql: eighth, adopt: awaitEverybody),
  ]

  /// `user_version` of the files this program writes.
  static let version = history.reduce(0) { max($0, $1.version) }

  /// Takes the steps that a file of some version lacks, in the transaction of the caller. Version 0 has no table yet.
  ///
  /// - Parameter environment: who runs the program, for what the steps write; nil for the schema alone.
  static func migrate(_ db: Database, from version: Int, environment: StoreEnvironment?) throws {
    let missing = history.filter { $0.version > version }
    for step in missing {
      for sql in step.sql { try db.execute(sql: sql) }
    }
    try db.execute(sql: "PRAGMA user_version = \(Self.version)")
    guard version > 0, let environment else { return }
    for step in missing { try step.adopt(db, environment) }
  }
}
