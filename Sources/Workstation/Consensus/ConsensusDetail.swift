// The finding under the cursor: votes, notes, bones, the agreed grade, and how each reader's grades look.

import Figures
import Grid
import ReviewCore

/// Rows below the list.
func detailHeight(_ state: State, _ area: Rect) -> Int {
  let isWide = area.width >= 110 && area.height >= 30
  // What the whole list leaves is room for larger pictures.
  let left = area.height - 1 - state.consensus.rows.count
  return isWide ? max(area.height >= 50 ? 11 : 14, min(left, area.height * 3 / 5)) : min(8, area.height / 2)
}

/// - Parameters:
///   - agreement, grades: what has no room in the list, and is said here.
func renderDetail(
  _ state: State, _ table: ConsensusTable, _ row: ConsensusRow, _ finding: Finding, _ area: Rect, agreement: Bool,
  grades: Bool, _ canvas: inout Canvas
) {
  canvas.put(String(repeating: "─", count: area.width), x: area.x, y: area.y, .role(.border))
  canvas.put(" \(row.title) ", x: area.x + 1, y: area.y, .role(.heading, .bold), clip: area)
  if agreement { canvas.put(" \(row.agreement.title) ", right: area.maxX - 1, y: area.y, .role(.muted)) }
  var area = area
  if state.hasImagesBeside, let images = state.consensusImages {
    state.drawImagesBeside(&canvas, images)
    area.width = images.x - 2 - area.x
  }
  let pictures = picturesHeight(state, row, area)
  let text = Rect(x: area.x + 1, y: area.y + 1, width: area.width - 2, height: max(0, area.height - 1 - pictures))
  _ = canvas.put(detailLines(state, table, row, finding, grades: grades), in: text)
  guard pictures > 0 else { return }
  drawPictures(
    table, finding, state.session.codebook,
    Rect(x: area.x, y: area.maxY - pictures, width: area.width, height: pictures), &canvas)
}

func detailLines(
  _ state: State, _ table: ConsensusTable, _ row: ConsensusRow, _ finding: Finding, grades: Bool = false
) -> [(String, Style)] {
  func words(_ value: GradeValue?) -> String { value.map(finding.ranged) ?? "not graded" }
  var lines: [(String, Style)] = []
  if let vote = row.vote, vote.isOpen {
    let voted = vote.voted.isEmpty ? "" : ": voted \(vote.voted.map(\.rawValue).joined(separator: ", "))"
    let waiting = vote.waiting.map(\.rawValue).joined(separator: ", ")
    let own: String
    switch vote.own {
    // Not what: others may look at this screen too. While readers take turns, not whether: another one sits here.
    case _ where state.consensus.turns != nil: own = ""
    case .cast: own = "; your vote is in, v changes it"
    case .sealed, nil: own = vote.waiting.contains(state.session.principal.id) ? "; v votes" : ""
    }
    lines.append(
      (
        "vote \(vote.count) is open\(voted)" + (waiting.isEmpty ? "; r reveals" : "; waits for \(waiting)")
          + own + (state.consensus.isHost && state.consensus.turns == nil ? "; X calls it off" : ""),
        .role(.focus, .bold)
      ))
    if let question = vote.question {
      let rest = question.tally.agreed.isEmpty ? "" : "; the rest is taken as agreed"
      lines.append(("in question: \(question.title)\(rest)", .plain))
    }
  } else if let revealed = row.vote?.revealed {
    let question = row.vote?.revealedQuestion
    let votes = Vote.words(
      revealed, under: table.columns.map(\.title), areNamed: table.areNamed, finding, on: question)
    lines.append(("last vote\(question.map { " on \($0.title)" } ?? ""): \(votes)", .plain))
  }
  if let decision = row.decision {
    var text = decision.grade.map { "agreed: \(words($0.value))" } ?? "left unresolved"
    if let how = table.words(decision.how), decision.grade != nil { text += ", \(how)" }
    if let cause = decision.cause { text += "; cause: \(cause.title)" }
    if let rationale = decision.rationale { text += "; \(rationale)" }
    lines.append((text, .role(row.outvoted == nil ? .good : .warning)))
    if let outvoted = row.outvoted { lines.append((departure(outvoted, decision, words), .role(.warning))) }
  } else if let suggestion = row.suggestion, !row.hasOpenVote {
    let how = table.words(suggestion.how).map { ", \($0)" } ?? ""
    let said = words(suggestion.grade?.value) + how
    lines.append(
      (WhyNotInSession.readsIt(state) ? "Enter adopts \(said)" : "the readers can adopt \(said)", .role(.accent)))
  } else if !row.hasOpenVote {
    let ways = state.isJoint ? state.consensus.isHost ? "v calls a vote" : "" : WhyNotInSession.waysToSettle(state)
    let why = state.isJoint ? "this is not agreed yet" : whyOpen(table, row)
    lines.append((ways.isEmpty ? why : "\(why): \(ways)", .role(.accent)))
  }
  if grades || table.columns.count > 3 {
    // Columns that have no room for words; who agrees is named once.
    let all = grouped(zip(table.columns.map(\.title), row.positions.map { firstOf(words($0)) }))
    lines.append((all.map { "\($0.names.joined(separator: ", ")): \($0.said)" }.joined(separator: "; "), .plain))
  }
  let unasked = zip(table.columns, row.asked).filter { !$1 }.map(\.0.title)
  if !unasked.isEmpty {
    lines.append(
      ("not asked of \(unasked.joined(separator: ", ")), who signed before the codebook had it", .role(.muted)))
  }
  if let spread = finding.spreadWords(row.positions) { lines.append((spread, .plain)) }
  if let check = row.rule { lines += ruleLines(check, state.session.codebook) }
  lines += workedLines(state, table, row, finding)
  if !state.isJoint {
    lines += (state.consensus.worked?.warnings[row.key.examination] ?? []).map { ("! \($0.text)", .role(.warning)) }
  }
  if let note = row.note { lines.append(("note: \(note)", .plain)) }
  lines += remarks(table, row, words).map { ($0, .plain) }
  if finding.isOfPlaces {
    lines += disputed(table, row, finding).map { ($0, .role(.warning)) }
  }
  if let standings = standings(table, state.consensus.turns?.now ?? state.session.principal.id) {
    lines.insert(standings, at: table.unsettled.isEmpty || table.tooFewLeft != nil ? 0 : lines.count)
  }
  return lines
}

