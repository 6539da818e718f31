// What readers record, and what they agree on.

import struct Foundation.Date

/// Where a finding was seen: series and slice of the examination.
public struct ImageReference: Codable, Hashable, Sendable {
  public var series: Int
  public var slice: Int

  public init(series: Int, slice: Int) {
    self.series = series
    self.slice = slice
  }

  /// `4/12`.
  public var text: String { "\(series)/\(slice)" }

  /// Reads `4/12` or `4 12`.
  public init?(_ text: String) {
    let parts = text.split { $0 == "/" || $0 == " " }.compactMap { Int($0) }
    guard parts.count == 2, parts.allSatisfy({ (1...99_999).contains($0) }) else { return nil }
    self.init(series: parts[0], slice: parts[1])
  }
}

/// The examination a follow-up grade compares with.
public enum Comparator: String, CaseIterable, Codable, Hashable, Sendable {
  case baseline
  /// The examination before this one.
  case previous
}

/// What a grade is of, within a case.
public struct GradeKey: Codable, Hashable, Sendable {
  public var examination: ExaminationID
  public var finding: FindingID
  /// Findings of the baseline compare with nothing and keep `.baseline`.
  public var comparator: Comparator

  public init(_ examination: ExaminationID, _ finding: FindingID, comparator: Comparator = .baseline) {
    self.examination = examination
    self.finding = finding
    self.comparator = comparator
  }
}

/// A grade with what belongs to it.
public struct Grade: Codable, Hashable, Sendable {
  /// A reason for departing from the rule is of one value: with another one it is a note.
  public var value: GradeValue { didSet { if value != oldValue { overrules = nil } } }
  public var note: String?
  public var image: ImageReference?
  /// For rim and halo: the bone where it was seen.
  public var bone: Bone?
  /// 1 (guess) to 5 (certain), where the protocol asks.
  public var confidence: Int?
  /// Of a sequential change: the rule's grade that it departs from, for the reason in `note`. Nil where the note is not
  /// such a reason.
  public var overrules: LevelID?
  /// Where on a key image it was seen.
  public var mark: ImageMark?

  public init(
    _ value: GradeValue, note: String? = nil, image: ImageReference? = nil, bone: Bone? = nil, confidence: Int? = nil,
    overrules: LevelID? = nil, mark: ImageMark? = nil
  ) {
    self.value = value
    self.note = note
    self.image = image
    self.bone = bone
    self.confidence = confidence
    self.overrules = overrules
    self.mark = mark
  }

  /// The same with another value: what belongs to the grade stays, but how certain somebody was of another value says
  /// nothing of this one.
  public func with(_ value: GradeValue) -> Grade {
    var grade = self
    if grade.value != value { grade.confidence = nil }
    grade.value = value
    return grade
  }
}

/// What anybody may know of a reading.
public enum ReadingState: Codable, Hashable, Sendable {
  case notStarted
  case draft
  case signed(Date)
  /// Read elsewhere and imported: never signed here.
  case imported(ReadElsewhere)

  public var isSigned: Bool { if case .signed = self { true } else { false } }
  public var isImported: Bool { if case .imported = self { true } else { false } }
  /// Signed here, or imported: what statistics and exports count.
  public var isFinal: Bool { isSigned || isImported }
}

/// What is known of a reading that was made elsewhere.
public struct ReadElsewhere: Codable, Hashable, Sendable {
  /// When it was read as it was given, `2026-03-04` or `2026-03-04T09:12:00Z`; nil where that is not stated.
  public var read: String?
  /// Where it was made: the id of a study, or what the import says.
  public var madeIn: String
  /// The version of the codebook that it was signed under there; nil where that is not known.
  public var codebook: Int?

  public init(read: String? = nil, madeIn: String = ReadElsewhere.unnamed, codebook: Int? = nil) {
    self.read = read
    self.madeIn = madeIn
    self.codebook = codebook
  }

  /// Where it is not said where.
  public static let unnamed = "imported"
}

