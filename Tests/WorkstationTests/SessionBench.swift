// A consensus session without a store: the rules of ReviewCore, and everybody's acts in one place.

import Foundation
import Interchange
import ReviewCore
import SampleCases

@testable import Workstation

extension Bench {
  /// The practice study at its first reader's seat, with case 1 open for consensus and shown.
  static func session(_ width: Int = 80, _ height: Int = 24) throws -> Bench {
    var bench = try Bench.practice(width, height)
    bench.open("1")
    bench.act(.changedElsewhere)
    bench.press("c")
    return bench
  }

  /// The practice cases as they are read together, with the joint reading of case 2 shown.
  static func joint(_ width: Int = 80, _ height: Int = 24) throws -> Bench {
    var sample = try SampleStudies.practice(SampleCases.files)
    var studyProtocol = sample.study.studyProtocol
    studyProtocol.mode = .joint
    sample.study = Study(title: "Joint", studyProtocol: studyProtocol, isIllustrative: true)
    sample.readings = []
    var bench = Bench(sample, width, height)
    bench.open("2")
    bench.act(.changedElsewhere)
    bench.press("↓c")
    return bench
  }

  mutating func open(_ id: CaseID) {
    guard let patientCase = sample.cases.first(where: { $0.id == id }) else { return }
    sessions[id] = Deliberation(
      caseID: id, codebook: sample.study.codebook, examinations: patientCase.examinations.map(\.id),
      readers: state.session.readers.map(\.id), readings: readings.filter { $0.caseID == id }.map(\.reading))
  }

  func stage(of id: CaseID) -> CaseStage {
    if let session = sessions[id] { return session.isRecorded ? .recorded : .inDiscussion }
    return sample.published[id] == nil ? .reading : .published
  }

  /// What somebody does at a seat of their own.
  mutating func play(_ move: ConsensusMove, by id: PrincipalID) throws(ConsensusRefusal) {
    guard let caseID = state.consensus.caseID, var session = sessions[caseID],
      let principal = state.session.principals.first(where: { $0.id == id })
    else { return }
    let act = try session.act(move, by: principal)
    session.apply(ConsensusEvent(at: .distantPast, by: id, version: session.version, act: act))
    sessions[caseID] = session
  }

  func table(_ id: CaseID) -> ConsensusTable? {
    sessions[id].map {
      ConsensusTable(
        $0,
        names: $0.isRecorded
          ? ReaderNames(known: ["R1", "R2", "R3"])
          : ReaderNames(shuffled: ["R3", "R1", "R2"] + $0.readers.dropFirst(3)),
        stage: stage(of: id), openedAt: .distantPast,
        openedBy: "coordinator", viewer: state.session.principal.id)
    }
  }

  mutating func answer(_ effect: SessionEffect) -> [Action] {
    switch effect {
    case .load(let id): return view(id).map { [.session(.loaded($0, table(id)))] } ?? []
    case .open(let id):
      open(id)
      return view(id).map { [.session(.loaded($0, table(id)))] } ?? []
    case .act(let id, let move, let guest):
      do throws(ConsensusRefusal) { try play(move, by: guest ?? state.session.principal.id) } catch {
        switch (error, move) {
        case (.rationaleNeeded, .agree(let grades, _)), (.departureNeedsReason, .agree(let grades, _)):
          return grades.first.map { [.session(.asksRationale($0.key, $0.value))] } ?? []
        case (.versionIsNow, _), (.absenceIsOtherwise, _), (.agreedMeanwhile, _):
          guard let view = view(id), let table = table(id) else { return [] }
          return [.session(.outdated(view, table, move, as: guest, why: error.description))]
        default: return [.failed(error.description)]
        }
      }
      return table(id).map { [.session(.acted($0, view(id)))] } ?? []
    case .admit(let reader, let passphrase):
      guard let wanted = passphrases[reader] else { return [.session(.admitted(reader))] }
      guard let passphrase else { return [.session(.asksPassphrase(reader))] }
      return passphrase == wanted ? [.session(.admitted(reader))] : [.failed("that is not the passphrase of \(reader)")]
    case .loadAgenda:
      return [
        .session(
          .agenda(
            sessions.keys.sorted().map { id in
              AgendaRow(
                id: id, patient: view(id)?.patientCase.patient ?? "", stage: stage(of: id), table: table(id))
            }))
      ]
    case .loadFigures: return [.session(.figures(ConsensusFigures(Array(sessions.values))))]
    case .dismissGuests, .join, .leave, .share, .lead, .handOver: return []
    }
  }
}

extension Bench {
  /// Case 1 with a grade or *unresolved* agreed for everything, the rim present.
  static func settled(_ width: Int = 80, _ height: Int = 24) throws -> Bench {
    var bench = try Bench.session(width, height)
    try bench.play(
      .agree([GradeKey(.baseline, Codebook.ID.rimSign): AgreedGrade(Grade(.level("present")))], instead: nil), by: "R2")
    for row in bench.table("1")?.rows ?? [] where row.decision == nil {
      try bench.play(.agree(row.key, AgreedGrade(nil)), by: "R2")
    }
    bench.act(.changedElsewhere)
    return bench
  }

  /// The last row.
  var footer: String { frame().line(state.size.height - 1) }
}

/// The live seats of three readers, from the one that leads or is this one's own on.
func room(host: String, own: String = "a", at focus: SessionFocus? = nil) -> Action {
  let members = [
    Room.Member(seat: "a", principal: "R1"), Room.Member(seat: "b", principal: "R2"),
    Room.Member(seat: "c", principal: "R3"),
  ]
  return .session(
    .room(Room(members: members.filter { $0.seat >= min(host, own) }, host: host, own: own, focus: focus)))
}
