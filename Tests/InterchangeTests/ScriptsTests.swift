// What scripts and documents list is what the sources have.

import Foundation
import Testing

@Suite struct ScriptsTests {
  @Test("script/bench runs every benchmark")
  func benchmarks() throws {
    let folder = root.appending(path: "Sources/endplate-bench")
    let sources = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
    let names = sources.flatMap { $0.matches(of: #/commandName: "([a-z]+)"/#).map { String($0.1) } }
    let measured = try text("script/bench").matches(of: #/\nmeasure ([a-z]+)/#).map { String($0.1) }
    #expect(measured.sorted() == names.sorted())
  }

  @Test("script/fuzz knows every parser")
  func parsers() throws {
    let list = try #require(try text("script/fuzz").firstMatch(of: #/\nall=\((.*)\)/#))
    let parsers = try text("Sources/endplate-fuzz/Fuzz.swift").matches(of: #/\n  "([a-z_]+)": /#).map { String($0.1) }
    #expect(list.1.split(separator: " ").map(String.init).sorted() == parsers.sorted())
  }

  @Test("manual pages name every exit status that the guide does")
  func statuses() throws {
    let guide = try #require(
      try text("Sources/CGuide/Guide.docc/studies.md").firstMatch(of: #/Exit status: ([^.]*)\./#))
    let manual = try #require(try text("script/stage.sh").firstMatch(of: #/0 when it is done[^/]*/#))
    func numbers(_ words: Substring) -> [String] { words.matches(of: #/\b\d\d\b/#).map { String($0.0) } }
    #expect(numbers(manual.0) == numbers(guide.1))
  }

  @Test("every folder of the sources stands in ARCHITECTURE")
  func folders() throws {
    let layout = try #require(
      try text("ARCHITECTURE.md").firstMatch(of: #/<!-- layout -->([\s\S]*)<!-- end -->/#))
    let folders = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path)
    #expect(folders.filter { !layout.1.contains(" \($0)/") } == [])
  }

  private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }
}