/// Why no grade can be adopted.
private func whyOpen(_ table: ConsensusTable, _ row: ConsensusRow) -> String {
  let graded = zip(table.columns, row.positions).filter { $1 != nil }.map(\.0.title)
  return switch graded.count {
  case 0: "nobody has graded it"
  case 1 where row.positions.count > 1: "only \(graded[0]) graded it"
  default: "no grade has a majority"
  }
}

/// What is said with all who say it, in the order in which it is said first.
private func grouped(
  _ said: some Sequence<(String, String)>
) -> [(said: String, names: [String])] {
  said.reduce(into: []) { groups, entry in
    if let index = groups.firstIndex(where: { $0.said == entry.1 }) {
      groups[index].names.append(entry.0)
    } else {
      groups.append((entry.1, [entry.0]))
    }
  }
}

/// The first of a long list, and how many more: the whole of it stands where one reader's grade is looked at.
private func firstOf(_ list: String) -> String {
  let parts = list.split(separator: ", ")
  return parts.count <= 6 ? list : parts.prefix(5).joined(separator: ", ") + " +\(parts.count - 5)"
}

/// The places that readers differ on, those on which they differ alike together: `≠ C1–T4, L2: A, B, D yes; C no`.
private func disputed(_ table: ConsensusTable, _ row: ConsensusRow, _ finding: Finding) -> [String] {
  var groups: [(marks: [BoneTally.Mark], places: [BoneTally.Place])] = []
  for item in row.tally(finding).disputed {
    if let index = groups.firstIndex(where: { $0.marks == item.marks }) {
      groups[index].places.append(item.place)
    } else {
      groups.append((item.marks, [item.place]))
    }
  }
  if groups.isEmpty, Set(row.positions.compactMap { $0 }).count > 1 {
    let said = grouped(zip(table.columns.map(\.title), row.positions.map { $0.map(finding.ranged) ?? "not graded" }))
    return [
      "≠ the same bones, stated otherwise: "
        + said.map { "\($0.names.joined(separator: ", ")) \($0.said)" }.joined(separator: "; ")
    ]
  }
  return groups.map { marks, places in
    let said = zip(table.columns.map(\.title), marks.map { VoteQuestion.words($0, finding) })
    let words =
      table.columns.count > 3
      ? grouped(said).map { "\($0.names.joined(separator: ", ")) \($0.said)" }.joined(separator: "; ")
      : said.map { "\($0) \($1)" }.joined(separator: ", ")
    return "≠ \(BoneTally.titles(places).joined(separator: ", ")): \(words)"
  }
}

/// `! the last vote was for absent, 2 of 3; agreed is present: e changes it, R says why`.
private func departure(_ vote: VoteOutcome, _ decision: AgreedGrade, _ words: (GradeValue?) -> String) -> String {
  let count = vote.votes > 0 ? ", \(vote.votes) of \(vote.of)" : ""
  return "! the last vote was for \(words(vote.value))\(count); agreed is \(words(decision.grade?.value)): "
    + (decision.rationale == nil ? "e changes it, R says why" : "e changes it")
}

