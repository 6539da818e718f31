// Killed without a warning, hundreds of times, in the middle of random keys: what a reader last saw is on the disk.

import CaseStore
import Foundation
import Glibc
import PtyHarness
import ReviewCore
import TestSupport
import Testing

extension EndToEnd {
  @Suite struct Kills {
    @Test("three readers grade at random and are killed 240 times; no grade whose tick was seen is lost")
    func random() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: (1...10).map { .plain(CaseID(String($0))) })
      var dice = SeededGenerator(seed: 9)
      var seen = 0

      for round in 0..<80 {
        let down = String(repeating: "j", count: round % 10)
        let sittings = try OwnStudy.readers.map { try Sitting(sandbox, study, $0, keys: down + "g") }
        for sitting in sittings { try sitting.waitUntilDrawn() }
        for _ in 0..<Int.random(in: 1...4, using: &dice) {
          for sitting in sittings {
            let burst = (0..<Int.random(in: 1...6, using: &dice)).map { _ in Self.key(&dice) }
            sitting.process.type(burst.joined())
            if Int.random(in: 0..<4, using: &dice) > 0 { sitting.process.read(within: .milliseconds(300)) }
          }
        }
        usleep(UInt32.random(in: 0...20_000, using: &dice))
        for sitting in sittings { sitting.process.signal(SIGKILL) }

        for sitting in sittings {
          #expect(sitting.process.waitForEnd() == .killed(by: SIGKILL))
          let screen = sitting.screen()
          let trail = try sitting.trail(of: screen.caseID)
          #expect(
            trail.contains { screen.shows($0) },
            "round \(round), \(sitting.reader): seen \(screen.grades), stored \(trail.last ?? [])")
          seen += trail.first.map(screen.shows) == true ? 0 : 1
        }
      }

      // Many were killed after they had seen something new.
      #expect(seen > 80)
      let verified = try sandbox.endplate("audit", "--verify", "--study", study.path, "--as", "coordinator")
      #expect(verified.status == 0, "\(verified.text)\(verified.errorText)")
      #expect(try study.sqlite(sandbox, "PRAGMA integrity_check").text == "ok\n")
    }

    @Test("and that test can tell: a grade that is seen and not stored is found")
    func lost() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: [.plain("1")])
      let sitting = try Sitting(sandbox, study, "R1", keys: "g")
      try sitting.waitUntilDrawn()

      sitting.process.type("j1212")
      sitting.process.readUntilQuiet()
      sitting.process.signal(SIGKILL)
      _ = sitting.process.waitForEnd()

      let screen = sitting.screen()
      let trail = try sitting.trail(of: screen.caseID)
      #expect(trail.last.map(screen.shows) == true)
      #expect(!trail.dropLast().contains { screen.shows($0) })
    }

    /// A key of a reader in a hurry: grades, slips, second thoughts, notes.
    private static func key(_ dice: inout SeededGenerator) -> String {
      let keys = ["1", "2", "3", "1", "2", "x", "z", "u", "u", "U", ",2", "j", "k", "n", "\u{7F}", "\r", "ma note\r"]
      return keys.randomElement(using: &dice) ?? "1"
    }
  }
}

/// One reader before the grading screen, and what the store says of it.
private struct Sitting {
  let reader: PrincipalID
  let process: PtyProcess
  private let study: OwnStudy
  private let size = TerminalSize(100, 24)
  private let start = Date()
  fileprivate static let findings = Codebook.vertebralOsteomyelitis.findings(in: .baseline)

  init(_ sandbox: Sandbox, _ study: OwnStudy, _ reader: PrincipalID, keys: String) throws {
    (self.study, self.reader) = (study, reader)
    process = try sandbox.workstation(["--study", study.path, "--as", reader.rawValue], size: size)
    process.type(keys)
  }

  func waitUntilDrawn() throws {
    try #require(process.read { $0.output.holds("Grade case") && $0.output.holds("impression") })
    process.readUntilQuiet(for: .milliseconds(15))
  }

  func screen() -> GradesSeen { GradesSeen(process.screen(size)) }

  /// The grades after each act since the start, in the words of the screen; the first is what there was before.
  func trail(of id: CaseID) throws -> [[String]] {
    let events = try study.reading(reader) { try $0.history(id) }
    var grades: [FindingID: Grade] = [:]
    func apply(_ events: some Sequence<ReadingEvent>) {
      for change in events.flatMap(\.changes) { if let key = change.key { grades[key.finding] = change.new } }
    }
    apply(events.prefix { $0.at < start })
    return [Self.words(grades)]
      + events.drop { $0.at < start }.map { event in
        apply([event])
        return Self.words(grades)
      }
  }

  private static func words(_ grades: [FindingID: Grade]) -> [String] {
    findings.map { finding in
      guard let grade = grades[finding.id] else { return "▁" }
      let hasGlyph = grade.value.isAnswer && (finding.scale == .choice || finding.scale == .set)
      return (hasGlyph ? finding.glyphs(grade.value) + " " : "") + finding.words(grade.value)
        + (grade.note == nil ? "" : " ✎")
    }
  }
}

/// What a reader saw last.
private struct GradesSeen {
  let caseID: CaseID
  /// A text each finding, as far as nothing covers them.
  let grades: [String]

  init(_ lines: [String]) {
    caseID = CaseID(lines[1].split(separator: " ").dropFirst(2).first.map(String.init) ?? "")
    // An open list, as Enter opens one, covers what is below its first line.
    let rows = lines.dropFirst(2).prefix(Sitting.findings.count).prefix { !$0.contains("┌") }
    grades = rows.map { row in
      row.dropFirst(32).prefix { $0 != "│" }.split(separator: " ").joined(separator: " ")
    }
  }

  /// Whether these are the grades; what is too long for its place ends in dots.
  func shows(_ stored: [String]) -> Bool {
    zip(grades, stored).allSatisfy { seen, stored in
      seen == stored || seen.hasSuffix("…") && stored.hasPrefix(seen.dropLast())
    }
  }
}
