// A command line before it is parsed: options in front of a command go behind it, and nothing is said twice.

import ArgumentParser
import Desk
import Foundation
import ReviewCore

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

  /// Refuses help about a command that there is not: the parser would print that of the one above it.
  ///
  /// - Throws: `Failure`, `.usage`, naming it.
  static func checkHelp(_ line: [String]) throws {
    let words = inOrder(line).prefix { $0 != "--" }
    guard words.first == "help" || words.contains("--help") || words.contains("-h") else { return }
    var (command, path): (any ParsableCommand.Type, [String]) = (self, [])
    for word in words.drop(while: { $0 == "help" }).prefix(while: { !$0.hasPrefix("-") }) {
      let next = command.configuration.subcommands.first {
        $0.configuration.commandName == word || $0.configuration.aliases.contains(word)
      }
      guard let next else {
        // Behind a command that takes arguments it is one of them.
        let takesWords = command.configuration.subcommands.isEmpty || command.configuration.defaultSubcommand != nil
        if takesWords, !path.isEmpty { return }
        throw noCommand(word, of: command, path)
      }
      (command, path) = (next, path + [word])
    }
  }

  /// - Parameter path: the words that name the command above it; none of the program itself.
  static func noCommand(_ word: String, of command: any ParsableCommand.Type = Endplate.self, _ path: [String] = [])
    -> Failure
  {
    let commands = command.configuration.subcommands.compactMap { $0.configuration.commandName }
    let cure =
      Spelling.nearest(to: word, in: commands).map { "did you mean ‘\($0)’?" }
      ?? "\((["endplate"] + path).joined(separator: " ")) --help lists them"
    return Failure(.usage, "there is no command ‘\((path + [word]).joined(separator: " "))’; \(cure)")
  }

  /// Refuses an empty word, as an unset variable of a script makes it, where a file or anything else is to be named: messages
  /// would name nothing. Options that take a text may take an empty one.
  ///
  /// - Throws: `Failure`, `.usage`.
  static func checkNotEmpty(_ line: [String]) throws {
    let words = Array(line.prefix { $0 != "--" })
    for (index, word) in words.enumerated() {
      let before = index > 0 ? words[index - 1] : ""
      let option = word.isEmpty ? before : word.hasSuffix("=") ? String(word.dropLast()) : nil
      guard let option, let arguments = arguments() else { continue }
      let named = arguments.first { $0.kind == "option" && ($0.names ?? []).contains { "--" + $0.name == option } }
      if named?.takesFile == true { throw Failure(.usage, "\(option) names nothing; give it a value, or leave it out") }
      if word.isEmpty, named == nil { throw Failure(.usage, "a word of the command is empty; name what is meant") }
    }
  }

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
  static func words(of error: any Error, _ line: [String], _ root: any ParsableCommand.Type) -> String {
    let safe = line.map { word in
      String(String.UnicodeScalarView(word.unicodeScalars.map { ["\n", "\r"].contains($0) ? " " : $0 }))
    }
    guard safe != line else { return root.fullMessage(for: error) }
    do { _ = try root.parseAsRoot(inOrder(safe)) } catch { return root.fullMessage(for: error) }
    return root.fullMessage(for: error)
  }

  /// Options of any command that take one value: by what the parser says of them, and asked for only where one comes twice.
  private static var single: Set<String> {
    guard let all = arguments() else { return [] }
    func names(_ arguments: [HelpDump.Argument]) -> Set<String> {
      Set(arguments.flatMap { $0.names ?? [] }.map { "--" + $0.name })
    }
    return names(all.filter { $0.kind == "option" }).subtracting(
      names(all.filter { $0.isRepeating || $0.kind != "option" }))
  }
}

extension Endplate {
  /// Of all commands; asked for only where a line gives reason to.
  private static func arguments() -> [HelpDump.Argument]? {
    try? JSONDecoder().decode(HelpDump.self, from: Data(_dumpHelp().utf8)).command.all
  }
}

/// What the parser's description of the commands says of their arguments.
private struct HelpDump: Decodable {
  struct Name: Decodable { var name: String }

  struct Nothing: Decodable {}

  struct Completion: Decodable {
    var file: Nothing?
    /// A name or a file.
    var custom: Nothing?
  }

  struct Argument: Decodable {
    var kind: String
    var isRepeating: Bool
    var names: [Name]?
    var completionKind: Completion?
    var takesFile: Bool { completionKind?.file != nil || completionKind?.custom != nil }
  }

  struct Command: Decodable {
    var arguments: [Argument]?
    var subcommands: [Command]?
    var all: [Argument] { (arguments ?? []) + (subcommands ?? []).flatMap(\.all) }
  }

  var command: Command
}
