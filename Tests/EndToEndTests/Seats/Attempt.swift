// What a client may try at a seat beside sitting down, a row each, with the protection that stands in its way.

import Foundation
import Glibc
import PtyHarness
import Testing

struct Attempt: Sendable {
  /// What is taken away so that the attempt succeeds: it shows that the attempt is a real one.
  enum Protection: Sendable {
    /// `restrict`, of the seat's line.
    case restriction
    /// The forced command: the key logs in.
    case forcedCommand
    /// Reading the command without a shell, by a list of verbs: the shell runs endplate with what was asked.
    case listOfVerbs
    /// The environment made anew: the workstation, or the worklist, is opened straight away.
    case newEnvironment(String)
  }

  let name: String
  let protection: Protection
  /// Runs the environment instead of the seat, with the seat's options: what sshd granted is seen in it.
  var looksAtEnvironment = false
  let succeeds: @Sendable (AttemptStudy) throws -> Bool

  private static func command(_ text: String, _ protection: Protection, _ options: [String] = []) -> Attempt {
    Attempt(name: "\(options.joined()) \(text.debugDescription)", protection: protection) { study in
      _ = try study.seats.ask("R1", study.filled(text), options)
      return FileManager.default.fileExists(atPath: study.mark)
    }
  }

  private static func copy(
    _ name: String, _ program: String, _ arguments: @escaping @Sendable (AttemptStudy) throws -> [String]
  )
    -> Attempt
  {
    Attempt(name: name, protection: .forcedCommand) { study in
      let options = try study.seats.host.options(as: "R1")
      _ = try study.seats.sandbox.launch(program, options + arguments(study)).run()
      return FileManager.default.fileExists(atPath: study.mark)
    }
  }

  private static func output(
    _ name: String, _ protection: Protection, holds text: String, ask command: String, _ options: [String] = [],
    environment: @escaping @Sendable (AttemptStudy) throws -> [String: String] = { _ in [:] },
    looksAtEnvironment: Bool = false
  ) -> Attempt {
    Attempt(name: name, protection: protection, looksAtEnvironment: looksAtEnvironment) { study in
      let ssh = try study.seats.host.ssh(
        as: "R1", options, command: study.filled(command), environment: try environment(study))
      return try ssh.run().text.contains(text)
    }
  }

  static let all: [Attempt] =
    [
      Attempt(name: "a port reached through the host (-W)", protection: .restriction) { study in
        let host = study.seats.host
        return try host.ssh(as: "R1", ["-W", "127.0.0.1:\(host.port)"]).run().text.hasPrefix("SSH-2.0")
      },
      Attempt(name: "a port of the host listened on (-R)", protection: .restriction) { study in
        try study.seats.ask("R1", "list", ["-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1"]).status == 0
      },
      Attempt(name: "a socket of the host listened on (-R)", protection: .restriction) { study in
        try study.seats.ask("R1", "list", ["-o", "ExitOnForwardFailure=yes", "-R", "\(study.mark):127.0.0.1:1"])
          .status == 0
      },
      output(
        "the agent forwarded (-A)", .restriction, holds: "SSH_AUTH_SOCK=", ask: "list", ["-A"],
        environment: { ["SSH_AUTH_SOCK": try $0.agent()] }, looksAtEnvironment: true),
      output(
        "X11 forwarded (-Y)", .restriction, holds: "DISPLAY=", ask: "list", ["-Y"],
        environment: { _ in ["DISPLAY": "127.0.0.1:77"] }, looksAtEnvironment: true),

      copy("sftp takes the study", "sftp") { study in
        ["-b", try study.seats.sandbox.write("batch", "get \(study.seats.study) \(study.mark)\n"), "127.0.0.1"]
      },
      copy("scp takes the study", "scp") { ["127.0.0.1:\($0.seats.study)", $0.mark] },
      copy("scp -O takes the study", "scp") { ["-O", "127.0.0.1:\($0.seats.study)", $0.mark] },
      copy("scp -O brings a file", "scp") {
        ["-O", try $0.seats.sandbox.write("brought", "text"), "127.0.0.1:\($0.mark)"]
      },
      output("a subsystem (-s)", .forcedCommand, holds: "the subsystem ran", ask: "probe", ["-s"]),

      command("touch MARK", .forcedCommand),
      command("touch MARK", .forcedCommand, ["-tt"]),
      command("sh -c 'touch MARK'", .forcedCommand),
      command("exec /bin/sh -c 'touch MARK'", .forcedCommand, ["-tt"]),

      command("list; touch MARK", .listOfVerbs),
      command("list; touch MARK", .listOfVerbs, ["-tt"]),
      command("list && touch MARK", .listOfVerbs),
      command("nothing || touch MARK", .listOfVerbs),
      command("list | tee MARK", .listOfVerbs),
      command("list & touch MARK", .listOfVerbs),
      command("list > MARK", .listOfVerbs),
      command("list --filter $(touch MARK)", .listOfVerbs),
      command("list --filter `touch MARK`", .listOfVerbs),
      command("list --filter \"$(touch MARK)\"", .listOfVerbs),
      command("list\ntouch MARK", .listOfVerbs),
      command("list\r\ntouch MARK\n", .listOfVerbs),
      command("list # \ntouch MARK", .listOfVerbs),
      command("backup MARK --as coordinator", .listOfVerbs),
      command("open --keys SCRIPT --dump MARK", .listOfVerbs),
      command("study new MARK --title x --protocol joint", .listOfVerbs),
      command("seat add R1 --key KEY --install --authorized-keys MARK", .listOfVerbs),
      Attempt(name: "grading by command", protection: .listOfVerbs) { study in
        _ = try study.seats.ask("R1", "grade 1 halo=absent")
        return try study.seats.graded("R1") == 1
      },
      output("another's worklist (--as)", .listOfVerbs, holds: "\"graded\" : 1", ask: "list --json --as R2"),
      output("another's worklist (--as=)", .listOfVerbs, holds: "\"graded\" : 1", ask: "list --json --as=R2"),
      output("another study (--study)", .listOfVerbs, holds: "\"total\" : 3", ask: "list --json --study OTHER"),

      output(
        "another study (ENDPLATE_STUDY)", .newEnvironment("list --json"), holds: "\"total\" : 3", ask: "list --json",
        ["-o", "SendEnv=ENDPLATE_STUDY"], environment: { ["ENDPLATE_STUDY": $0.other] }),
      output(
        "another study (XDG_STATE_HOME)", .newEnvironment("list --json"), holds: "\"total\" : 3", ask: "list --json",
        ["-o", "SendEnv=XDG_STATE_HOME"], environment: { ["XDG_STATE_HOME": try $0.stateFolder()] }),
      Attempt(name: "a terminal description of one's own (TERMINFO)", protection: .newEnvironment("open")) { study in
        let seat = try study.seats.sit(
          "R1", ["-o", "SendEnv=TERMINFO ENDPLATE_STUDY"],
          environment: ["TERM": "evil", "TERMINFO": try study.terminfo(), "ENDPLATE_STUDY": study.seats.study])
        try seat.wait(for: "Worklist")
        seat.readUntilQuiet()
        seat.type("Q")
        _ = seat.waitForEnd()
        return seat.output.holds("smuggled in")
      },
    ]
}
