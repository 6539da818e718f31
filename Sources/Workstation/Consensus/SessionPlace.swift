// Where somebody is in a consensus session: after a dropped link they come back to it, among the others.

import ReviewCore

package struct SessionPlace: Codable, Hashable, Sendable {
  /// What is being typed; none of it is secret from the others of the session.
  package enum Writing: Codable, Hashable, Sendable {
    case note(GradeKey)
    case rationale(GradeKey, AgreedGrade, instead: AgreedGrade?)
    case dissent(ConsensusVersion)
    case absent(PrincipalID, records: Bool)
    case reopening(ConsensusVersion)
  }

  package var caseID: CaseID?
  package var key: GradeKey?
  package var isDisputedFirst: Bool
  package var isFollowing: Bool
  package var writing: Writing?
  package var text: String

  init(_ state: State) {
    caseID = state.consensus.caseID
    key = state.consensus.key
    isDisputedFirst = state.consensus.isDisputedFirst
    isFollowing = state.consensus.isFollowing
    text = ""
    // A guest who acts at this screen does so anew: nobody says who is there after a pause.
    guard case .text(let purpose, let editor)? = state.overlay as? SessionDialog, let writing = Writing(purpose) else {
      return
    }
    (self.writing, text) = (writing, editor.text)
  }
}

extension SessionPlace.Writing {
  fileprivate init?(_ purpose: SessionDialog.Purpose) {
    switch purpose {
    case .note(let key): self = .note(key)
    case .rationale(let key, let grade, let shown): self = .rationale(key, grade, instead: shown)
    case .dissent(as: nil, let version): self = .dissent(version)
    case .absent(let reader, let records): self = .absent(reader, records: records)
    case .reopen(let version): self = .reopening(version)
    // A grade half chosen is nobody's business but the voter's, and a passphrase is kept nowhere.
    case .dissent, .value, .passphrase: return nil
    }
  }

  fileprivate var purpose: SessionDialog.Purpose {
    switch self {
    case .note(let key): .note(key)
    case .rationale(let key, let grade, let shown): .rationale(key, grade, instead: shown)
    case .dissent(let version): .dissent(as: nil, version)
    case .absent(let reader, let records): .absent(reader, records: records)
    case .reopening(let version): .reopen(version)
    }
  }
}

/// Of the screens beside the consensus, which are shown only within a session.
@Sendable func reopenBesideASession(_ state: inout State, _ place: Place, _ view: CaseView) -> [Effect]? {
  Commands.holdsSessions(state) && place.session != nil ? [] : nil
}

extension State {
  /// Joins the session again: alone as before, or with the leader, wherever they are now.
  mutating func reopen(_ place: SessionPlace) -> [Effect] {
    consensus.caseID = place.caseID
    consensus.key = place.key
    consensus.isDisputedFirst = place.isDisputedFirst
    consensus.isFollowing = place.isFollowing
    if let writing = place.writing { overlay = SessionDialog.text(writing.purpose, LineEditor(place.text)) }
    return [.session(.join(place.caseID))]
  }
}
