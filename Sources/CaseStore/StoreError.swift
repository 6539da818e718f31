// What can go wrong with a study file, in words for the person at the keyboard.

import ReviewCore

/// An act that the store refused or could not do. Nothing was changed.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  case noSuchFile(String)
  case isDirectory(String)
  case cannotRead(String, why: String)
  case notAStudy(String, why: String)
  case newerFile(String, version: Int, known: Int)
  case alreadyExists(String)
  case cannotCreate(String, why: String)
  case noSuchPrincipal(PrincipalID, known: [PrincipalID])
  case noSuchCase(CaseID, nearest: String?)
  case noSuchExamination(ExaminationID, CaseID, known: [ExaminationID])
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
  case nothingToUndo
  case nothingToRedo
  case passphraseNeeded(PrincipalID)
  case wrongPassphrase(PrincipalID)
  case wrongCode(PrincipalID)
  /// It was right, and opens nothing: a passphrase is chosen with it.
  case codeGiven(PrincipalID)
  case noCode(PrincipalID)
  case guestHasNoPassphrase(PrincipalID)
  case readingLocked(CaseID, ExaminationID)
  case consensus(ConsensusRefusal)
  case badData([String])
  case busy(String)
  /// Another process has the study open, where it is known which.
  case inUse(String, process: Int32?)
  case io(String)

  /// The kinds of failure that a caller treats alike.
  public enum Category: Int32, Hashable, Sendable {
    case badData = 65
    case notFound = 66
    case cannotCreate = 73
    case io = 74
    case notPermitted = 77
    /// Exit status of the program, after sysexits.h.
    public var exitStatus: Int32 { rawValue }
  }

  public var category: Category {
    switch self {
    case .noSuchFile, .isDirectory, .cannotRead, .noSuchPrincipal, .noSuchCase, .noSuchExamination: .notFound
    case .consensus(.badGrade): .badData
    case .notAStudy, .newerFile, .badData, .notSignable: .badData
    case .alreadyExists, .cannotCreate: .cannotCreate
    case .busy, .inUse, .io: .io
    case .notPermitted, .passphraseNeeded, .wrongPassphrase, .wrongCode, .codeGiven, .noCode, .guestHasNoPassphrase,
      .readingLocked, .notAReader, .joint, .readingSigned, .notSigned,
      .caseOpened, .otherRound, .changedMeanwhile, .notReady, .nothingToUndo, .nothingToRedo,
      .consensus:
      .notPermitted
    }
  }

  /// Names the thing, what is wrong and the cure.
  public var description: String {
    switch self {
    case .noSuchFile(let path):
      "\(path): there is no such file; ‘endplate study new’ makes a study"
    case .isDirectory(let path):
      "\(path): is a folder; name the .study file in it"
    case .cannotRead(let path, let why):
      "\(path): cannot be read: \(why)"
    case .notAStudy(let path, let why):
      "\(path): is no study file: \(why)"
    case .newerFile(let path, let version, let known):
      "\(path): was written by a newer Endplate (file version \(version), this one knows up to \(known)); "
        + "install the newer one"
    case .alreadyExists(let path):
      "\(path): exists already and is left as it is; choose another name"
    case .cannotCreate(let path, let why):
      "\(path): cannot be created: \(why)"
    case .noSuchPrincipal(let id, let known):
      "there is nobody called ‘\(id)’ in this study; there is \(known.map(\.rawValue).joined(separator: ", "))"
    case .noSuchCase(let id, let nearest):
      "there is no case ‘\(id)’" + (nearest.map { "; did you mean ‘\($0)’?" } ?? "; ‘endplate list’ shows them")
    case .noSuchExamination(let id, let patientCase, let known):
      "case \(patientCase) has no examination ‘\(id)’; it has \(known.map(\.rawValue).joined(separator: ", "))"
    case .notPermitted(let message): message
    case .notAReader(let id, let role):
      "\(id) is a \(role.rawValue) and has no readings; sit down as a reader to grade"
    case .joint:
      "in this study the readers grade together: there are no readings of one's own, record the consensus"
    case .readingSigned(let id, let examination):
      "case \(id), \(examination.title): your reading is signed; amend it with a reason to change it"
    case .notSigned(let id, let examination):
      "case \(id), \(examination.title): your reading is not signed; just change it"
    case .caseOpened(let id):
      "case \(id) is open for consensus: readings cannot change any more, the consensus can"
    case .otherRound(let round, let reading):
      "round \(round) cannot be graded: round \(reading) is being read"
    case .changedMeanwhile(let id, let examination):
      "case \(id), \(examination.title): changed in another window since it was shown; nothing was done, look at it again"
    case .notSignable(let id, let examination, let obstacles):
      "case \(id), \(examination.title): not signed: \(obstacles.map(\.description).joined(separator: "; "))"
    case .notReady(let id, let waiting):
      "case \(id) cannot be opened yet: \(waiting.map(\.rawValue).joined(separator: ", ")) still to sign"
    case .nothingToUndo: "there is nothing to undo"
    case .nothingToRedo: "there is nothing to redo"
    case .passphraseNeeded(let id):
      "\(id) has a passphrase; give it at the terminal or with --passphrase-file"
    case .wrongPassphrase(let id):
      "that is not the passphrase of \(id); who has forgotten it asks the coordinator for a one-time code "
        + "(‘endplate study passphrase’)"
    case .wrongCode(let id):
      "that is not the one-time code of \(id), whose passphrase is still to be chosen; the coordinator has given a code "
        + "for that, and a passphrase from before it opens nothing any more"
    case .codeGiven(let id):
      "that is the one-time code of \(id), which opens nothing; choose a passphrase with it: "
        + "endplate study passphrase \(id) --as \(id)"
    case .noCode(let id):
      "no one-time code waits for \(id); the coordinator gives one with ‘endplate study passphrase \(id)’"
    case .guestHasNoPassphrase(let id):
      "\(id) has not chosen a passphrase, and who acts at another's seat must show who they are; they choose one at a "
        + "seat of their own, or with ‘endplate study passphrase \(id) --as \(id)’"
    case .readingLocked(let id, let examination):
      "case \(id), \(examination.title): locked by a reset of your passphrase; ‘unlock’ takes it up again with the "
        + "passphrase from before, or give up the drafts (‘:’ in the workstation, ‘endplate study unlock’)"
    case .consensus(let refusal): refusal.description
    case .badData(let faults): faults.joined(separator: "\n")
    case .busy(let path):
      "\(path): somebody else has been writing for more than 10 seconds; nothing was stored, try again"
    case .inUse(let path, let process):
      "\(path): is open" + (process.map { " in process \($0)" } ?? "")
        + "; nothing was changed: leave every seat and command that has it open, then try again"
    case .io(let message): message
    }
  }
}
