// A reader study as it was set up: title, protocol, codebook, people, population.

import struct Foundation.Date

/// What a person may do.
public enum PrincipalRole: String, CaseIterable, Codable, Hashable, Sendable {
  case reader, coordinator, presenter, learner
}

/// Who sits at a seat.
public struct Principal: Codable, Hashable, Sendable, Identifiable {
  public var id: PrincipalID
  public var name: String
  public var role: PrincipalRole
  /// Of a reader who left the study, the round in which they did.
  public var withdrawn: Int?

  public init(_ id: PrincipalID, name: String? = nil, role: PrincipalRole) {
    self.id = id
    self.name = name ?? id.rawValue
    self.role = role
  }
}

/// One box of the population diagram: how many patients are left, and who left before the next box.
public struct PopulationStep: Codable, Hashable, Sendable {
  public struct Exclusion: Codable, Hashable, Sendable {
    public var count: Int
    public var reason: String
    /// Parts of `count`, as *5 resolved under empiric antibiotics*.
    public var details: [Exclusion]

    public init(_ count: Int, _ reason: String, details: [Exclusion] = []) {
      self.count = count
      self.reason = reason
      self.details = details
    }
  }

  public var count: Int
  public var label: String
  public var excluded: [Exclusion]

  public init(_ count: Int, _ label: String, excluded: [Exclusion] = []) {
    self.count = count
    self.label = label
    self.excluded = excluded
  }
}

/// Faults of a population flow, in words; empty when every box is the one before less its exclusions.
public func populationFaults(_ flow: [PopulationStep]) -> [String] {
  zip(flow, flow.dropFirst()).compactMap { step, next in
    let left = step.count - step.excluded.reduce(0) { $0 + $1.count }
    guard left != next.count else { return nil }
    return "‘\(step.label)’ leaves \(left) \(left == 1 ? "patient" : "patients"), but ‘\(next.label)’ has \(next.count)"
  }
    + flow.flatMap(\.excluded).compactMap { exclusion in
      let parts = exclusion.details.reduce(0) { $0 + $1.count }
      guard !exclusion.details.isEmpty, parts != exclusion.count else { return nil }
      return
        "‘\(exclusion.reason)’ counts \(exclusion.count) \(exclusion.count == 1 ? "patient" : "patients"), its parts \(parts)"
    }
}

public struct Study: Codable, Hashable, Sendable {
  public var title: String
  /// Shown instead of the title while a protocol withholds it.
  public var neutralTitle: String
  /// Where the cases come from, as a citation; nil for a study of one's own.
  public var source: String?
  public var studyProtocol: StudyProtocol
  public var codebook: Codebook
  public var population: [PopulationStep]
  /// Readings in it are made up for practice, and it says so wherever they are shown.
  public var isIllustrative: Bool
  /// Nil in study files of before there were constructed cases.
  private var constructed: Bool?

  /// Nil in study files of before there were assignments.
  private var assigned: [CaseReaders]?

  /// The readers of cases that were assigned when the study was made, before any case was there.
  public var assign: [CaseReaders] {
    get { assigned ?? [] }
    set { assigned = newValue.isEmpty ? nil : newValue }
  }

  /// Its cases are made up for teaching, and it says so wherever they are shown: no patient, and no publication.
  public var isConstructed: Bool {
    get { constructed ?? false }
    set { constructed = newValue ? true : nil }
  }

  /// The study with another version of its codebook; the one that it has is kept beside it.
  ///
  /// - Parameter date: when the one takes the other's place.
  public func changing(to new: Codebook, at date: Date) -> Study {
    var study = self
    study.codebook = new.asking(studyProtocol)
    study.codebook.former = codebook.former + [FormerCodebook(codebook, until: date)]
    return study
  }

  /// What a stage is called in this study: what stands in no publication is not published.
  public func title(of stage: CaseStage) -> String {
    stage == .published && isConstructed ? "constructed" : stage.title
  }

  public init(
    title: String, neutralTitle: String? = nil, source: String? = nil, studyProtocol: StudyProtocol = StudyProtocol(),
    codebook: Codebook = .vertebralOsteomyelitis, population: [PopulationStep] = [], isIllustrative: Bool = false,
    isConstructed: Bool = false
  ) {
    self.title = title
    self.neutralTitle = neutralTitle ?? "Reader study"
    self.source = source
    self.studyProtocol = studyProtocol
    self.codebook = codebook.asking(studyProtocol)
    self.population = population
    self.isIllustrative = isIllustrative
    constructed = isConstructed ? true : nil
  }
}
