// Consensus sessions as text: where a case stands, its minutes, and what sessions say of the readers.

import Foundation
import ReviewCore
import TextSafety

package struct ConsensusText {
  package enum Format: String, CaseIterable, Sendable { case text, markdown }

  let codebook: Codebook
  let names: [PrincipalID: String]

  package init(codebook: Codebook, principals: [Principal]) {
    self.codebook = codebook
    names = Dictionary(uniqueKeysWithValues: principals.map { ($0.id, $0.name) })
  }

  // MARK: Status

  /// Where a case stands: every finding with the readers' grades, what is open, and what to do next.
  ///
  /// - Parameter view: the case, of which the rules of a codebook file work something out; nil leaves that out.
  package func status(_ table: ConsensusTable, of view: CaseView? = nil, disputedFirst: Bool = true) -> String {
    var sheet = MinutesPage()
    sheet.blocks = [
      .line("case \(table.caseID), round \(table.round), version \(table.versionTitle), \(table.stage.title)"),
      .line(
        "disputed \(table.disputed.count), open \(table.unsettled.count); "
          + table.readers.map { "\($0.id) \($0.title)" }.joined(separator: ", ")),
    ]
    let rows = disputedFirst ? table.disputedFirst : table.rows
    sheet.blocks.append(.table([columns(table)] + rows.map { cells($0, table) }))
    for row in rows { sheet.blocks += notes(row, table).map { .item("\(row.title): \($0)") } }
    let (worked, warnings) = worked(table, view)
    sheet.blocks += worked.map { .item("worked out: \($0)") } + warnings.map { .item("! \($0)") }
    sheet.blocks.append(.line(next(table)))
    return sheet.text()
  }

  /// What the rules make of what is agreed, and what does not go together in it, a line each.
  private func worked(_ table: ConsensusTable, _ view: CaseView?) -> (lines: [String], warnings: [String]) {
    guard let view else { return ([], []) }
    let outcome = table.workedOut(codebook, of: view)
    let lines = outcome.lines.map { examination, derived in
      let when = examination.isBaseline ? "" : ", \(examination.title)"
      let reasons = derived.reasons.isEmpty ? "" : "; " + derived.reasons.joined(separator: "; ")
      return "\(derived.finding.title)\(when): \(derived.words)\(reasons)"
    }
    let warnings = view.patientCase.examinations.flatMap { examination in
      (outcome.warnings[examination.id] ?? []).map { "\(examination.id.title): \($0.text)" }
    }
    return (lines, warnings)
  }

  private func columns(_ table: ConsensusTable) -> [String] {
    ["finding"] + (table.isJoint ? [] : table.columns.map(\.title) + ["agreement"]) + ["consensus"]
      + (tellsHow(table) ? ["how"] : [])
  }

  private func cells(_ row: ConsensusRow, _ table: ConsensusTable) -> [String] {
    let finding = codebook[row.key.finding]
    func words(_ value: GradeValue?) -> String { value.map { finding?.ranged($0) ?? $0.text } ?? "–" }
    let vote = row.vote.map { vote in
      vote.isOpen ? "voting \(vote.voted.count)/\(vote.voted.count + vote.waiting.count)" : nil
    }
    let agreed = row.decision.map { $0.grade.map { words($0.value) } ?? "unresolved" }
    let grades = zip(row.grades, row.asked).map { $1 ? words($0?.value) : "not asked" }
    return [row.title] + (table.isJoint ? [] : grades + [row.agreement.title])
      + [(vote ?? nil) ?? agreed ?? "…"] + (tellsHow(table) ? [how(row, table) ?? ""] : [])
  }

  /// Read jointly, only where a vote or a finding left open says something.
  private func tellsHow(_ table: ConsensusTable) -> Bool {
    !table.isJoint || table.rows.contains { how($0, table) != nil }
  }

  /// How the agreed grade was reached. Where a vote since was against it, what led there before is not how it stands.
  private func how(_ row: ConsensusRow, _ table: ConsensusTable) -> String? {
    guard let how = row.decision?.how else { return nil }
    return row.outvoted == nil || row.ways.contains(how) ? table.words(how) : "not as last voted"
  }

  private func notes(_ row: ConsensusRow, _ table: ConsensusTable) -> [String] {
    zip(table.columns, row.grades).compactMap { column, grade in grade?.note.map { "\(column.title) notes: \($0)" } }
      + (row.note.map { ["note of the session: \($0)"] } ?? []) + (rule(row).map { [$0] } ?? [])
  }

  /// What the rule makes of the agreed findings, and whether the agreed grade departs from it; nil where it is silent.
  private func rule(_ row: ConsensusRow) -> String? {
    guard let check = row.rule, let rule = check.outcome.grade else { return nil }
    guard check.overruled != nil else { return "the rule says \(rule.sentence)" }
    return "departs from the rule, which says \(rule.sentence)"
      + (check.reason.map { ", because: \($0)" } ?? "; a rationale is asked for")
  }

  private func next(_ table: ConsensusTable) -> String {
    let voting = table.rows.filter { $0.vote?.isOpen == true }
    if table.stage == .recorded { return "recorded; ‘consensus minutes \(table.caseID)’ shows how" }
    if table.tooFewLeft != nil { return table.waits }
    if let row = voting.first, let vote = row.vote {
      return vote.waiting.isEmpty
        ? "the vote on \(row.title) can be revealed"
        : "the vote on \(row.title) waits for \(vote.waiting.map(\.rawValue).joined(separator: ", "))"
    }
    if !table.unsettled.isEmpty { return "\(table.unsettled.count.counted("finding")) to settle" }
    return "settled; \(table.pending.map(\.rawValue).joined(separator: ", ")) to confirm version \(table.version)"
  }

  // MARK: Minutes

  /// What happened in the sessions of a case, for somebody who was not there.
  ///
  /// - Parameters:
  ///   - patient: as far as who asks may know it, `F 46`; nil leaves it out.
  ///   - head: end of the audit chain when the minutes were written.
  ///   - resets: acts by which somebody was given a one-time code.
  ///   - view: the case, of which the rules of a codebook file work something out; nil leaves that out.
  ///   - unproven: acts on the case of which it is not proven whose they are.
  ///   - seats: what the audit trail says of who led and who was there.
  package func minutes(
    _ table: ConsensusTable, study: Study, patient: String? = nil, head: AuditHead, resets: [AuditEntry] = [],
    unproven: [AuditEntry] = [], seats: [AuditEntry] = [], of view: CaseView? = nil,
    format: Format
  ) -> String {
    let seats = seats.filter { $0.round == table.round }
    var sheet = MinutesPage()
    let number = table.version.number
    let state =
      table.stage == .recorded
      ? "recorded as version \(table.versionTitle)"
      : number > 1 ? "version \(number - 1) is recorded, version \(number) not yet" : "not recorded yet"
    sheet.blocks = [
      .heading("Consensus of case \(table.caseID)"),
      .line("\(study.title), round \(table.round); \(state)."),
    ]
    if let patient { sheet.blocks.append(.line("Patient: \(patient).")) }
    sheet.blocks += method(table, study, view)
    if study.isIllustrative { sheet.blocks.append(.line("The readings of this study are made up for practice.")) }
    sheet.blocks.append(
      .line(
        "Opened \(table.openedAt.utc) by \(name(table.openedBy))"
          + (table.log.last.map { "; last act \($0.at.utc), \(Self.duration(from: table.openedAt, to: $0.at))" }
            ?? "") + "."))
    sheet.blocks.append(.heading("Participants"))
    sheet.blocks += participants(table, seats, name: name)
    sheet.blocks += self.seats(seats)
    let reset = table.readers.flatMap { reader in
      resets.filter { $0.detail == "\(reader.id): reset" }.map { (reader.id, $0) }
    }
    if !reset.isEmpty { sheet.blocks.append(.heading("Passphrases reset")) }
    for (reader, act) in reset {
      sheet.blocks.append(
        .item("\(name(reader)): by \(act.principal.map(name) ?? "somebody"), \(act.at.utc.dropLast())Z"))
    }
    sheet.blocks += notProven(unproven.filter { $0.round == table.round })
    sheet.blocks.append(.heading("Confirmations of version \(table.versionTitle)"))
    sheet.blocks += table.readers.map { .item("\(name($0.id)): \($0.title)") }
    sheet.blocks.append(.heading("Grades"))
    sheet.blocks.append(.table(withRule(table)))
    let (worked, warnings) = worked(table, view)
    if !worked.isEmpty { sheet.blocks += [.heading("Worked out")] + worked.map { .item($0) } }
    if !warnings.isEmpty { sheet.blocks += [.heading("What does not go together")] + warnings.map { .item($0) } }
    if let reads = firstReads(table) { sheet.blocks += [.heading("Signed readings against the consensus"), reads] }
    let discussed = table.rows.filter {
      $0.isDisputed || $0.vote != nil || $0.note != nil || $0.rule?.overruled != nil
        || $0.grades.contains { $0?.mark != nil }
    }
    sheet.blocks.append(.heading("Discussed"))
    if discussed.isEmpty { sheet.blocks.append(.line("Nothing was disputed.")) }
    for row in discussed { sheet.blocks.append(.item(discussion(row, table))) }
    sheet.blocks += places(table, discussed: discussed)
    sheet.blocks += remarks(table, discussed: discussed, view)
    sheet.blocks.append(.heading("Log"))
    sheet.blocks += table.log.map { entry in
      // What is sealed has no principal in the audit trail, and so no mark.
      let isMarked =
        entry.text.utf8.starts(with: "\(entry.by) ".utf8)
        && unproven.contains { $0.at == entry.at && $0.principal == entry.by && $0.kind.isOfSession }
      return .item("\(entry.at.utc)  \(entry.text)" + (isMarked ? " (not proven to be \(entry.by))" : ""))
    }
    sheet.blocks.append(.line("Audit head \(head)"))
    return format == .text ? sheet.text() : sheet.markdown()
  }

  /// The grades, and beside a sequential change what the rule makes of what is agreed, if it was asked anywhere.
  private func withRule(_ table: ConsensusTable) -> [[String]] {
    let all = [columns(table)] + table.rows.map { cells($0, table) }
    let rules = table.rows.map { $0.rule?.outcome.grade?.title ?? "" }
    guard rules.contains(where: { !$0.isEmpty }) else { return all }
    return zip(all, ["the rule"] + rules).map { $0 + [$1] }
  }

  /// What was done after a reset of a passphrase by somebody who has not shown who they are.
  private func notProven(_ acts: [AuditEntry]) -> [MinutesPage.Block] {
    let people = Set(acts.compactMap(\.principal)).sorted()
    let items = people.map { person -> MinutesPage.Block in
      let own = acts.filter { $0.principal == person }
      let kinds = AuditKind.allCases.compactMap { kind -> String? in
        let count = own.count { $0.kind == kind }
        return count == 0 ? nil : count == 1 ? kind.title : "\(kind.title) (\(count))"
      }
      return .item(
        "\(name(person)): \(kinds.joined(separator: ", ")) \(own.first?.unproven?.mark(on: person) ?? "")")
    }
    return items.isEmpty ? [] : [.heading("Not proven")] + items
  }

  private func discussion(_ row: ConsensusRow, _ table: ConsensusTable) -> String {
    let finding = codebook[row.key.finding]
    func words(_ value: GradeValue?) -> String { value.map { finding?.words($0) ?? $0.text } ?? "not graded" }
    let said = table.columns.indices.map { index in
      let (column, grade) = (table.columns[index], row.grades[index])
      return "\(column.title) \(row.asked[index] ? words(grade?.value) : "not asked")"
        + (grade?.note.map { " (“\($0)”)" } ?? "")
        + (Self.place(grade).map { " (\($0))" } ?? "")
    }
    var parts = [
      table.isJoint ? row.title : "\(row.title): \(said.joined(separator: "; ")) (\(row.agreement.title))"
    ]
    if let vote = row.vote, let revealed = vote.revealed {
      let votes = Vote.words(
        revealed, under: table.columns.map(\.title), areNamed: table.areNamed, finding, on: vote.revealedQuestion,
        separator: "; ")
      let about = vote.revealedQuestion.map { " on \($0.title)" } ?? ""
      parts.append("\(vote.count > 1 ? "Last of \(vote.count) votes" : "Vote")\(about): \(votes)")
    }
    if let decision = row.decision {
      let how = decision.grade == nil ? nil : how(row, table)
      let agreed = decision.grade.map { "Agreed: \(words($0.value))" } ?? "Left unresolved"
      parts.append(agreed + (how.map { " (\($0))" } ?? ""))
      if let seen = Self.place(decision.grade) { parts.append("Kept with it: \(seen)") }
      if let cause = decision.cause { parts.append("Cause: \(cause.title)") }
      if let rationale = decision.rationale { parts.append("Rationale: \(rationale)") }
      if let rule = row.rule?.overruled { parts.append("Departs from the rule, which says \(rule.sentence)") }
    } else {
      parts.append("Not settled")
    }
    if let note = row.note { parts.append("Note: \(note)") }
    return parts.joined(separator: ". ") + "."
  }

  private func name(_ id: PrincipalID) -> String {
    guard let name = names[id], name != id.rawValue else { return id.rawValue }
    return "\(id) (\(name))"
  }

  // MARK: Figures

  package func figures(_ figures: ConsensusFigures, format: Format) -> String {
    guard figures.cases > 0 else { return "No consensus is recorded yet.\n" }
    var sheet = MinutesPage()
    sheet.blocks = [
      .heading("Consensus sessions: \(figures.cases) \(figures.cases == 1 ? "case" : "cases") recorded"),
      .line("Disputed findings: \(Self.share(figures.disputed))"),
      .heading("Reader disagreement index: consensus other than the reader's signed grade"),
    ]
    let readers = figures.readers.map(\.id)
    let rows = figures.findings.map { row in
      [codebook[row.id]?.title ?? row.id.rawValue, Self.share(row.disputed)]
        + readers.map { Self.share(row.disagreement[$0] ?? .init()) } + [Self.share(row.unresolved)]
    }
    let total =
      ["all findings", Self.share(figures.disputed)] + figures.readers.map { Self.share($0.disagreement) } + [""]
    sheet.blocks.append(.table([["finding", "disputed"] + readers.map(\.rawValue) + ["unresolved"]] + rows + [total]))
    sheet.blocks.append(.line(ConsensusFigures.remark))
    sheet.blocks.append(.heading("Readers"))
    let people = figures.readers.map { row in
      [row.id.rawValue, Self.share(row.followed), Self.share(row.followedWhereDisputed)]
        + ChangeOfMind.Direction.allCases.map { String(row.changes[$0] ?? 0) }
    }
    sheet.blocks.append(
      .table(
        [["reader", "consensus as first graded", "of disputed", "changes toward", "away", "other"]] + people))
    return format == .text ? sheet.text() : sheet.markdown()
  }

  /// `3/13 (23 %)`, `–` of nothing.
  private static func share(_ share: ConsensusFigures.Share) -> String {
    share.value.map { "\(share.count)/\(share.total) (\($0.percent) %)" } ?? "–"
  }

  /// `2026-03-01 14:02:11Z`.
  private static func duration(from start: Date, to end: Date) -> String {
    let minutes = Int(end.timeIntervalSince(start) / 60)
    return minutes < 1 ? "after less than a minute" : minutes == 1 ? "after 1 minute" : "after \(minutes) minutes"
  }
}
