// What somebody with the sqlite3 shell does to a study: refused by the file itself, or found by audit --verify.

import Foundation
import PtyHarness
import ReviewCore
import Testing

@testable import CaseStore

extension EndToEnd {
  @Suite struct Tampering {
    let sandbox: Sandbox
    let study: OwnStudy
    /// Heads in the receipts of R1's two signatures.
    let heads: [String]

    /// Case 1 is graded, signed and amended by R1 through the commands. Before the amendment there was a backup.
    init() throws {
      sandbox = try Sandbox()
      study = try OwnStudy(sandbox, cases: [.plain("1")])
      let grades = Codebook.vertebralOsteomyelitis.findings(in: .baseline).map { finding in
        "\(finding.id)=\(finding.levels.first?.id.rawValue ?? "T11,L2")"
      }
      let first = try sandbox.endplate(
        ["grade", "1"] + grades + ["--note", "rim=faint", "--sign", "--study", study.path, "--as", "R1"])
      let saved = try sandbox.endplate(
        "backup", sandbox.path("old.study"), "--study", study.path, "--as", "coordinator")
      let second = try sandbox.endplate(
        "grade", "1", "rim=present", "--reason", "seen on STIR", "--sign", "--study", study.path, "--as", "R1")
      try #require([first, saved, second].map(\.status) == [0, 0, 0], "\(first.errorText)\(second.errorText)")
      heads = try [first, second].map { String(try #require($0.text.firstMatch(of: /receipt ([0-9a-f]{64})/)).1) }
    }

    private func verify(head: String? = nil) throws -> ProgramResult {
      try sandbox.endplate(
        ["audit", "--verify", "--study", study.path, "--as", "R2"] + (head.map { ["--head", $0] } ?? []))
    }

    private static let tables = ["step", "grade", "signature", "amendment", "audit"]

    private func columns(_ table: String) throws -> [String] {
      try study.sqlite(sandbox, "SELECT name FROM pragma_table_info('\(table)')").text.split(separator: "\n")
        .map(String.init)
    }

    /// Takes the triggers away.
    ///
    /// - Returns: what makes them anew, so that nothing else is left to be found.
    @discardableResult
    private func withoutTriggers() throws -> String {
      let triggers = "FROM sqlite_master WHERE type = 'trigger'"
      let anew = try study.sqlite(sandbox, "SELECT sql || ';' \(triggers)").text
      let drop = try study.sqlite(sandbox, "SELECT 'DROP TRIGGER ' || name || ';' \(triggers)").text
      #expect(try study.sqlite(sandbox, drop).status == 0)
      return anew
    }

    @Test("an untouched study passes, with every head of its receipts")
    func untouched() throws {
      for head in [nil] + heads.map(Optional.some) {
        let result = try verify(head: head)
        #expect(result.status == 0 && result.text.contains("as it was written"), "\(result.text)")
      }
      let unknown = try verify(head: "00ff00ff00ff00ff")
      #expect(unknown.status == 65 && unknown.text.contains("00ff00ff00ff00ff"))
      // As the workstation prints it.
      let short = try verify(head: String(heads[0].prefix(16)))
      #expect(short.status == 0 && short.text.contains("holds that head"), "\(short.text)")
      for wrong in [String(heads[0].prefix(15)), heads[0] + "0", "not a head of sixteen"] {
        #expect(try verify(head: wrong).status == 64)
      }
    }

    @Test("the shell cannot change, take away or replace a row", arguments: tables)
    func refused(table: String) throws {
      let columns = try columns(table)
      let before = try study.sqlite(sandbox, "SELECT * FROM \(table)").text
      let acts =
        columns.map { "UPDATE \(table) SET \($0) = \($0)" } + ["DELETE FROM \(table)"]
        + ["INSERT OR REPLACE INTO \(table) SELECT * FROM \(table)"]

      for act in acts {
        let result = try study.sqlite(sandbox, act)
        #expect(result.status != 0, "\(act)")
      }
      #expect(try study.sqlite(sandbox, "SELECT * FROM \(table)").text == before)
      #expect(try verify().status == 0)
    }

    @Test("with the triggers taken away, every byte changed is found", arguments: tables)
    func found(table: String) throws {
      let triggers = try withoutTriggers()
      let pristine = try Data(contentsOf: URL(fileURLWithPath: study.path))
      for column in try columns(table) {
        // The row with the longest value; of a number every bit is in one change.
        let longest = "ORDER BY length(CAST(\(column) AS BLOB)) DESC LIMIT 1"
        let value = try study.sqlite(sandbox, "SELECT typeof(\(column)), hex(\(column)) FROM \(table) \(longest)").text
        let parts = value.split(whereSeparator: { "|\n".contains($0) }).map(String.init)
        guard parts.count == 2 else { continue }
        for changed in Self.changes(type: parts[0], hex: parts[1], column: column) {
          try pristine.write(to: URL(fileURLWithPath: study.path))
          let key = Self.keys[table] ?? "seq"
          let sql =
            "UPDATE \(table) SET \(column) = \(changed) WHERE (\(key)) = (SELECT \(key) FROM \(table) \(longest))"
          // What a CHECK refuses is not in the file.
          guard try study.sqlite(sandbox, "PRAGMA synchronous = OFF; \(sql); \(triggers)").status == 0 else { continue }
          #expect(try !study.reading("R2") { try $0.verify().isIntact }, "\(sql)")
        }
      }
      // And so says the command.
      try pristine.write(to: URL(fileURLWithPath: study.path))
      let number = Self.numbers[table] ?? "seq"
      #expect(try study.sqlite(sandbox, "UPDATE \(table) SET \(number) = \(number) + 1000").status == 0)
      let result = try verify()
      #expect(result.status == 65 && result.errorText.contains("the record was changed"), "\(result.text)")
    }

    private static let keys = ["grade": "step_seq, finding, comparator"]
    private static let numbers = ["grade": "step_seq", "signature": "version", "amendment": "version"]
    /// A value with each of its bytes changed in turn, as SQL.
    private static func changes(type: String, hex: String, column: String) -> [String] {
      let bytes = Self.bytes(hex)
      switch type {
      case "integer", "real": return ["\(column) + 1000"]
      default:
        return bytes.indices.map { index in
          var changed = bytes
          changed[index] ^= 1
          let literal = "x'" + changed.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "'"
          return type == "blob" ? literal : "CAST(\(literal) AS TEXT)"
        }
      }
    }

    private static func bytes(_ hex: String) -> [UInt8] {
      let digits = Array(hex)
      return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }

    @Test("an older copy in its place, sound in itself, is found by the head of a later receipt")
    func olderCopy() throws {
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: study.path + suffix) }
      try Data(contentsOf: URL(fileURLWithPath: sandbox.path("old.study")))
        .write(to: URL(fileURLWithPath: study.path))

      #expect(try verify().status == 0)
      #expect(try verify(head: heads[0]).status == 0)
      let result = try verify(head: heads[1])
      #expect(result.status == 65)
      #expect(result.text.contains("cut off") && result.text.contains(heads[1]), "\(result.text)")
    }

