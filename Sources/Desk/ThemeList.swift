// The themes at hand: the built-in ones, and base16 files in the user's theme folder.

import Foundation
import Grid
import Interchange
import TextSafety
import Themes
import Workstation

package final class ThemeList {
  private let folder: URL
  private let chosenFile: URL
  private var read: [String: Theme] = [:]
  private let first = BuiltInThemes.all.first?.name ?? ""

  package init(places: Places) {
    folder = places.themes
    chosenFile = places.chosenTheme
  }

  /// Built-in ones first; a file of the user's with the same name takes the place of a built-in one.
  package var names: [ThemeName] {
    let builtIn = BuiltInThemes.all.map(\.name)
    return (builtIn + userNames.filter { !builtIn.contains($0) }).map {
      ThemeName(id: $0, title: $0.replacing("-", with: " "))
    }
  }

  private var userNames: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.map { String($0.prefix { $0 != "." }) }
      .sorted()
  }

  /// The name of the theme to start with: asked for, chosen earlier, or the first.
  package func chosen(_ asked: String?) throws -> String {
    if let asked {
      _ = try load(asked)
      return asked
    }
    let kept = Places.line(in: chosenFile)
    return kept.flatMap { (try? load($0)) == nil ? nil : $0 } ?? first
  }

  /// The theme of a name; one that cannot be read is shown as the first.
  package func theme(_ name: String) -> Theme {
    if let theme = read[name] { return theme }
    let theme = (try? load(name)) ?? (try? load(first)) ?? Theme.plain
    read[name] = theme
    return theme
  }

  /// Whether a file of the user's takes a built-in theme's place.
  package func hidesBuiltIn(_ name: String) -> Bool {
    BuiltInThemes.all.contains { $0.name == name } && userFile(name) != nil
  }

  /// - Throws: `Failure` that names the file and every fault in it.
  package func load(_ name: String) throws -> Theme { try read(try file(name)).theme }

  /// What is to be said of a theme: each finding with where in its file the colour stands.
  /// - Throws: `Failure` that names the file and every fault in it.
  package func check(_ name: String) throws -> [(isFault: Bool, words: String)] {
    let file = try file(name)
    let (theme, content) = try read(file)
    return ThemeCheck.findings(of: theme).map { finding in
      let place = content.places[theme.key(of: finding.role)] ?? .start
      return (finding.isFault, Fault(file.name, at: place, finding.message).description)
    }
  }

  private func userFile(_ name: String) -> String? {
    guard !name.contains("/") else { return nil }
    return ["yaml", "yml"].map { folder.appending(path: "\(name).\($0)").path }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  private func file(_ name: String) throws -> InputFile {
    if let path = userFile(name) { return try InputFile.load(path) }
    if let builtIn = BuiltInThemes.all.first(where: { $0.name == name }) {
      return InputFile(name: "\(name).yaml", bytes: builtIn.bytes)
    }
    if name.contains("/") || name.hasSuffix(".yaml") { return try InputFile.load(name) }
    throw Failure(.noInput, "there is no theme ‘\(name)’; \(thereIs(names.map(\.id)))")
  }

  private func read(_ file: InputFile) throws -> (theme: Theme, content: ThemeFile) {
    let outcome = ThemeFileReader.read(file)
    guard let content = outcome.value else {
      throw Failure(.badData, lines: outcome.faults.map(\.description))
    }
    do throws(ThemeFaults) {
      let scheme = try Base16Scheme(
        name: content.name, author: content.author ?? "", variant: content.variant, slots: content.slots)
      return (try Theme(scheme: scheme, roles: content.roles), content)
    } catch {
      let faults = error.faults.map { Fault(file.name, at: content.places[$0.key] ?? .start, $0.message) }
      throw Failure(.badData, lines: faults.map(\.description))
    }
  }
}
