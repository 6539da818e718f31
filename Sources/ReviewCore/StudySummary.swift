// What can be said of a study as a whole.

import struct Foundation.Date

/// A seat that can be taken.
public struct Seat: Codable, Hashable, Sendable, Identifiable {
  public var principal: Principal
  /// The account on the host that opens it without being asked who it is.
  public var osUser: String?
  public var needsPassphrase: Bool
  /// False while the passphrase is still to be chosen, with the coordinator's one-time code.
  public var hasChosen: Bool
  public var id: PrincipalID { principal.id }
  /// A code waits for its person.
  public var isToChoose: Bool { needsPassphrase && !hasChosen }

  public init(_ principal: Principal, osUser: String? = nil, needsPassphrase: Bool = false, hasChosen: Bool = false) {
    self.principal = principal
    self.osUser = osUser
    self.needsPassphrase = needsPassphrase
    self.hasChosen = hasChosen
  }
}

/// What anybody may know of a study before sitting down at it.
public struct StudySummary: Codable, Hashable, Sendable {
  /// The neutral one while the protocol withholds the title.
  public var title: String
  public var seats: [Seat]
  public var codebook: String
  public var codebookVersion: Int
  public var isIllustrative: Bool
  public var mode: StudyProtocol.Mode

  public init(
    title: String, seats: [Seat], codebook: String, codebookVersion: Int, isIllustrative: Bool,
    mode: StudyProtocol.Mode
  ) {
    self.title = title
    self.seats = seats
    self.codebook = codebook
    self.codebookVersion = codebookVersion
    self.isIllustrative = isIllustrative
    self.mode = mode
  }
}

/// How much there is in a study, as far as the principal asking may know.
public struct StudyInfo: Codable, Hashable, Sendable {
  public var summary: StudySummary
  public var createdAt: Date
  public var createdByVersion: String
  public var round: Int
  public var cases: Int
  /// Of a reader, those that the protocol does not withhold.
  public var examinations: Int
  public var signedReadings: Int
  /// Cases with a recorded or published consensus.
  public var consensus: Int
  public var schemaVersion: Int
  /// Hash of the last act on record that the principal may know of.
  public var auditHead: AuditHead
  /// Of the signed readings, how many are under which version of the codebook; nil where there was only ever one.
  public var signedUnder: [Int: Int]? = nil

  public init(
    summary: StudySummary, createdAt: Date, createdByVersion: String, round: Int, cases: Int, examinations: Int,
    signedReadings: Int, consensus: Int, schemaVersion: Int, auditHead: AuditHead
  ) {
    self.summary = summary
    self.createdAt = createdAt
    self.createdByVersion = createdByVersion
    self.round = round
    self.cases = cases
    self.examinations = examinations
    self.signedReadings = signedReadings
    self.consensus = consensus
    self.schemaVersion = schemaVersion
    self.auditHead = auditHead
  }
}
