// What the workstation asks for. The runner does it and answers with an action.

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
  /// Records grades of the principal's own reading; nil takes one away. Answered by `.recorded`.
  case record(CaseID, ExaminationID, [GradeKey: Grade?])
  /// Answered by `.recorded`.
  case noteReading(CaseID, ExaminationID, String?)
  /// Answered by `.recorded` and `.told`.
  case undo(CaseID, ExaminationID)
  case redo(CaseID, ExaminationID)
  /// Signs what was shown. Answered by `.caseLoaded` and `.told`, or by `.caseLoaded` and `.changedBeforeSigning`.
  case sign(CaseID, ExaminationID, seen: SigningSheet)
  /// Grades what is asked with the clinical data, which signs it. Answered by `.recorded`, or as `sign`.
  case signAgain(CaseID, ExaminationID, [GradeKey: Grade?], seen: SigningSheet)
  /// Takes up a signed version again, the one that was shown. Answered by `.caseLoaded` and `.told`.
  case amend(CaseID, ExaminationID, version: Int, reason: String)
  /// Keeps a half-typed note across a dropped link; nil forgets it.
  case keepDraft(CaseID, ExaminationID, FindingID?, String?)
  /// Answered by `.draftFound` for each.
  case findDrafts(CaseID, ExaminationID)
  /// Answered by `.nextToDo`.
  case findNextToDo(WorklistQuery, after: Int)
  /// Answered by `.studyLoaded`.
  case loadStudy
  /// Answered by `.progressLoaded`.
  case loadProgress
  /// Answered by `.historyLoaded`.
  case loadHistory(CaseID)
  /// The finished cases with their scripts, a certain one among them; answered by `.teachingLoaded`.
  case loadTeaching(CaseID?)
  /// Teaches the constructed control cases among the study's own, or no more; answered by `.teachingLoaded`.
  case mixControls(Bool)
  /// Keeps what the learner answered, with today's date; answered by `.resultsKept`.
  case keepResults(LearnerResults)
  /// The courses of some cases of the worklist; answered by `.coursesLoaded`.
  case loadCourses(WorklistQuery, offset: Int, limit: Int)
  case session(SessionEffect)
  case presentation(PresentationEffect)
  /// Computes the readers' agreement beside the screen; answered by `.agreement`, several times.
  case loadAgreement
  /// Keeps the theme for the next start.
  case rememberTheme(String)
  /// Answered by `.unlocked`, or `.failed` where it is the wrong one.
  case unlock(passphrase: String)
  /// Answered by `.passphraseChosen`.
  case choosePassphrase(String)
  /// Takes up what a reset locked; nil where the seat's own key shows whose it is.
  case unlockReadings(former: String?)
  /// Gives up the drafts that a reset locked.
  case setAsideLocked
  case quit
}

extension Effect {
  /// Changes what other screens show. The act's own answer carries what its screen needs; the others ask when somebody
  /// comes back to them.
  var isWriting: Bool {
    switch self {
    case .record, .noteReading, .undo, .redo, .sign, .amend, .session(.act), .session(.open): true
    default: false
    }
  }
}
