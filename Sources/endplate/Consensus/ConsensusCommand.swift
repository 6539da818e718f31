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
      ?? known.first {
        $0.shortTitle.replacing(" ", with: "_") == name.lowercased().replacing("-", with: "_")
      }
    guard let finding = named else {
      let places = codebook.finding(named: name).map { codebook.places(of: $0) } ?? []
      if let first = places.first(where: known.contains) {
        throw Failure(.badData, "\(name) is graded place by place; name one place, as \(first.id)")
      }
      throw Failure(
        .badData,
        Assignment.noFinding("‘\(name)’ at \(examination.title)", like: name, among: known))
    }
    return GradeKey(examination, finding.id, comparator: previous ? .previous : .baseline)
  }

  /// `rim=present` as the finding and its grade; nil for an empty value, and nothing for no `=`.
  func assignment(_ text: String, _ codebook: Codebook) throws -> (
    key: GradeKey, value: GradeValue??
  ) {
    let all = try assignments(text, codebook) { _ in [] }
    guard let only = all.first, all.count == 1 else {
      throw Failure(.badData, "‘\(text)’ names \(all.count) places; one vote is about one")
    }
    return only
  }

  /// The same of a finding that is graded place by place: `collapse=T12:none,L1:over_half`, or `collapse` or `collapse=`
  /// for all its places.
  ///
  /// - Parameter asked: the places at which it is to be agreed on.
  func assignments(
    _ text: String, _ codebook: Codebook, at asked: (Finding) -> [GradeKey]
  ) throws -> [(key: GradeKey, value: GradeValue??)] {
    let typed = Assignment(text)
    if let whole = codebook.finding(named: typed.finding), !codebook.places(of: whole).isEmpty {
      guard let value = typed.value, !value.isEmpty else {
        let keys = asked(whole)
        if keys.isEmpty { _ = try key(typed.finding, codebook) }
        return keys.map { ($0, typed.value == nil ? nil : .some(nil)) }
      }
      do {
        return try codebook.cells(of: whole, value).map { cell, value in
          let grade: GradeValue? = value.isEmpty ? nil : try cell.value(value, in: .any)
          return (key: try key(cell.id.rawValue, codebook), value: .some(grade))
        }
      } catch let failure as Failure { throw failure } catch {
        throw Failure(.badData, words(of: error))
      }
    }
    let named = try key(typed.finding, codebook)
    guard let value = typed.value else { return [(named, nil)] }
    guard !value.isEmpty, let finding = codebook[named.finding] else {
      return [(named, .some(nil))]
    }
    do { return [(named, .some(try finding.value(value, in: .any)))] } catch {
      throw Failure(.badData, error.description)
    }
  }

  /// The places of a finding that a session is to agree on.
  func places(_ whole: Finding, _ codebook: Codebook, in table: ConsensusTable) -> [GradeKey] {
    let cells = Set(codebook.places(of: whole).map(\.id))
    let (examination, comparator) = (
      ExaminationID(typed: examination), previous ? Comparator.previous : .baseline
    )
    return table.rows.map(\.key).filter {
      cells.contains($0.finding) && $0.examination == examination && $0.comparator == comparator
    }
  }
}

extension ConsensusCase {
  /// Who has spoken for which version, and the receipt.
  func tell(_ result: ConsensusResult) {
    let table = result.table
    let standings = table.readers.map { "\($0.id) \($0.standing.title)" }.joined(separator: ", ")
    Output.print("case \(id): version \(table.versionTitle), \(table.stage.title); \(standings)")
    Output.print("receipt \(result.receipt.head)")
  }
}
