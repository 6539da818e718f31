// Commands that messages advise: with the study that was named, so that they can be copied.

import Synchronization

package enum NextStep {
  /// The study that this process was told of; nil where another command finds it too. A process opens one.
  private static let study = Mutex<String?>(nil)

  package static func isOn(_ named: String?) { study.withLock { $0 = named } }

  /// `endplate study info --study my.study`.
  package static func command(_ words: String) -> String { command(words, on: study.withLock { $0 }) }

  package static func command(_ words: String, on study: String?) -> String {
    "endplate \(words)" + (study.map { " --study \(word($0))" } ?? "")
  }

  /// One word of a shell, whatever it holds.
  package static func word(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || "/._-+,:=@%".utf8.contains($0)
    }
    return isPlain && !text.isEmpty ? text : "'\(text.replacing("'", with: #"'\''"#))'"
  }
}
