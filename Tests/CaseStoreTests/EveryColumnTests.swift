// Every column of every fact and of everything derived, changed to another value that is just as good: refused or found.

import Foundation
import GRDB
import ReviewCore
import Testing

@testable import CaseStore

private typealias ID = Codebook.ID

@Suite struct EveryColumnTests {
  /// Three cases, a session with every kind of act, people with passphrase and account, a second round.
  static func study() throws -> SessionStudy {
    let session = try SessionStudy(StudyProtocol(rounds: 2, seed: 7, washoutDays: 0))
    let coordinator = try session["coord"]
    try session["R3"].choosePassphrase("correct horse")
    try coordinator.bind("R2", toUser: "anna")
    let halo = GradeKey(.baseline, ID.haloSign)
    for reader in try ["R1", "R2", "R3"].map({ try session[PrincipalID($0)] }) {
      for examination in [ExaminationID.baseline, "5"] {
        if examination.isBaseline {
          let grade = Grade(
            .level("present"), note: "thin", image: ImageReference(series: 4, slice: 12), bone: .l5, mark: mark)
          _ = try reader.record(GradeChange("2", grades: [rim: grade]))
          _ = try reader.record(GradeChange("2", grades: [halo: Grade(.level("absent"))]))
          _ = try reader.undo("2")
          _ = try reader.redo("2")
        }
        try reader.addSeconds(40, "2", examination)
        _ = try reader.sign("2", examination)
      }
    }
    _ = try session["R1"].amend(
      "2", reason: "slip", with: GradeChange("2", grades: [halo: Grade(.level("present"))]))
    _ = try session["R1"].sign("2")
    try session.play(.call(rim))
    for (reader, vote) in [("R1", "absent"), ("R2", "present"), ("R3", "absent")] as [(PrincipalID, LevelID)] {
      try session.play(.vote(rim, .level(vote)), by: reader)
    }
    try session.play(.reveal(rim))
    try session.play(.takeOver(nil))
    try session.play(
      .agree(rim, AgreedGrade(Grade(.level("absent"), note: "of L5", mark: mark), rationale: "seen on STIR")))
    let version = try session.play(.note(rim, "looked at twice")).table.version
    try session.play(.confirm(version))
    try session.play(.dissent(version, reason: "I see a rim"), by: "R2")
    try session.play(.absent("R3", reason: "on leave"))
    try session.play(.reopen(version, reason: "a new image"))
    try session.play(.call(rim))
    try session.play(.callOff(rim))
    _ = try coordinator.startRound(2)
    _ = try session["R1"].record(GradeChange("2", grades: [rim: Grade(.level("present"), note: "faint")]))
    try session["R1"].addSeconds(7, "2")
    _ = try coordinator.importCases([.sample("3", followUps: [3])])
    _ = try coordinator.importCases([.sample("3", age: 54, followUps: [])])
    _ = try coordinator.importCases([.sample("4")])
    _ = try coordinator.importReadings(imported, from: "elsewhere.csv")
    _ = try coordinator.addImages([.sample("2"), .sample("2", "5", .t2w, seed: 2), .sample("4", seed: 3, side: 8)])
    _ = try coordinator.assign([CaseReaders("1", ["R1", "R2"])])
    _ = try coordinator.handOver(["1"], from: "R2", to: "R3", reason: "on leave")
    try coordinator.add(Principal("R9", role: .reader))
    _ = try coordinator.withdraw("R9", reason: "left")
    return session
  }

  private static let mark = ImageMark(
    .ellipse, on: "image", at: PatientPoint(1, 2, 3), to: PatientPoint(4, 5, 6))

  /// Two readings and the consensus of a case that was read elsewhere.
  private static var imported: ReadingsImport {
    let key = GradeKey("5", ID.foci)
    let grade = Grade(
      .level("decreased"), note: "few", image: ImageReference(series: 4, slice: 12), confidence: 3)
    let readings = [ExaminationID.baseline, "5"].map { examination in
      Reading(
        reader: "S1", examination: examination,
        state: .imported(ReadElsewhere(read: "2026-01-0\(examination.isBaseline ? 2 : 3)", madeIn: "Basel")),
        grades: examination.isBaseline
          ? [
            rim: Grade(.level("present"), note: "thin", bone: .l5),
            GradeKey(.baseline, ID.t2w): Grade(.levels(["iso"])),
          ]
          : [key: grade], note: "old scanner", seconds: 5)
    }
    let consensus = Consensus(
      origin: .imported,
      grades: [
        rim: AgreedGrade(
          Grade(.level("present"), note: "n", bone: .l5), how: .majority, cause: .definition, rationale: "r",
          votes: "R1=present"),
        key: AgreedGrade(grade, how: .unanimous),
      ], madeIn: "Basel")
    return ReadingsImport(readings: readings.map { .init("4", $0) }, consensus: ["4": [consensus]])
  }

