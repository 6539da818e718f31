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

    @Test("a reference, subgroups and levels taken together, as text and as JSON")
    func questions() throws {
      let sandbox = try Sandbox()
      let file = try sandbox.write(
        "q.csv", "case,sex,R1,R2,truth\n1,f,some,much,much\n2,m,none,none,none\n3,f,much,none,some\n4,,none,none,none\n"
      )
      func ask(_ words: String...) throws -> ProgramResult {
        try sandbox.endplate(
          ["agreement", "--ratings", file, "--levels", "none,some,much", "--scale", "ordinal", "--resamples", "0"]
            + words)
      }

      let reference = try ask(
        "--reference", "truth", "--columns", "R1,R2", "--collapse", "any=some,much", "--positive", "any", "--json"
      )
      let unsaid = try ask("--reference", "truth", "--columns", "R1,R2,truth")
      let groups = try ask("--by", "sex", "--columns", "R1,R2")
      let both = try ask("--collapse", "any=some,much", "--columns", "R1,R2")
      let bothJSON = try ask("--collapse", "any=some,much", "--columns", "R1,R2", "--json")
      let methods = try ask("--report", "methods", "--columns", "R1,R2")

      let item = try #require((try json(reference.text)["items"] as? [[String: Any]])?.first)
      let readers = try #require(item["readers"] as? [[String: Any]])
      #expect(readers.map { $0["name"] as? String } == ["R1", "R2"])
      #expect(readers.map { $0["true_positives"] as? Int } == [2, 1])
      #expect(unsaid.status == 65 && unsaid.errorText.contains("--positive LEVEL"), "\(unsaid.errorText)")
      #expect(groups.text.contains("\nf ") && groups.text.contains("\nnot stated "), "\(groups.text)")
      #expect(both.text.contains("Levels   none < some < much") && both.text.contains("Levels   none, any (positive)"))
      #expect(try json(bothJSON.text)["collapsed"] is [String: Any])
      #expect(methods.text.contains("\nReferences\n") && methods.text.contains("Gwet 2014. Handbook"))
    }

    @Test(
      "a question that cannot be answered is refused with the cure",
      arguments: [
        (["--reference", "nobody"], "there is no column “nobody”"), (["--by", "sex<2"], "is not a number"),
        (["--by", "height"], "there is no column “height”"), (["--collapse", "x=som"], "there is no level “som”"),
        (["--by", "sex", "--reference", "R1"], "ask one at a time"), (["--by", "age<"], "is not a name with a bound"),
        (["--by", "sex", "--csv"], "leave out --csv"), (["--report", "accord"], "of --report all but methods"),
      ])
    func refusedQuestions(words: [String], said: String) throws {
      let sandbox = try Sandbox()
      let file = try sandbox.write("q.csv", "case,sex,R1,R2\n1,f,some,none\n2,m,none,none\n")
      let columns = words.contains("nobody") ? ["--positive", "some"] : []

      let result = try sandbox.endplate(
        ["agreement", "--ratings", file, "--levels", "none,some", "--columns", "R1,R2"] + words + columns)

      #expect([64, 65].contains(result.status) && result.text.isEmpty)
      #expect(result.errorText.contains(said), "\(result.errorText)")
    }

    private func json(_ text: String) throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
  }
}
