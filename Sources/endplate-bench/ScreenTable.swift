// The table of what was measured, with the budget beside each figure.

import Foundation
import PtyHarness

struct ScreenTable {
  private(set) var isMet = true

  static let head =
    pad("", 30) + "  ms: median      p95   budget    bytes: median    p95   budget"

  /// Cores and kind of processor.
  static var machine: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let kind = text.split(separator: "\n").first { $0.hasPrefix("model name") }?.split(separator: ":").last
    return "\(ProcessInfo.processInfo.activeProcessorCount) cores, \(kind.map { $0.drop { $0 == " " } } ?? "unknown")"
  }

  mutating func add(_ name: String, _ responses: some Collection<Response>, milliseconds: Double, bytes: Int) {
    let times = responses.map { $0.last / .milliseconds(1) }.sorted()
    let counts = responses.map { Double($0.bytes) }.sorted()
    let (time, count) = (Self.percentile(95, times), Self.percentile(95, counts))
    let met = time <= milliseconds && count <= Double(bytes)
    isMet = isMet && met
    print(
      Self.pad(name, 30)
        + String(
          format: "%12.2f %8.2f %8.0f %16.0f %6.0f %8d  %@", Self.percentile(50, times), time, milliseconds,
          Self.percentile(50, counts), count, bytes, met ? "" : "MISSED"))
  }

  mutating func add(_ name: String, _ unit: String, _ value: Double, atMost budget: Double) {
    let met = value <= budget
    isMet = isMet && met
    print(Self.pad(name, 30) + String(format: "%12.2f %@, budget %.0f  %@", value, unit, budget, met ? "" : "MISSED"))
  }

  private static func percentile(_ percent: Int, _ sorted: [Double]) -> Double {
    sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, (sorted.count * percent) / 100)]
  }

  private static func pad(_ text: String, _ columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - text.count))
  }
}
