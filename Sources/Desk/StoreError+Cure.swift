// What a person at this program does about what the store refused.

import CaseStore
import ReviewCore

extension StoreError {
  /// What is wrong and the cure.
  package var words: String {
    guard let cure else { return description }
    return "\(description)\(mark) \(cure)"
  }

  /// As a command says it: a line for each fault of a file.
  package var lines: [String] {
    if case .badData(let faults) = self { faults } else { [words] }
  }

  package var exitStatus: ExitStatus {
    switch category {
    case .badData: .badData
    case .notFound: .noInput
    case .cannotCreate: .cannotCreate
    case .io: .inputOutput
    case .notPermitted: .notPermitted
    }
  }

  /// Nil where the description says all there is to say.
  package var cure: String? {
    switch self {
    case .noSuchFile: "‘endplate study new’ makes a study"
    case .isDirectory: "name the .study file in it"
    case .damaged: "put a backup back with ‘endplate restore’"
    case .damagedBackup: "take another backup"
    case .newerFile: "install the newer one"
    case .alreadyExists: "choose another name"
    case .noSuchCase(_, let nearest):
      nearest.map { "did you mean ‘\($0)’?" } ?? "‘\(NextStep.command("list"))’ shows them"
    case .notAssigned:
      "‘\(NextStep.command("list"))’ shows yours; the coordinator assigns with ‘\(NextStep.command("study assign"))’"
    case .withdrawn: "whoever returns is added under another id with ‘\(NextStep.command("study add"))’"
    case .notAReader: "open the study as a reader to grade"
    case .joint: "record the consensus"
    case .readingSigned: "amend it with a reason to change it"
    case .notSigned: "just change it"
    case .changedMeanwhile: "look at it again"
    case .roundsToCome(let round, _):
      "the coordinator begins the next with ‘\(NextStep.command("study round \(round + 1)"))’"
    case .passphraseNeeded: "give it at the terminal or with --passphrase-file"
    case .wrongPassphrase:
      "whoever has forgotten it asks the coordinator for a one-time code (‘\(NextStep.command("study passphrase"))’)"
    case .codeGiven(let id): "choose a passphrase with it: \(NextStep.command("study passphrase \(id) --as \(id)"))"
    case .noCode(let id): "the coordinator gives one with ‘\(NextStep.command("study passphrase \(id)"))’"
    case .codeForOneself(let id): "choose your own passphrase with ‘--as \(id)’ straight away"
    case .keyNotGiven: "the coordinator gives it with ‘\(NextStep.command("seat add"))’"
    case .guestHasNoPassphrase(let id):
      "they choose one at a seat of their own, or with ‘\(NextStep.command("study passphrase \(id) --as \(id)"))’"
    case .chooseFirst(let id, _):
      "choose a new one first (‘:’ in the workstation, ‘\(NextStep.command("study passphrase \(id) --as \(id)"))’)"
    case .otherPassphrase: "leave this seat, and open it again with your new passphrase"
    case .readingLocked:
      "‘unlock’ takes it up again with the passphrase from before, or give up the drafts (‘:’ in the workstation, "
        + "‘\(NextStep.command("study unlock"))’)"
    case .busy: "try again"
    case .inUse: "leave every seat and command that has it open, then try again"
    default: nil
    }
  }

  /// Between the description and the cure.
  private var mark: String {
    switch self {
    case .joint, .changedMeanwhile, .busy: ","
    case .inUse: ":"
    default: ";"
    }
  }
}

extension StoreError {
  /// Whoever sits down now would be turned away: so is who sits there already. That somebody else has left, as a guest may,
  /// ends nobody's seat.
  func endsTheSeat(of principal: PrincipalID) -> Bool { self == .withdrawn(principal) }
}
