// How far the readers are. Nothing here tells a grade.

import struct Foundation.Date

/// One reader's cases of a round; with several rounds a reader has one of each.
public struct ReaderProgress: Codable, Hashable, Sendable {
  public var reader: PrincipalID
  public var name: String
  public var round: Int
  public var signed: Int
  public var draft: Int
  public var todo: Int
  /// Days (UTC, `2026-03-01`) on which the last examination of a case was signed, and of how many, ascending.
  public var signaturesByDay: [SignatureDay]
  /// The last of those.
  public var lastSignature: Date?
  /// They have left the study.
  public var hasLeft = false

  public struct SignatureDay: Codable, Hashable, Sendable {
    public var day: String
    public var count: Int
    public init(day: String, count: Int) {
      self.day = day
      self.count = count
    }
  }

  public init(
    reader: PrincipalID, name: String, round: Int, signed: Int, draft: Int, todo: Int,
    signaturesByDay: [SignatureDay] = [], lastSignature: Date? = nil
  ) {
    self.reader = reader
    self.name = name
    self.round = round
    self.signed = signed
    self.draft = draft
    self.todo = todo
    self.signaturesByDay = signaturesByDay
    self.lastSignature = lastSignature
  }
}

/// A case that somebody still has to sign.
public struct WaitingCase: Codable, Hashable, Sendable, Identifiable {
  public var id: CaseID
  public var readers: [PrincipalID]
  public init(id: CaseID, readers: [PrincipalID]) {
    self.id = id
    self.readers = readers
  }
}

/// The round that comes next, and what it waits for.
public struct NextRound: Codable, Hashable, Sendable {
  public var round: Int
  /// Cases of this round that are not signed by all.
  public var unsignedCases: Int
  /// End of the washout after the last signature; nil while nothing is signed.
  public var notBefore: Date?
  public init(round: Int, unsignedCases: Int, notBefore: Date?) {
    self.round = round
    self.unsignedCases = unsignedCases
    self.notBefore = notBefore
  }
}

public struct StudyProgress: Codable, Hashable, Sendable {
  public var round: Int
  /// A reader's own, everybody's for the coordinator.
  public var readers: [ReaderProgress]
  /// Nil after the last round.
  public var next: NextRound?
  public init(round: Int, readers: [ReaderProgress], next: NextRound?) {
    self.round = round
    self.readers = readers
    self.next = next
  }
}

/// A case that was opened for consensus: the readings that statistics may use.
public struct OpenedCase: Codable, Hashable, Sendable, Identifiable {
  public var id: CaseID
  public var round: Int
  /// Signed and imported ones, by reader and examination.
  public var readings: [Reading]
  public var consensus: Consensus?
  /// What the readers are called beside their grades of this case. Statistics over many cases know who is who; what shows
  /// a grade of this one asks here.
  public var names: ReaderNames
  /// Those who read the case; nil for all readers of the study. Who does not is not missing.
  public var assigned: Set<PrincipalID>?
  /// The patient's; nil is the usual one.
  public var anatomy: Anatomy?
  public init(
    id: CaseID, round: Int, readings: [Reading], consensus: Consensus?, names: ReaderNames = ReaderNames()
  ) {
    self.names = names
    self.id = id
    self.round = round
    self.readings = readings
    self.consensus = consensus
  }

  /// What the reader of one of its readings is called.
  public func title(of reading: Reading) -> String {
    reading.state.isImported ? reading.reader.rawValue : names.title(of: reading.reader)
  }
}
