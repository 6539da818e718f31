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
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The themes at hand.")

    func run() {
      let themes = ThemeList(places: Places())
      for name in themes.names {
        let variant = (try? themes.load(name.id)).map { $0.variant.rawValue } ?? "cannot be read; see themes check"
        let hides = themes.hidesBuiltIn(name.id) ? "  your file, in place of the built-in theme" : ""
        Output.print("\(name.id)  \(variant)\(hides)")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "The colours of a theme, role by role.")

    @Argument(help: "A theme's name, or a base16 file.", completion: .theme)
    var name: String

    func run() throws {
      let themes = ThemeList(places: Places())
      let theme = try themes.load(name)
      if themes.hidesBuiltIn(name) { Output.print("This is your file, in place of the built-in theme \(name).") }
      Output.print("\(theme.name), \(theme.variant.rawValue)")
      for role in Role.allCases {
        Output.print(role.rawValue + String(repeating: " ", count: 14 - role.rawValue.count) + theme.words(for: role))
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Check contrast and colour-blind safety; all themes when none is named.",
      discussion: "Ends with 1 where a theme can be used but should be better, and 65 where one cannot be read.")

    @Argument(help: "Themes, or base16 files.", completion: .theme)
    var names: [String] = []

    func run() throws {
      let themes = ThemeList(places: Places())
      var worst: ExitStatus?
      for name in names.isEmpty ? themes.names.map(\.id) : names {
        do {
          let findings = try themes.check(name)
          let isFaulty = findings.contains(where: \.isFault)
          if isFaulty, worst == nil { worst = .couldBeBetter }
          Output.print(isFaulty ? "\(name):" : findings.isEmpty ? "\(name): passes" : "\(name): passes, with changes:")
          for finding in findings { Output.print("  " + finding.words) }
        } catch let failure as Failure where failure.code == .badData {
          worst = .badData
          for line in failure.lines { Output.print(line) }
        }
      }
      if let worst { throw Failure(worst, nil) }
    }
  }
}

extension Theme {
  /// A role's colour in words: `#1a2b3c`, `terminal colour 4`, `the terminal's own`.
  fileprivate func words(for role: Role) -> String {
    switch color(of: role) {
    case .own: "the terminal's own"
    case .ansi(let index): "terminal colour \(index)"
    case .rgb(let color):
      nudged[role].map { "\(color.hex), for \($0.hex), which cannot be read on the background" } ?? color.hex
    }
  }
}
