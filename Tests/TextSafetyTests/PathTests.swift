// Paths as they are written.

import Testing
import TextSafety

@Suite struct PathTests {
  @Test(arguments: [
    ("x", ""), ("-", ""), ("", ""), ("/", "/"), ("/x", "/"), ("//x", "/"), ("a/x", "a"), ("./x", "."), ("a/x/", "a"),
    ("/a/b/x.csv", "/a/b"), ("a//x", "a"), ("ä/x", "ä"),
  ])
  func theFolderOfAPath(path: String, folder: String) {
    #expect(path.folderOfPath == folder)
  }
}
