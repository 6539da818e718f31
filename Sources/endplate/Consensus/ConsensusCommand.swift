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
      Open.self, Status.self, Vote.self, Reveal.self, CallOff.self, Agree.self, Note.self, Confirm.self, Dissent.self,
      Absent.self,
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
    let examination = ExaminationID(typed: examination)
    let known = codebook.findings(at: examination)
    let named =
      known.first { $0.id == codebook.finding(named: name)?.id }
      ?? known.first { $0.shortTitle.replacing(" ", with: "_") == name.lowercased().replacing("-", with: "_") }
    guard let finding = named else {
      throw Failure(.badData, Assignment.noFinding("‘\(name)’ at \(examination.title)", like: name, among: known))
    }
    return GradeKey(examination, finding.id, comparator: previous ? .previous : .baseline)
  }

  /// `rim=present` as the finding and its grade; nil for an empty value, and nothing for no `=`.
  func assignment(_ text: String, _ codebook: Codebook) throws -> (key: GradeKey, value: GradeValue??) {
    let typed = Assignment(text)
    let key = try key(typed.finding, codebook)
    guard let value = typed.value else { return (key, nil) }
    guard !value.isEmpty, let finding = codebook[key.finding] else { return (key, .some(nil)) }
    do { return (key, .some(try finding.value(value))) } catch {
      throw Failure(.badData, error.description)
    }
  }
}

extension ConsensusCase {
  /// Who has spoken for which version, and the receipt.
  func tell(_ result: ConsensusResult) {
    let table = result.table
    let standings = table.readers.map { "\($0.id) \($0.standing.title)" }.joined(separator: ", ")
    Output.print("case \(id): version \(table.version), \(table.stage.title); \(standings)")
    Output.print("receipt \(result.receipt.head)")
  }
}
