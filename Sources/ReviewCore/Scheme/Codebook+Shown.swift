// What a codebook file says of how things are shown: panels, evidence, pages of the atlas.

import Codebooks

/// Findings that the case screen shows together.
public struct FindingGroup: Hashable, Sendable, Identifiable {
  public var id: String
  public var title: String
  /// In this order; of what is graded place by place the whole finding.
  public var findings: [FindingID]
}

extension Codebook {
  /// The panels of a codebook file; none of the one that is built in, whose panels have pictures of their own.
  public var groups: [FindingGroup] {
    (origin?.scheme.file.panels ?? []).map { panel in
      FindingGroup(
        id: panel.id.text, title: panel.title,
        findings: panel.findings.compactMap { finding(named: $0.text).map(\.whole.id) })
    }
  }

  /// What is known of a level of a finding.
  public func evidence(of finding: FindingID, _ level: LevelID) -> [SignEvidence] {
    guard let origin else { return SignEvidence.of(finding, level) }
    return origin.scheme.file.evidence.filter {
      self.finding(named: $0.finding.text)?.whole.id == finding
        && $0.level.text.isSameID(as: level.rawValue)
    }.map {
      SignEvidence(
        finding: finding, level: level, text: $0.says,
        source: $0.source ?? origin.scheme.file.source ?? title ?? id)
    }
  }

  /// The titles of the pages that a codebook file adds to the atlas.
  public var pages: [String] { origin?.scheme.file.atlas.map(\.title) ?? [] }

  /// Those on which a finished case stands.
  public func pages(of patientCase: Case, _ consensus: Consensus) -> [String] {
    SchemeReading(self, of: patientCase) { consensus.values(at: $0, comparator: $1) }?.pages ?? []
  }
}

/// A list of a codebook file of which all must hold.
public struct CriterionStanding: Hashable, Sendable {
  public var title: String
  /// `met`, `not met`, `not stated`.
  public var words: String
  /// Each part with its own.
  public var parts: [String]

  /// `met: low T1W met, high T2W met`.
  public var sentence: String { "\(words): \(parts.joined(separator: ", "))" }
}

extension SchemeReading {
  /// The criteria of the codebook at an examination; without those that say nothing of it.
  public func criteria(at examination: ExaminationID) -> [CriterionStanding] {
    guard let index = index(of: examination) else { return [] }
    return origin.scheme.criteria.compactMap { criterion in
      let parts = evaluation.standings(of: criterion, at: index)
      guard !parts.isEmpty else { return nil }
      let whole: Standing =
        parts.contains { $0.standing == .notMet }
        ? .notMet : parts.allSatisfy { $0.standing == .met } ? .met : .notStated
      return CriterionStanding(
        title: criterion.title, words: whole.rawValue,
        parts: parts.map { "\($0.title) \($0.standing.rawValue)" })
    }
  }
}

extension ConsensusTable {
  /// What the rules of a codebook file make of what is agreed so far.
  ///
  /// - Parameter view: the case as the one who looks may see it.
  public func workedOut(_ codebook: Codebook, of view: CaseView) -> [(
    examination: ExaminationID, derived: DerivedValue
  )] {
    let scheme = SchemeReading(codebook, of: view.patientCase, withheld: view.withheldFacts) {
      examination, comparator in
      rows.reduce(into: [:]) { values, row in
        guard row.key.examination == examination, row.key.comparator == comparator else { return }
        values[row.key.finding] = row.decision?.grade?.value
      }
    }
    return view.patientCase.examinations.flatMap { examination in
      (scheme?.derived(at: examination.id) ?? []).map { (examination.id, $0) }
    }
  }
}