    @Test("a chain computed anew, sound in itself, is found by the head of an earlier receipt")
    func computedAnew() throws {
      let triggers = try withoutTriggers()
      #expect(try study.sqlite(sandbox, "UPDATE audit SET os_user = 'somebody' WHERE seq = 3").status == 0)
      let first = try verify()
      #expect(first.status == 65 && first.text.hasPrefix("audit row 3 ("), "\(first.text)")

      let rows = try study.sqlite(
        sandbox,
        "SELECT \(AuditRow.columns.replacing("digest", with: "hex(digest) AS digest")) FROM audit ORDER BY seq",
        output: "-json")
      var previous = Data()
      var sql = ""
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      for row in try decoder.decode([Row].self, from: Data(rows.output)) {
        previous = row.audit.hash(after: previous)
        sql += "UPDATE audit SET hash = x'\(previous.hexadecimal)' WHERE seq = \(row.seq);"
      }
      #expect(try study.sqlite(sandbox, sql + triggers).status == 0)

      #expect(try verify().status == 0)
      #expect(try verify(head: heads[0]).status == 65)
    }

    /// An audit row as the shell prints it.
    private struct Row: Decodable {
      var seq: Int64
      var at, kind, osUser, programVersion, digest: String
      var principal, client, keyFingerprint, caseId, examination, reason, detail, record: String?
      var round: Int?

      var audit: AuditRow {
        let bytes = Tampering.bytes(digest)
        return AuditRow(
          seq: seq, at: at, kind: kind, principal: principal, osUser: osUser, client: client,
          keyFingerprint: keyFingerprint, programVersion: programVersion, caseID: caseId, examination: examination,
          round: round, reason: reason, detail: detail, record: record, digest: bytes.isEmpty ? nil : Data(bytes))
      }
    }
  }
}
