// Records grades from the command line, as the grading screen does.

import ArgumentParser
import CaseStore
import Desk
import ReviewCore
import Workstation

struct GradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade", abstract: "Record grades of an examination, and sign it.",
    discussion: """
      A value is a level (present), several (iso,hyper), bones (T10,L1,upper_sacrum), changes per bone \
      (T11:increased,L2:decreased), a number (12.5), not-assessable, not-acquired, or nothing to take the grade away. What \
      a codebook file grades place by place is written collapse=T12:none,L1:over_half, or collapse.T12=none. All of them \
      are recorded, or none.
      """)

  @OptionGroup var study: StudyOptions

  @Argument(help: "The case's id.")
  var patientCase: String

  @Argument(help: ArgumentHelp("As rim=present t2w=iso,hyper.", valueName: "finding=value"))
  var grades: [String] = []

  @Option(help: ArgumentHelp("baseline, or the months of a follow-up.", valueName: "e"))
  var examination: String = "baseline"

  @Option(
    help: ArgumentHelp(
      "baseline or previous: what a follow-up is compared with. A signature asks for the baseline only.",
      valueName: "comparator"))
  var against: Comparator = .baseline

  @Option(help: ArgumentHelp("The round; the one being read unless said.", valueName: "r"))
  var round: Int?

  @Option(help: ArgumentHelp("A note on a finding; once for each.", valueName: "finding=text"))
  var note: [String] = []

  @Option(
    help: ArgumentHelp(
      "How certain you are of a finding, 1 (guess) to 5, where the protocol asks; once for each.",
      valueName: "finding=n"))
  var confidence: [String] = []

  @Flag(help: "Sign the reading: \"\(StudyStore.meaning)\"")
  var sign = false

  @Option(help: ArgumentHelp("Amend a signed reading first, for this reason.", valueName: "text"))
  var reason: String?

  func validate() throws {
    if grades.isEmpty, note.isEmpty, confidence.isEmpty, reason == nil, !sign {
      throw ValidationError("say what to record as FINDING=VALUE, or --sign what is recorded")
    }
  }

  func run() throws {
    let (store, _) = try StudyAccess().open(study)
    let codebook = try store.study().codebook
    let id = CaseID(patientCase)
    let examination = ExaminationID(typed: examination)
    let view = try store.caseView(id)
    guard view.patientCase.examination(examination) != nil else {
      let known = view.patientCase.examinations.map(\.id.rawValue).joined(separator: ", ")
      throw Failure(.noInput, "case \(id) has no examination ‘\(examination)’ that you may grade; it has \(known)")
    }
    if against == .previous, view.patientCase.followUp(before: examination) == nil {
      let why = examination.isBaseline ? "the baseline has no comparator" : "the baseline is the one before"
      throw Failure(.usage, "case \(id), \(examination.title): \(why); leave --against out")
    }
    let before = view.reading(of: store.principal.id, examination)
    var changes: [GradeKey: Grade?] = [:]
    var noted: Set<GradeKey> = []
    var faults: [String] = []
    /// What was given already: the option, and the grade that it is about.
    var given: Set<String> = []
    func assign(_ text: String, _ option: String = "a grade", to change: (inout Grade?, Finding, String) throws -> Void)
    {
      let typed = Assignment(text)
      guard let value = typed.value else { return faults.append("‘\(text)’: write it as FINDING=VALUE") }
      guard let finding = codebook.finding(named: typed.finding) else {
        return faults.append(
          Assignment.noFinding("‘\(typed.finding)’", like: typed.finding, among: codebook.findings))
      }
      if finding.isDerived { return faults.append("\(finding.id) is worked out from the other findings, not graded") }
      if codebook.places(of: finding).isEmpty { return assign(value, option, finding, change) }
      do {
        for (cell, value) in try codebook.cells(of: finding, value) { assign(value, option, cell, change) }
      } catch { faults.append(words(of: error)) }
    }
    func assign(
      _ value: String, _ option: String, _ finding: Finding, _ change: (inout Grade?, Finding, String) throws -> Void
    ) {
      guard given.insert("\(option) \(finding.id)").inserted else {
        return faults.append("\(finding.id) is given \(option) twice; leave one out")
      }
      guard codebook.findings(at: examination).contains(finding) else {
        return faults.append(
          "\(finding.id) is graded at \(finding.phase == .baseline ? "the baseline" : "follow-ups"), not at \(examination)"
        )
      }
      guard codebook.findings(at: examination, comparator: against).contains(finding) else {
        return faults.append("\(finding.id) says how things are and compares with nothing; leave --against out")
      }
      let key = GradeKey(examination, finding.id, comparator: against)
      var grade = changes[key] ?? before?.grades[key]
      do { try change(&grade, finding, value) } catch { faults.append(words(of: error)) }
      changes[key] = .some(grade)
    }
    for text in grades {
      assign(text) { grade, finding, value in
        guard !value.isEmpty else { return grade = nil }
        let value = try finding.value(value, in: view.patientCase.bones)
        grade = grade?.with(value) ?? Grade(value)
      }
    }
    for text in note {
      assign(text, "a note") { grade, finding, words in
        guard grade != nil else { throw Failure(.badData, "\(finding.id) has no grade to note on; grade it first") }
        grade?.note = words.isEmpty ? nil : try recorded(words, "--note \(finding.id)")
        grade?.overrules = nil
        noted.insert(GradeKey(examination, finding.id, comparator: against))
      }
    }
    for text in confidence {
      assign(text, "a confidence") { grade, finding, words in
        guard grade != nil else {
          throw Failure(.badData, "\(finding.id) has no grade to be certain of; grade it first")
        }
        guard words.isEmpty || Int(words).map((1...5).contains) == true else {
          throw Failure(.badData, "\(finding.id): ‘\(words)’ is not a confidence; use 1 (guess) to 5 (certain)")
        }
        grade?.confidence = Int(words)
      }
    }
    guard faults.isEmpty else {
      let lines = faults.enumerated().map { $0 == 0 ? $1 : "endplate: \($1)" }
      throw Failure(.badData, lines: lines + ["nothing was recorded"])
    }
    let reason = try reason.map { try recorded($0, "--reason") }
    let change = GradeChange(id, examination, round: round, grades: changes)
      .explaining(noted, in: view, by: store.principal.id, of: try store.study())
    // What is asked with the clinical data is signed by being graded, with or without --sign.
    let signs = sign || change.asksAgain(codebook)
    let signed = signs ? try signing(change, amending: reason, store) : nil
    if !signs, let reason {
      _ = try store.amend(id, examination, version: before?.version ?? 1, reason: reason, with: change)
    } else if !signs {
      _ = try store.record(change)
    }
    if !changes.isEmpty {
      var graded = before?.grades ?? [:]
      for (key, grade) in changes { graded[key] = grade }
      let after = view.recording(change, by: store.principal.id, codebook)
      let findings = codebook.asked(at: examination, comparator: against, of: after, by: store.principal.id).shown
      for key in changes.keys.sorted(by: { $0.finding < $1.finding })
      where changes[key] != .some(nil) && !findings.contains(where: { $0.id == key.finding }) {
        Output.error("\(key.finding) is not asked of this case as it is graded; the grade is kept and counts nowhere")
      }
      let done = findings.count { graded[GradeKey(examination, $0.id, comparator: against)] != nil }
      let compared = against == .previous ? " against the previous examination" : ""
      Output.print("case \(id), \(examination.title): \(done) of \(findings.count) graded\(compared)")
    }
    guard let (sheet, receipt) = signed else { return }
    for line in signingText(sheet, codebook) { Output.print(line) }
    Output.print("signed: “\(receipt.meaning)” receipt \(receipt.receipt.head)")
    try askAgain(store, codebook)
  }

  /// Records and signs in one act what stands at this moment, which is what is printed; or does neither.
  /// With the option that is the cure here.
  private func cured(_ obstacle: SigningObstacle) -> String {
    guard case .noConfidence(let findings) = obstacle, let first = findings.first else { return obstacle.description }
    return "\(obstacle): --confidence \(first)=4"
  }

  private func signing(
    _ change: GradeChange, amending reason: String?, _ store: StudyStore
  ) throws -> (SigningSheet, SigningReceipt) {
    let (id, examination) = (change.caseID, change.examination)
    let sheet = try store.signingSheet(id, examination, with: change, amending: reason)
    let isAnswer = try change.asksAgain(store.study().codebook)
    if isAnswer, reason != nil {
      throw Failure(
        .usage,
        lines: [
          "what is asked with the clinical data is a version of its own; amend the rest without it, or leave --reason out",
          "nothing was recorded",
        ])
    }
    let isSigned = try store.caseView(id).reading(of: store.principal.id, examination)?.state.isSigned ?? false
    // An answer comes to readings that are signed: what is not graded in them their signature says.
    let obstacles = sheet.obstacles.filter { if case .notGraded = $0 { !isAnswer } else { true } }
    guard (isSigned && reason == nil && !isAnswer) || obstacles.isEmpty else {
      throw Failure(
        .badData,
        lines: obstacles.map { "not signed: \(cured($0))" } + ["nothing was recorded"])
    }
    return (sheet, try store.sign(id, examination, with: change, amending: reason, seen: sheet))
  }

  /// Once all of the case is signed: what its protocol asks with the clinical data.
  private func askAgain(_ store: StudyStore, _ codebook: Codebook) throws {
    let view = try store.caseView(CaseID(patientCase))
    let own = view.readings.filter { $0.reader == store.principal.id && $0.round == view.round }
    let answered = Set(own.flatMap { $0.values().keys })
    let asked = codebook.askedAfterwards.map(\.id).filter { !answered.contains($0) }
    guard view.withheld.isEmpty, own.count == view.patientCase.examinations.count, own.allSatisfy(\.state.isSigned),
      !asked.isEmpty
    else { return }
    Output.print(
      "case \(view.id): its clinical data are shown now (\(NextStep.command("show \(view.id)"))); grade with them: "
        + asked.map(\.rawValue).joined(separator: ", "))
  }
}

extension Comparator: ExpressibleByArgument {}
