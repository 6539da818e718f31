// Opened cases for tests: those of the practice study, and small ones made by hand.

import Agreement
import Foundation
import Interchange
import ReaderAgreement
import ReviewCore
import SampleCases

typealias ID = Codebook.ID

let three: [PrincipalID] = ["R1", "R2", "R3"]

/// The practice study with the three cases opened that all readers have signed.
struct Practice {
  let study: Study
  let opened: [OpenedCase]
  /// The opened cases.
  let patients: [Case]

  init() throws {
    let sample = try SampleStudies.practice(SampleCases.files)
    study = sample.study
    opened = ["1", "4", "6"].map { (id: CaseID) in
      OpenedCase(
        id: id, round: 1, readings: sample.readings.filter { $0.caseID == id }.map(\.reading), consensus: nil)
    }
    patients = sample.cases.filter { ["1", "4", "6"].contains($0.id) }
  }

  init(study: Study, opened: [OpenedCase], patients: [Case]) {
    (self.study, self.opened, self.patients) = (study, opened, patients)
  }

  var agreement: StudyAgreement { get throws { try StudyAgreement(study, readers: three, opened: opened) } }
}

/// A signed reading with these grades.
func reading(
  _ reader: PrincipalID, at examination: ExaminationID = .baseline, round: Int = 1, version: Int = 1,
  state: ReadingState = .signed(Date(timeIntervalSince1970: 0)), _ grades: [FindingID: GradeValue]
) -> Reading {
  Reading(
    reader: reader, examination: examination, round: round, version: version, state: state,
    grades: Dictionary(uniqueKeysWithValues: grades.map { (GradeKey(examination, $0.key), Grade($0.value)) }))
}

/// A case in which each reader gave one grade of one finding; nil for a reading without it.
func opened(
  _ id: CaseID, _ finding: FindingID, _ values: [GradeValue?], at examination: ExaminationID = .baseline, round: Int = 1
) -> OpenedCase {
  OpenedCase(
    id: id, round: round,
    readings: zip(three, values).map { reader, value in
      reading(reader, at: examination, round: round, value.map { [finding: $0] } ?? [:])
    }, consensus: nil)
}

extension StudyAgreement {
  /// The item with this id, in the first comparison that has it.
  func item(_ id: String) -> RatedItem? { findings.lazy.flatMap(\.allItems).first { $0.id == id } }
}

extension RatedItem {
  /// The cells, a line an examination, `-` for a missing one.
  var lines: [String] { cells.map { $0.map { $0 ?? "-" }.joined(separator: " ") } }
}

func isNear(_ statistic: Statistic?, _ value: Double) -> Bool { abs((statistic?.value ?? .nan) - value) < 1e-12 }
