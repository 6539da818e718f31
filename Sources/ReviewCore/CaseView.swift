// What one principal may see of a case.

/// Where a case stands in its round.
public enum CaseStage: String, CaseIterable, Codable, Hashable, Sendable {
  /// Some reading of the round is not signed yet.
  case reading
  /// All readings of the round are signed; it may be opened.
  case ready
  case opened
  case inDiscussion = "in_discussion"
  case recorded
  case reopened
  /// The consensus comes from a publication.
  case published
  /// It was read elsewhere: its consensus, or readings of this study's readers, were imported. Nobody reads it here.
  case imported

  public var title: String { rawValue.replacing("_", with: " ") }

  /// True where readers may see each other's readings.
  public var isOpen: Bool { self != .reading && self != .ready }
  /// True where there is no session of this study's readers to it.
  public var isFromElsewhere: Bool { self == .published || self == .imported }
  /// True where nothing more is awaited of it.
  public var isDone: Bool { self == .recorded || isFromElsewhere }
}

/// Whether somebody has signed: all that a sealed reading tells.
public struct SignatureState: Codable, Hashable, Sendable {
  public var reader: PrincipalID
  public var isSigned: Bool

  public init(_ reader: PrincipalID, isSigned: Bool) {
    self.reader = reader
    self.isSigned = isSigned
  }
}

/// A case as the store shows it to a principal: withheld facts are gone, sealed readings are not in it.
public struct CaseView: Codable, Hashable, Sendable, Identifiable {
  public var patientCase: Case
  /// Position in the principal's worklist, from 1.
  public var position: Int
  /// What was taken out of `patientCase` because the protocol withholds it until the reading is signed.
  public var withheld: Set<Withheld>
  /// Given facts that were taken out, whether the case has them or not: the two must look alike.
  public var withheldFacts: Set<FindingID> = []
  public var round: Int
  public var stage: CaseStage
  /// The principal's own readings, and once the case is open everybody's.
  public var readings: [Reading]
  /// Per reader of the case, whether all their readings of the case in this round are signed.
  public var signatures: [SignatureState]
  /// How many of them must have signed before it may be opened; 0 where nobody reads it by themselves.
  public var required = 0
  /// Once recorded or published.
  public var consensus: Consensus?
  /// In place of the readings where the principal may not see them; see `TeachingCase.disagreement`.
  public var disagreement: Double?
  /// Examinations whose reading by the principal a reset locked: its grades are not in `readings`.
  public var locked: Set<ExaminationID> = []
  /// The reset after which the principal has not shown yet that they are the same: what they record and sign now is marked
  /// with it. Nil for nearly everybody.
  public var unproven: PassphraseReset?

  public var id: CaseID { patientCase.id }

  public init(
    patientCase: Case, position: Int = 1, withheld: Set<Withheld> = [], round: Int = 1, stage: CaseStage,
    readings: [Reading] = [], signatures: [SignatureState] = [], consensus: Consensus? = nil
  ) {
    self.patientCase = patientCase
    self.position = position
    self.withheld = withheld
    self.round = round
    self.stage = stage
    self.readings = readings
    self.signatures = signatures
    self.consensus = consensus
  }

  /// What is said of a finding that a principal's reading has no grade of.
  public func missingGrade(at examination: ExaminationID) -> String {
    locked.contains(examination) ? "locked" : "not graded"
  }

  /// What the grades that are shown to a principal are under: the codebook of the consensus, or of their own reading.
  public func codebook(_ study: Codebook, for principal: PrincipalID, at examination: ExaminationID) -> Codebook {
    if let consensus { return study.of(consensus) }
    return reading(of: principal, examination).map(study.of) ?? study
  }

  public func reading(of reader: PrincipalID, _ examination: ExaminationID) -> Reading? {
    readings.first { $0.reader == reader && $0.examination == examination && $0.round == round }
  }

  /// The grade shown to a principal: the consensus, or their own.
  public func grade(_ key: GradeKey, for principal: PrincipalID) -> Grade? {
    if let consensus { return consensus.grades[key]?.grade }
    return reading(of: principal, key.examination)?.grades[key]
  }

  /// The grades to draw: the consensus once there is one, else the principal's own.
  public func values(
    for principal: PrincipalID, at examination: ExaminationID, comparator: Comparator = .baseline
  ) -> [FindingID: GradeValue] {
    consensus?.values(at: examination, comparator: comparator)
      ?? reading(of: principal, examination)?.values(comparator: comparator) ?? [:]
  }
}

extension CaseView {
  /// Until when facts of the case are withheld: from who reads it until they have read all of it.
  public func untilWhen(_ mode: StudyProtocol.Mode) -> String {
    if mode == .joint { return "withheld until the consensus is recorded" }
    let isOne = patientCase.examinations.count == 1 && !withheld.contains(.laterExaminations)
    return "withheld until you have signed" + (isOne ? "" : " all examinations")
  }

  /// Of examinations after those that are shown: each opens once the one before is signed.
  public var untilWhenLater: String {
    let last = patientCase.examinations.last?.id ?? .baseline
    return "withheld until you have signed \(last.isBaseline ? "the baseline" : last.title)"
  }
}