/// One reader's grades of one examination in one round.
public struct Reading: Codable, Hashable, Sendable {
  public var reader: PrincipalID
  public var examination: ExaminationID
  /// From 1.
  public var round: Int
  /// From 1; an amendment makes the next one.
  public var version: Int
  /// Why this version was begun; nil of the first.
  public var amendment: String?
  public var state: ReadingState
  public var grades: [GradeKey: Grade]
  public var note: String?
  /// Time spent on it, idle time taken out.
  public var seconds: Int
  /// The version of the codebook that it was signed under; nil of what is not signed here.
  public var codebook: Int?
  /// The reset after which it was graded or signed by somebody who has not shown that they are its reader. A signature
  /// that is proven to be the reader's takes what came before it upon itself.
  public var unproven: PassphraseReset?

  public init(
    reader: PrincipalID, examination: ExaminationID, round: Int = 1, version: Int = 1,
    state: ReadingState = .notStarted, grades: [GradeKey: Grade] = [:], note: String? = nil, seconds: Int = 0,
    amendment: String? = nil
  ) {
    self.reader = reader
    self.examination = examination
    self.round = round
    self.version = version
    self.amendment = amendment
    self.state = state
    self.grades = grades
    self.note = note
    self.seconds = seconds
  }

  /// The values alone, of the comparator given.
  public func values(comparator: Comparator = .baseline) -> [FindingID: GradeValue] {
    grades.reduce(into: [:]) { if $1.key.comparator == comparator { $0[$1.key.finding] = $1.value.value } }
  }
}

/// How an agreed grade was reached.
public enum Agreed: String, CaseIterable, Codable, Hashable, Sendable {
  case unanimous, majority, discussed, unresolved
}

/// Why readers had differed.
public enum DiscrepancyCause: String, CaseIterable, Codable, Hashable, Sendable {
  case entrySlip = "entry_slip"
  case missedFinding = "missed_finding"
  case definition
  case imageQuality = "image_quality"
  case trueDisagreement = "true_disagreement"
}

/// One agreed grade.
public struct AgreedGrade: Codable, Hashable, Sendable {
  /// Nil where it stayed unresolved; it then counts as missing.
  public var grade: Grade?
  /// Nil for a published grade, of which that is not stated.
  public var how: Agreed?
  public var cause: DiscrepancyCause?
  public var rationale: String?
  /// Of an imported consensus, what was voted: `R1=present; R2=absent; R3=`. Of a session its log has the votes.
  public var votes: String?

  /// As an act of a session writes down that nothing is agreed any more; what is left unresolved says so in `how`.
  public static let takenBack = AgreedGrade(nil)
  public var isTakenBack: Bool { grade == nil && how == nil }

  public init(
    _ grade: Grade?, how: Agreed? = nil, cause: DiscrepancyCause? = nil, rationale: String? = nil, votes: String? = nil
  ) {
    self.grade = grade
    self.how = how
    self.cause = cause
    self.rationale = rationale
    self.votes = votes
  }
}

/// The agreed grades of a case, a record of its own: readings are never touched by it.
public struct Consensus: Codable, Hashable, Sendable {
  public enum Origin: String, Codable, Hashable, Sendable {
    /// Confirmed by the readers in a consensus session.
    case session
    /// Taken from a publication; only the embedded sample study has it.
    case published
    /// Agreed on elsewhere, and imported with its readings.
    case imported
  }

  public var origin: Origin
  public var round: Int
  public var version: Int
  public var grades: [GradeKey: AgreedGrade]
  /// Of an imported one, where it was made; see `ReadElsewhere`.
  public var madeIn: String?
  /// The version of the codebook by which it was agreed on; nil of an imported one.
  public var codebook: Int?

  public init(
    origin: Origin, round: Int = 1, version: Int = 1, grades: [GradeKey: AgreedGrade], madeIn: String? = nil,
    codebook: Int? = nil
  ) {
    self.madeIn = madeIn
    self.codebook = codebook
    self.origin = origin
    self.round = round
    self.version = version
    self.grades = grades
  }

  /// The agreed values of an examination, of the comparator given.
  public func values(at examination: ExaminationID, comparator: Comparator = .baseline) -> [FindingID: GradeValue] {
    grades.reduce(into: [:]) { values, entry in
      guard entry.key.examination == examination, entry.key.comparator == comparator else { return }
      values[entry.key.finding] = entry.value.grade?.value
    }
  }
}
