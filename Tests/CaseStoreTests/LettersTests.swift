// Until a case is recorded no view names a reader beside a grade, and letters follow from nothing that anybody can know.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

@Suite struct LettersTests {
  private static let readers: [PrincipalID] = ["R1", "R2", "R3"]

  /// Which letter each reader is, told by the one grade in which all three differ.
  private func letters(_ grades: [(name: String, value: GradeValue?)]) -> [String: String] {
    Dictionary(grades.map { ($0.value?.text ?? "", $0.name) }, uniquingKeysWith: { a, b in "\(a)\(b)" })
  }

  /// All three differ on the soft tissue.
  private func differing(_ id: CaseID = "1") throws -> TestStudy {
    let study = try TestStudy(StudyProtocol(seed: 7, withheld: []), cases: [.sample(id, followUps: [])])
    for (reader, value) in zip(Self.readers, ["none", "limited", "extensive"] as [LevelID]) {
      let store = try study.open(reader)
      study.world.wait(seconds: 60)
      _ = try store.record(
        GradeChange(id, .baseline, Codebook.ID.softTissueInflammation, Grade(.level(value))))
      _ = try store.sign(id)
    }
    _ = try study.open("coord").openForConsensus(id)
    return study
  }

  private static let finding = Codebook.ID.softTissueInflammation

