// Sends what a terminal sends although nobody typed, cut at every byte, to every screen and text field.

import ArgumentParser
import Foundation
import PtyHarness

struct RepliesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replies", abstract: "Send a terminal's late replies to every screen and text field.",
    discussion: """
      Each reply is cut in two at every byte, with a pause between. Nothing may be drawn, recorded or written into a \
      text. Ends with 1 where something was. The workstation is the one built beside this program, over SSH as it \
      believes. All of it takes about half an hour; --every shortens it.
      """)

  @Option(help: "Only each n-th cut.") var every = 1
  @Option(help: "Milliseconds between the two parts.") var pause = 60

  /// Where replies arrive: keys from the worklist on, whether a text is being typed, and the keys that lead back.
  private static let places: [(name: String, keys: [String], isText: Bool, back: [String])] = [
    ("worklist", [], false, []), ("help", ["?"], false, ["\u{1B}"]), ("commands", ["\u{10}"], true, ["\u{1B}"]),
    ("filter", ["/"], true, ["\u{1B}"]), ("case", ["\r"], false, ["\u{1B}"]),
    ("grading", ["\r", "g"], false, ["\u{1B}", "\u{1B}"]),
    ("note on a finding", ["\r", "g", "\u{1B}[B", "1", "\u{1B}[A", "m"], true, ["\u{1B}", "\u{1B}", "\u{1B}"]),
    ("note on the reading", ["\r", "g", "M"], true, ["\u{1B}", "\u{1B}", "\u{1B}"]),
    ("image", ["\r", "g", "i"], true, ["\u{1B}", "\u{1B}", "\u{1B}"]),
  ]

  func run() throws {
    let sandbox = try Sandbox(environment: ["SSH_TTY": "/dev/pts/0"])
    let study = try ReplyStudy(sandbox)
    let process = try study.workstation()
    var faults = 0
    for place in Self.places {
      for keys in place.keys { settle(process, keys) }
      if place.isText { settle(process, "ab") }
      let before = try study.acts()
      var sent = 0
      for reply in terminalReplies {
        let bytes = Array(reply.utf8)
        for cut in stride(from: 1, through: bytes.count, by: max(1, every)) where isOneSequence(bytes, cutAt: cut) {
          sent += 1
          let drawn = process.output.count
          process.type(Array(bytes[..<cut]))
          process.read(within: .milliseconds(pause))
          process.type(Array(bytes[cut...]))
          process.read(within: .milliseconds(20))
          guard process.output.count == drawn else {
            faults += 1
            print("\(place.name): \(reply.debugDescription) cut at \(cut): something was drawn")
            continue
          }
        }
      }
      let acts = try study.acts() - before
      if acts != 0 { print("\(place.name): \(acts) acts were recorded") }
      faults += acts == 0 ? 0 : 1
      print("\(place.name): \(sent) sent")
      for key in place.back { settle(process, key) }
    }
    process.type("Q")
    _ = process.waitForEnd(atMost: .seconds(5))
    guard faults == 0 else { throw ExitCode(1) }
  }

  private func settle(_ process: PtyProcess, _ keys: String) {
    process.type(keys)
    process.readUntilQuiet(for: .milliseconds(400))
  }
}

/// A study of two cases that nobody has graded.
private struct ReplyStudy {
  let sandbox: Sandbox
  let path: String

  init(_ sandbox: Sandbox) throws {
    self.sandbox = sandbox
    path = sandbox.path("replies.study")
    let readers = ["R1=A", "R2=B", "R3=C"].flatMap { ["--reader", $0] }
    try run(["study", "new", path, "--title", "Replies"] + readers)
    let files = try ["1", "2"].map {
      try sandbox.write("\($0).yaml", "format: endplate-case/1\nid: \($0)\nsex: male\n")
    }
    try run(["import"] + files + ["--study", path, "--as", "coordinator"])
  }

  @discardableResult
  private func run(_ arguments: [String]) throws -> String {
    let result = try sandbox.launch(builtProgram("endplate"), arguments).run()
    guard result.status == 0 else { throw Silence(step: arguments[0], said: result.errorText) }
    return result.text
  }

  /// How many acts the audit trail holds.
  func acts() throws -> Int { try run(["audit", "--study", path, "--as", "coordinator"]).split(separator: "\n").count }

  func workstation() throws -> PtyProcess {
    let process = try PtyProcess(sandbox.launch(builtProgram("endplate"), ["--study", path, "--as", "R1"]))
    guard process.read(until: { $0.output.holds("Worklist") }, atMost: .seconds(20)) else {
      throw Silence(step: "first frame", said: String(decoding: process.output, as: UTF8.self))
    }
    process.readUntilQuiet()
    return process
  }
}
