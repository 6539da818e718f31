// This process's environment and account, as the host knows them.

import Desk
import Foundation

enum ProcessEnvironment {
  /// Nothing of the old environment is left. To be called before there are other threads.
  static func replace(with variables: [String: String]) {
    clearenv()
    for (name, value) in variables { setenv(name, value, 1) }
  }
}

/// The account this process runs as, from the user database: HOME and USER can say anything.
struct Account {
  let name: String
  let home: String

  static func current() throws -> Account {
    guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name, let home = entry.pointee.pw_dir else {
      throw Failure(.inputOutput, "the account \(geteuid()) is not in this host's user database; add it there")
    }
    return Account(name: String(cString: name), home: String(cString: home))
  }

  /// Absolute path of this program.
  static var program: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }
}
