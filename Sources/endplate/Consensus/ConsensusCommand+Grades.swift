// Opening a case, voting, and agreeing on grades.

import ArgumentParser
import CaseStore
import Desk
import Interchange
import ReviewCore

extension ConsensusCommand {
  struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "open", abstract: "Open a case: from now on its readings are seen, and do not change.")
    @OptionGroup var target: ConsensusCase

    func run() throws {
      let receipt = try StudyAccess().open(target.study).store.openForConsensus(target.id)
      Output.print("case \(target.id) is open; receipt \(receipt.head)")
    }
  }

  struct Vote: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "vote", abstract: "Call a vote on a finding, or vote on it in private.",
      discussion: """
        FINDING alone calls the vote; FINDING=VALUE votes, FINDING= abstains. Of bones and places the vote is on those that \
        the readers do not agree on: involved_bones=T5:yes,T6:no votes on them, with the others as all have them. Until the \
        reveal others see that you have voted, never what.
        """)
    @OptionGroup var target: ConsensusCase
    @Argument(help: ArgumentHelp("As rim, or rim=present.", valueName: "finding[=value]"))
    var finding: String
    @OptionGroup var examination: ConsensusExamination

    func run() throws {
      var voted = GradeKey(.baseline, "")
      let result = try target.act { store, table in
        if let (key, value) = try answered(store, table) {
          voted = key
          return .vote(key, value)
        }
        let (key, value) = try examination.assignment(finding, store.study().codebook)
        voted = key
        return value.map { .vote(key, $0) } ?? .call(key)
      }
      guard let row = result.table.row(voted), let vote = row.vote else { return }
      let waiting = vote.waiting.map(\.rawValue).joined(separator: ", ")
      let about = vote.question.map { " (\($0.title))" } ?? ""
      Output.print("\(row.title)\(about): " + (waiting.isEmpty ? "all have voted; reveal it" : "waits for \(waiting)"))
    }

    /// `T5:yes,T6:no` of the places that are voted on; nil where the text is no such answer.
    private func answered(_ store: StudyStore, _ table: ConsensusTable) throws -> (GradeKey, GradeValue)? {
      let codebook = try store.study().codebook
      let typed = Assignment(finding)
      guard let text = typed.value, let known = codebook.finding(named: typed.finding), known.isOfPlaces else {
        return nil
      }
      let key = try examination.key(typed.finding, codebook)
      // Bones that are not in question stay named as the voter had named them.
      let own = try store.caseView(target.id).reading(of: store.principal.id, key.examination)?.grades[key]?.value
      do { return try table.row(key)?.vote?.question?.value(text, own: own).map { (key, $0) } } catch {
        throw Failure(.badData, "\(known.title): \(error)")
      }
    }
  }

  struct Reveal: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reveal", abstract: "Show all votes on a finding at once.")
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

  struct CallOff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "call-off", abstract: "Call off an open vote; what was voted in it is never shown.")
    @OptionGroup var target: ConsensusCase
    @Argument(help: "The finding.")
    var finding: String
    @OptionGroup var examination: ConsensusExamination

    func run() throws {
      var called = GradeKey(.baseline, "")
      let result = try target.act { store, _ in
        called = try examination.key(finding, store.study().codebook)
        return .callOff(called)
      }
      Output.print("\(result.table.row(called)?.title ?? finding): the vote is called off")
    }
  }

  struct Agree: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "agree", abstract: "Record agreed grades, or take over what all graded alike.",
      discussion: """
        FINDING=VALUE records a grade, FINDING= leaves the finding unresolved, FINDING alone adopts what the majority \
        holds. A grade that no reader gave needs --rationale. What a codebook file grades place by place is written \
        collapse=T12:none,L1:over_half, or collapse.T12=none; without places it is all of them.
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
      var table = try store.consensusTable(target.id)
      // All are checked before the first is recorded.
      let assignments = try findings.flatMap {
        try examination.assignments($0, codebook) { examination.places($0, codebook, in: table) }
      }
      if unanimous { table = try store.consensus(target.id, .takeOver(nil)).table }
      let grades = try assignments.reduce(into: [GradeKey: AgreedGrade]()) { grades, assignment in
        grades[assignment.key] = try grade(assignment.value, assignment.key, table, rationale)
      }
      // Of several places those that are agreed on already are left as they are; where all are, that is said.
      let open = grades.filter { table.row($0.key)?.decision != $0.value }
      if !grades.isEmpty {
        let seen = table.rows.reduce(into: [GradeKey: AgreedGrade]()) { $0[$1.key] = $1.decision }
        table = try store.consensus(target.id, .agree(open.isEmpty ? grades : open, instead: seen)).table
      }
      Output.print(
        "case \(target.id): version \(table.versionTitle), \(table.rows.count - table.unsettled.count) of \(table.rows.count) settled"
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
    static let configuration = CommandConfiguration(
      commandName: "note", abstract: "Write a note on a finding into the record.")
    @OptionGroup var target: ConsensusCase
    @Argument(help: ArgumentHelp("As \"rim=not closed on T2W\"; empty takes the note away.", valueName: "finding=text"))
    var note: String
    @OptionGroup var examination: ConsensusExamination

    func run() throws {
      let result = try target.act { store, _ in
        let typed = Assignment(note)
        guard let value = typed.value else { throw Failure(.badData, "write the note as FINDING=TEXT") }
        let text = try recorded(value, "the note")
        return .note(try examination.key(typed.finding, store.study().codebook), text)
      }
      Output.print("case \(target.id): version \(result.table.versionTitle)")
    }
  }
}

extension Agreed: ExpressibleByArgument {}
extension DiscrepancyCause: ExpressibleByArgument {}
