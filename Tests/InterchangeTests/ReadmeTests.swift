// The guide describes the formats as the readers have them.

import Foundation
import Interchange
import Testing

@Suite struct ReadmeTests {
  private let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(arguments: [
    ("case", FormatDescription.caseFile), ("study", FormatDescription.studyFile),
    ("teaching", FormatDescription.teachingFile), ("map", FormatDescription.mapFile),
    ("codebook", FormatDescription.codebookFile),
  ])
  func theGuideHoldsTheDescriptionOfTheFormat(name: String, description: String) throws {
    let mark = "<!-- format: \(name) -->\n"
    let text = try #require(try texts().first { $0.contains(mark) })
    let begin = try #require(text.range(of: mark))
    let end = try #require(text.range(of: "\n<!-- end -->", range: begin.upperBound..<text.endIndex))
    #expect(
      text[begin.upperBound..<end.lowerBound] == description.trimmingCharacters(in: .newlines)[...],
      "put this between the marks:\n\(description)")
  }

  /// README and the chapters of the guide.
  private func texts() throws -> [String] {
    [try String(contentsOf: repository.appending(path: "README.md"), encoding: .utf8)]
      + EmbeddedText.chapters.map(\.text)
  }

  @Test func theGuidesCodebookHasNoFault() throws {
    let mark = "```yaml\nformat: endplate-codebook/1\n"
    let readme = try #require(try texts().first { $0.contains(mark) })
    let begin = try #require(readme.range(of: "format: endplate-codebook/1\n"))
    let end = try #require(readme.range(of: "```", range: begin.upperBound..<readme.endIndex))
    let text = readme[begin.lowerBound..<end.lowerBound]
    let outcome = CodebookReader.read(InputFile(name: "README.md", bytes: Array(text.utf8)))
    #expect(outcome.faults.map(\.description) == [])
  }
}
