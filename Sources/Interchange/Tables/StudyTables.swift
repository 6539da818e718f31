// The list of a study's tables.

import ReviewCore

package struct StudyTables: Sendable {
  package let study: Study
  /// In the order in which they stand in the tables.
  package let cases: [TableCase]

  package init(_ study: Study, _ cases: [TableCase]) {
    self.study = study
    self.cases = cases
  }

  package struct Entry: Sendable {
    /// As on the command line.
    package let name: String
    package let about: String
    /// Whether it needs the grades agreed on.
    package let needsConsensus: Bool
    package let make: @Sendable (StudyTables) -> [Table]
  }

  package static let all: [Entry] = [
    Entry(name: "1", about: "patients, histology, cultures, diagnosis", needsConsensus: false) { [$0.patients] },
    Entry(name: "2", about: "MR imaging findings", needsConsensus: true) { [$0.findings] },
    Entry(name: "3", about: "therapy, follow-up, outcome", needsConsensus: true) { [$0.courses] },
    Entry(name: "flow", about: "study population", needsConsensus: false) { [$0.flow] },
    Entry(name: "summary", about: "group figures with intervals", needsConsensus: true) { $0.summary },
  ]

  /// The cases without a consensus, in order.
  package var casesWithoutConsensus: [CaseID] { cases.filter { $0.consensus == nil }.map(\.id) }

  // MARK: Notes that several tables share

  var patientsInTitle: String { "\(cases.count) \(cases.count == 1 ? "patient" : "patients")" }

  /// Whose grades a table shows, and which cases have none.
  var gradeNotes: [String] {
    let origins = Set(cases.compactMap { $0.consensus?.origin })
    var notes = origins.contains(.session) ? ["Grades as the readers agreed on them in consensus."] : []
    if origins.contains(.imported) { notes.append("Grades as agreed on elsewhere, and imported.") }
    if origins.contains(.published), !study.isConstructed { notes.append("Grades as published.") }
    if !casesWithoutConsensus.isEmpty {
      notes.append("No consensus is recorded of \(Self.list(casesWithoutConsensus)); nothing stands in for it.")
    }
    notes += sourceNotes
    if study.isIllustrative { notes.append("The readings behind the grades are made up for practice.") }
    return notes + notAsked
  }

  /// What was not asked of cases that were agreed on by an earlier version of the codebook, a sentence a version.
  private var notAsked: [String] {
    study.codebook.former.compactMap { former in
      let version = former.codebook.version
      let ids = cases.filter { entry in
        entry.consensus.map { $0.origin != .imported && $0.codebook == version } ?? false
      }.map(\.id)
      let added = study.codebook.added(since: version)
      guard !ids.isEmpty, !added.isEmpty else { return nil }
      return
        "\(Self.list(ids).capitalizedFirst) by version \(version) of the codebook (now \(study.codebook.version)): not asked, and so "
        + "not missing, \(added.words)."
    }
  }

  /// Where the cases come from, and whether they are of patients.
  var sourceNotes: [String] {
    if study.isConstructed { return ["Constructed for teaching: no patients, and no figures of a publication."] }
    return study.source.map { ["Source: \($0)."] } ?? []
  }

  /// A sentence on a fact that is not stated of some cases; nil where it is stated of all.
  func notStated(_ fact: String, of isMissing: (Case) -> Bool) -> String? {
    let missing = cases.filter { isMissing($0.patientCase) }.map(\.id)
    guard !missing.isEmpty else { return nil }
    return "Not stated of \(missing.count == cases.count ? "any case" : Self.list(missing)): \(fact)."
  }

  /// `case 4`, `cases 1, 2, 7`.
  package static func list(_ ids: [CaseID]) -> String {
    "\(ids.count == 1 ? "case" : "cases") \(ids.map(\.rawValue).joined(separator: ", "))"
  }
}