  @Test func everyViewHasTheSameLetters() throws {
    let study = try differing()
    let table = try study.open("coord").consensusTable("1")
    let row = try #require(table.row(GradeKey(.baseline, Self.finding)))
    let wanted = letters(zip(table.columns.map(\.title), row.grades.map { $0?.value }).map { ($0, $1) })
    #expect(Set(wanted.values) == ["A", "B", "C"])

    for id: PrincipalID in ["coord", "show"] {
      let store = try study.open(id)
      let view = try store.caseView("1")
      #expect(letters(view.readings.map { ($0.reader.rawValue, $0.values()[Self.finding]) }) == wanted)
      #expect(view.readings.map(\.reader) == ["A", "B", "C"])
      let opened = try #require(try store.openedCases().first)
      #expect(
        letters(opened.readings.map { (opened.names.title(of: $0.reader), $0.values()[Self.finding]) }) == wanted)
      let events = try store.history("1").filter { $0.act == .graded }
      #expect(letters(events.map { ($0.reader.rawValue, $0.changes.first?.new?.value) }) == wanted)
    }
    // One's own is one's own, among letters.
    let own = try study.open("R2").caseView("1").readings
    #expect(Set(own.map(\.reader)).isDisjoint(with: ["R1", "R3"]))
    #expect(own.first { $0.reader == "R2" }?.values()[Self.finding] == .level("limited"))
  }

  /// Who is absent is known by name; a letter without a vote would be theirs.
  @Test func anAbsenceTellsNoLetter() throws {
    let study = try differing()
    let key = GradeKey(.baseline, Codebook.ID.rimSign)
    let store = try study.open("R1")
    _ = try store.consensus("1", .absent("R3", reason: "on leave", records: false))
    _ = try store.consensus("1", .call(key))
    _ = try store.consensus("1", .vote(key, .level("present")))
    _ = try study.open("R2").consensus("1", .vote(key, .level("absent")))
    let table = try store.consensus("1", .reveal(key)).table

    let words = try #require(table.log.last { $0.kind == .revealed }?.text)
    #expect(words.hasSuffix("absent, no vote, present"), "\(words)")
    #expect(!table.log.contains { $0.text.contains(" changed on ") })
  }

  /// An amendment is on record by name.
  @Test func anAmendmentTellsNoLetter() throws {
    let study = try TestStudy(StudyProtocol(seed: 7, withheld: []), cases: [.sample("1", followUps: [])])
    for reader in Self.readers { _ = try study.open(reader).sign("1") }
    _ = try study.open("R2").amend("1", version: 1, reason: "looked again")
    _ = try study.open("R2").sign("1")
    _ = try study.open("coord").openForConsensus("1")

    let store = try study.open("coord")
    #expect(try store.caseView("1").readings.allSatisfy { $0.version == 1 })
    #expect(try store.history("1").allSatisfy { $0.version == 1 })
    #expect(try study.open("R2").caseView("1").readings.contains { $0.reader == "R2" && $0.version == 2 })
  }

  /// With more readers than the consensus has, the one left over is nobody until it is recorded.
  @Test func aReaderWhoIsLeftOverIsNotShown() throws {
    let study = try TestStudy(
      StudyProtocol(readersPerCase: 2, seed: 7, withheld: []), readers: 3, cases: [.sample("1", followUps: [5])])
    for reader: PrincipalID in ["R1", "R2"] {
      _ = try study.open(reader).sign("1")
      _ = try study.open(reader).sign("1", "5")
    }
    _ = try study.open("R3").record(
      GradeChange("1", .baseline, Codebook.ID.rimSign, Grade(.level("absent"))))
    _ = try study.open("coord").assign([CaseReaders("1", ["R1", "R2"])])
    _ = try study.open("coord").openForConsensus("1")

    let store = try study.open("R1")
    #expect(try store.consensusTable("1").columns.count == 2)
    #expect(Set(try store.caseView("1").readings.map(\.reader)).count == 2)
    #expect(Set(try store.history("1").map(\.reader)).count <= 2)
    #expect(Set(try store.openedCases()[0].readings.map(\.reader)) == ["R1", "R2"])
  }

  @Test func noTimeTellsWhoALetterIs() throws {
    let study = try differing()
    let store = try study.open("R1")
    let openedAt = try store.consensusTable("1").openedAt
    for reading in try store.caseView("1").readings where reading.reader != "R1" {
      #expect(reading.state == .signed(openedAt) && reading.seconds == 0)
    }
    let events = try store.history("1").filter { $0.reader != "R1" }
    #expect(events.count == 4 && events.allSatisfy { !$0.isTimed && $0.at == openedAt })
    #expect(try store.audit().allSatisfy { !$0.kind.isOfReading || $0.principal == "R1" })
    #expect(try study.open("coord").audit().filter(\.kind.isOfReading).allSatisfy { $0.kind == .signed })
  }

  @Test func withTheRecordComeTheNames() throws {
    let study = try differing()
    let store = try study.open("coord")
    let reader = try study.open("R1")
    for row in try reader.consensusTable("1").unsettled {
      _ = try reader.consensus("1", .agree([row.key: AgreedGrade(nil, how: .unresolved)]))
    }
    let version = try reader.consensusTable("1").version
    for id in Self.readers { _ = try study.open(id).consensus("1", .confirm(version)) }

    #expect(try store.caseView("1").readings.map(\.reader) == Self.readers)
    #expect(try store.openedCases().first?.names.areKnown == true)
    #expect(try Set(store.history("1").map(\.reader)) == Set(Self.readers))
    #expect(try store.audit().contains { $0.kind == .graded && $0.principal == "R2" })
  }

  @Test func aReaderWhoIsCalledLikeALetterIsNotTakenForOne() {
    let names = ReaderNames(shuffled: ["B", "C", "R1"])
    #expect(["B", "C", "R1"].map { names.title(of: $0) } == ["#1", "#2", "#3"])
  }

  @Test func lettersFollowFromASecretAndNotFromTheSeed() throws {
    let folder = try Folder()
    let world = World()
    func secret(_ name: String) throws -> String? {
      try StudyStore.create(
        at: folder(name), study: Study(title: "T", studyProtocol: StudyProtocol(seed: 1)), principals: people,
        environment: world.environment())
      return try DatabaseQueue(path: folder(name)).read { try String.fetchOne($0, sql: "SELECT letters FROM study") }
    }
    let (one, other) = (try secret("one"), try secret("other"))
    #expect(one?.count == 64 && one != other)
    let orders = (1...20).map { number in
      Self.readers.sorted { a, b in
        ReadingOrder.letterKey(secret: one ?? "", reader: a, round: 1, id: CaseID("\(number)"))
          .lexicographicallyPrecedes(
            ReadingOrder.letterKey(secret: one ?? "", reader: b, round: 1, id: CaseID("\(number)")))
      }
    }
    #expect(Set(orders).count > 2)
  }

  @Test(arguments: OldStudy.all) func anOldStudyKeepsItsSeedAndIsGivenASecret(old: OldStudy) throws {
    let folder = try Folder()
    let path = try old.copied(to: folder)
    let before = try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "SELECT document FROM study") }
    try StudyStore.open(at: path, as: "coordinator", environment: World().environment()).close()
    let (document, secret) = try DatabaseQueue(path: path).read { db in
      try (
        String.fetchOne(db, sql: "SELECT document FROM study"), String.fetchOne(db, sql: "SELECT letters FROM study")
      )
    }
    #expect(document == before)
    #expect(secret?.count == 64)
  }
}
