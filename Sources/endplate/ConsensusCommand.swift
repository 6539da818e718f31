// A consensus session from the command line: every act that the screen can do.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import Interchange
import ReviewCore

struct ConsensusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consensus", abstract: "Turn signed readings into one recorded consensus.",
    discussion: """
      Open a case, take over what all readers graded alike, vote on the rest, agree on a grade for each finding, and let \
      every reader confirm. A vote is private until it is revealed.
      """,
    subcommands: [
      Open.self, Status.self, Vote.self, Reveal.self, Agree.self, Note.self, Confirm.self, Dissent.self, Absent.self,
      Reopen.self, Minutes.self, Figures.self,
    ], defaultSubcommand: Status.self)
}

/// The case, and the examination that findings without one of their own are of.
struct ConsensusCase: ParsableArguments {
  @OptionGroup var study: StudyOptions

  @Argument(help: "The case's id.")
  var patientCase: String

  var id: CaseID { CaseID(patientCase) }

  /// Does one act and says where the case stands.
  func act(_ move: (StudyStore, ConsensusTable) throws -> ConsensusMove) throws -> ConsensusResult {
    let store = try StudyAccess().open(study).store
    return try store.consensus(id, try move(store, try store.consensusTable(id)))
  }
}

struct ConsensusExamination: ParsableArguments {
  @Option(help: ArgumentHelp("baseline, or the months of a follow-up.", valueName: "e"))
  var examination: String = "baseline"

  @Flag(help: "The grade against the examination before, not against the baseline.")
  var previous = false

  /// The finding a person means.
  func key(_ name: String, _ codebook: Codebook) throws -> GradeKey {
    let examination = Double(examination).map { ExaminationID(months: $0) } ?? ExaminationID(examination)
    let known = codebook.findings(at: examination)
    let named =
      known.first { $0.id == codebook.finding(named: name)?.id }
      ?? known.first { $0.shortTitle.replacing(" ", with: "_") == name.lowercased().replacing("-", with: "_") }
    guard let finding = named else {
      let near = Spelling.nearest(to: name, in: known.flatMap { [$0.id.rawValue] + $0.aliases })
      throw Failure(
        .badData,
        "there is no finding ‘\(name)’ at \(examination.title); "
          + (near.map { "did you mean ‘\($0)’?" } ?? "there is \(known.map(\.id.rawValue).joined(separator: ", "))"))
    }
    return GradeKey(examination, finding.id, comparator: previous ? .previous : .baseline)
  }

  /// `rim=present` as the finding and its grade; nil for an empty value, and nothing for no `=`.
  func assignment(_ text: String, _ codebook: Codebook) throws -> (key: GradeKey, value: GradeValue??) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let key = try key(parts[0], codebook)
    guard parts.count == 2 else { return (key, nil) }
    guard !parts[1].isEmpty, let finding = codebook[key.finding] else { return (key, .some(nil)) }
    do { return (key, .some(try finding.value(parts[1]))) } catch {
      throw Failure(.badData, error.description)
    }
  }
}

extension ConsensusCommand {
  struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Open a case: from now on its readings are seen, and do not change.")
    @OptionGroup var target: ConsensusCase

