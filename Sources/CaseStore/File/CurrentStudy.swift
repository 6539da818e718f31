// The study as the file says it: read once, and again when another seat has given it another codebook.

internal import GRDB
import ReviewCore
import Synchronization

/// What all calls of a handle know of the study.
final class CurrentStudy: Sendable {
  private let known: Mutex<Study>

  init(_ study: Study) { known = Mutex(study) }

  var value: Study { known.withLock { $0 } }

  /// The study within a transaction. Only its codebook ever changes.
  func read(_ db: Database) throws -> Study {
    let study = value
    guard let version = try db.first("SELECT codebook FROM study", [], { try $0[0] as Int? }) ?? nil,
      version != study.codebook.version
    else { return study }
    let new = try StudyDatabase.study(db)
    known.withLock { $0 = new }
    return new
  }
}
