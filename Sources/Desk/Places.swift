// Where files live: the folders of the XDG base directory specification.

import Foundation

package struct Places {
  package let environment: [String: String]
  /// A seat's own folder beside the study; nil where the account is one's own.
  package let seat: URL?

  package init(_ environment: [String: String] = ProcessInfo.processInfo.environment, seat: URL? = nil) {
    self.environment = environment
    self.seat = seat
  }

  /// Personal copies of the embedded studies.
  package var data: URL { folder("XDG_DATA_HOME", ".local/share") }
  /// Theme files and the theme chosen.
  package var config: URL { folder("XDG_CONFIG_HOME", ".config") }
  /// The study opened last.
  package var state: URL { folder("XDG_STATE_HOME", ".local/state") }

  /// What learners answered, a folder for each study.
  package var results: URL { state.appending(path: "results") }

  package var themes: URL { config.appending(path: "themes") }
  package var chosenTheme: URL { (seat ?? config).appending(path: "theme") }
  package var lastStudy: URL { state.appending(path: "last-study") }

  /// A relative path in the variable is ignored, as the specification asks.
  private func folder(_ variable: String, _ fallback: String) -> URL {
    let named = environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"] ?? NSHomeDirectory()
    return URL(filePath: named ?? "\(home)/\(fallback)").appending(path: "endplate")
  }

  /// A remembered line, nil where there is none.
  package static func line(in file: URL) -> String? {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return line.isEmpty ? nil : line
  }

  /// Remembering is a convenience: a folder that cannot be written to is no error.
  package static func remember(_ line: String, in file: URL) {
    try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? (line + "\n").write(to: file, atomically: true, encoding: .utf8)
  }
}
