// Starts a program as a process of its own: over a pseudo-terminal, or with files for its streams.

import Glibc

package struct LaunchError: Error, CustomStringConvertible {
  package let description: String

  init(_ what: String, _ code: Int32) { description = "\(what): \(String(cString: strerror(code)))" }
}

/// How a program ended.
package enum ProgramEnd: Hashable, Sendable {
  case exited(Int32)
  case killed(by: Int32)

  init(status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(by: signal)
  }
}

package struct Launch {
  /// A path, or a name to look for in PATH.
  package var program: String
  package var arguments: [String]
  /// All of it; nothing is inherited.
  package var environment: [String: String]

  package init(_ program: String, _ arguments: [String] = [], environment: [String: String]) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
  }

  enum Stream {
    case open(String, flags: Int32)
    /// The same as another stream of the process.
    case same(Int32)
    case closed
  }

  /// Starts it with standard input, output and error; answers its process id. In a session of its own, the first
  /// terminal that is opened becomes its terminal.
  func start(_ streams: [Stream], ownSession: Bool = false) throws(LaunchError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in streams.enumerated() {
      switch stream {
      case .open(let path, let flags):
        posix_spawn_file_actions_addopen(&actions, Int32(number), path, flags, 0o600)
      case .same(let other):
        posix_spawn_file_actions_adddup2(&actions, other, Int32(number))
      case .closed:
        posix_spawn_file_actions_addclose(&actions, Int32(number))
      }
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What the starting process ignores or blocks must not be ignored or blocked there.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    // POSIX_SPAWN_SETSID, which Glibc keeps from Swift.
    let session: Int32 = ownSession ? 0x80 : 0
    posix_spawnattr_setflags(&attributes, Int16(Int32(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | session))

    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, program, &actions, &attributes, words, variables)
    guard code == 0 else { throw LaunchError("cannot start \(program)", code) }
    return pid
  }
}
