// The numbers by which a worklist keeps and sorts stages and standings: part of the file, whatever order the program
// declares its cases in.

import ReviewCore

extension CaseStage {
  /// In the order of a case's life.
  var code: Int {
    switch self {
    case .reading: 0
    case .ready: 1
    case .opened: 2
    case .inDiscussion: 3
    case .recorded: 4
    case .reopened: 5
    case .published: 6
    case .imported: 7
    }
  }

  init(code: Int) throws(StoreError) {
    guard let stage = Self.allCases.first(where: { $0.code == code }) else {
      throw .badData(["the study file holds \(code) where the stage of a case should be"])
    }
    self = stage
  }
}

extension OwnState {
  /// How far along a reader is with a case.
  enum Code: Int {
    case none = 0
    case todo = 1
    case draft = 2
    case signed = 3
  }

  var code: Code {
    switch self {
    case .none: .none
    case .todo: .todo
    case .draft: .draft
    case .signed: .signed
    }
  }

  init(code: Int, graded: Int, gradable: Int) throws(StoreError) {
    guard let known = Code(rawValue: code) else {
      throw .badData(["the study file holds \(code) where a reader's standing should be"])
    }
    switch known {
    case .none: self = .none
    case .todo: self = .todo
    case .draft: self = .draft(graded: graded, of: gradable)
    case .signed: self = .signed
    }
  }
}
