// The finished cases of a study, as the teaching file takes them.

/// A case with a consensus, and the script it is taught by.
public struct TeachingCase: Hashable, Sendable, Identifiable {
  public var patientCase: Case
  public var consensus: Consensus
  public var script: TeachingScript
  /// How much the readers differed: over the baseline findings, the mean share of pairs of readers whose grades are not
  /// the same, 0 to 1. Nil where there are no two readings.
  public var disagreement: Double?
  /// Made up for teaching: no patient, and never counted among published ones.
  public var isConstructed: Bool

  public var id: CaseID { patientCase.id }

  public init(
    _ patientCase: Case, consensus: Consensus, script: TeachingScript, disagreement: Double? = nil,
    isConstructed: Bool = false
  ) {
    self.patientCase = patientCase
    self.consensus = consensus
    self.script = script
    self.disagreement = disagreement
    self.isConstructed = isConstructed
  }

  /// Nil while the case has no consensus or something of it is withheld: such a case is not taught.
  ///
  /// - Parameter script: the one written for the case. Where it claims other grades than the consensus, or there is
  ///   none, a script is derived from the findings.
  public init?(_ view: CaseView, script: TeachingScript?, codebook: Codebook, isConstructed: Bool = false) {
    guard let consensus = view.consensus, view.withheld.isEmpty else { return nil }
    let fitting = script.flatMap { $0.contradictions(to: consensus).isEmpty ? $0 : nil }
    self.init(
      view.patientCase, consensus: consensus,
      script: fitting ?? TeachingScript(derivedFrom: view.patientCase, consensus: consensus, codebook: codebook),
      disagreement: view.disagreement ?? view.readingsDisagreement(codebook), isConstructed: isConstructed)
  }

  public func values(at examination: ExaminationID = .baseline) -> [FindingID: GradeValue] {
    consensus.values(at: examination)
  }
}

/// The finished cases of a study.
public struct TeachingFile: Hashable, Sendable {
  public var cases: [TeachingCase]
  /// Finished cases in the study; more than `cases` where not all were loaded.
  public var total: Int

  public init(_ cases: [TeachingCase] = [], total: Int? = nil) {
    self.cases = cases
    self.total = total ?? cases.count
  }

  public subscript(id: CaseID) -> TeachingCase? { cases.first { $0.id == id } }

  /// The cases that may be counted with one: constructed cases among themselves, and no other with them.
  public func comparable(to entry: TeachingCase) -> TeachingFile {
    TeachingFile(cases.filter { $0.isConstructed == entry.isConstructed })
  }

  /// The cases of patients where there are some, else all.
  public var ofPatients: TeachingFile {
    let patients = cases.filter { !$0.isConstructed }
    return patients.isEmpty
      ? self : TeachingFile(patients, total: max(patients.count, total - (cases.count - patients.count)))
  }

  /// In how many cases the consensus on a baseline finding holds a level, of how many in which it is an answer.
  public func frequency(of finding: FindingID, _ level: LevelID) -> (count: Int, total: Int) {
    let answers = cases.compactMap { $0.values()[finding] }.filter(\.isAnswer)
    return (answers.count { $0.contains(level) }, answers.count)
  }

  /// `rim sign: present in 6 of 7 cases of this study`; nil where there is nothing to count.
  public func words(of finding: Finding, _ value: GradeValue) -> String? {
    guard finding.phase == .baseline, !value.levelIDs.isEmpty else { return nil }
    let counts = value.levelIDs.map { level in
      let (count, total) = frequency(of: finding.id, level)
      return "\(finding.level(level)?.title ?? level.rawValue) in \(count) of \(total)"
    }
    return "\(finding.title): " + counts.joined(separator: ", ") + " cases of this study"
  }
}

extension CaseView {
  /// See `TeachingCase.disagreement`.
  public func readingsDisagreement(_ codebook: Codebook) -> Double? {
    let values = readings.filter { $0.round == round && $0.examination.isBaseline && $0.state.isSigned }
      .map { $0.values() }
    guard values.count > 1 else { return nil }
    let shares = codebook.findings(in: .baseline).compactMap { finding -> Double? in
      let grades = values.compactMap { $0[finding.id] }
      guard grades.count > 1 else { return nil }
      let pairs = grades.indices.flatMap { a in grades.indices.filter { $0 > a }.map { (a, $0) } }
      return Double(pairs.count { grades[$0.0] != grades[$0.1] }) / Double(pairs.count)
    }
    return shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count)
  }
}
