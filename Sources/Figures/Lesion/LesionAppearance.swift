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
  /// What each part is drawn from, and the grade of it.
  private let findings: [LesionBinding.Role: Finding]
  private let grades: [FindingID: GradeValue]

  private static let roles: [MRSequence: LesionBinding.Role] = [
    .t1w: .t1w, .t2w: .t2w, .stir: .stir, .contrastEnhancedT1W: .contrast,
  ]

  /// - Parameters:
  ///   - codebook: says which findings the picture shows; without a picture in it nothing is drawn.
  ///   - lacking: sequences that the examination does not have; their pictures stay empty.
  package init(_ codebook: Codebook, grades: [FindingID: GradeValue], lacking: Set<MRSequence> = []) {
    let lesion = codebook.lesion
    let findings = LesionBinding.Role.allCases.reduce(into: [LesionBinding.Role: Finding]()) { findings, role in
      findings[role] = lesion?[role].flatMap { codebook[$0] }
    }
    func value(_ role: LesionBinding.Role) -> GradeValue? { findings[role].flatMap { grades[$0.id] } }
    func has(_ role: LesionBinding.Role, _ level: LevelID) -> Bool { value(role)?.contains(level) ?? false }
    cores = Self.roles.reduce(into: [:]) { cores, entry in
      cores[entry.key] = lacking.contains(entry.key) ? .notAcquired : Self.core(value(entry.value))
    }
    hasRim = has(.rim, "present")
    hasHalo = has(.halo, "present")
    isMultiple = has(.number, "multiple")
    isSolitary = has(.number, "solitary")
    disks = has(.disks, "involved") ? .involved : has(.disks, "preserved") ? .preserved : .notGraded
    softTissue = has(.softTissue, "extensive") ? .extensive : has(.softTissue, "limited") ? .limited : .none
    hasAbscess = has(.abscess, "present")
    (self.findings, self.grades) = (findings, grades)
  }

  private func finding(on sequence: MRSequence) -> Finding? { Self.roles[sequence].flatMap { findings[$0] } }

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
  package func glyphs(on sequence: MRSequence) -> String {
    switch core(on: sequence) {
    case .notGraded: "?"
    case .notAssessable: "x"
    case .notAcquired: "z"
    case .levels(let levels): finding(on: sequence)?.glyphs(.levels(levels)) ?? ""
    }
  }

  /// The picture of one sequence in words: `T2W: iso + hyper, dark rim, bright halo`.
  package func words(on sequence: MRSequence) -> String {
    let isSeen = core(on: sequence) != .notAcquired && core(on: sequence) != .notAssessable
    let signs = (hasRim ? ["dark rim"] : []) + (showsHalo(on: sequence) ? ["bright halo"] : [])
    let all = [inside(on: sequence)] + (isSeen ? signs : [])
    return "\(sequence.shortTitle): " + all.joined(separator: ", ")
  }

  /// `iso + hyper`, `not acquired`, `not graded`.
  package func inside(on sequence: MRSequence) -> String {
    switch core(on: sequence) {
    case .notGraded: "not graded"
    case .notAssessable: "not assessable"
    case .notAcquired: "not acquired"
    case .levels(let levels): finding(on: sequence)?.words(.levels(levels)) ?? ""
    }
  }

  private static let around: [(LesionBinding.Role, String)] = [
    (.number, "lesions"), (.disks, "disks"), (.softTissue, "soft-tissue inflammation"),
    (.abscess, "soft-tissue abscess"), (.posterior, "posterior elements"),
  ]

  /// What surrounds the lesion in words, of what is graded: `disks preserved`, `soft-tissue inflammation limited`.
  package func surroundings() -> [String] {
    Self.around.compactMap { role, title in
      guard let finding = findings[role], let value = grades[finding.id] else { return nil }
      return "\(title) \(finding.words(value))"
    }
  }
}
