// The guide describes the formats as the readers have them.

import Foundation
import Interchange
import Testing

@Suite struct ReadmeTests {
  @Test(arguments: [
    ("case", FormatDescription.caseFile), ("study", FormatDescription.studyFile),
    ("teaching", FormatDescription.teachingFile), ("map", FormatDescription.mapFile),
  ])
  func theGuideHoldsTheDescriptionOfTheFormat(name: String, description: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let mark = "<!-- format: \(name) -->\n"
    let text = try #require(([readme] + EmbeddedText.chapters.map(\.text)).first { $0.contains(mark) })
    let begin = try #require(text.range(of: mark))
    let end = try #require(text.range(of: "\n<!-- end -->", range: begin.upperBound..<text.endIndex))
    #expect(
      text[begin.upperBound..<end.lowerBound] == description.trimmingCharacters(in: .newlines)[...],
      "put this between the marks:\n\(description)")
  }
}
