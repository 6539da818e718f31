// A signing sheet as facts: for the box on the screen, and a line each for the command.

import Grid
import ReviewCore

private let indent = 31

/// What is signed: grades with what belongs to them, the interval, the note, the rule, the warnings.
func signFacts(_ sheet: SigningSheet, _ codebook: Codebook) -> [Fact] {
  let version = sheet.version > 1 ? ", version \(sheet.version)" : ""
  let head = Fact(
    "", "case \(sheet.caseID), \(sheet.examination.title), round \(sheet.round)\(version)", .role(.heading, .bold),
    indent: 0)
  let amended = sheet.amendment.map { [Fact("amended because", $0, .role(.warning), indent: indent)] } ?? []
  let note = sheet.note.map { [Fact("note on the reading", "“\($0)”", indent: indent)] } ?? []
  return [head] + amended + grades(sheet, codebook) + interval(sheet, codebook) + unasked(sheet) + note
    + sheet.rules.flatMap { ruleFacts($0, sheet.previous, codebook) }
    + sheet.departing.map { departingFact($0, codebook) }
    + (sheet.unproven.map { [Fact("! not proven", $0.mark(on: sheet.reader), .role(.warning), indent: indent)] } ?? [])
    + sheet.warnings.map { Fact("! warning", $0.text, .role(.warning), indent: indent) }
}

/// The same without a screen.
package func signingText(_ sheet: SigningSheet, _ codebook: Codebook) -> [String] {
  signFacts(sheet, codebook).map(\.plain)
}

/// What is asked, graded or not, and what else is graded against the baseline.
private func grades(_ sheet: SigningSheet, _ codebook: Codebook) -> [Fact] {
  codebook.findings(at: sheet.examination).compactMap { finding in
    let key = GradeKey(sheet.examination, finding.id)
    let grade = sheet.unasked.contains(key) ? nil : sheet.grades[key]
    guard grade != nil || sheet.missing.contains(finding.id) else { return nil }
    var runs = gradeRuns(grade, finding)
    if sheet.unrated.contains(finding.id) { runs.append(("  how certain?", .role(.warning))) }
    return Fact(finding.title, runs, indent: indent)
  }
}

/// A grade with its confidence, image, bone and note.
func gradeRuns(_ grade: Grade?, _ finding: Finding) -> Line {
  guard let grade else { return [("not graded", .role(.warning))] }
  let extras = [
    grade.confidence.map { "certainty \($0) of 5" }, grade.whereSeen,
    grade.bone.map { "in \($0.title)" },
  ].compactMap { $0 }
  return valueRuns(grade.value, finding) + extras.map { ("  \($0)", .role(.muted)) }
    + (grade.note.map { [("  “\($0)”", .plain)] } ?? [])
}

/// The change since the previous examination, as far as it is graded: kept with the reading, not asked for.
private func interval(_ sheet: SigningSheet, _ codebook: Codebook) -> [Fact] {
  guard let previous = sheet.previous else { return [] }
  let findings = codebook.findings(at: sheet.examination, comparator: .previous)
  let graded = findings.compactMap { finding in
    let key = GradeKey(sheet.examination, finding.id, comparator: .previous)
    return sheet.unasked.contains(key) ? nil : sheet.grades[key].map { (finding, $0) }
  }
  let head = "since \(previous.title): \(graded.count) of \(findings.count) graded, not asked for"
  return [Fact("", head, .role(.muted), indent: 0)]
    + graded.map { finding, grade in Fact("  " + finding.title, gradeRuns(grade, finding), indent: indent) }
}

/// What was answered before it was no longer asked is not what is signed.
private func unasked(_ sheet: SigningSheet) -> [Fact] {
  let count = sheet.unasked.count
  guard count > 0 else { return [] }
  let words =
    count == 1
    ? "1 answer is not asked any more, and counts nowhere"
    : "\(count) answers are not asked any more, and count nowhere"
  return [Fact("", words, .role(.muted), indent: 0)]
}

/// What the rule says, and where another grade was given, why.
func ruleFacts(_ check: RuleCheck, _ previous: ExaminationID?, _ codebook: Codebook) -> [Fact] {
  let since = check.key.comparator == .previous ? previous.map { " since \($0.title)" } ?? "" : ""
  switch check.outcome {
  case .undecided(let missing):
    let names = missing.map { $0.words(codebook, at: check.key.examination) }
    let words = "cannot decide: needs \(names.joined(separator: ", "))"
    return [Fact("the rule" + since, words, .role(.muted), indent: indent)]
  case .grade(let rule):
    let said = Fact(
      "the rule" + since,
      [(rule.title, ruleStyle(rule, check.key.finding, codebook))] + rule.reasons.map { ("; \($0)", .role(.muted)) },
      indent: indent)
    guard check.overruled != nil, let given = check.given else { return [said] }
    let words = codebook[check.key.finding]?.words(given) ?? given.text
    let why =
      check.reason.map { "\(words), because: “\($0)”" } ?? "\(words), without a reason"
      + (check.isReasonOutdated ? " since it or the rule changed" : "")
    return [said, Fact("! the rule is overruled", why, .role(.warning), indent: indent)]
  }
}

/// A signed follow-up that this signature would leave departing from the rule.
private func departingFact(_ check: RuleCheck, _ codebook: Codebook) -> Fact {
  let given = check.given.map { codebook[check.key.finding]?.words($0) ?? $0.text } ?? ""
  let words = "signed as \(given); by this the rule says \(check.overruled?.sentence ?? "")"
  return Fact("! at \(check.key.examination.title)", words, .role(.warning), indent: indent)
}

extension Fact {
  /// `label: text`, for a line without a screen.
  var plain: String {
    let text = runs.map(\.0).joined()
    return label.isEmpty ? text : "\(label): \(text)"
  }
}
