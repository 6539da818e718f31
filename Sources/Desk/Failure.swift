// How a command ends when it cannot do its work: words on standard error, and a status of sysexits.h.

import CaseStore
import Foundation
import Interchange

package enum ExitStatus: Int32 {
  /// What was checked can be used, and has findings.
  case couldBeBetter = 1
  case usage = 64
  case badData = 65
  case noInput = 66
  case cannotShow = 69
  case cannotCreate = 73
  case inputOutput = 74
  case notPermitted = 77
}

/// The words name the thing, what is wrong, and the cure.
package struct Failure: Error {
  package var code: ExitStatus
  /// Each is printed as one line, whatever it quotes; none where everything was said already.
  package var lines: [String]

  package init(_ code: ExitStatus, _ line: String?) { self.init(code, lines: line.map { [$0] } ?? []) }

  package init(_ code: ExitStatus, lines: [String]) {
    self.code = code
    self.lines = lines
  }

  package var words: String? { lines.isEmpty ? nil : lines.joined(separator: "\n") }

  package var status: Int32 { code.rawValue }
}

/// Any error of ours in words.
package func words(of error: any Error) -> String {
  switch error {
  case let failure as Failure: failure.words ?? ""
  case let store as StoreError: store.words
  default: String(describing: error)
  }
}

/// Any error of ours with its exit status.
package func failure(of error: any Error) -> Failure? {
  switch error {
  case let failure as Failure: failure
  case let store as StoreError: Failure(store.exitStatus, lines: store.lines)
  case let problem as InputFile.Problem: Failure(.noInput, problem.description)
  default: nil
  }
}
