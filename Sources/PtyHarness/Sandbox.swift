// Surroundings of a program under test: an empty home, and nothing of the real one.

import Foundation
import Glibc

package final class Sandbox: Sendable {
  package let home: TemporaryFolder
  package let environment: [String: String]

  package init(environment more: [String: String] = [:]) throws {
    home = try TemporaryFolder()
    var environment = [
      "HOME": home.path, "USER": "tester", "LOGNAME": "tester", "SHELL": "/bin/sh",
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
      "LANG": "C.UTF-8", "TERM": "xterm-256color", "TZ": "UTC", "TMPDIR": home.path,
    ]
    for (name, folder) in [("DATA", "data"), ("CONFIG", "config"), ("STATE", "state"), ("CACHE", "cache")] {
      environment["XDG_\(name)_HOME"] = "\(home.path)/\(folder)"
    }
    self.environment = environment.merging(more) { $1 }
  }

  /// Path of a file in the home.
  package func path(_ name: String) -> String { "\(home.path)/\(name)" }

  /// Writes a file into the home; answers its path.
  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  package func launch(_ program: String, _ arguments: [String], environment more: [String: String] = [:]) -> Launch {
    Launch(program, arguments, environment: environment.merging(more) { $1 })
  }
}

/// Path of a program that was built beside the one that runs now.
package func builtProgram(_ name: String) -> String {
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
  let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
  let own = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  return (own.lastIndex(of: "/").map { own[...$0] } ?? "./") + name
}
