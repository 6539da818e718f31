// What a filter can look up in the index of a worklist.

import ReviewCore

/// A word of a fact, as `rim_sign` `absent` or `status` `draft`.
struct Term: Hashable {
  var fact: String
  var word: String

  static func grade(_ finding: FindingID, _ word: String) -> Term { Term(fact: finding.rawValue, word: word) }
  // A colon keeps these apart from the findings of any codebook.
  static func status(_ status: WorklistFilter.Status) -> Term { Term(fact: "status:", word: status.rawValue) }
  static func flag(_ flag: CourseFlag) -> Term { Term(fact: "flag:", word: flag.rawValue) }
  static func sex(_ sex: Sex) -> Term { Term(fact: "sex:", word: sex.rawValue) }
}

extension WorklistFilter.Fact {
  /// Nil for ranges and patterns, which are compared instead.
  var term: Term? {
    switch self {
    case .grade(let finding, let word): .grade(finding, word)
    case .status(let status): .status(status)
    case .flag(let flag): .flag(flag)
    case .sex(let sex): .sex(sex)
    case .age, .followUp, .id: nil
    }
  }
}

extension CaseStage {
  var status: WorklistFilter.Status? {
    switch self {
    case .reading: nil
    case .ready: .ready
    case .opened, .inDiscussion, .reopened: .opened
    case .recorded: .recorded
    case .published: .published
    case .imported: .imported
    }
  }
}

extension OwnState {
  var status: WorklistFilter.Status? {
    switch self {
    case .none: nil
    case .todo: .todo
    case .draft: .draft
    case .signed: .signed
    }
  }
}
