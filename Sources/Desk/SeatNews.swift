// What somebody is told when they sit down, and while they sit: what the coordinator did to their seat.

import CaseStore
import ReviewCore

extension StudyStore {
  /// Changes of how the seat is opened that were not told yet, what a reset has locked, and what comes of it. From now on
  /// the changes are told.
  package func news() throws -> [String] { try takeNotices().map(\.text) + resetNews() }

  /// The same while somebody sits: nothing where nothing happened.
  package func newNews() throws -> [String] {
    let notices = try takeNotices().map(\.text)
    return notices.isEmpty ? [] : try notices + resetNews()
  }

  private func resetNews() throws -> [String] {
    guard principal.role == .reader else { return [] }
    let locked = try lockedReadings()
    let count = locked.drafts + locked.signed
    let readings = count == 0 ? [] : ["\(count) of your readings are locked"]
    guard let standing = try standingReset() else { return readings }
    let cure =
      standing.isOwners
      ? "choose a new passphrase before you grade: ‘:’ finds it"
      : "what you do is marked as not proven to be \(principal.id) until ‘: unlock’ takes the passphrase from before"
    return readings + ["since the reset by \(standing.reset.words) \(cure)"]
  }
}
