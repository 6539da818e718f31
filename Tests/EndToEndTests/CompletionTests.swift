// What the shells complete, of the scripts that the program makes for them, and of what it says of its arguments.

import Foundation
import PtyHarness
import Testing

/// Tried where they are installed.
private enum Shell {
  static let (zsh, fish) = ("/usr/bin/zsh", "/usr/bin/fish")
}

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
        // What stands in front of a command, or of a command that is left out.
        ("--study seed", ["seedling.study", "seedlings/"]), ("--study practice verify-p", ["verify-paper"]),
        ("--theme day", ["daylight"]), ("import reade", ["reader.yaml"]), ("import readi", ["readings"]),
        ("import readings reade", ["reader.yaml"]), ("import --map reade", ["reader.yaml"]),
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

    @Test("zsh completes the same", .enabled(if: FileManager.default.isExecutableFile(atPath: Shell.zsh)))
    func zsh() throws {
      let sandbox = try Sandbox()
      _ = try sandbox.write(".zshrc", "PS1='> '; fpath=(~ $fpath); autoload -Uz compinit; compinit -u -D\n")
      _ = try sandbox.write("_endplate", sandbox.endplate("--generate-completion-script", "zsh").text)
      try complete(Shell.zsh, ["-d", "-i"], sandbox)
    }

    @Test("fish completes the same", .enabled(if: FileManager.default.isExecutableFile(atPath: Shell.fish)))
    func fish() throws {
      let sandbox = try Sandbox()
      let script = try sandbox.write("endplate.fish", sandbox.endplate("--generate-completion-script", "fish").text)
      try complete(Shell.fish, ["--no-config", "--private", "-C", "source \(script)"], sandbox)
    }

    /// Types the beginnings of lines, each with a Tab.
    private func complete(_ shell: String, _ arguments: [String], _ sandbox: Sandbox) throws {
      _ = try sandbox.write("reader.yaml", "")
      let programs = builtProgram("endplate").dropLast("/endplate".count)
      let path = "\(programs):\(sandbox.environment["PATH"] ?? "")"
      let launch = sandbox.launch(
        "/bin/sh", ["-c", "cd \"$0\"; exec \"$@\"", sandbox.path(""), shell] + arguments, environment: ["PATH": path])
      let process = try PtyProcess(launch)
      process.readUntilQuiet(for: .seconds(1))
      for (begun, rest) in [
        ("verify-p", "aper"), ("check reade", "r.yaml"), ("study new reade", "r.yaml"), ("import reade", "r.yaml"),
        ("import readi", "ngs"), ("grade --passphrase-file reade", "r.yaml"), ("list --study pract", "ice"),
        ("--study pract", "ice"), ("--study reade", "r.yaml"), ("--study practice verify-p", "aper"),
        ("export --format rel", "ease"), ("study add --role lea", "rner"), ("list --js", "on"), ("guide gra", "ding"),
        ("open --theme day", "light"),
      ] {
        process.type("endplate \(begun)\t")
        try process.see("endplate \(begun)\(rest)")
        // The next on an empty line.
        process.type("\u{15}")
        process.readUntilQuiet()
      }
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