/// What the readers remarked and where they saw it, each thing once with all who said it.
private func remarks(_ table: ConsensusTable, _ row: ConsensusRow, _ words: (GradeValue?) -> String) -> [String] {
  var said: [(words: String, readers: [String])] = []
  for (column, grade) in zip(table.columns, row.grades) {
    let extras = [grade?.bone?.title, grade?.whereSeen, grade?.note.map { "“\($0)”" }].compactMap { $0 }
    guard !extras.isEmpty else { continue }
    let text = "\(words(grade?.value)): \(extras.joined(separator: ", "))"
    if let index = said.firstIndex(where: { $0.words == text }) {
      said[index].readers.append(column.title)
    } else {
      said.append((text, [column.title]))
    }
  }
  return said.map { "\($0.readers.joined(separator: ", ")) \($0.words)" }
}

/// What the rules of a codebook file make of what is agreed: at the place of the row, and of the whole.
private func workedLines(
  _ state: State, _ table: ConsensusTable, _ row: ConsensusRow, _ finding: Finding
) -> [(String, Style)] {
  guard !state.session.codebook.isPlain, let worked = state.consensus.worked, worked.table == table else { return [] }
  return worked.outcome.lines.compactMap { examination, derived in
    guard examination == row.key.examination, derived.finding.cell.map({ $0.place == finding.cell?.place }) ?? true
    else { return nil }
    let level = derived.value?.levelIDs.first.flatMap { derived.finding.level($0) }
    let style: Style = derived.value == nil ? .role(.muted) : level.map(levelStyle) ?? .plain
    return ("\(derived.finding.title): \(derived.words)", style)
  }
}

/// What the rule makes of the agreed findings, and whether the agreed grade departs from it.
func ruleLines(_ check: RuleCheck, _ codebook: Codebook) -> [(String, Style)] {
  switch check.outcome {
  case .undecided(let missing):
    let names = missing.map { $0.words(codebook, at: check.key.examination) }.joined(separator: ", ")
    return [("the rule cannot decide on what is agreed: needs \(names)", .role(.muted))]
  case .grade(let rule):
    let said = ("the rule on what is agreed: \(rule.sentence)", ruleStyle(rule, check.key.finding, codebook))
    guard check.overruled != nil else { return [said] }
    return [
      said,
      check.lacksReason
        ? ("! departs from the rule without a reason: R gives one, e agrees on another grade", .role(.warning))
        : ("! departs from the rule, for the reason given", .role(.warning)),
    ]
  }
}

/// Who has spoken for the version, and once all is settled for whom it waits.
private func standings(_ table: ConsensusTable, _ me: PrincipalID) -> (String, Style)? {
  let spoken = table.readers.filter { !$0.isAwaited }.map { "\($0.id) \($0.title)" }
  if table.tooFewLeft != nil { return (table.waits, .role(.warning, .bold)) }
  guard table.unsettled.isEmpty, table.stage != .recorded else {
    return spoken.isEmpty ? nil : (spoken.joined(separator: "; "), .role(.muted))
  }
  // Who has spoken is not invited again.
  let waiting =
    table.waits
    + (table.pending.contains(me)
      ? "; C confirms version \(table.version)"
      : table.readers.contains { $0.id == me && $0.standing.isAbsent && $0.left == nil }
        ? "; you are recorded absent: C confirms all the same" : "")
  return ((["all is settled"] + spoken + [waiting]).joined(separator: "; "), .role(.focus, .bold))
}

/// Pictures are of the baseline, and only where something is left for words, and each reader's is wide enough.
private func picturesHeight(_ state: State, _ row: ConsensusRow, _ area: Rect) -> Int {
  let readers = max(1, row.grades.count)
  return state.session.codebook.hasPictures && row.key.examination.isBaseline && area.height >= 12
    && area.width / readers >= 24 ? max(8, min(22, area.height * 2 / 3)) : 0
}

/// The lesion as each reader graded it, on the sequences of the finding, side by side.
private func drawPictures(
  _ table: ConsensusTable, _ finding: Finding, _ codebook: Codebook, _ area: Rect, _ canvas: inout Canvas
) {
  let width = area.width / max(1, table.columns.count)
  let sequences = finding.sequences.isEmpty ? MRSequence.allCases : finding.sequences
  for (index, column) in table.columns.enumerated() {
    let rect = Rect(x: area.x + index * width, y: area.y, width: width - 2, height: area.height)
    canvas.put(column.title, x: rect.x + 1, y: rect.y, .role(.heading, .bold), clip: rect)
    let grades = table.rows.reduce(into: [FindingID: GradeValue]()) { grades, row in
      if row.key.examination.isBaseline { grades[row.key.finding] = row.grades[index]?.value }
    }
    LesionPicture(LesionAppearance(codebook, grades: grades), sequences: sequences, largest: rect.size)
      .draw(into: &canvas, rect: Rect(x: rect.x + 3, y: rect.y, width: rect.width - 3, height: rect.height))
  }
}