    func run() throws {
      let receipt = try StudyAccess().open(target.study).store.openForConsensus(target.id)
      Output.print("case \(target.id) is open; receipt \(receipt.head)")
    }
  }

  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say where a case stands, or which cases wait for a consensus.")
    @OptionGroup var study: StudyOptions

    @Argument(help: "The case's id; without it all cases that are ready, open or recorded.")
    var patientCase: String?

    @Flag(help: "Findings in the order of the codebook, not the disputed ones first.")
    var codebookOrder = false

    func run() throws {
      let store = try StudyAccess().open(study).store
      guard let patientCase else { return try agenda(store) }
      let text = ConsensusText(codebook: try store.study().codebook, principals: try store.principals())
      let id = CaseID(patientCase)
      let view = try store.caseView(id)
      guard view.stage.isOpen, view.stage != .published else { return tell(view) }
      let table = try store.consensusTable(id)
      Output.print(text.status(table, disputedFirst: !codebookOrder).trimmingCharacters(in: .newlines))
    }

    /// Of a case that is not talked about: what there is to wait for.
    private func tell(_ view: CaseView) {
      let waiting = view.signatures.filter { !$0.isSigned }.map(\.reader.rawValue).joined(separator: ", ")
      let words =
        switch view.stage {
        case .published: "its consensus is published; ‘endplate show \(view.id)’ prints it"
        case .ready: "ready; ‘endplate consensus open \(view.id)’ opens it"
        default: waiting.isEmpty ? "not ready yet" : "not ready yet, \(waiting) still to sign"
        }
      Output.print("case \(view.id): \(words)")
    }

    private func agenda(_ store: StudyStore) throws {
      let query = WorklistQuery(sort: .number)
      let count = try store.counts().cases
      let rows = try store.worklist(query, limit: count).rows.filter { $0.stage != .reading }
      if rows.isEmpty {
        Output.print(count == 0 ? "the study has no cases yet" : "no case is ready: some reader has still to sign")
      }
      for row in rows {
        var line = "case \(row.id)  \(row.patient)  \(row.stage.title)"
        if row.stage.isOpen, row.stage != .published, let table = try? store.consensusTable(row.id) {
          line += "  disputed \(table.disputed.count), open \(table.unsettled.count), version \(table.version)"
        }
        Output.print(line)
      }
    }
  }

  struct Vote: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Call a vote on a finding, or vote on it in private.",
      discussion: """
        FINDING alone calls the vote; FINDING=VALUE votes, FINDING= abstains. Until the reveal others see that you have \
        voted, never what.
        """)
    @OptionGroup var target: ConsensusCase
    @Argument(help: ArgumentHelp("As rim, or rim=present.", valueName: "finding[=value]"))
    var finding: String
    @OptionGroup var examination: ConsensusExamination

    func run() throws {
      var voted = GradeKey(.baseline, "")
      let result = try target.act { store, _ in
        let (key, value) = try examination.assignment(finding, store.study().codebook)
        voted = key
        return value.map { .vote(key, $0) } ?? .call(key)
      }
      guard let row = result.table.row(voted), let vote = row.vote else { return }
      let waiting = vote.waiting.map(\.rawValue).joined(separator: ", ")
      Output.print("\(row.title): " + (waiting.isEmpty ? "all have voted; reveal it" : "waits for \(waiting)"))
    }
  }

  struct Reveal: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show all votes on a finding at once.")
    @OptionGroup var target: ConsensusCase
    @Argument(help: "The finding.")
    var finding: String
    @OptionGroup var examination: ConsensusExamination

    func run() throws {
      var before = 0
      let result = try target.act { store, table in
        before = table.log.count
        return .reveal(try examination.key(finding, store.study().codebook))
      }
      for entry in result.table.log.dropFirst(before) { Output.print(entry.text) }
    }
  }

  struct Agree: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record agreed grades, or take over what all graded alike.",
      discussion: """
        FINDING=VALUE records a grade, FINDING= leaves the finding unresolved, FINDING alone adopts what the majority \
        holds. A grade that no reader gave needs --rationale.
        """)
    @OptionGroup var target: ConsensusCase
    @Argument(help: ArgumentHelp("As rim=present.", valueName: "finding[=value]"))
    var findings: [String] = []
    @OptionGroup var examination: ConsensusExamination
    @Flag(help: "Take over every finding that all readers graded alike, of all examinations.")
    var unanimous = false
    @Option(help: "unanimous, majority or discussed; worked out from grades and votes unless said.")
    var how: Agreed?
    @Option(help: "Why the readers differed: entry_slip, missed_finding, definition, image_quality, true_disagreement.")
    var cause: DiscrepancyCause?
    @Option(help: ArgumentHelp("Why this grade.", valueName: "text"))
    var rationale: String?

    func validate() throws {
      if findings.isEmpty, !unanimous { throw ValidationError("name findings as rim=present, or add --unanimous") }
    }

    func run() throws {
      let rationale = try rationale.map { try recorded($0, "--rationale") }
      let store = try StudyAccess().open(target.study).store
      let codebook = try store.study().codebook
      // All are checked before the first is recorded.
      let assignments = try findings.map { try examination.assignment($0, codebook) }
      var table = try store.consensusTable(target.id)
      if unanimous { table = try store.consensus(target.id, .takeOver(nil)).table }
      let grades = try assignments.reduce(into: [GradeKey: AgreedGrade]()) { grades, assignment in
        grades[assignment.key] = try grade(assignment.value, assignment.key, table, rationale)
      }
      if !grades.isEmpty {
        let seen = table.rows.reduce(into: [GradeKey: AgreedGrade]()) { $0[$1.key] = $1.decision }
        table = try store.consensus(target.id, .agree(grades, instead: seen)).table
      }
      Output.print(
        "case \(target.id): version \(table.version), \(table.rows.count - table.unsettled.count) of \(table.rows.count) settled"
      )
    }

    private func grade(
      _ value: GradeValue??, _ key: GradeKey, _ table: ConsensusTable, _ rationale: String?
    ) throws -> AgreedGrade {
      guard let row = table.row(key) else {
        throw StoreError.consensus(.noSuchFinding(key.finding.rawValue, target.id))
      }
      var agreed: AgreedGrade
      if let value {
        agreed = row.agreed(value.map { Grade($0) }, how: how)
      } else {
        guard let suggestion = row.suggestion else {
          throw Failure(.badData, "\(row.title): no grade has a majority; name one as \(key.finding)=VALUE")
        }
        agreed = row.agreed(suggestion.grade, how: how ?? suggestion.how)
      }
      if let cause { agreed.cause = cause }
      if let rationale { agreed.rationale = rationale }
      return agreed
    }
  }

  struct Note: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write a note on a finding into the record.")
    @OptionGroup var target: ConsensusCase
    @Argument(help: ArgumentHelp("As \"rim=not closed on T2W\"; empty takes the note away.", valueName: "finding=text"))
    var note: String
    @OptionGroup var examination: ConsensusExamination

    func run() throws {
      let result = try target.act { store, _ in
        let parts = note.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw Failure(.badData, "write the note as FINDING=TEXT") }
        let text = try recorded(parts[1], "the note")
        return .note(try examination.key(parts[0], store.study().codebook), text)
      }
      Output.print("case \(target.id): version \(result.table.version)")
    }
  }

  struct Confirm: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Confirm a version of the consensus as your own.",
      discussion: "‘consensus status’ says which version it is. A change after it asks you again.")
    @OptionGroup var target: ConsensusCase
    @Argument(help: ArgumentHelp("The version, as 1.12.", valueName: "version"))
    var agreedVersion: ConsensusVersion

    func run() throws { target.tell(try target.act { _, _ in .confirm(agreedVersion) }) }
  }

  struct Dissent: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Dissent from a version, on the record.")
    @OptionGroup var target: ConsensusCase
    @Argument(help: ArgumentHelp("The version, as 1.12.", valueName: "version"))
    var agreedVersion: ConsensusVersion
    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    func run() throws {
      target.tell(try target.act { _, _ in .dissent(agreedVersion, reason: try recorded(reason, "--reason")) })
    }
  }

  struct Absent: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record that a reader is absent.",
      discussion: "Nothing waits for an absent reader, until they vote, confirm or dissent themselves.")
    @OptionGroup var target: ConsensusCase
    @Argument(help: "The reader.")
    var reader: String
    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    func run() throws {
      let reader = PrincipalID(reader)
      target.tell(
        try target.act { _, table in
          .absent(reader, reason: try recorded(reason, "--reason"), records: table.isRecorded(without: reader))
        })
    }
  }

  struct Reopen: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a recorded consensus up again as a new version; the old one stays.")
    @OptionGroup var target: ConsensusCase
    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    func run() throws {
      let access = StudyAccess()
      try PresentedCase.refuseChange(
        of: target.id, in: try access.path(target.study.study), environment: access.environment)
      target.tell(try target.act { _, table in .reopen(table.version, reason: try recorded(reason, "--reason")) })
    }
  }

  struct Minutes: StudyReport {
    static let configuration = CommandConfiguration(
      abstract: "Print what happened: votes, grades, causes, rationale, confirmations.")
    @OptionGroup var study: StudyOptions
    @Argument(help: "The cases.")
    var cases: [String]
    @Option(help: "text or markdown.")
    var format: ConsensusText.Format = .text

    func run(_ access: StudyAccess) throws {
      let store = try access.open(study).store
      let study = try store.study()
      let text = ConsensusText(codebook: study.codebook, principals: try store.principals())
      let head = try store.info().auditHead
      let resets = try store.audit(AuditFilter(kinds: [.passphraseCodeIssued]))
      let parts = try cases.map { id in
        text.minutes(try store.consensusTable(CaseID(id)), study: study, head: head, resets: resets, format: format)
      }
      Output.print(parts.joined(separator: "\n").trimmingCharacters(in: .newlines))
    }
  }

  struct Figures: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say how often readers differed, from each other and from the consensus.")
    @OptionGroup var study: StudyOptions
    @Option(help: "text or markdown.")
    var format: ConsensusText.Format = .text

    func run() throws {
      let store = try StudyAccess().open(study).store
      let text = ConsensusText(codebook: try store.study().codebook, principals: try store.principals())
      Output.print(text.figures(try store.consensusFigures(), format: format).trimmingCharacters(in: .newlines))
    }
  }
}

extension ConsensusCase {
  /// Who has spoken for which version, and the receipt.
  fileprivate func tell(_ result: ConsensusResult) {
    let table = result.table
    let standings = table.readers.map { "\($0.id) \($0.standing.title)" }.joined(separator: ", ")
    Output.print("case \(id): version \(table.version), \(table.stage.title); \(standings)")
    Output.print("receipt \(result.receipt.head)")
  }
}

extension ConsensusVersion: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
extension Agreed: ExpressibleByArgument {}
extension DiscrepancyCause: ExpressibleByArgument {}
extension ConsensusText.Format: ExpressibleByArgument {}
