// How a study reads: who, how often, in which order, and what is withheld meanwhile.

import TextSafety

/// Repetition, echo and inversion times in milliseconds within which a sequence was planned.
public struct SequenceRange: Codable, Hashable, Sendable {
  public var sequence: MRSequence
  public var tr: ClosedRange<Double>
  public var te: ClosedRange<Double>
  public var ti: ClosedRange<Double>?

  public init(
    _ sequence: MRSequence, tr: ClosedRange<Double>, te: ClosedRange<Double>, ti: ClosedRange<Double>? = nil
  ) {
    self.sequence = sequence
    self.tr = tr
    self.te = te
    self.ti = ti
  }

  /// The times of an acquisition outside the range, in words: `TE 20 ms is outside 10–17 ms`.
  public func faults(_ acquisition: Acquisition) -> [String] {
    let times = [("TR", acquisition.tr, tr), ("TE", acquisition.te, te), ("TI", acquisition.ti, ti)]
    return times.compactMap { name, time, range in
      guard let time, let range, !range.contains(time) else { return nil }
      let limits = "\(range.lowerBound.plain)–\(range.upperBound.plain) ms"
      return "\(name) \(time.plain) ms is outside \(limits)"
    }
  }
}

/// A fact that could give the answer away while a case is being read.
public enum Withheld: String, CaseIterable, Codable, Hashable, Sendable {
  case title, biopsy
  /// Serology and pathogens too.
  case culture
  case labs
  /// Occupation, and what the case file states under names of its own.
  case facts
  /// Surgery too.
  case therapy
  case outcome
  /// What the source says of the images too: remarks, figures, collections.
  case originalReport = "original_report"
  case laterExaminations = "later_examinations"

  /// What was not yet there when studies were made that say nothing of it: nobody said that readers are shown it.
  fileprivate static let later: Set<Withheld> = [.labs, .facts]
  /// What can be left out of exports: an examination that is graded cannot.
  public static let unreleasable = allCases.filter { $0 != .laterExaminations }
}

public struct StudyProtocol: Codable, Hashable, Sendable {
  public enum Mode: String, CaseIterable, Codable, Hashable, Sendable {
    /// Blinded readings first, consensus afterwards.
    case independent
    /// The readers read together; there are no individual readings.
    case joint
  }

  /// When a case may be opened for consensus.
  public enum Opening: String, CaseIterable, Codable, Hashable, Sendable {
    /// All together, when every reading of every case is signed in the last round.
    case round
    /// In each round, when every reading of this case is signed.
    case caseByCase = "case"
  }

  /// Who reads a case that no table assigns.
  public enum Assignment: String, CaseIterable, Codable, Hashable, Sendable {
    /// All readers of the study.
    case everybody
    /// As many as read a case, divided by the seed so that every two readers meet about equally often.
    case balanced
  }

  public var mode: Mode
  public var readersPerCase: Int
  public var rounds: Int
  /// Every reader's order of cases is derived from it.
  public var seed: UInt64
  /// Days between the last signature of a round and the first reading of the next.
  public var washoutDays: Int
  public var opening: Opening
  public var withheld: Set<Withheld> {
    get { saysLater == true ? said : said.union(Withheld.later) }
    set { (said, saysLater) = (newValue, true) }
  }
  private var said: Set<Withheld>
  /// True where `said` knows of `Withheld.later`.
  private var saysLater: Bool?
  /// Nil is nothing.
  private var kept: Set<Withheld>?
  /// Nil is no.
  private var keepsDays: Bool?
  /// Ask for a confidence beside each grade.
  public var asksConfidence: Bool
  /// Ask for the impression a second time after the clinical data are shown.
  public var impressionAfterClinicalData: Bool
  /// Names instead of letters in consensus from the start.
  public var namesInConsensus: Bool
  /// Metric key of the primary agreement coefficient, as `krippendorff_alpha.ordinal`.
  public var primaryStatistic: String
  /// Minutes without a key after which a seat locks its screen; 0 never.
  public var lockAfterMinutes: Int
  /// Readers of a case who must be present for its consensus; nil for a majority of them.
  public var quorum: Int?
  /// Nil is no; studies of the first version say nothing of it.
  private var sharedScreen: Bool?
  /// Nil is yes.
  private var importedCounts: Bool?
  /// Nil where nothing else was set.
  private var imageLimit: ImageLimits?
  /// Nil is everybody; studies of before there were assignments say nothing of it.
  private var assigned: Assignment?
  /// Nil is yes.
  private var withdrawnCounts: Bool?
  public var ranges: [SequenceRange]
  /// Field strength, scanners, contrast: what else is stated of the imaging, in our words.
  public var imaging: [String]
  /// How the number of cases was chosen; nil where it is not stated, as in studies of the first version.
  public var sampleSize: String?

