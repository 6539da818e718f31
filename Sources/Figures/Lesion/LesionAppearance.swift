// What the grades of an examination say of how a lesion looks, sequence by sequence.

import ReviewCore

/// A lesion as graded. Whatever is not graded is not in it, so that a picture can build up finding by finding.
package struct LesionAppearance: Hashable, Sendable {
  /// What is inside the lesion on one sequence.
  package enum Core: Hashable, Sendable {
    case notGraded
    case notAssessable
    case notAcquired
    /// Levels of the signal or enhancement finding; several where several occur.
    case levels([LevelID])
  }

  package enum Disks: Hashable, Sendable { case notGraded, preserved, involved }

  package enum SoftTissue: Hashable, Sendable { case none, limited, extensive }

  package var cores: [MRSequence: Core]
  package var hasRim: Bool
  package var hasHalo: Bool
  package var isMultiple: Bool
  package var isSolitary: Bool
  package var disks: Disks
  package var softTissue: SoftTissue
  package var hasAbscess: Bool
  private let grades: [FindingID: GradeValue]

  private typealias ID = Codebook.ID

  /// The finding that tells what is inside the lesion on a sequence.
  package static let findings: [MRSequence: FindingID] = [
    .t1w: ID.t1w, .t2w: ID.t2w, .stir: ID.stir, .contrastEnhancedT1W: ID.enhancement,
  ]

  /// - Parameter lacking: sequences that the examination does not have; their pictures stay empty.
  package init(grades: [FindingID: GradeValue], lacking: Set<MRSequence> = []) {
    func has(_ finding: FindingID, _ level: LevelID) -> Bool { grades[finding]?.contains(level) ?? false }
    cores = Self.findings.reduce(into: [:]) { cores, entry in
      cores[entry.key] = lacking.contains(entry.key) ? .notAcquired : Self.core(grades[entry.value])
    }
    hasRim = has(ID.rimSign, "present")
    hasHalo = has(ID.haloSign, "present")
    isMultiple = has(ID.lesionNumber, "multiple")
    isSolitary = has(ID.lesionNumber, "solitary")
    disks = has(ID.disks, "involved") ? .involved : has(ID.disks, "preserved") ? .preserved : .notGraded
    softTissue =
      has(ID.softTissueInflammation, "extensive")
      ? .extensive : has(ID.softTissueInflammation, "limited") ? .limited : .none
    hasAbscess = has(ID.softTissueAbscess, "present")
    self.grades = grades
  }

  private static func core(_ value: GradeValue?) -> Core {
    switch value {
    case nil: .notGraded
    case .notAssessable: .notAssessable
    case .notAcquired: .notAcquired
    case .some(let value): value.levelIDs.isEmpty ? .notGraded : .levels(value.levelIDs)
    }
  }

  package func core(on sequence: MRSequence) -> Core { cores[sequence] ?? .notGraded }

  /// The halo is a sign of T2W and STIR (source paper, Methods).
  package func showsHalo(on sequence: MRSequence) -> Bool { hasHalo && (sequence == .t2w || sequence == .stir) }

  /// One column a level, as `−`, `±+`; `x` not assessable, `z` not acquired, `?` not graded.
  package func glyphs(on sequence: MRSequence, codebook: Codebook = .vertebralOsteomyelitis) -> String {
    switch core(on: sequence) {
    case .notGraded: "?"
    case .notAssessable: "x"
    case .notAcquired: "z"
    case .levels(let levels): Self.findings[sequence].flatMap { codebook[$0] }?.glyphs(.levels(levels)) ?? ""
    }
  }

  /// The picture of one sequence in words: `T2W: iso + hyper, dark rim, bright halo`.
  package func words(on sequence: MRSequence, codebook: Codebook = .vertebralOsteomyelitis) -> String {
    let isSeen = core(on: sequence) != .notAcquired && core(on: sequence) != .notAssessable
    let signs = (hasRim ? ["dark rim"] : []) + (showsHalo(on: sequence) ? ["bright halo"] : [])
    let all = [inside(on: sequence, codebook: codebook)] + (isSeen ? signs : [])
    return "\(sequence.shortTitle): " + all.joined(separator: ", ")
  }

  /// `iso + hyper`, `not acquired`, `not graded`.
  package func inside(on sequence: MRSequence, codebook: Codebook = .vertebralOsteomyelitis) -> String {
    switch core(on: sequence) {
    case .notGraded: "not graded"
    case .notAssessable: "not assessable"
    case .notAcquired: "not acquired"
    case .levels(let levels): Self.findings[sequence].flatMap { codebook[$0] }?.words(.levels(levels)) ?? ""
    }
  }

  private static let around: [(FindingID, String)] = [
    (ID.lesionNumber, "lesions"), (ID.disks, "disks"), (ID.softTissueInflammation, "soft-tissue inflammation"),
    (ID.softTissueAbscess, "soft-tissue abscess"), (ID.posteriorElements, "posterior elements"),
  ]

  /// What surrounds the lesion in words, of what is graded: `disks preserved`, `soft-tissue inflammation limited`.
  package func surroundings(codebook: Codebook = .vertebralOsteomyelitis) -> [String] {
    Self.around.compactMap { id, title in
      guard let value = grades[id], let finding = codebook[id] else { return nil }
      return "\(title) \(finding.words(value))"
    }
  }
}
