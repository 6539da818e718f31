// Lists, shows and checks themes.

import ArgumentParser
import Desk
import Grid
import Interchange

struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes", abstract: "List, show or check colour themes.",
    subcommands: [List.self, Show.self, Check.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The themes at hand.")

    func run() {
      let themes = ThemeList(places: Places())
      for name in themes.names {
        let variant = (try? themes.load(name.id)).map { $0.variant.rawValue } ?? "cannot be read; see themes check"
        Output.print("\(name.id)  \(variant)")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The colours of a theme, role by role.")

    @Argument(help: "A theme's name, or a base16 file.")
    var name: String

    func run() throws {
      let theme = try ThemeList(places: Places()).load(name)
      Output.print("\(theme.name), \(theme.variant.rawValue)")
      for role in Role.allCases {
        Output.print(role.rawValue + String(repeating: " ", count: 14 - role.rawValue.count) + theme.words(for: role))
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check contrast and colour-blind safety; all themes when none is named.")

    @Argument(help: "Themes, or base16 files.")
    var names: [String] = []

    func run() throws {
      let themes = ThemeList(places: Places())
      var isFaulty = false
      for name in names.isEmpty ? themes.names.map(\.id) : names {
        do {
          let findings = ThemeCheck.findings(of: try themes.load(name))
          isFaulty = isFaulty || !findings.isEmpty
          Output.print(findings.isEmpty ? "\(name): passes" : "\(name):")
          for finding in findings { Output.print("  " + finding.message) }
        } catch let failure as Failure where failure.code == .badData {
          isFaulty = true
          Output.print(failure.words ?? name)
        }
      }
      if isFaulty { throw Failure(.badData, nil) }
    }
  }
}

extension Theme {
  /// A role's colour in words: `#1a2b3c`, `terminal colour 4`, `the terminal's own`.
  fileprivate func words(for role: Role) -> String {
    switch color(of: role) {
    case .own: "the terminal's own"
    case .ansi(let index): "terminal colour \(index)"
    case .rgb(let color): color.hex
    }
  }
}
