// What the tests of consensus sessions share: three readers, readings in short, a session played by hand.

import Foundation
import ReviewCore

typealias ID = Codebook.ID

let r1 = Principal("R1", role: .reader)
let r2 = Principal("R2", role: .reader)
let r3 = Principal("R3", role: .reader)
let threeReaders = [r1, r2, r3]

/// A session of one case, played without a store.
struct Table {
  var session: Deliberation

  /// - Parameter grades: per finding what R1, R2 and R3 graded at the baseline; nil is not graded.
  init(_ grades: [FindingID: [GradeValue?]], examinations: [ExaminationID] = [.baseline]) {
    let readings = threeReaders.enumerated().map { index, reader in
      Reading(
        reader: reader.id, examination: .baseline, state: .signed(.distantPast),
        grades: grades.reduce(into: [:]) { $0[GradeKey(.baseline, $1.key)] = $1.value[index].map { Grade($0) } })
    }
    session = Deliberation(
      caseID: "1", codebook: .vertebralOsteomyelitis, examinations: examinations, readers: threeReaders.map(\.id),
      readings: readings)
  }

  /// A session whose readers agree on everything but the findings given.
  static func agreeing(except grades: [FindingID: [GradeValue?]]) -> Table {
    let all = Codebook.vertebralOsteomyelitis.findings(in: .baseline).map(\.id)
    let alike = all.reduce(into: [FindingID: [GradeValue?]]()) {
      $0[$1] = [.notAssessable, .notAssessable, .notAssessable]
    }
    return Table(alike.merging(grades) { _, new in new })
  }

  mutating func play(_ move: ConsensusMove, by principal: Principal = r1) throws(ConsensusRefusal) {
    let act = try session.act(move, by: principal)
    session.apply(ConsensusEvent(at: .distantPast, by: principal.id, version: session.version, act: act))
  }

  /// Why a move cannot be done; nil when it can.
  func refusal(_ move: ConsensusMove, by principal: Principal = r1) -> ConsensusRefusal? {
    do throws(ConsensusRefusal) { _ = try session.act(move, by: principal) } catch { return error }
    return nil
  }

  func seen(by viewer: PrincipalID = "R1", showsNames: Bool = false, order: [PrincipalID] = ["R2", "R3", "R1"])
    -> ConsensusTable
  {
    ConsensusTable(
      session, names: showsNames ? ReaderNames(known: order) : ReaderNames(shuffled: order), stage: .inDiscussion,
      openedAt: .distantPast, openedBy: "R1",
      viewer: viewer)
  }
}

func key(_ finding: FindingID) -> GradeKey { GradeKey(.baseline, finding) }
