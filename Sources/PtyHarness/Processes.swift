// Processes found by what they were started with, as `pgrep -f` does.

import Foundation
import Glibc

package enum Processes {
  /// Those whose arguments hold all the texts.
  package static func running(with texts: String...) -> [pid_t] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap { pid_t($0) }.filter { pid in
      guard pid != getpid(), let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else {
        return false
      }
      let arguments = String(decoding: bytes, as: UTF8.self).replacing("\0", with: " ")
      return texts.allSatisfy { arguments.contains($0) }
    }
  }
}
