// What the shells complete where a name that comes with the program, or a file, is to be given.

import ArgumentParser
import Desk
import Foundation
import SampleCases
import TextSafety

extension CompletionKind {
  static let study = nameOrFile { StudyAccess.Embedded.allCases.map(\.rawValue) }
  static let theme = nameOrFile { ThemeList(places: Places()).names.map(\.id) }
  static let codebook = nameOrFile { SampleCases.codebooks.map { $0.name.replacing(".yaml", with: "") } }

  /// What `import` takes: case files, or a word and what is of it.
  static let imported = nameOrFile {
    ImportCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  /// Of files and words the parser completes one or the other.
  private static func nameOrFile(_ names: @escaping @Sendable () -> [String]) -> CompletionKind {
    .custom { _, _, begun in names().filter { $0.hasPrefix(begun) } + files(begun).map(spelt) }
  }

  /// Those whose path begins with what was typed; folders end with `/`. Hidden ones where a point was typed.
  private static func files(_ begun: String) -> [String] {
    let folder = begun.contains("/") ? String(begun[...(begun.lastIndex(of: "/") ?? begun.startIndex)]) : ""
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    return names.sorted().compactMap { name in
      let path = folder + name
      guard path.hasPrefix(begun), !name.hasPrefix(".") || begun.hasSuffix("."), path.madeSafe == path else {
        return nil
      }
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
        ? path + "/" : path
    }
  }

  /// A path as the shell that asks takes it for a word: bash would carry out a `$(…)` in the name of a file.
  private static func spelt(_ path: String) -> String {
    switch CompletionShell.requesting {
    case .bash: NextStep.word(path)
    case .zsh: path.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
    default: path
    }
  }
}
