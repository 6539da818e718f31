// How a case is taught: steps in the order in which a radiologist thinks.

/// What a step is about. The order of the cases is the order of the steps.
public enum TeachingTopic: String, CaseIterable, Codable, Comparable, Hashable, Sendable {
  case presentation, location, t1w
  case t2wAndSTIR = "t2w_stir"
  case contrast, rim, halo
  case softTissue = "disks_soft_tissue"
  case impression, diagnosis
  /// The only topic that may have several steps: one for each examination.
  case followUp = "follow_up"
  case outcome
  /// Why it misled.
  case lesson

  public static func < (a: TeachingTopic, b: TeachingTopic) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}

/// One screen of a walk-through.
public struct TeachingStep: Codable, Hashable, Sendable {
  public var topic: TeachingTopic
  public var title: String
  /// Paragraphs shown at once.
  public var text: [String]
  /// The examination the grades are of.
  public var examination: ExaminationID
  /// The consensus that is shown once the step is revealed. What the step's texts say rests on it.
  public var grades: [FindingID: GradeValue]
  /// Facts that are shown once the step is revealed.
  public var facts: Set<TeachingFact>
  /// What was shown before and is covered while this step is on the screen.
  public var hides: Set<TeachingElement>
  public var question: TeachingQuestion?
  /// Paragraphs shown once the step is revealed.
  public var reveal: [String]
  /// What other studies report, as quoted by the source paper; shown with the answer.
  public var quoted: [String]
  /// For the presenter alone.
  public var notes: [String]
  /// Nil in scripts without, and in those of earlier versions.
  public var image: TeachingImage?

  public init(
    _ topic: TeachingTopic, title: String, text: [String] = [], examination: ExaminationID = .baseline,
    grades: [FindingID: GradeValue] = [:], facts: Set<TeachingFact> = [], hides: Set<TeachingElement> = [],
    question: TeachingQuestion? = nil, reveal: [String] = [], quoted: [String] = [], notes: [String] = [],
    image: TeachingImage? = nil
  ) {
    self.topic = topic
    self.title = title
    self.text = text
    self.examination = examination
    self.grades = grades
    self.facts = facts
    self.hides = hides
    self.question = question
    self.reveal = reveal
    self.quoted = quoted
    self.notes = notes
    self.image = image
  }

  /// What becomes visible when the step is revealed, and stays visible.
  public var shows: Set<TeachingElement> {
    let graded =
      examination.isBaseline
      ? Set(grades.keys.map { TeachingElement.finding($0) }) : [.followUp(examination)]
    return graded.union(facts.map { .fact($0) })
  }
}

/// The steps of one case.
public struct TeachingScript: Codable, Hashable, Sendable {
  public var caseID: CaseID
  /// Shown instead of the case's number and title while the case is unknown.
  public var neutralTitle: String
  public var steps: [TeachingStep]
  /// Where the case was published, as `PubMed 18356469`; nil where nothing is named.
  public var reference: String?
  /// What it was, as a level of the finding *impression*; nil where the script does not say.
  public var diagnosis: LevelID?
  /// What the texts name in short, by title and year.
  public var sources: [String]
  /// Made from the findings, because nobody wrote one.
  public var isDerived: Bool

  public init(
    caseID: CaseID, neutralTitle: String, steps: [TeachingStep], reference: String? = nil, diagnosis: LevelID? = nil,
    sources: [String] = [], isDerived: Bool = false
  ) {
    self.caseID = caseID
    self.neutralTitle = neutralTitle
    self.steps = steps
    self.reference = reference
    self.diagnosis = diagnosis
    self.sources = sources
    self.isDerived = isDerived
  }

  /// As everybody but the presenter may have it.
  public var withoutNotes: TeachingScript {
    var bare = self
    for index in bare.steps.indices { bare.steps[index].notes = [] }
    return bare
  }

  /// Everything that some step shows.
  public var elements: Set<TeachingElement> { steps.reduce(into: []) { $0.formUnion($1.shows) } }

  /// What is visible at a step, from 0: all that the steps before showed, and what the step itself shows once it is
  /// revealed, less what it covers.
  public func visible(at step: Int, isRevealed: Bool) -> Set<TeachingElement> {
    guard steps.indices.contains(step) else { return [] }
    let shown = steps[..<step].reduce(into: Set<TeachingElement>()) { $0.formUnion($1.shows) }
    return shown.subtracting(steps[step].hides).union(isRevealed ? steps[step].shows : [])
  }

  /// Grades that the steps claim and that a consensus does not hold.
  public func contradictions(to consensus: Consensus) -> [GradeKey] {
    steps.flatMap { step in
      step.grades.compactMap { finding, value in
        let key = GradeKey(step.examination, finding)
        return consensus.grades[key]?.grade?.value == value ? nil : key
      }
    }
  }
}
