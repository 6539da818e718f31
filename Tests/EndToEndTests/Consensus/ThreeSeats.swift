// Three readers at three terminals, on one practice study.

import CaseStore
import Foundation
import Glibc
import PtyHarness
import ReviewCore
import Testing

/// Case 1 of the practice study: signed by all three, who dispute eleven of its findings.
final class ThreeSeats {
  let sandbox: Sandbox
  private(set) var seats: [String: Tmux] = [:]

  static let readers = ["R1", "R2", "R3"]

  init() throws {
    sandbox = try Sandbox()
    _ = try sandbox.endplate("list", "--study", "practice", "--as", "coordinator")
    for reader in Self.readers { try sit(reader) }
  }

  subscript(reader: String) -> Tmux {
    get throws { try #require(seats[reader]) }
  }

  /// Sits down anew and goes to the consensus of case 1.
  @discardableResult
  func sit(_ reader: String) throws -> Tmux {
    let seat = try sandbox.tmux(["demo", "--practice", "--as", reader])
    seats[reader] = seat
    try seat.wait(forText: "Worklist", "7 cases")
    try seat.type("/m 53")
    try seat.press("Enter", "c")
    try seat.wait(forText: "Consensus case 1")
    return seat
  }

  /// Kills the program at a seat; the window stays.
  func kill(_ reader: String) throws {
    let seat = try self[reader]
    Glibc.kill(try seat.program(), SIGKILL)
    try seat.wait(forText: "ended 137")
  }

  /// Waits until texts are on the screens of some seats, of all unless said.
  func wait(
    _ readers: [String] = readers, for texts: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for reader in readers {
      try self[reader].wait(for: "\(texts) at \(reader)", sourceLocation: sourceLocation) { screen in
        texts.allSatisfy { text in screen.contains { $0.contains(text) } }
      }
    }
  }

  /// All that is on the screens now.
  func screens() throws -> [String: String] { try seats.mapValues { try $0.screen().joined(separator: "\n") } }

  func endplate(_ arguments: String..., as principal: String = "coordinator") throws -> ProgramResult {
    try sandbox.endplate(arguments + ["--study", "practice", "--as", principal])
  }

  func minutes(as principal: String = "coordinator") throws -> String {
    let result = try endplate("consensus", "minutes", "1", as: principal)
    #expect(result.status == 0, "\(result.errorText)")
    return result.text
  }

  /// What was graded, as the file holds it once the case is open; whose it is has another name until the consensus is recorded.
  func readings() throws -> Set<[GradeKey: Grade]> {
    let store = try StudyStore.open(
      at: sandbox.path("data/endplate/practice.study"), as: "coordinator", environment: StudyWorld(Date()).environment()
    )
    defer { try? store.close() }
    return Set(try store.caseView("1").readings.map(\.grades))
  }
}

extension Tmux {
  /// The process of the program in the window.
  func program() throws -> pid_t {
    let shell = try variable("pane_pid")
    let children = try String(contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
    return try #require(children.split(separator: " ").first.flatMap { pid_t($0) })
  }
}
