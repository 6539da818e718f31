// What can go wrong with a study file. What a person does about it depends on the program that they sit at: it adds cures.

import ReviewCore
import TextSafety

/// An act that the store refused or could not do. Nothing was changed.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  case noSuchFile(String)
  case isDirectory(String)
  case cannotRead(String, why: String)
  case notAStudy(String, why: String)
  /// SQLite finds that its pages are not as they should be.
  case damaged(String)
  /// The backup that was to be put back is.
  case damagedBackup(String)
  case newerFile(String, version: Int, known: Int)
  case alreadyExists(String)
  case cannotCreate(String, why: String)
  case noSuchPrincipal(PrincipalID, known: [PrincipalID])
  case noSuchCase(CaseID, nearest: String?)
  case noSuchExamination(ExaminationID, CaseID, known: [ExaminationID])
  /// Others read the case.
  case notAssigned(CaseID)
  /// The reader has left the study.
  case withdrawn(PrincipalID)
  case notPermitted(String)
  case notAReader(PrincipalID, PrincipalRole)
  case joint
  case readingSigned(CaseID, ExaminationID)
  case notSigned(CaseID, ExaminationID)
  case caseOpened(CaseID)
  case otherRound(Int, reading: Int)
  case changedMeanwhile(CaseID, ExaminationID)
  case notSignable(CaseID, ExaminationID, [SigningObstacle])
  case notReady(CaseID, waitingFor: [PrincipalID])
  /// The protocol opens its cases together, once all rounds are read.
  case roundsToCome(after: Int, of: Int)
  case nothingToUndo
  case nothingToRedo
  case passphraseNeeded(PrincipalID)
  case wrongPassphrase(PrincipalID)
  case wrongCode(PrincipalID)
  /// It was right, and opens nothing: a passphrase is chosen with it.
  case codeGiven(PrincipalID)
  case noCode(PrincipalID)
  /// Codes are given to others.
  case codeForOneself(PrincipalID)
  /// A seat was opened by a key that is not on record for its principal.
  case keyNotGiven(String, PrincipalID)
  case guestHasNoPassphrase(PrincipalID)
  /// The passphrase was reset, and this sitting shows that it is the owner's.
  case chooseFirst(PrincipalID, PassphraseReset)
  case otherPassphrase(PrincipalID)
  case readingLocked(CaseID, ExaminationID)
  case consensus(ConsensusRefusal)
  case badData([String])
  case busy(String)
  /// Another process has the study open, where it is known which.
  case inUse(String, process: Int32?)
  case io(String)

  /// The kinds of failure that a caller treats alike.
  public enum Category: Hashable, Sendable {
    case badData, notFound, cannotCreate, io, notPermitted
  }

  public var category: Category {
    switch self {
    case .noSuchFile, .isDirectory, .cannotRead, .noSuchPrincipal, .noSuchCase, .noSuchExamination: .notFound
    case .consensus(.badGrade): .badData
    case .notAStudy, .damaged, .damagedBackup, .newerFile, .badData, .codeForOneself, .notSignable: .badData
    case .alreadyExists, .cannotCreate: .cannotCreate
    case .busy, .inUse, .io: .io
    case .notAssigned, .withdrawn, .notPermitted, .passphraseNeeded, .wrongPassphrase, .wrongCode, .codeGiven, .noCode,
      .keyNotGiven,
      .guestHasNoPassphrase, .readingLocked, .chooseFirst, .otherPassphrase, .notAReader, .joint, .readingSigned,
      .notSigned,
      .caseOpened, .otherRound, .changedMeanwhile, .notReady, .roundsToCome, .nothingToUndo, .nothingToRedo,
      .consensus:
      .notPermitted
    }
  }

  /// Names the thing and what is wrong.
  public var description: String {
    switch self {
    case .noSuchFile(let path): "\(path): there is no such file"
    case .isDirectory(let path): "\(path): is a folder"
    case .cannotRead(let path, let why): "\(path): cannot be read: \(why)"
    case .notAStudy(let path, let why): "\(path): is not a study file: \(why)"
    case .damaged(let path): "\(path): is not a study file: it is damaged"
    case .damagedBackup(let path): "\(path): this backup is damaged; nothing was restored"
    case .newerFile(let path, let version, let known):
      "\(path): was written by a newer Endplate (file version \(version), this one knows up to \(known))"
    case .alreadyExists(let path): "\(path): exists already and is left as it is"
    case .cannotCreate(let path, let why): "\(path): cannot be created: \(why)"
    case .noSuchPrincipal(let id, let known):
      "there is nobody called ‘\(id)’ in this study; \(thereIs(known.map(\.rawValue)))"
    case .noSuchCase(let id, _): "there is no case ‘\(id)’"
    case .noSuchExamination(let id, let patientCase, let known):
      "case \(patientCase) has no examination ‘\(id)’; it has \(known.map(\.rawValue).joined(separator: ", "))"
    case .notAssigned(let id): "case \(id) is not assigned to you: other readers read it"
    case .withdrawn(let id): "\(id) has left the study and can no longer open it"
    case .notPermitted(let message): message
    case .notAReader(let id, let role): "\(id) is a \(role.rawValue) and has no readings"
    case .joint: "in this study the readers grade together: there are no readings of one's own"
    case .readingSigned(let id, let examination): "case \(id), \(examination.title): your reading is signed"
    case .notSigned(let id, let examination): "case \(id), \(examination.title): your reading is not signed"
    case .caseOpened(let id): "case \(id) is open for consensus: readings cannot change any more, the consensus can"
    case .otherRound(let round, let reading): "round \(round) cannot be graded: round \(reading) is being read"
    case .changedMeanwhile(let id, let examination):
      "case \(id), \(examination.title): changed in another window since it was shown; nothing was done"
    case .notSignable(let id, let examination, let obstacles):
      "case \(id), \(examination.title): not signed: \(obstacles.map(\.description).joined(separator: "; "))"
    case .notReady(let id, let waiting):
      "case \(id) cannot be opened yet: \(waiting.map(\.rawValue).joined(separator: ", ")) still to sign"
    case .roundsToCome(let round, let rounds):
      "this protocol opens its cases once all \(rounds) rounds are read, and this is round \(round)"
    case .nothingToUndo: "there is nothing to undo"
    case .nothingToRedo: "there is nothing to redo"
    case .passphraseNeeded(let id): "\(id) has a passphrase"
    case .wrongPassphrase(let id): "that is not the passphrase of \(id)"
    case .wrongCode(let id):
      "that is not the one-time code of \(id), whose passphrase is still to be chosen; the coordinator has given a code "
        + "for that, and a passphrase from before it opens nothing any more"
    case .codeGiven(let id): "that is the one-time code of \(id), which opens nothing"
    case .noCode(let id): "no one-time code waits for \(id)"
    case .codeForOneself: "a code is for somebody else"
    case .keyNotGiven(let key, let id):
      "the key \(key) was not given to the seat of \(id) in this study, or was taken away"
    case .guestHasNoPassphrase(let id):
      "\(id) has not chosen a passphrase, and whoever acts at another's seat must show who they are"
    case .chooseFirst(let id, let reset):
      "the passphrase of \(id) was reset by \(reset.words), and whoever had the code could see and do what is theirs"
    case .otherPassphrase(let id):
      "another passphrase of \(id) was chosen since this seat was opened"
    case .readingLocked(let id, let examination):
      "case \(id), \(examination.title): locked by a reset of your passphrase"
    case .consensus(let refusal): refusal.description
    case .badData(let faults): faults.joined(separator: "\n")
    case .busy(let path):
      "\(path): somebody else has been writing for more than 10 seconds; nothing was stored"
    case .inUse(let path, let process):
      "\(path): is open" + (process.map { " in process \($0)" } ?? "") + "; nothing was changed"
    case .io(let message): message
    }
  }
}
