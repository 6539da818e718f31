// A study as a file: copied, restored, left by a signal, and had open by several programs at once.

import CaseStore
import Foundation
import Glibc
import PtyHarness
import ReviewCore
import Synchronization
import Testing

extension EndToEnd {
  @Suite struct Files {
    private static func companions(_ path: String) -> [String] {
      ["-wal", "-shm", "-journal"].filter { access(path + $0, F_OK) == 0 }
    }

    private func copyHolds(_ sandbox: Sandbox, _ study: OwnStudy, _ value: String) throws -> Bool {
      let copy = sandbox.path("copy-\(UUID().uuidString).study")
      try FileManager.default.copyItem(atPath: study.path, toPath: copy)
      return try sandbox.endplate("show", "1", "--linear", "--study", copy, "--as", "R1").text.contains(value)
    }

    @Test("after each command the study is one file, and its copy holds all of it")
    func copies() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: [.plain("1")])
      for value in ["absent", "present", "absent"] {
        let grade = try sandbox.endplate("grade", "1", "rim_sign=\(value)", "--study", study.path, "--as", "R1")
        #expect(grade.status == 0, "\(grade.errorText)")
        #expect(Self.companions(study.path) == [])
        #expect(try copyHolds(sandbox, study, "rim sign: \(value)"))
      }
      for refused in [["show", "9"], ["grade", "1", "rim_sign=perhaps"], ["list", "--as", "nobody"]] {
        _ = try sandbox.endplate(refused + ["--study", study.path])
        #expect(Self.companions(study.path) == [])
      }
    }

    @Test("whatever ends the workstation leaves one file", arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func endings(number: Int32) throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: [.plain("1")])
      let process = try sandbox.workstation(["--study", study.path, "--as", "R1"])
      try process.waitForWorklist()
      process.type("g")
      process.readUntilQuiet()
      process.type("j1")
      process.readUntilQuiet()

      process.signal(number)

      #expect(process.waitForEnd() == .exited(0))
      #expect(Self.companions(study.path) == [])
      #expect(try study.open("R1").history("1").count == 1)
    }

    @Test("a signal that ends a command in the middle of its work leaves one file")
    func interrupted() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: [.plain("1")])
      // It waits at the terminal, with the study open.
      let process = try PtyProcess(
        sandbox.launch(
          builtProgram("endplate"), ["study", "passphrase", "R1", "--study", study.path, "--as", "R1"]))
      #expect(process.read { $0.output.holds("assphrase") })

      process.signal(SIGTERM)

      #expect(process.waitForEnd() == .killed(by: SIGTERM))
      #expect(Self.companions(study.path) == [])
    }

    @Test("a command that leaves does not take the log from under an open workstation")
    func together() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: [.plain("1")])
      let process = try sandbox.workstation(["--study", study.path, "--as", "R1"])
      try process.waitForWorklist()
      #expect(try sandbox.endplate("list", "--study", study.path, "--as", "R2").status == 0)

      process.type("g")
      process.readUntilQuiet()
      process.type("j1")
      #expect(process.read { $0.output.holds("✓") })

      // Seen by another program at once, and still there when all have left.
      let audit = { try sandbox.endplate("audit", "--study", study.path, "--as", "R1").text }
      #expect(try audit().contains("graded"))
      process.type("Q")
      #expect(process.waitForEnd() == .exited(0))
      #expect(try audit().contains("graded"))
      #expect(Self.companions(study.path) == [])
    }

    @Test("restored over and over while somebody writes, it is refused or whole")
    func restoredUnderLoad() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: [.plain("1")])
      let backup = sandbox.path("backup.study")
      let made = try sandbox.endplate("backup", backup, "--study", study.path, "--as", "coordinator")
      #expect(made.status == 0, "\(made.errorText)")
      let isOver = Mutex(false)
      let failures = Mutex<[String]>([])
      let writer = Thread {
        var number = 0
        while !isOver.withLock({ $0 }) {
          number += 1
          let value = number.isMultiple(of: 2) ? "present" : "absent"
          let result = try? sandbox.endplate("grade", "1", "rim_sign=\(value)", "--study", study.path, "--as", "R1")
          // Somebody who never pauses has it open nearly always.
          usleep(300_000)
          if result?.status != 0 { failures.withLock { $0.append(result?.errorText ?? "no result") } }
        }
      }
      writer.start()
      var restored = 0
      for _ in 0..<60 where restored < 3 {
        let result = try sandbox.endplate("restore", backup, study.path, "--as", "coordinator")
        #expect(result.status == 0 || result.errorText.contains("is open"), "\(result.errorText)")
        restored += result.status == 0 ? 1 : 0
      }
      isOver.withLock { $0 = true }
      while !writer.isFinished { usleep(10_000) }

      #expect(restored > 0)
      #expect(failures.withLock { $0 } == [])
      #expect(Self.companions(study.path) == [])
      let verified = try sandbox.endplate("audit", "--verify", "--study", study.path, "--as", "coordinator")
      #expect(verified.status == 0, "\(verified.text)\(verified.errorText)")
    }

    @Test("restore tells what it did; rebuild mends what is derived")
    func told() throws {
      let sandbox = try Sandbox()
      let study = try OwnStudy(sandbox, cases: [.plain("1")])
      let backup = sandbox.path("backup.study")
      _ = try sandbox.endplate("backup", backup, "--study", study.path, "--as", "coordinator")
      for reader in OwnStudy.readers {
        let store = try study.open(reader)
        _ = try store.sign("1")
        try store.close()
      }
      _ = try sandbox.endplate("consensus", "open", "1", "--study", study.path, "--as", "R1")

      let result = try sandbox.endplate("restore", backup, study.path)

      #expect(result.status == 0, "\(result.errorText)")
      #expect(result.text.contains("kept as \(study.path).replaced-1"))
      #expect(result.text.contains("still open: case 1"))
      let refused = try sandbox.endplate("grade", "1", "rim_sign=absent", "--study", study.path, "--as", "R1")
      #expect(refused.status == 77)

      _ = try study.sqlite(sandbox, "UPDATE entry SET title = 'x'")
      let rebuilt = try sandbox.endplate("rebuild", "--study", study.path, "--as", "coordinator")
      #expect(rebuilt.status == 0, "\(rebuilt.text)\(rebuilt.errorText)")
      #expect(try sandbox.endplate("rebuild", "--study", study.path, "--as", "R1").status == 77)
    }

    @Test("each study draws a seed of its own, unless it is given one")
    func seeds() throws {
      let sandbox = try Sandbox()
      func seed(_ name: String, _ options: String...) throws -> String? {
        let made = try sandbox.endplate(
          ["study", "new", sandbox.path(name), "--title", "T", "--protocol", "joint", "--reader", "R1"] + options)
        #expect(made.status == 0, "\(made.errorText)")
        return try sandbox.endplate("study", "info", "--study", sandbox.path(name), "--as", "coordinator").text
          .split(separator: "\n").first { $0.hasPrefix("order seed") }.map(String.init)
      }
      let drawn = try (seed("a.study"), seed("b.study"))
      #expect(drawn.0 != nil && drawn.0 != drawn.1)
      #expect(try seed("c.study", "--seed", "42")?.hasSuffix(" 42") == true)
    }
  }
}
