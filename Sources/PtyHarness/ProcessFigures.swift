// What a running process takes, as the kernel tells in /proc.

import Foundation
import Glibc

package struct ProcessFigures: Sendable {
  /// Proportional and resident set size, in bytes; where the first is not told, the second stands for it.
  package let proportional: Int
  package let resident: Int
  /// Processor time used so far.
  package let processorTime: Duration

  /// Nil once the process has ended.
  package init?(pid: pid_t) {
    guard let pages = try? String(contentsOfFile: "/proc/\(pid)/statm", encoding: .utf8),
      let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    else { return nil }
    resident = (pages.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * Int(getpagesize())
    // A program that keeps its memory to itself tells only root which pages it shares.
    let memory = (try? String(contentsOfFile: "/proc/\(pid)/smaps_rollup", encoding: .utf8)) ?? ""
    let shared = memory.split(separator: "\n").first { $0.hasPrefix("Pss:") }
    proportional = shared?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 } ?? resident
    // The name, in parentheses, may hold blanks; after it come the state and the numbers, utime and stime among them.
    let numbers = status.split(separator: ")").last?.split(separator: " ").map { Int($0) ?? 0 } ?? []
    guard numbers.count > 12 else { return nil }
    processorTime = .seconds(Double(numbers[11] + numbers[12]) / Double(sysconf(Int32(_SC_CLK_TCK))))
  }
}