  /// The file of `study`, made once.
  static let file = Result {
    let session = try study()
    try session["coord"].copy(to: session.study.folder("copy"))
    return try Data(contentsOf: URL(fileURLWithPath: session.study.folder("copy")))
  }

  let folder: Folder
  private let world = World()
  private var path: String { folder() }

  init() throws { folder = try Folder() }

  /// Puts the study as it was made, or what a body makes of it, in place.
  private func place(_ change: (Database) throws -> Void = { _ in }) throws {
    StudyFile.remove(path)
    try Self.file.get().write(to: URL(fileURLWithPath: path))
    try tamper(path, change)
  }

  private func faults(as id: PrincipalID = "show") throws -> [String] {
    do { return try StudyStore.open(at: path, as: id, environment: world.environment()).verify().faults } catch let
      error as StoreError
    {
      return [error.description]
    }
  }

  /// What a fault has to speak of.
  private static let named: [String: String] = [
    "assignment": "case|rows of assignment", "study": "study", "principal": "R[0-9]|coord|show|principal",
    "audit": "audit",
    "written": "audit row|listed|written",
    "list": "worklist", "entry": "worklist", "tally": "worklist", "term": "worklist",
    "entry_term": "worklist|entry_term", "image_pixels": "case|image_pixels",
  ]

  /// Rows that say something: a word that no worklist uses any more, or a count of none, says nothing.
  private static let rows = [
    "term": "seq IN (SELECT term_seq FROM entry_term)", "tally": "count > 0",
  ]

  static let tables = Schema.registry.filter { $0.value != .working }.keys.sorted()

  /// Other values of a column, as SQL.
  private static func values(_ table: String, _ column: String) -> [String] {
    let other = "(SELECT o.\"\(column)\" FROM \"\(table)\" o WHERE o.\"\(column)\" IS NOT t.\"\(column)\" LIMIT 1)"
    switch (table, column) {
    case ("study", "document"):
      return ["json_set(document, '$.title', 'x')", "json_set(document, '$.studyProtocol.readersPerCase', 2)"]
    case ("patient_case", "document"): return ["json_set(document, '$.outcome', 'died')", other]
    case ("principal", "passphrase"): return ["NULL", "json_set(passphrase, '$.rounds', 2)", other]
    case (_, "remarks"), (_, "missing"): return ["'[\"rim_sign\"]'", "'[ ]'", other]
    default:
      return [
        other,
        "CASE typeof(\"\(column)\") WHEN 'integer' THEN \"\(column)\" + 1 WHEN 'real' THEN \"\(column)\" + 1 "
          + "WHEN 'blob' THEN zeroblob(32) WHEN 'text' THEN \"\(column)\" || 'x' ELSE 1 END", "'x'", "NULL",
      ]
    }
  }

  @Test(arguments: tables) func aChangedValueIsRefusedOrFound(table: String) throws {
    try place()
    #expect(try faults() == [])
    let columns = try OldStudy.columns(path)[table] ?? []
    let keys = try DatabaseQueue(path: path).read { try $0.primaryKey(table).columns }
    let identity = keys.map { "\"\($0)\"" }.joined(separator: ", ")
    var found = 0
    for column in columns {
      for order in ["ASC", "DESC"] {
        let row = """
          (\(identity)) = (SELECT \(identity) FROM "\(table)" WHERE \(Self.rows[table] ?? "1")
            ORDER BY "\(column)" \(order) LIMIT 1)
          """
        for value in Self.values(table, column) {
          let sql = """
            UPDATE "\(table)" AS t SET "\(column)" = \(value) WHERE \(row) AND "\(column)" IS NOT \(value)
            """
          var changes = 0
          do {
            try place { db in
              try db.execute(sql: sql)
              changes = db.changesCount
            }
          } catch is DatabaseError { continue }
          guard changes > 0 else { continue }
          let faults = try faults(as: table == "principal" ? "coord" : "show")
          let words = try Regex(Self.named[table] ?? "case|rows of \(table)")
          #expect(faults.contains { $0.contains(words) }, "\(sql): \(faults)")
          found += 1
        }
      }
    }
    #expect(found > 0)
  }

  @Test func everyTableIsListed() throws {
    let study = try TestStudy(cases: [])
    #expect(Set(try OldStudy.columns(study.path).keys) == Set(Schema.registry.keys))
  }

