// What the shells complete, of the script that the program makes for bash, and of what it says of its arguments.

import Foundation
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct Completions {
    @Test(
      "bash completes files, names that come with the program, and the words of a list",
      arguments: [
        ("check reade", ["reader.yaml"]), ("backup seed", ["seedling.study", "seedlings"]),
        ("image export 5 seed", ["seedlings"]), ("study passphrase R1 --new-from reade", ["reader.yaml"]),
        ("list --study seed", ["seedling.study", "seedlings/"]), ("list --study pr", ["practice"]),
        ("open --theme day", ["daylight"]), ("themes show day", ["daylight"]), ("codebook show sin", ["sins"]),
        ("check reader.yaml --codebook sin", ["sins"]), ("tables cour", ["courses"]),
        ("tables --format late", ["latex"]),
        ("export --format rel", ["release"]), ("teach --format mark", ["markdown"]),
        ("study add --role le", ["learner"]),
        ("guide gra", ["grading"]), ("verify-p", ["verify-paper"]),
        // Taken for what it is, and not carried out.
        ("list --study ev", ["evil$(touch carried-out).study"]),
      ])
    func bash(line: String, wanted: [String]) throws {
      let sandbox = try Sandbox()
      let script = try sandbox.write("completions", sandbox.endplate("--generate-completion-script", "bash").text)
      for name in ["reader.yaml", "seedling.study", "evil$(touch carried-out).study"] {
        _ = try sandbox.write(name, "")
      }
      try FileManager.default.createDirectory(atPath: sandbox.path("seedlings"), withIntermediateDirectories: true)
      let asked = """
        cd "$1"; source "$2"; words=($4)
        COMP_WORDS=("$3" "${words[@]}"); COMP_CWORD=${#words[@]}; COMP_LINE="$3 $4"; COMP_POINT=${#COMP_LINE}; COMPREPLY=()
        _endplate endplate "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"; printf '%s\\n' "${COMPREPLY[@]}"
        """

      let result = try sandbox.launch(
        "/bin/bash", ["--norc", "-c", asked, "bash", sandbox.path(""), script, builtProgram("endplate"), line]
      ).run()

      #expect(result.text.split(separator: "\n").map(String.init) == wanted, "\(result.errorText)")
      #expect(!FileManager.default.fileExists(atPath: sandbox.path("carried-out")))
    }

    @Test("every argument that takes a file completes files, and every one of a fixed list its words")
    func all() throws {
      let dump = try Sandbox().endplate("--experimental-dump-help").output
      let document = try JSONSerialization.jsonObject(with: Data(dump)) as? [String: Any]
      let arguments = arguments(of: try #require(document?["command"] as? [String: Any]))
      let files = arguments.filter { argument in
        let name = (argument["valueName"] as? String ?? "").lowercased()
        return ["file", "backup", "folder", "path"].contains { name.hasPrefix($0) }
      }
      let words = arguments.filter { !(($0["allValues"] as? [String]) ?? []).isEmpty }

      #expect(files.count > 40 && words.count > 10)
      for argument in files {
        let kind = argument["completionKind"] as? [String: Any] ?? [:]
        #expect(!Set(kind.keys).isDisjoint(with: ["file", "directory", "custom"]), "\(argument)")
      }
      for argument in words {
        let list = (argument["completionKind"] as? [String: Any])?["list"] as? [String: Any]
        #expect(list?["values"] as? [String] == argument["allValues"] as? [String], "\(argument)")
      }
    }

    private func arguments(of command: [String: Any]) -> [[String: Any]] {
      let own = (command["arguments"] as? [[String: Any]] ?? []).filter { $0["kind"] as? String != "flag" }
      return own + (command["subcommands"] as? [[String: Any]] ?? []).flatMap(arguments)
    }
  }
}
