// Who took part in a session, by which protocol, and how their first reads compare with what was agreed.

import ReviewCore

extension ConsensusText {
  /// The protocol and the codebook, in a sentence each.
  func method(_ table: ConsensusTable, _ study: Study) -> [MinutesPage.Block] {
    let rules = study.studyProtocol
    let present = rules.quorum ?? table.readers.count / 2 + 1
    let reads = rules.mode == .joint ? "Graded jointly" : "Read independently first"
    return [
      .line(
        "\(reads) by \(table.readers.count) readers, of whom \(present) must be present; codebook "
          + "\(study.codebook.id), version \(study.codebook.version).")
    ]
  }

  /// Every reader of the case, whether they took part or not, and who else did.
  func participants(_ table: ConsensusTable, name: (PrincipalID) -> String) -> [MinutesPage.Block] {
    let acted = Set(table.log.map(\.by) + [table.openedBy])
    let readers = table.readers.map { reader in
      let part = acted.contains(reader.id) ? "took part" : "took no part"
      // Who was there for a while and then was not is both.
      let absence = reader.standing.isAbsent ? "; recorded \(reader.standing.title)" : ""
      return MinutesPage.Block.item("\(name(reader.id)), reader: \(part)\(absence)")
    }
    let others = acted.subtracting(table.readers.map(\.id)).sorted { $0.rawValue < $1.rawValue }
    return readers + others.map { .item("\(name($0)), not a reader of the case: took part") }
  }

  /// For each reader how many of the agreed grades are as they had signed them; nil where nobody read alone, or nothing is
  /// agreed.
  func firstReads(_ table: ConsensusTable) -> MinutesPage.Block? {
    let agreed = table.rows.compactMap { row in row.decision?.grade.map { (row, $0.value) } }
    guard !agreed.isEmpty, table.rows.contains(where: { $0.grades.contains { $0 != nil } }) else { return nil }
    let rows = table.columns.enumerated().map { index, column in
      let alike = agreed.count { row, value in row.grades[index]?.value == value }
      let missing = agreed.count { row, _ in row.grades[index] == nil }
      return [column.title, String(alike), String(agreed.count - alike - missing), String(missing)]
    }
    return .table([["reader", "as agreed", "otherwise", "not graded"]] + rows)
  }
}
