// Who took part in a session, by which protocol, and how their signed readings compare with what was agreed.

import ReviewCore

extension ConsensusText {
  /// The protocol and the codebook, in a sentence each; where there is more than one version of it, which reading is under
  /// which.
  ///
  /// - Parameter view: the case with its readings; nil leaves them out.
  func method(_ table: ConsensusTable, _ study: Study, _ view: CaseView?) -> [MinutesPage.Block] {
    let rules = study.studyProtocol
    let present = rules.quorum ?? table.readers.count / 2 + 1
    let reads = rules.mode == .joint ? "Graded jointly" : "Read independently first"
    return [
      .line(
        "\(reads) by \(table.readers.count) readers, of whom \(present) must be present; codebook "
          + "\(study.codebook.id), version \(table.codebook).")
    ] + versions(table, study, view)
  }

  private func versions(_ table: ConsensusTable, _ study: Study, _ view: CaseView?) -> [MinutesPage.Block] {
    guard !study.codebook.former.isEmpty else { return [] }
    let readings = (view?.readings ?? []).filter { $0.round == table.round && $0.state.isSigned }
    return Set(readings.compactMap(\.codebook)).sorted().map { version in
      let signed = readings.filter { $0.codebook == version }.map { reading in
        "\(reading.reader)" + (reading.examination.isBaseline ? "" : " at \(reading.examination.title)")
      }.sorted()
      let added = study.codebook.added(since: version)
      return .line(
        "Signed under version \(version) of the codebook: \(signed.joined(separator: ", "))"
          + (added.isEmpty ? "." : "; not asked of these: \(added.words)."))
    }
  }

  /// Every reader of the case, whether they took part or not, and who else did.
  func participants(
    _ table: ConsensusTable, _ seats: [AuditEntry], name: (PrincipalID) -> String
  ) -> [MinutesPage.Block] {
    let acted = Set(table.log.map(\.by) + [table.openedBy])
    let there = seats.reduce(into: Set<PrincipalID>()) { $0.formUnion(Self.there($1)) }
    let readers = table.readers.map { reader in
      let part =
        acted.contains(reader.id)
        ? "took part" : there.contains(reader.id) ? "was there" : "no act of their own on record"
      // Who was there for a while and then was not is both.
      let absence = reader.standing.isAbsent || reader.left != nil ? "; \(reader.title)" : ""
      return MinutesPage.Block.item("\(name(reader.id)), reader: \(part)\(absence)")
    }
    let others = acted.union(there).subtracting(table.readers.map(\.id)).sorted { $0.rawValue < $1.rawValue }
    return readers
      + others.map { .item("\(name($0)), not a reader of the case: \(acted.contains($0) ? "took part" : "was there")") }
  }

  /// Who sat at a seat, as one row of the audit trail says it.
  private static func there(_ entry: AuditEntry) -> Set<PrincipalID> {
    let others = entry.detail?.utf8.split(separator: UInt8(ascii: ",")).map { name in
      PrincipalID(String(decoding: name.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self))
    }
    return Set(others ?? []).union(entry.principal.map { [$0] } ?? [])
  }

  /// Who led, and which seats came, went and came back.
  func seats(_ entries: [AuditEntry]) -> [MinutesPage.Block] {
    var (leader, there, known): (PrincipalID?, Set<PrincipalID>, Set<PrincipalID>) = (nil, [], [])
    let items = entries.compactMap { entry -> MinutesPage.Block? in
      let now = Self.there(entry)
      func names(_ people: Set<PrincipalID>, _ one: String, _ several: String) -> String? {
        guard !people.isEmpty else { return nil }
        return people.sorted().map(\.rawValue).joined(separator: ", ") + " " + (people.count == 1 ? one : several)
      }
      let come = now.subtracting(there).subtracting(entry.principal == leader ? [] : [entry.principal ?? ""])
      let parts = [
        entry.principal == leader ? nil : entry.principal.map { "\($0) leads" },
        names(there.subtracting(now), "left", "left"),
        names(come.intersection(known), "is back", "are back"),
        names(come.subtracting(known), "joined", "joined"),
      ].compactMap { $0 }
      (leader, there, known) = (entry.principal, now, known.union(now))
      return parts.isEmpty ? nil : .item("\(entry.at.utc)  \(parts.joined(separator: "; "))")
    }
    return items.isEmpty ? [] : [.heading("Who was there")] + items
  }

  /// The bone and the image that were given with a grade: `L4, image 4/12`.
  static func place(_ grade: Grade?) -> String? {
    let parts = [grade?.bone?.title, grade?.whereSeen].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Where the readers saw what was not discussed, and what of that is kept.
  func places(_ table: ConsensusTable, discussed: [ConsensusRow]) -> [MinutesPage.Block] {
    let items = table.rows.compactMap { row -> MinutesPage.Block? in
      guard !discussed.contains(where: { $0.key == row.key }) else { return nil }
      let said = zip(table.columns, row.grades).compactMap { column, grade in
        Self.place(grade).map { "\(column.title) \($0)" }
      }
      let parts = said + (Self.place(row.decision?.grade).map { ["agreed \($0)"] } ?? [])
      return parts.isEmpty ? nil : .item("\(row.title): \(parts.joined(separator: "; "))")
    }
    return items.isEmpty ? [] : [.heading("Where it was seen")] + items
  }

  /// What the readers remarked, each once: on findings that were not discussed, and on whole examinations.
  func remarks(_ table: ConsensusTable, discussed: [ConsensusRow], _ view: CaseView?) -> [MinutesPage.Block] {
    let rows = table.rows.filter { row in !discussed.contains { $0.key == row.key } }
    let ofFindings = rows.flatMap { row in
      zip(table.columns, row.grades).compactMap { column, grade in
        grade?.note.map { MinutesPage.Block.item("\(row.title), \(column.title): \($0)") }
      }
    }
    let readings = view?.readings.filter { $0.round == table.round && !$0.state.isImported } ?? []
    let ofReadings = readings.sorted { $0.reader < $1.reader }.compactMap { reading in
      reading.note.map { MinutesPage.Block.item("\(reading.examination.title), \(reading.reader): \($0)") }
    }
    let all = ofFindings + ofReadings
    return all.isEmpty ? [] : [.heading("Remarks of the readers")] + all
  }

  /// For each reader how many of the agreed grades are as they had signed them; nil where nobody read alone, or nothing is
  /// agreed.
  func firstReads(_ table: ConsensusTable) -> MinutesPage.Block? {
    let agreed = table.rows.compactMap { row in row.decision?.grade.map { (row, $0.value) } }
    guard !agreed.isEmpty, table.rows.contains(where: { $0.grades.contains { $0 != nil } }) else { return nil }
    let hasVersions = agreed.contains { row, _ in row.asked.contains(false) }
    let rows = table.columns.enumerated().map { index, column in
      let alike = agreed.count { row, value in row.grades[index]?.value == value }
      let notAsked = agreed.count { row, _ in !row.asked[index] }
      let missing = agreed.count { row, _ in row.grades[index] == nil } - notAsked
      return [column.title, String(alike), String(agreed.count - alike - missing - notAsked), String(missing)]
        + (hasVersions ? [String(notAsked)] : [])
    }
    return .table([["reader", "as agreed", "otherwise", "not graded"] + (hasVersions ? ["not asked"] : [])] + rows)
  }
}
