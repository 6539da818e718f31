// A command line before it is parsed: options in front of a command go behind it, and nothing is said twice.

import ArgumentParser
import Desk
import Foundation

extension Endplate {
  /// A line with the options that say which study and who, given in front of a command, behind it: `--study x list`. Help
  /// is about a command, whichever study it is given for.
  static func inOrder(_ line: some Collection<String>) -> [String] {
    let words = Array(line)
    var index = 0
    while index < words.count {
      let name = words[index].split(separator: "=", maxSplits: 1).first.map(String.init) ?? ""
      guard studyOptions.contains(name) else { break }
      index += name == words[index] ? 2 : 1
    }
    guard index > 0, index < words.count else { return words }
    if words[index] == "help" { return Array(words[index...]) }
    let commands = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard commands.contains(words[index]) else { return words }
    let command = words[index...].prefix { $0 != "--" }
    return Array(command) + words[..<index] + words[(index + command.count)...]
  }

  private static let studyOptions = ["--study", "--as", "--passphrase-file"]

  /// Refuses an option that is given twice with different values where it says one thing: the parser would take the last.
  ///
  /// - Throws: `Failure`, `.usage`, naming the option and both values.
  static func checkSaidOnce(_ line: [String]) throws {
    let words = line.prefix { $0 != "--" }
    var said: [String: String] = [:]
    for (index, word) in words.enumerated() where word.utf8.starts(with: "--".utf8) {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let value = parts.count > 1 ? parts[1] : words.dropFirst(index + 1).first ?? ""
      guard let before = said.updateValue(value, forKey: parts[0]), before != value else { continue }
      guard single.contains(parts[0]) else { continue }
      throw Failure(.usage, "\(parts[0]) is given twice, as ‘\(before)’ and as ‘\(value)’; say it once")
    }
  }

  /// What the parser says of a line, in lines of its own. It quotes the line: where that holds line ends, it is asked again
  /// about one without them.
  static func words(of error: any Error, _ line: [String]) -> String {
    let safe = line.map { word in
      String(String.UnicodeScalarView(word.unicodeScalars.map { ["\n", "\r"].contains($0) ? " " : $0 }))
    }
    guard safe != line else { return fullMessage(for: error) }
    do { _ = try parseAsRoot(inOrder(safe)) } catch { return fullMessage(for: error) }
    return fullMessage(for: error)
  }

  /// Options of any command that take one value: by what the parser says of them, and asked for only where one comes twice.
  private static var single: Set<String> {
    guard let help = try? JSONDecoder().decode(HelpDump.self, from: Data(_dumpHelp().utf8)) else { return [] }
    let all = help.command.all
    func names(_ arguments: [HelpDump.Argument]) -> Set<String> {
      Set(arguments.flatMap { $0.names ?? [] }.map { "--" + $0.name })
    }
    return names(all.filter { $0.kind == "option" }).subtracting(
      names(all.filter { $0.isRepeating || $0.kind != "option" }))
  }
}

/// What the parser's description of the commands says of their arguments.
private struct HelpDump: Decodable {
  struct Name: Decodable { var name: String }

  struct Argument: Decodable {
    var kind: String
    var isRepeating: Bool
    var names: [Name]?
  }

  struct Command: Decodable {
    var arguments: [Argument]?
    var subcommands: [Command]?
    var all: [Argument] { (arguments ?? []) + (subcommands ?? []).flatMap(\.all) }
  }

  var command: Command
}
