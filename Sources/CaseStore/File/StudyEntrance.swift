// A study file that is open before anybody sits down: every start goes through here, with one look at the file.

internal import GRDB
import ReviewCore

/// A study file at which nobody sits yet, brought up to date.
public struct StudyEntrance: Sendable {
  /// What was done to a file of an earlier version, see `StudyStore.migrate`.
  public let migration: StudyMigration?
  private let connections: StudyConnections
  private let environment: StoreEnvironment

  /// - Throws: `StoreError`; then the file is as it was.
  public init(at path: String, environment: StoreEnvironment) throws {
    try StudyFile.inspect(path)
    (migration, connections) = try StudyStore.naming(path) {
      // A pool would make a log of its own: what is no study of this program is refused before a byte is written.
      let glance = try StudyDatabase.glance(path)
      let version = try glance.read { try StudyDatabase.knownVersion($0, path: path) }
      if version < Schema.version {
        try glance.close()
        return (try StudyStore.migrate(at: path, environment: environment), try StudyConnections(path))
      }
      // Not before the others are open: the last to leave takes the log away, and it would have to be made again.
      defer { try? glance.close() }
      return (nil, try StudyConnections(path))
    }
    self.environment = environment
  }

  /// What anybody may know before they sit down.
  public func summary() throws -> StudySummary {
    try StudyStore.naming(connections.path) { try connections.pool.read(StudyStore.summary) }
  }

  /// Sits down as a principal.
  ///
  /// - Parameter passphrase: asked of principals who have one, unless a checked key opened the seat
  ///   (`environment.keyFingerprint`).
  /// - Throws: `StoreError`, `.passphraseNeeded` where it is asked and nil.
  public func sit(as id: PrincipalID, passphrase: String? = nil) throws -> StudyStore {
    try StudyStore.naming(connections.path) {
      try StudyStore.seated(at: connections, id, .own(passphrase), environment: environment)
    }
  }

  /// Chooses a passphrase with the coordinator's code, and sits down with it.
  public func sit(
    as id: PrincipalID, code: String, choosing new: String, former: String? = nil
  ) throws -> StudyStore {
    if let fault = PassphraseRule.fault(new) { throw StoreError.badData([fault]) }
    return try StudyStore.naming(connections.path) {
      let store = try StudyStore.seated(at: connections, id, .code(code), environment: environment)
      try store.choosePassphrase(new, former: former)
      return store
    }
  }
}