  /// Changes of several rows at once that leave every value as good as it was.
  static let exchanges = [
    "two cases' ids":
      "UPDATE patient_case SET id = 'tmp' WHERE id = '1'; UPDATE patient_case SET id = '1' WHERE id = '2'; UPDATE patient_case SET id = '2' WHERE id = 'tmp'",
    "all acquisitions": "DELETE FROM acquisition",
    "the order of acts":
      "UPDATE consensus_act SET seq = -1 WHERE seq = 2; UPDATE consensus_act_grade SET act_seq = -1 WHERE act_seq = 2; "
      + "UPDATE consensus_act SET seq = 2 WHERE seq = 3; UPDATE consensus_act_grade SET act_seq = 2 WHERE act_seq = 3; "
      + "UPDATE consensus_act SET seq = 3 WHERE seq = -1; UPDATE consensus_act_grade SET act_seq = 3 WHERE act_seq = -1",
    "another coordinator":
      "INSERT INTO principal (id, name, role, added_at) VALUES ('C2', 'C2', 'coordinator', '2026-01-01T00:00:00.000Z')",
    "a trigger": "CREATE TRIGGER x AFTER INSERT ON step BEGIN DELETE FROM draft_note; END",
    "a view": "CREATE VIEW x AS SELECT * FROM step",
    "an index": "DROP INDEX audit_by_case",
    "a case": "DELETE FROM patient_case WHERE id = '3'",
    "an opening": "DELETE FROM opening; UPDATE case_round SET stage = 'ready' WHERE stage NOT IN ('reading', 'ready')",
    "time spent on a signed reading": "UPDATE time_spent SET seconds = seconds + 1 WHERE round = 1",
    "the lists of the acts": "DELETE FROM written",
    "a grade of nothing":
      "INSERT INTO grade (step_seq, finding, comparator, value) VALUES (99999, 'rim_sign', 'baseline', 'absent')",
  ]

  @Test(arguments: exchanges.keys.sorted()) func exchangesAreFound(name: String) throws {
    let sql = try #require(Self.exchanges[name])
    try place { try $0.execute(sql: sql) }
    #expect(try faults() != [])
  }

  @Test func workingStateIsNotUnderTheChain() throws {
    let session = try Self.study()
    try session["R1"].keepDraft(DraftNote(nil, "half"), "2")
    try tamper(
      session.study.path,
      "UPDATE time_spent SET seconds = seconds + 1 WHERE round = 2; UPDATE draft_note SET text = 'x'")
    let found = try session.study.open("show").verify()
    #expect(found.faults == [])
    #expect(found.notes.contains { $0.contains("notes in progress") })
  }

  @Test func atASeatNoFaultTellsOfWhatIsSealed() throws {
    let session = try SessionStudy(opens: false)
    for (table, reader) in [("grade", "R2"), ("current", "R2")] as [(String, PrincipalID)] {
      let changed = try SessionStudy(opens: false)
      let step = table == "grade" ? "step_seq IN (SELECT seq FROM step WHERE principal_seq = 2)" : "principal_seq = 2"
      try tamper(changed.study.path, "UPDATE \(table) SET note = 'other' WHERE finding = 'rim_sign' AND \(step)")
      #expect(try !changed["coord"].verify().isIntact)
      for id in ["R1", "coord"] as [PrincipalID] { #expect(try changed[id].verify(scope: .seat).faults == []) }
      #expect(try !changed[reader].verify(scope: .seat).isIntact)
    }
    // A break in the chain is told, but not where.
    try tamper(session.study.path, "UPDATE audit SET at = '2026-01-01T00:00:00.000Z' WHERE principal = 'R2'")
    let faults = try session["R1"].verify(scope: .seat).faults
    #expect(faults.count == 1 && faults[0].contains("the file's account"))
    #expect(!faults[0].contains { $0.isNumber } && !faults[0].contains("graded"))
  }

  @Test func aHeadMayBeCutToSixteenDigits() throws {
    let session = try SessionStudy()
    let head = try session["R1"].backupHead()
    let coordinator = try session["coord"]
    #expect(try coordinator.verify(head: AuditHead(rawValue: String(head.rawValue.prefix(16)))).faults == [])
    #expect(try coordinator.verify(head: AuditHead(rawValue: String(head.rawValue.prefix(15)) + "g")).faults.count == 1)
    #expect(try coordinator.verify(head: "").faults.first?.contains("several heads") == true)
  }
}

extension StudyStore {
  fileprivate func backupHead() throws -> AuditHead { try info().auditHead }
}
