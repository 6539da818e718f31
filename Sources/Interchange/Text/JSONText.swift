// Encodable values as JSON text, in one form throughout.

import Foundation
import TextSafety

/// Values as JSON text that nothing in it can steer a terminal with.
enum JSONText {
  static func of(_ value: some Encodable, isPretty: Bool = true) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    let text = (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    return Escape.json(text) + (isPretty ? "\n" : "")
  }
}
