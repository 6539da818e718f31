// Tables of ratings from the command line: shapes that are told, and what is refused.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct Ratings {
    @Test("levels that begin with a hyphen, marks of missing ratings, and standard input")
    func spellings() throws {
      let sandbox = try Sandbox()
      let file = try sandbox.write("minus.csv", "case;R1;R2\n1;-1;0.0\n2;.;1\n3;1;1\n")

      let read = try sandbox.endplate(
        "agreement", "--ratings", file, "--levels", "-1,0,1", "--missing", ".,-9", "--json", "--resamples", "0")
      let piped = try sandbox.endplate("agreement", "--ratings", "-", "--levels", "a,b")

      #expect(read.status == 0, "\(read.errorText)")
      #expect(try json(read.text)["levels"] as? [String] == ["-1", "0", "1"])
      #expect((try json(read.text)["n"] as? [String: Int])?["missing"] == 1)
      #expect(piped.status == 65)
      #expect(piped.errorText.hasPrefix("standard input: error: the file is empty"))
    }

    @Test(
      "a table of another shape is refused with the option that reads it",
      arguments: [
        ("R1,R2,R3\na,b,a\nb,b,b\n", "--case-column"), ("1,a,b\n2,b,b\n", "no header"),
        (",a,b\na,5,1\nb,2,7\n", "--counts"),
        ("reader,C1,C2,C3\nR1,a,b,a\nR2,a,a,b\n", "--transpose"), ("case,reader,level\n1,R1,a\n1,R2,a\n", "--long"),
        ("case,R1,R2\n1,a,b\nTotal,a,a\n", "looks like sums"), ("case,R1,R2\n1,a,b\n1,a,a\n", "--cluster"),
      ])
    func refused(text: String, words: String) throws {
      let sandbox = try Sandbox()
      let file = try sandbox.write("table.csv", text)

      let result = try sandbox.endplate("agreement", "--ratings", file, "--levels", "a,b")

      #expect(result.status == 65 && result.text.isEmpty)
      #expect(result.errorText.contains(words), "\(result.errorText)")
    }

    private func json(_ text: String) throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
  }
}
