// What the audit trail says of an act, without the grades it was about.

import struct Foundation.Date

/// The kinds of acts on record.
public enum AuditKind: String, CaseIterable, Codable, Hashable, Sendable {
  case studyCreated = "study_created"
  case principalAdded = "principal_added"
  case passphraseSet = "passphrase_set"
  case userBound = "user_bound"
  case casesImported = "cases_imported"
  case readingsImported = "readings_imported"
  case imagesAdded = "images_added"
  case imagesRemoved = "images_removed"
  case graded, undone, redone, signed, amended
  case opened
  case roundStarted = "round_started"
  /// The study grades by another version of its codebook from now on.
  case codebookChanged = "codebook_changed"
  /// Cases were given readers.
  case readersAssigned = "readers_assigned"
  /// A case went from one reader to another.
  case handedOver = "case_handed_over"
  case readerWithdrawn = "reader_withdrawn"
  case voteCalled = "vote_called"
  case voted
  case votesRevealed = "votes_revealed"
  case voteCalledOff = "vote_called_off"
  case gradesAgreed = "grades_agreed"
  case consensusNoted = "consensus_noted"
  case consensusConfirmed = "consensus_confirmed"
  case consensusDissented = "consensus_dissented"
  case readerAbsent = "reader_absent"
  case consensusReopened = "consensus_reopened"
  case consensusRecorded = "consensus_recorded"
  /// A seat leads the session of a case; the detail names who else sits at one.
  case sessionLed = "session_led"
  case backup
  /// A backup was put in the place of the study.
  case restored
  case seatAdded = "seat_added"
  case seatRemoved = "seat_removed"
  case seatOpened = "seat_opened"
  /// The coordinator gave a one-time code, with which somebody chooses a passphrase.
  case passphraseCodeIssued = "passphrase_code_issued"
  /// Of several wrong ones a row at each doubling.
  case passphraseRefused = "passphrase_refused"
  case readingsUnlocked = "readings_unlocked"
  /// Somebody was told that the way into their seat was changed.
  case noticeShown = "notice_shown"
  /// A program of a later version took over what it found in the file.
  case adopted = "adopted_as_found"

  public var title: String { rawValue.replacing("_", with: " ") }

  /// True for what tells of a reading, and so is shown to others only once its case is open.
  public var isOfReading: Bool { [.graded, .undone, .redone, .signed, .amended].contains(self) }

  /// True for what tells how a consensus came about; out of sight again in a later round.
  public var isOfSession: Bool {
    [
      .voteCalled, .voted, .votesRevealed, .voteCalledOff, .gradesAgreed, .consensusNoted, .consensusConfirmed,
      .consensusDissented,
      .readerAbsent, .consensusReopened, .sessionLed,
    ].contains(self)
  }

  /// True for what happened at the door of somebody's seat: theirs and the coordinator's to know.
  public var isOfSeat: Bool { [.seatOpened, .passphraseRefused, .noticeShown].contains(self) }

  /// True for what tells how many images there are: theirs who did it and the coordinator's to know, because of an
  /// examination that is withheld nobody may know even that.
  public var isOfImages: Bool { self == .imagesAdded || self == .imagesRemoved }

  /// True for who reads which case: the coordinator's to know.
  public var isOfAssignment: Bool { [.readersAssigned, .handedOver, .readerWithdrawn].contains(self) }

  /// True for what everybody in the study may know at any time.
  public var isForEverybody: Bool { !isOfReading && !isOfSeat && !isOfImages && !isOfAssignment && self != .voted }
}

/// The hash at the end of the audit chain, in hexadecimal. Printed in receipts, so that a tail that was cut off or
/// computed anew later can be told.
public struct AuditHead: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue.lowercased() }
}

/// One act, as far as the principal asking may know of it.
public struct AuditEntry: Codable, Hashable, Sendable {
  public var at: Date
  public var kind: AuditKind
  public var principal: PrincipalID?
  /// Account on the host.
  public var osUser: String
  /// Address from which an SSH session came.
  public var client: String?
  public var keyFingerprint: String?
  public var programVersion: String
  public var caseID: CaseID?
  public var examination: ExaminationID?
  public var round: Int?
  public var reason: String?
  /// What else there is to say: `7 cases added`.
  public var detail: String?
  /// At whose seat a guest did it; nil at one's own.
  public var seat: PrincipalID?
  /// The reset after which it was done by somebody who had not shown that they are `principal`.
  public var unproven: PassphraseReset?

  public init(
    at: Date, kind: AuditKind, principal: PrincipalID?, osUser: String, client: String? = nil,
    keyFingerprint: String? = nil, programVersion: String, caseID: CaseID? = nil, examination: ExaminationID? = nil,
    round: Int? = nil, reason: String? = nil, detail: String? = nil, seat: PrincipalID? = nil,
    unproven: PassphraseReset? = nil
  ) {
    self.at = at
    self.kind = kind
    self.principal = principal
    self.osUser = osUser
    self.client = client
    self.keyFingerprint = keyFingerprint
    self.programVersion = programVersion
    self.caseID = caseID
    self.examination = examination
    self.round = round
    self.reason = reason
    self.detail = detail
    self.seat = seat
    self.unproven = unproven
  }
}

/// Which acts to list.
public struct AuditFilter: Codable, Hashable, Sendable {
  public var caseID: CaseID?
  public var principal: PrincipalID?
  /// Empty for all.
  public var kinds: Set<AuditKind>
  public var since: Date?
  /// The most recent ones only; nil for all.
  public var last: Int?

  public init(
    caseID: CaseID? = nil, principal: PrincipalID? = nil, kinds: Set<AuditKind> = [], since: Date? = nil,
    last: Int? = nil
  ) {
    self.caseID = caseID
    self.principal = principal
    self.kinds = kinds
    self.since = since
    self.last = last
  }
}

/// Proof of an act: when it was on disk, and the head of the audit chain just after it.
public struct Receipt: Codable, Hashable, Sendable {
  public var at: Date
  public var head: AuditHead

  public init(at: Date, head: AuditHead) {
    self.at = at
    self.head = head
  }
}

/// What verifying a study found.
public struct AuditVerification: Codable, Hashable, Sendable {
  /// Empty where all is as it was written. The first names the first broken row of the audit trail, where there is one.
  public var faults: [String]
  /// What was not compared, and why.
  public var notes: [String]
  public var isIntact: Bool { faults.isEmpty }

  public init(faults: [String] = [], notes: [String] = []) {
    self.faults = faults
    self.notes = notes
  }
}
