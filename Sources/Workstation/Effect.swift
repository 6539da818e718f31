// What the workstation asks for. The runner does it and answers with an action.

import Grid
import ReviewCore

package enum Effect: Hashable, Sendable {
  /// Answered by `.pageLoaded`.
  case loadPage(WorklistQuery, offset: Int, limit: Int)
  /// Answered by `.countsLoaded`.
  case loadCounts
  /// Opens the case at an index of the worklist; answered by `.caseLoaded`.
  case openCase(at: Int, in: WorklistQuery)
  /// Loads a case again after it changed; answered by `.caseLoaded`.
  case loadCase(CaseID, in: WorklistQuery)
  case grading(GradingEffect)
  /// Answered by `.answered`.
  case ask(Request)
  case teaching(TeachingEffect)
  case session(SessionEffect)
  case presentation(PresentationEffect)
  /// Computes the readers' agreement beside the screen; answered by `.agreement`, several times.
  case loadAgreement
  /// Keeps the theme for the next start.
  case rememberTheme(String)
  /// Keeps by how many slices an examination is set off against another.
  case keepOffset(Int, ImageOffset)
  /// Answered by `.unlocked`, or `.failed` where it is the wrong one.
  case unlock(passphrase: String)
  /// Answered by `.passphraseChosen`.
  case choosePassphrase(String)
  /// Takes up what a reset locked; nil where the seat's own key shows whose it is.
  case unlockReadings(former: String?)
  /// Gives up the drafts that a reset locked.
  case setAsideLocked
  /// Takes a key once what was asked before it is done; answered by `.key`.
  case press(Key)
  case quit
}

extension Effect {
  /// Takes about a second, in which a passphrase may be typed once more.
  package var checksPassphrase: Bool {
    switch self {
    case .unlock, .choosePassphrase, .unlockReadings, .session(.admit(_, passphrase: .some)): true
    default: false
    }
  }

  /// Changes what other screens show. The act's own answer carries what its screen needs; the others ask when somebody
  /// comes back to them.
  var isWriting: Bool {
    switch self {
    case .grading(let effect): effect.isWriting
    case .session(.act), .session(.open): true
    default: false
    }
  }
}
