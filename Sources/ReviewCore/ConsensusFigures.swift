// What the consensus sessions of a study say of its readers, over recorded cases.

/// Counted over cases whose consensus was recorded in a session. A finding that stayed unresolved counts as missing.
public struct ConsensusFigures: Hashable, Sendable {
  /// A count of a total.
  public struct Share: Codable, Hashable, Sendable {
    public var count = 0
    public var total = 0
    public init(_ count: Int = 0, of total: Int = 0) {
      self.count = count
      self.total = total
    }
    /// Nil of nothing.
    public var value: Double? { total > 0 ? Double(count) / Double(total) : nil }

    mutating func add(_ isCounted: Bool) {
      count += isCounted ? 1 : 0
      total += 1
    }
  }

  public struct FindingRow: Hashable, Sendable, Identifiable {
    public var id: FindingID
    /// Disputed before the talk, of the examinations graded by anybody.
    public var disputed = Share()
    /// Stayed unresolved, of the examinations recorded.
    public var unresolved = Share()
    /// Reader disagreement index: consensus other than the reader's signed grade, of those where both answered.
    public var disagreement: [PrincipalID: Share] = [:]
  }

  public struct ReaderRow: Hashable, Sendable, Identifiable {
    public var id: PrincipalID
    /// The index over all findings.
    public var disagreement = Share()
    /// Consensus as the reader had graded first, over all findings and over disputed ones.
    public var followed = Share()
    public var followedWhereDisputed = Share()
    public var changes: [ChangeOfMind.Direction: Int] = [:]
  }

  /// In the order of the codebook; findings that nobody was asked for are not in it.
  public var findings: [FindingRow]
  public var readers: [ReaderRow]
  public var disputed: Share
  public var cases: Int

  /// What has to be said beside the index.
  public static let remark =
    "A reader is part of the consensus that they are compared with: the index tells less than one against a standard "
    + "that others set."

  public init(_ sessions: [Deliberation]) {
    let recorded = sessions.filter(\.isRecorded)
    var rows: [FindingID: FindingRow] = [:]
    var people: [PrincipalID: ReaderRow] = [:]
    var order: [PrincipalID] = []
    var all = Share()
    for session in recorded {
      order += session.readers.filter { !order.contains($0) }
      for key in session.keys {
        var row = rows[key.finding] ?? FindingRow(id: key.finding)
        let agreement = session.agreement(on: key)
        if !session.first.isEmpty, agreement != .notGraded {
          row.disputed.add(agreement.isDisputed)
          all.add(agreement.isDisputed)
        }
        let agreed = session.decisions[key]?.grade?.value
        row.unresolved.add(agreed == nil)
        for reader in session.readers {
          guard let agreed, let own = session.first[reader]?[key]?.value else { continue }
          let isSame = own == agreed
          row.disagreement[reader, default: Share()].add(!isSame)
          people[reader, default: ReaderRow(id: reader)].disagreement.add(!isSame)
          people[reader]?.followed.add(isSame)
          if agreement.isDisputed { people[reader]?.followedWhereDisputed.add(isSame) }
        }
        rows[key.finding] = row
      }
      for change in session.changesOfMind {
        people[change.reader, default: ReaderRow(id: change.reader)].changes[change.direction, default: 0] += 1
      }
    }
    let codebook = recorded.max { $0.codebook.version < $1.codebook.version }?.codebook.findings ?? []
    findings = codebook.compactMap { rows[$0.id] }
    readers = order.map { people[$0] ?? ReaderRow(id: $0) }
    disputed = all
    cases = recorded.count
  }
}
