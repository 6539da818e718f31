// The third version of the file: every fact under the chain.

internal import GRDB
import ReviewCore

extension Schema {
  static let third: [String] = []

  /// Writes down that what lies in the file was found so, and by whom: what came before is vouched for by the old
  /// chain alone.
  @Sendable static func adoptFacts(_ db: Database, _ environment: StoreEnvironment) throws {
    let transaction = try Transaction(
      db, study: StudyDatabase.study(db), environment: environment, actor: nil)
    try transaction.audit(.adopted, detail: "file version \(version)")
  }
}
