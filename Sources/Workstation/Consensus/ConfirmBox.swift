// What a reader is about to confirm: every finding with what was agreed, what changed since they confirmed first.

import Grid
import ReviewCore
import TextSafety

/// The box before a confirmation. It shows one version, and that version is what Enter confirms.
package struct ConfirmBox: Hashable, Sendable {
  /// A reader who acts at this screen; nil is its own principal.
  package let guest: PrincipalID?
  package var version: ConsensusVersion
  /// What was shown before it changed under the reader's eyes; nil while nothing did.
  package var before: ConfirmedContent?
  package var scroll = 0

  init(as guest: PrincipalID?, _ table: ConsensusTable, before: ConfirmedContent? = nil) {
    self.guest = guest
    version = table.version
    self.before = before
  }
}

extension ConsensusTable {
  /// What there is to confirm now.
  var content: ConfirmedContent {
    ConfirmedContent(
      version: version, decisions: rows.reduce(into: [:]) { $0[$1.key] = $1.decision },
      notes: rows.reduce(into: [:]) { $0[$1.key] = $1.note })
  }

  /// Rows whose agreed grade or note is another one than in some content.
  func changed(since content: ConfirmedContent) -> [ConsensusRow] {
    rows.filter { content.decisions[$0.key] != $0.decision || content.notes[$0.key] != $0.note }
  }
}

extension State {
  mutating func openConfirmation(as guest: PrincipalID?, before: ConfirmedContent? = nil) {
    overlay = consensus.table.map { SessionDialog.confirm(ConfirmBox(as: guest, $0, before: before)) }
  }

  /// The open box shows the version as it is now; what changed stands first, and is not confirmed before it was seen.
  mutating func refreshConfirmation(shown: ConsensusTable?) {
    guard case .confirm(let box)? = overlay as? SessionDialog, let table = consensus.table, table.version != box.version
    else { return }
    openConfirmation(as: box.guest, before: box.before ?? shown?.content)
    message = Message("the consensus changed to version \(table.version); what changed stands first", .warning)
  }

  func pagedConfirmation(_ box: ConfirmBox, _ table: ConsensusTable) -> PagedBox {
    let reader = box.guest ?? session.principal.id
    let unresolved = table.rows.count { $0.decision?.how == .unresolved }
    let departing = table.rows.count { $0.rule?.overruled != nil }
    let head = [
      Fact(
        "", "\(reader), this is version \(box.version) of the consensus of case \(table.caseID)",
        .role(.heading, .bold),
        indent: 0),
      Fact(
        "",
        "\(table.rows.count.counted("finding")): \(table.rows.count - unresolved) agreed, \(unresolved) left unresolved"
          + (departing == 0 ? "" : ", \(departing) other than the rule's"), indent: 0),
    ]
    // A version that goes on with a recorded one is there for a reason.
    let reopened = table.log.filter { $0.kind == .reopened && $0.version.number == table.version.number }
      .map { Fact("", $0.text, .role(.warning), indent: 0) }
    let warnings = consensus.view?.patientCase.examinations.flatMap { examination in
      (consensus.worked?.warnings[examination.id] ?? []).map { warning in
        let place = examination.id.isBaseline ? "" : "\(examination.id.title): "
        return Fact("", "! \(place)\(warning.text)", .role(.warning), indent: 0)
      }
    }
    return PagedBox(
      facts: head + reopened + (warnings ?? [])
        + sections(box, table, of: reader).flatMap { title, style, rows in
          [.blank, Fact("", title, style, indent: 0)] + rows
        }, footer: [.blank], keys: "Enter confirms it as your own   D dissents")
  }

  private typealias Section = (title: String, style: Style, rows: [Fact])

  private func sections(_ box: ConfirmBox, _ table: ConsensusTable, of reader: PrincipalID) -> [Section] {
    let confirmed = table.readers.first { $0.id == reader }?.confirmed
    let sinceShown = box.before.map { table.changed(since: $0) } ?? []
    let sinceConfirmed = confirmed.map { known in
      table.changed(since: known).filter { row in !sinceShown.contains { $0.key == row.key } }
    }
    let told = Set((sinceShown + (sinceConfirmed ?? [])).map(\.key))
    let rest = table.disputedFirst.filter { !told.contains($0.key) }
    let labels = labels(table)
    let indent = max(31, (labels.values.map(\.count).max() ?? 0) + 2)
    func facts(_ rows: [ConsensusRow], was before: ConfirmedContent? = nil) -> [Fact] {
      rows.flatMap { agreedFacts($0, labels[$0.key] ?? $0.title, was: before, indent: indent) }
    }
    let warning = Style.role(.warning, .bold)
    var sections: [Section] = []
    if let before = box.before {
      let none = sinceShown.isEmpty ? [unchanged(table, since: before)] : []
      sections.append(("changed while you looked", warning, none + facts(sinceShown, was: before)))
    }
    if let confirmed, let changed = sinceConfirmed, !changed.isEmpty || box.before == nil {
      let none = changed.isEmpty ? [unchanged(table, since: confirmed)] : []
      sections.append(
        ("changed since you confirmed \(confirmed.version)", warning, none + facts(changed, was: confirmed)))
    }
    sections.append((told.isEmpty && confirmed == nil ? "all findings" : "the rest", .role(.heading), facts(rest)))
    return sections
  }