  private enum CodingKeys: String, CodingKey {
    case mode, readersPerCase, rounds, seed, washoutDays, opening
    case said = "withheld"
    case saysLater = "withheldSaysLater"
    case kept = "unreleased"
    case keepsDays = "keepsDates"
    case asksConfidence, impressionAfterClinicalData, namesInConsensus, primaryStatistic, lockAfterMinutes, quorum
    case sharedScreen, importedCounts, imageLimit, assigned, withdrawnCounts, ranges, imaging, sampleSize
  }

  public init(
    mode: Mode = .independent, readersPerCase: Int = 3, rounds: Int = 1, seed: UInt64 = 1, washoutDays: Int = 28,
    opening: Opening = .caseByCase, withheld: Set<Withheld> = Set(Withheld.allCases), asksConfidence: Bool = false,
    impressionAfterClinicalData: Bool = false, namesInConsensus: Bool = false,
    primaryStatistic: String = "gwet_ac.unweighted", lockAfterMinutes: Int = 15, quorum: Int? = nil,
    isSharedScreen: Bool = false, countsImported: Bool = true, ranges: [SequenceRange] = [], imaging: [String] = []
  ) {
    self.mode = mode
    self.readersPerCase = readersPerCase
    self.rounds = rounds
    self.seed = seed
    self.washoutDays = washoutDays
    self.opening = opening
    (said, saysLater) = (withheld, true)
    self.asksConfidence = asksConfidence
    self.impressionAfterClinicalData = impressionAfterClinicalData
    self.namesInConsensus = namesInConsensus
    self.primaryStatistic = primaryStatistic
    self.lockAfterMinutes = lockAfterMinutes
    self.quorum = quorum
    self.ranges = ranges
    self.imaging = imaging
    self.isSharedScreen = isSharedScreen
    self.countsImported = countsImported
  }

  /// Whether others may act in turn at a seat that a key opened.
  public var isSharedScreen: Bool {
    get { sharedScreen ?? false }
    set { sharedScreen = newValue ? true : nil }
  }

  /// Whether readings that were imported are compared with the others in the agreement of the readers.
  public var countsImported: Bool {
    get { importedCounts ?? true }
    set { importedCounts = newValue ? nil : false }
  }

  /// Facts that are in no export and no release.
  public var unreleased: Set<Withheld> {
    get { kept ?? [] }
    set { kept = newValue.isEmpty ? nil : newValue }
  }

  /// Whether days of the calendar that a case file states are kept, and not only the times between them.
  public var keepsDates: Bool {
    get { keepsDays ?? false }
    set { keepsDays = newValue ? true : nil }
  }

  public var imageLimits: ImageLimits {
    get { imageLimit ?? ImageLimits() }
    set { imageLimit = newValue == ImageLimits() ? nil : newValue }
  }

  /// Who reads a case that no table assigns.
  public var assignment: Assignment {
    get { assigned ?? .everybody }
    set { assigned = newValue == .everybody ? nil : newValue }
  }

  /// Who reads a case where nothing is said of it: of more readers than read a case, some each.
  public func usualAssignment(of people: [Principal]) -> Assignment {
    mode == .independent && people.count { $0.role == .reader } > readersPerCase ? .balanced : .everybody
  }

  /// How many of a study's people read a case that no table assigns: `3 of 6 for each case, spread evenly`.
  public func readersWords(of people: [Principal]) -> String {
    let staying = people.count { $0.role == .reader && $0.withdrawn == nil }
    let left = people.count { $0.role == .reader } - staying
    if staying < readersPerCase, left > 0 {
      return "\(staying) for each case; \(readersPerCase) were planned, and \(left) left"
    }
    if assignment == .balanced, staying > readersPerCase {
      return "\(readersPerCase) of \(staying) for each case, spread evenly"
    }
    return staying > readersPerCase ? "all \(staying) read each case" : "\(readersPerCase) for each case"
  }

  /// Whether the signed readings of who leaves the study go on counting.
  public var countsWithdrawn: Bool {
    get { withdrawnCounts ?? true }
    set { withdrawnCounts = newValue ? nil : false }
  }

  /// How many of a case's readers must be present for its consensus.
  public func quorum(of readers: Int) -> Int { min(quorum ?? readers / 2 + 1, readers) }

  public func range(for sequence: MRSequence) -> SequenceRange? { ranges.first { $0.sequence == sequence } }
}
