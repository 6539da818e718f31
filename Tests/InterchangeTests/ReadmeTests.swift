// The README describes the formats as the readers have them.

import Foundation
import Interchange
import Testing

@Suite struct ReadmeTests {
  @Test(arguments: [
    ("case", FormatDescription.caseFile), ("study", FormatDescription.studyFile),
    ("teaching", FormatDescription.teachingFile),
  ])
  func theReadmeHoldsTheDescriptionOfTheFormat(name: String, description: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let begin = try #require(readme.range(of: "<!-- format: \(name) -->\n"))
    let end = try #require(readme.range(of: "\n<!-- end -->", range: begin.upperBound..<readme.endIndex))
    #expect(
      readme[begin.upperBound..<end.lowerBound] == description.trimmingCharacters(in: .newlines)[...],
      "put this between the marks:\n\(description)")
  }
}