  /// Why there is another version, though all that was agreed stands as it did.
  private func unchanged(_ table: ConsensusTable, since content: ConfirmedContent) -> Fact {
    let isReopened = content.version.number != table.version.number
    return .remark("no grade or note changed" + (isReopened ? " since it was reopened" : ": it was discussed"))
  }

  /// `rim sign`, `marrow, 5 months`, `foci, 8 vs 3 months`: the findings as the list calls them.
  private func labels(_ table: ConsensusTable) -> [GradeKey: String] {
    let names = consensusNames(self)
    return table.rows.reduce(into: [:]) { labels, row in
      let (name, examination) = (names[row.key.finding] ?? row.title, row.key.examination)
      let before = row.key.comparator == .previous ? consensus.view?.patientCase.followUp(before: examination) : nil
      let when = before.map { "\(examination) vs \($0.title)" } ?? examination.title
      labels[row.key] = examination.isBaseline ? name : "\(name), \(when)"
    }
  }

  /// A finding with what was agreed and why, and where it was another grade before, that one.
  private func agreedFacts(
    _ row: ConsensusRow, _ label: String, was before: ConfirmedContent?, indent: Int
  ) -> [Fact] {
    guard let finding = session.codebook[row.key.finding] else { return [] }
    func agreed(_ decision: AgreedGrade?) -> Line {
      guard let decision else { return [("not settled", .role(.warning))] }
      guard let grade = decision.grade else { return [("unresolved", .role(.warning))] }
      return gradeRuns(grade, finding)
        + (consensus.table?.words(decision.how).map { [("  \($0)", .role(.muted))] } ?? [])
        + (decision.cause.map { [("  cause: \($0.title)", .role(.muted))] } ?? [])
        + (decision.rationale.map { [("  because: “\($0)”", .plain)] } ?? [])
    }
    var facts = [Fact(label, agreed(row.decision), indent: indent)]
    if let before, before.decisions[row.key] != row.decision {
      facts.append(Fact("  before", agreed(before.decisions[row.key]), indent: indent))
    }
    if let note = row.note { facts.append(Fact("  note", "“\(note)”", indent: indent)) }
    if let rule = row.rule?.overruled {
      facts.append(Fact("  ! other than the rule's", rule.sentence, .role(.warning), indent: indent))
    }
    if let vote = row.outvoted {
      facts.append(Fact("  ! other than the last vote's", finding.words(vote.value), .role(.warning), indent: indent))
    }
    return facts
  }
}

extension State {
  /// After a refusal because another seat changed what was shown: the box again, with what was typed, on what there is
  /// now. Nothing is asked where it cannot be done any more.
  mutating func askAgain(
    _ move: ConsensusMove, as guest: PrincipalID?, _ table: ConsensusTable, shown: ConsensusTable?
  ) {
    let isOpen = table.stage != .recorded
    switch move {
    case .confirm where isOpen && table.unsettled.isEmpty: openConfirmation(as: guest, before: shown?.content)
    case .dissent(_, let reason) where isOpen:
      overlay = SessionDialog.text(.dissent(as: guest, table.version), LineEditor(reason))
    case .absent(let reader, let reason, _) where isOpen:
      overlay = SessionDialog.text(.absent(reader, records: table.isRecorded(without: reader)), LineEditor(reason))
    case .reopen(_, let reason) where !isOpen:
      overlay = SessionDialog.text(.reopen(table.version), LineEditor(reason))
    case .agree(let grades, _) where isOpen:
      guard let (key, grade) = grades.first, let rationale = grade.rationale else { break }
      overlay = SessionDialog.text(.rationale(key, grade, instead: table.row(key)?.decision), LineEditor(rationale))
    default: consensus.turns = nil
    }
  }
}
