// What somebody may take out of a study, as a value: every format is made from it, and from nothing else.

import ReviewCore

package struct StudyExport: Sendable {
  package var study: Study
  /// The study's own id, by which readings made here are known elsewhere.
  package var id: String
  package var readers: [PrincipalID]
  /// Those whose facts are all visible, in the order of their numbers.
  package var cases: [Case]
  /// Those of which some facts are withheld.
  package var withheld: [CaseID]
  /// Opened, published and imported ones, by case and round.
  package var opened: [OpenedCase]
  /// What was voted last on a finding of a session, by case and round, as `R1=present; R2=absent; R3=`.
  package var votes: [CaseID: [Int: [GradeKey: String]]]
  /// `Endplate 0.1.0`.
  package var program: String
  /// Whether notes, rationales and remarks go out too.
  package var hasNotes: Bool
  /// Whether the seed of the readers' orders is the principal's to know.
  package var knowsSeed: Bool
  /// Key images of `cases`; none unless they were asked for.
  package var images: [ExportedImage] = []
  /// Finished cases with their scripts.
  package var teaching: TeachingFile

  package init(
    study: Study, id: String, readers: [PrincipalID], cases: [Case], withheld: [CaseID] = [], opened: [OpenedCase],
    votes: [CaseID: [Int: [GradeKey: String]]] = [:], program: String, hasNotes: Bool = false, knowsSeed: Bool = false,
    teaching: TeachingFile = TeachingFile()
  ) {
    self.study = study
    self.id = id
    self.readers = readers
    self.cases = cases
    self.withheld = withheld
    self.opened = opened
    self.votes = votes
    self.program = program
    self.hasNotes = hasNotes
    self.knowsSeed = knowsSeed
    self.teaching = teaching
  }

  package var codebook: Codebook { study.codebook }

  /// A reading with the case it is of.
  package struct CaseReading {
    package var entry: OpenedCase
    package var reading: Reading
    /// A letter while the readers of the case are letters.
    package var reader: String { entry.title(of: reading) }
    package var isNamed: Bool { reading.state.isImported || entry.names.areKnown }
  }

  /// All final readings; of one case and round in the order of their readers' names, for that of the study would tell
  /// whose letter is which.
  package var readings: [CaseReading] {
    opened.flatMap { entry in
      entry.readings.filter(\.state.isFinal).map { CaseReading(entry: entry, reading: $0) }
        .sorted { ($0.reader, $0.reading.examination.months) < ($1.reader, $1.reading.examination.months) }
    }
  }

  /// Who read which of the open cases, in their last round, where not everybody did: as a study file names them.
  package var assign: [CaseReaders] {
    let named = opened.filter { $0.assigned != nil && $0.names.areKnown && $0.id.rawValue.isIdentifier }
    return cases.compactMap { patientCase in
      let last = named.filter { $0.id == patientCase.id }.max { $0.round < $1.round }
      let readers = readers.filter { last?.assigned?.contains($0) == true }
      return readers.isEmpty ? nil : CaseReaders(patientCase.id, readers)
    }
  }

  /// Cases whose readers are letters still.
  package var unnamed: [CaseID] { Set(readings.filter { !$0.isNamed }.map(\.entry.id)).inOrder(of: cases) }

  /// Open cases without a consensus.
  package var undecided: [CaseID] { Set(opened.filter { $0.consensus == nil }.map(\.id)).inOrder(of: cases) }

  /// Cases that are being read, or that nobody has opened.
  package var notOpen: [CaseID] { cases.map(\.id).filter { id in !opened.contains { $0.id == id } } }

  /// Where a reading was made.
  package func madeIn(_ reading: Reading) -> String { reading.madeIn(id) }
}

extension Set<CaseID> {
  fileprivate func inOrder(of cases: [Case]) -> [CaseID] { cases.map(\.id).filter(contains) }
}
