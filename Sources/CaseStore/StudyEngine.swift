// What keeps a study.

internal import GRDB

public enum StudyEngine {
  /// The version of SQLite that runs, as `3.40.1`; the library may be newer than the headers it was built with.
  public static var sqliteVersion: String {
    let number = Database.sqliteLibVersionNumber
    return "\(number / 1_000_000).\(number / 1_000 % 1_000).\(number % 1_000)"
  }
}
