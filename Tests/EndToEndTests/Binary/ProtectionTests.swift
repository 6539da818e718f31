// The binary protects itself: neither SIGQUIT nor a crash offers its memory at the terminal, or to anybody else.
//
// Seen to fail without the protection: with the runtime's backtracer on the host Ctrl-\ prints the stack and ends the
// program, and a crash asks what to print next. A binary built in another way, as with --static-swift-stdlib, is tried as
// well where ENDPLATE_ALSO names it.

import Foundation
import Glibc
import PtyHarness
import Testing

private let programs =
  [builtProgram("endplate")]
  + (ProcessInfo.processInfo.environment["ENDPLATE_ALSO"].map { $0.split(separator: ":").map(String.init) } ?? [])

private let quit = "\u{1C}"

extension EndToEnd {
  @Suite struct Protection {
    private static let crashes = [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP]

    /// A command that waits at a question, before curses has begun.
    private func asked(_ program: String, _ sandbox: Sandbox) throws -> PtyProcess {
      let study = sandbox.path("a.study")
      let made = try sandbox.launch(program, ["study", "new", study, "--title", "T", "--protocol", "joint"]).run()
      try #require(made.status == 0, "\(made.errorText)")
      let process = try PtyProcess(
        sandbox.launch(
          program, ["study", "passphrase", "coordinator", "--study", study, "--as", "coordinator"],
          // What a host without the guide's settings may have.
          environment: ["SWIFT_BACKTRACE": "enable=yes,interactive=yes,color=no,timeout=60s"]))
      try process.wait(for: "New passphrase")
      return process
    }

    @Test("Ctrl-\\ at a question of a command does nothing", arguments: programs)
    func quitAtAQuestion(program: String) throws {
      let process = try asked(program, Sandbox())

      process.type(quit)
      process.type(quit)
      process.signal(SIGQUIT)
      process.readUntilQuiet(for: .seconds(1))
      process.type("correct horse\n")
      try process.wait(for: "Once more")
      process.type("correct horse\n")

      #expect(process.waitForEnd() == .exited(0))
      #expect(!process.output.holds("crashed"))
      #expect(process.output.holds("is set"))
    }

    @Test("Ctrl-\\ typed at any moment of the start does nothing", arguments: programs)
    func quitWhileStarting(program: String) throws {
      for _ in 0..<5 {
        let process = try PtyProcess(Sandbox().launch(program, ["demo"]))
        // From the first instruction of the program on; before it there is nothing in memory yet.
        try #require(
          process.read { Self.signals(of: $0.pid, "SigIgn").contains(SIGQUIT) || $0.output.holds("Worklist") })
        // Once the terminal's handlers stand, the signal is one of those the workstation ends on.
        while process.waitForEnd(atMost: .milliseconds(2)) == nil { process.type(quit) }

        #expect(process.waitForEnd() == .exited(0))
        #expect(!process.output.holds("crashed"))
      }
    }

    @Test("a crash ends it at once, without a word", arguments: programs, crashes)
    func crash(program: String, signal: Int32) throws {
      let process = try asked(program, Sandbox())
      let before = process.output.count

      process.signal(signal)

      #expect(process.waitForEnd(atMost: .seconds(10)) == .killed(by: signal))
      #expect(process.output.count == before)
    }

    @Test("the runtime has no handler left, and there is no core", arguments: programs)
    func state(program: String) throws {
      let process = try asked(program, Sandbox())

      #expect(Self.signals(of: process.pid, "SigIgn").contains(SIGQUIT))
      #expect(Self.signals(of: process.pid, "SigCgt").intersection(Self.crashes).isEmpty)
      let limits = try String(contentsOfFile: "/proc/\(process.pid)/limits", encoding: .utf8)
      let core = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") })
      #expect(core.split(separator: " ").contains("0"))
    }

    @Test("nobody of the same account can look into it", arguments: programs)
    func dumpable(program: String) throws {
      let sandbox = try Sandbox()
      // Root may look into everything; nobody may not.
      var launch = sandbox.launch(program, ["demo"])
      if geteuid() == 0 {
        chmod(sandbox.home.path, 0o777)
        launch = sandbox.launch("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", program, "demo"])
      }
      let process = try PtyProcess(launch)
      try process.wait(for: "Worklist")
      var status = stat()

      #expect(stat("/proc/\(process.pid)", &status) == 0)
      #expect(status.st_uid != 0 || geteuid() != 0 || Self.user(of: process.pid) == 65534)
      #expect(stat("/proc/\(process.pid)/mem", &status) == 0 && status.st_uid == 0)
    }

    /// Numbers of the signals that a process ignores or catches.
    private static func signals(of pid: pid_t, _ name: String) -> Set<Int32> {
      guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
        let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name + ":") }),
        let mask = line.split(whereSeparator: { ":\t ".contains($0) }).last.flatMap({ UInt64($0, radix: 16) })
      else { return [] }
      return Set((1...64).filter { mask & 1 << UInt64($0 - 1) != 0 }.map(Int32.init))
    }

    private static func user(of pid: pid_t) -> uid_t? {
      let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
      let line = status?.split(separator: "\n").first { $0.hasPrefix("Uid:") }
      return line?.split(separator: "\t").dropFirst().first.flatMap { uid_t($0) }
    }
  }
}
