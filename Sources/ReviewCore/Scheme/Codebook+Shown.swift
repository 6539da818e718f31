// What a codebook file says of how things are shown: panels, evidence, pages of the atlas.

import Codebooks

/// Findings that the case screen shows together.
public struct FindingGroup: Hashable, Sendable, Identifiable {
  /// How they are drawn where the codebook has the lesion pictured; elsewhere all are lists.
  public enum Kind: String, Hashable, Sendable {
    case list, signal, sign, grid
    case followUp = "follow_up"
  }

  public var id: String
  public var title: String
  public var kind: Kind
  /// In this order; of what is graded place by place the whole finding.
  public var findings: [FindingID]
}

extension Codebook {
  /// The panels of the codebook.
  public var groups: [FindingGroup] {
    (origin?.scheme.file.panels ?? []).map { panel in
      FindingGroup(
        id: panel.id.text, title: panel.title, kind: .init(rawValue: panel.kind.rawValue) ?? .list,
        findings: panel.findings.compactMap { finding(named: $0.text).map(\.whole.id) })
    }
  }

  /// What is known of a level of a finding.
  public func evidence(of finding: FindingID, _ level: LevelID) -> [SignEvidence] {
    guard let origin else { return [] }
    return origin.scheme.file.evidence.filter {
      self.finding(named: $0.finding.text)?.whole.id == finding
        && $0.level.text.isSameID(as: level.rawValue)
    }.map {
      SignEvidence(
        finding: finding, level: level, text: $0.says,
        source: $0.source ?? origin.scheme.file.source ?? title ?? id)
    }
  }

  /// The pages that the codebook adds to the atlas: their titles, their conditions, and the findings that these name.
  public var pages: [(title: String, when: String, findings: [FindingID])] {
    guard let origin else { return [] }
    return zip(origin.scheme.atlas, origin.scheme.file.atlas).map { page, written in
      (
        page.title, written.when.text,
        origin.scheme.questions(in: page.when).compactMap { origin.finding($0, at: nil) }
      )
    }
  }

  /// Whether a finished case stands on one of them, by its place in the list.
  public func isOnPage(_ place: Int, _ patientCase: Case, _ consensus: Consensus) -> Bool {
    SchemeReading(self, of: patientCase) { consensus.values(at: $0, comparator: $1) }?.isOnPage(place) ?? false
  }
}

/// One part of a criterion, as *low T1W*.
public struct CriterionPart: Hashable, Sendable {
  public enum Standing: String, Hashable, Sendable {
    case met
    case notMet = "not met"
    /// What it looks at is not graded, not assessable or not acquired.
    case notStated = "not stated"
  }

  public var title: String
  public var standing: Standing
}

/// A list of a codebook of which all must hold.
public struct CriterionStanding: Hashable, Sendable {
  public var title: String
  public var parts: [CriterionPart]

  /// Not met as soon as one part is not, not stated while one is not.
  public var standing: CriterionPart.Standing {
    if parts.contains(where: { $0.standing == .notMet }) { return .notMet }
    return parts.allSatisfy { $0.standing == .met } ? .met : .notStated
  }

  /// `met: low T1W met, high T2W met`.
  public var sentence: String {
    "\(standing.rawValue): \(parts.map { "\($0.title) \($0.standing.rawValue)" }.joined(separator: ", "))"
  }
}

extension SchemeReading {
  /// The criteria of the codebook at an examination; without those that say nothing of it.
  public func criteria(at examination: ExaminationID) -> [CriterionStanding] {
    guard let index = index(of: examination) else { return [] }
    return origin.scheme.criteria.compactMap { criterion in
      let parts = evaluation.standings(of: criterion, at: index)
      guard !parts.isEmpty else { return nil }
      return CriterionStanding(
        title: criterion.title,
        parts: parts.map { part in
          let standing: CriterionPart.Standing =
            switch part.standing {
            case .met: .met
            case .notMet: .notMet
            case .notStated: .notStated
            }
          return CriterionPart(title: part.title, standing: standing)
        })
    }
  }
}

extension Codebook {
  /// The titles of the criteria that the codebook has for an examination.
  public func criteria(at examination: ExaminationID) -> [String] { partsOfCriteria(at: examination).map(\.title) }

  /// The same with the titles of their parts.
  public func partsOfCriteria(at examination: ExaminationID) -> [(title: String, parts: [String])] {
    let index = examination.isBaseline ? 0 : 1
    return (origin?.scheme.criteria ?? []).compactMap { criterion in
      let parts = criterion.parts.filter { $0.at.includes(index) }.map(\.title)
      return parts.isEmpty ? nil : (criterion.title, parts)
    }
  }

  /// How a consensus or a publication stands to them.
  public func criteria(
    of patientCase: Case, at examination: ExaminationID, _ consensus: Consensus
  ) -> [CriterionStanding] {
    SchemeReading(of(consensus), of: patientCase) { consensus.values(at: $0, comparator: $1) }?.criteria(
      at: examination)
      ?? []
  }
}

extension ConsensusTable {
  /// What the rules of a codebook file make of what is agreed so far.
  ///
  /// - Parameters:
  ///   - codebook: the study's; what counts is the version by which the case is talked about.
  ///   - view: the case as the one who looks may see it.
  public func workedOut(_ codebook: Codebook, of view: CaseView) -> AgreedOutcome {
    let scheme = scheme(codebook, of: view)
    let agreed = rows.reduce(into: [GradeKey: Grade]()) { $0[$1.key] = $1.decision?.grade }
    let version = codebook.version(self.codebook)
    let involved = version.bones.flatMap { agreed[GradeKey(.baseline, $0)]?.value }
    return AgreedOutcome(
      lines: view.patientCase.examinations.flatMap { examination in
        (scheme?.derived(at: examination.id) ?? []).map { (examination.id, $0) }
      },
      warnings: view.patientCase.examinations.reduce(into: [:]) { warnings, examination in
        warnings[examination.id] =
          (scheme?.warnings(at: examination.id) ?? [])
          + ConsistencyWarning.ofBones(
            agreed.filter { $0.key.examination == examination.id }, involved: involved, version, view.patientCase.bones)
      })
  }

  /// What is agreed, as the version of the codebook reads it by which the case is talked about.
  private func scheme(_ codebook: Codebook, of view: CaseView) -> SchemeReading? {
    SchemeReading(codebook.version(self.codebook), of: view.patientCase, withheld: view.withheldFacts) {
      examination, comparator in
      rows.reduce(into: [:]) { values, row in
        guard row.key.examination == examination, row.key.comparator == comparator else { return }
        values[row.key.finding] = row.decision?.grade?.value
      }
    }
  }
}

/// What a codebook makes of what is agreed.
public struct AgreedOutcome: Sendable {
  public var lines: [(examination: ExaminationID, derived: DerivedValue)]
  /// What does not go together in it, at each examination.
  public var warnings: [ExaminationID: [ConsistencyWarning]]
}
