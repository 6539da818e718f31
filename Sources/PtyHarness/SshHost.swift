// An sshd on loopback with a configuration, keys and people of its own: for seats over SSH.

import Foundation
import Glibc

package final class SshHost {
  package let port: Int
  private let folder: TemporaryFolder
  private let sandbox: Sandbox
  private let pid: pid_t

  /// The account that seats run as: the one that runs this.
  package static var account: String {
    getpwuid(geteuid()).flatMap { $0.pointee.pw_name.map { String(cString: $0) } } ?? "root"
  }

  /// Starts it. What a key could do on a host that allows everything is allowed, so that only the key's own line stands
  /// in its way.
  package init(_ sandbox: Sandbox) throws {
    self.sandbox = sandbox
    folder = try TemporaryFolder()
    port = try Self.freePort()
    // As root sshd wants a folder to lock its unprivileged half into; Debian's init makes it.
    if geteuid() == 0 { mkdir("/run/sshd", 0o755) }
    try Self.makeKey(folder.path + "/host", sandbox)
    let configuration = """
      Port \(port)
      ListenAddress 127.0.0.1
      HostKey \(folder.path)/host
      PidFile none
      AuthorizedKeysFile \(folder.path)/authorized_keys
      StrictModes no
      UsePAM no
      PasswordAuthentication no
      KbdInteractiveAuthentication no
      PermitRootLogin prohibit-password
      ExposeAuthInfo yes
      AcceptEnv *
      AllowTcpForwarding yes
      AllowStreamLocalForwarding yes
      AllowAgentForwarding yes
      GatewayPorts clientspecified
      X11Forwarding yes
      XAuthLocation /bin/true
      PrintMotd no
      PrintLastLog no
      MaxStartups 200
      MaxSessions 50
      Subsystem sftp internal-sftp
      Subsystem probe /bin/echo the subsystem ran
      """
    try Data((configuration + "\n").utf8).write(to: URL(fileURLWithPath: folder.path + "/config"))
    let log = folder.path + "/log"
    pid = try sandbox.launch("/usr/sbin/sshd", ["-D", "-e", "-f", folder.path + "/config"]).start([
      .open("/dev/null", flags: O_RDONLY), .open(log, flags: O_WRONLY | O_CREAT | O_APPEND), .same(1),
    ])
    for _ in 0..<500 {
      if Self.answers(on: port) { return }
      usleep(20_000)
    }
    throw HostSilent(log: (try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
  }

  deinit {
    kill(pid, SIGTERM)
    var status: Int32 = 0
    waitpid(pid, &status, 0)
  }

  package struct HostSilent: Error { package let log: String }

  package var authorizedKeys: String { folder.path + "/authorized_keys" }

  /// The lines of authorized_keys, for a test that writes them itself.
  package func authorize(_ lines: String...) throws {
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: authorizedKeys))
  }

  /// Path of a person's private key, made when first asked for; the public one lies beside it with `.pub`.
  package func key(of person: String) throws -> String {
    let path = "\(folder.path)/\(person)"
    if !FileManager.default.fileExists(atPath: path) { try Self.makeKey(path, sandbox) }
    return path
  }

  package func publicKey(of person: String) throws -> String {
    try String(contentsOfFile: key(of: person) + ".pub", encoding: .utf8)
      .split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// What the clients of OpenSSH need to come here as somebody; `port` is another where a link lies in between.
  package func options(as person: String, through port: Int? = nil) throws -> [String] {
    ["-F", "none", "-i", try key(of: person)]
      + [
        "Port=\(port ?? self.port)", "IdentitiesOnly=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null",
        "LogLevel=ERROR", "BatchMode=yes", "User=\(Self.account)",
      ].flatMap { ["-o", $0] }
  }

  /// An ssh client.
  package func ssh(
    as person: String, _ options: [String] = [], command: String? = nil, environment: [String: String] = [:],
    through port: Int? = nil
  ) throws -> Launch {
    let arguments = try self.options(as: person, through: port) + options + ["127.0.0.1"]
    return sandbox.launch("ssh", arguments + (command.map { [$0] } ?? []), environment: environment)
  }

  private static func makeKey(_ path: String, _ sandbox: Sandbox) throws {
    _ = try sandbox.launch("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", path]).run()
  }

  // MARK: Ports

  package static func freePort() throws(LaunchError) -> Int {
    let listener = try LoopbackSocket()
    defer { listener.close() }
    return listener.port
  }

  private static func answers(on port: Int) -> Bool {
    guard let socket = try? LoopbackSocket(connectedTo: port) else { return false }
    socket.close()
    return true
  }
}
