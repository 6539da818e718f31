// The worklist: one row a case, in the principal's own order.

/// The principal's own standing in a case: all its examinations of the round together.
public enum OwnState: Codable, Hashable, Sendable {
  /// No readings are asked of this principal.
  case none
  case todo
  case draft(graded: Int, of: Int)
  case signed

  /// Readings are asked, and nothing of them is graded.
  public var isNotBegun: Bool {
    switch self {
    case .todo, .draft(graded: 0, of: _): true
    default: false
    }
  }
}

public struct WorklistRow: Codable, Hashable, Sendable, Identifiable {
  public var id: CaseID
  /// Position in the principal's order, from 1.
  public var position: Int
  public var sex: Sex?
  /// In years.
  public var age: Int?
  /// Nil where there is none or it is withheld.
  public var title: String?
  /// The consensus once there is one, else the principal's own grade.
  public var bones: GradeValue?
  public var lesions: GradeValue?
  public var own: OwnState
  /// Readers who have signed all their readings of the round, and how many must.
  public var signed: Int
  public var required: Int
  public var stage: CaseStage
  /// Months of the follow-up examinations that the principal may know of, ascending.
  public var followUps: [Double]
  public var flags: Set<CourseFlag>
  /// What was imported of the case cannot be read any more: the rest of the row is what it said when it could.
  public var isDamaged = false

  public init(
    id: CaseID, position: Int, sex: Sex? = nil, age: Int? = nil, title: String? = nil, bones: GradeValue? = nil,
    lesions: GradeValue? = nil, own: OwnState = .none, signed: Int = 0, required: Int = 0, stage: CaseStage = .reading,
    followUps: [Double] = [], flags: Set<CourseFlag> = []
  ) {
    self.id = id
    self.position = position
    self.sex = sex
    self.age = age
    self.title = title
    self.bones = bones
    self.lesions = lesions
    self.own = own
    self.signed = signed
    self.required = required
    self.stage = stage
    self.followUps = followUps
    self.flags = flags
  }

  /// `M 53`, with `?` for what is not stated.
  public var patient: String { "\(sex?.letter ?? "?") \(age.map(String.init) ?? "?")" }
}

public enum WorklistSort: String, CaseIterable, Codable, Hashable, Sendable {
  /// The principal's own reading order.
  case order
  case number, age, lesions, own, stage
  case followUp = "follow_up"

  public var title: String { self == .own ? "your state" : rawValue.replacing("_", with: "-") }
}

public struct WorklistQuery: Codable, Hashable, Sendable {
  public var filter: WorklistFilter
  public var sort: WorklistSort
  public var descending: Bool

  public init(filter: WorklistFilter = .init(), sort: WorklistSort = .order, descending: Bool = false) {
    self.filter = filter
    self.sort = sort
    self.descending = descending
  }
}

/// Some rows of a worklist, and how many there are in all.
public struct WorklistPage: Codable, Hashable, Sendable {
  /// Index of the first row here, from 0.
  public var offset: Int
  public var rows: [WorklistRow]
  public var total: Int

  public init(offset: Int = 0, rows: [WorklistRow] = [], total: Int = 0) {
    self.offset = offset
    self.rows = rows
    self.total = total
  }
}

/// What the head of the worklist says, over all cases.
public struct WorklistCounts: Codable, Hashable, Sendable {
  public var cases: Int
  /// Of the principal's own.
  public var signed: Int
  public var draft: Int
  /// All readings signed, not opened yet.
  public var ready: Int
  /// With a recorded or published consensus.
  public var recorded: Int
  /// Read elsewhere and imported, with a consensus or without one.
  public var elsewhere: Int

  public init(cases: Int = 0, signed: Int = 0, draft: Int = 0, ready: Int = 0, recorded: Int = 0, elsewhere: Int = 0) {
    self.cases = cases
    self.signed = signed
    self.draft = draft
    self.ready = ready
    self.recorded = recorded
    self.elsewhere = elsewhere
  }
}
