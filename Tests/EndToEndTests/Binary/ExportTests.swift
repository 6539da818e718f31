// Files that a command writes: whole or not at all, and never in place of what should not be lost.

import Foundation
import Glibc
import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct Exports {
    /// Commands that write a file, as words before its name.
    private static let commands: [[String]] = [
      ["tables", "flow", "--study", "sample", "--out"], ["teach", "5", "--study", "sample", "--handout"],
      ["demo", "--keys", "SCRIPT", "--dump"],
    ]

    private func run(_ command: [String], _ path: String, _ sandbox: Sandbox, force: Bool = false) throws
      -> ProgramResult
    {
      let script = try sandbox.write("script", "<wait>\n")
      let words = command.map { $0 == "SCRIPT" ? script : $0 }
      return try sandbox.endplate(words + [path] + (force ? ["--force"] : []))
    }

    @Test(
      "a new file has what the mask leaves; one that is there needs --force and keeps its mode", arguments: commands)
    func files(command: [String]) throws {
      let sandbox = try Sandbox()
      let path = sandbox.path("out")
      #expect(try run(command, path, sandbox).status == 0)
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(!whole.isEmpty)
      try sandbox.write("out", "mine")
      chmod(path, 0o640)

      let refused = try run(command, path, sandbox)

      #expect(refused.status == 73 && refused.errorText.contains("--force"), "\(refused.errorText)")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
      #expect(try run(command, path, sandbox, force: true).status == 0)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == whole)
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: sandbox.home.path).allSatisfy {
          !$0.contains(".unfinished-")
        }
      )
    }

    @Test("a pipe, a link, a folder, a device and a study are left as they are, whatever is said", arguments: commands)
    func refused(command: [String]) throws {
      let sandbox = try Sandbox()
      let study = sandbox.path("a.study")
      try #require(try sandbox.endplate("study", "new", study, "--title", "T", "--protocol", "joint").status == 0)
      let before = try Data(contentsOf: URL(fileURLWithPath: study))
      let (pipe, target, link, second) = (
        sandbox.path("pipe"), sandbox.path("target"), sandbox.path("link"), sandbox.path("second")
      )
      mkfifo(pipe, 0o600)
      symlink(target, link)
      try FileManager.default.linkItem(atPath: study, toPath: second)
      try sandbox.write("a.study-wal", "")
      let device = Self.device(sandbox)
      let cases =
        [
          (pipe, "is a pipe"), (link, "is a link"), (sandbox.home.path, "is a folder"),
          (study, "is a study"), (second, "is a study"), (study + "-wal", "is a study"),
          (study + ".lock", "belongs to one"),
        ] + (device.map { [($0, "is a device")] } ?? [])
      for (path, words) in cases {
        let result = try run(command, path, sandbox, force: true)
        #expect(result.status == 73 && result.errorText.contains(words), "\(path): \(result.errorText)")
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: study)) == before)
      #expect(!FileManager.default.fileExists(atPath: target))
      var status = stat()
      #expect(lstat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
      if let device { #expect(lstat(device, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR) }
    }

    /// One that may be lost: root would take the host's own away, were the program to let it. Nobody else can, so for them
    /// that will do; nil where root of a container may make none.
    private static func device(_ sandbox: Sandbox) -> String? {
      guard geteuid() == 0 else { return "/dev/null" }
      let path = sandbox.path("device")
      return mknod(path, S_IFCHR | 0o666, 0x103) == 0 ? path : nil
    }

    /// Mounting a small disk needs root, or a host that lets everybody be root of a namespace.
    private static let unshare: [String]? = [["unshare", "-m"], ["unshare", "-r", "-m"]].first { words in
      let launch = try? Sandbox().launch(words[0], words.dropFirst() + ["mount", "-t", "tmpfs", "none", "/mnt"])
      return (try? launch?.run().status) == 0
    }

    @Test(
      "where there is no room nothing is left behind, and what was there stays", .enabled(if: unshare != nil),
      arguments: commands)
    func fullDisk(command: [String]) throws {
      let sandbox = try Sandbox()
      let unshare = try #require(Self.unshare)
      let script = try sandbox.write("script", "<wait>\n")
      let folder = sandbox.path("disk")
      mkdir(folder, 0o700)
      // The embedded study is copied while there is room.
      try #require(try sandbox.endplate("list", "--study", "sample").status == 0)
      let words = command.map { $0 == "SCRIPT" ? script : $0 } + [folder + "/out", "--force"]
      let steps = """
        mount -t tmpfs -o size=16k none "$0"; echo mine > "$0/out"; cat /dev/zero > "$0/rest" 2>/dev/null
        "$@"; echo "status $?"; cat "$0/out"; ls -A "$0"
        """

      let result = try sandbox.launch(
        unshare[0], unshare.dropFirst() + ["sh", "-c", steps, folder, builtProgram("endplate")] + words
      ).run()

      #expect(result.text == "status 74\nmine\nout\nrest\n", "\(result.errorText)")
      #expect(result.errorText.contains("No space left"), "\(result.errorText)")
    }
  }
}
