// The check of a theme, and the built-in themes under it.

import Grid
import Testing
import Themes

@Suite struct ThemeCheckTests {
  /// The few lines of YAML our own files are made of; the real reader is tested where it lives.
  static func theme(_ bytes: [UInt8]) throws -> Theme {
    var sections: [String: [String: String]] = [:]
    var section = ""
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingPrefix { $0 == " " } }
      guard let key = parts.first, parts.count == 2 || line.hasSuffix(":") else { continue }
      if line.hasSuffix(":") {
        section = String(key)
      } else {
        sections[line.hasPrefix(" ") ? section : "", default: [:]][String(key)] = parts[1].filter { $0 != "\"" }
      }
    }
    let scheme = try Base16Scheme(
      name: sections[""]?["name"] ?? "", variant: sections[""]?["variant"], slots: sections["palette"] ?? [:])
    return try Theme(scheme: scheme, roles: sections["roles"] ?? [:])
  }

  @Test(arguments: BuiltInThemes.all.map(\.name))
  func everyBuiltInThemePasses(name: String) throws {
    let file = try #require(BuiltInThemes.all.first { $0.name == name })
    let theme = try ThemeCheckTests.theme(file.bytes)
    #expect(!theme.name.isEmpty)
    #expect(ThemeCheck.findings(of: theme).map(\.message) == [])
  }

  /// What is bright in a picture has an edge against the black that pictures lie on, whatever the theme's page.
  @Test(arguments: BuiltInThemes.all.map(\.name), [Look.Colors.many, .direct])
  func brightGreysHaveAnEdgeOnTheGroundOfPictures(name: String, colors: Look.Colors) throws {
    let theme = try ThemeCheckTests.theme(try #require(BuiltInThemes.all.first { $0.name == name }).bytes)
    for level in 8...UInt8(29) {
      let shown = theme.appearance(of: Style(.grey(level), on: .grey(0)), colors: colors)
      func color(_ number: Int32?) throws -> RGB {
        let number = try #require(number)
        return colors == .direct
          ? RGB(UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255))
          : TerminalPalette.all[Int(number)]
      }
      #expect(try color(shown.foreground).contrast(with: color(shown.background)) >= 1.25, "\(level)")
    }
  }

  @Test func theSixteenColourThemeIsWhatEveryThemeFallsBackTo() throws {
    let files = Dictionary(uniqueKeysWithValues: BuiltInThemes.all.map { ($0.name, $0.bytes) })
    let sixteen = try ThemeCheckTests.theme(try #require(files["sixteen"]))
    let other = try ThemeCheckTests.theme(try #require(files["daylight"]))
    for role in Role.allCases {
      let shown = other.appearance(of: .role(role), colors: .sixteen)
      #expect(sixteen.appearance(of: .role(role), colors: .many) == shown, "\(role)")
      #expect(sixteen.appearance(of: .role(role), colors: .sixteen) == shown, "\(role)")
      let few = other.appearance(of: .role(role), colors: .eight)
      #expect(sixteen.appearance(of: .role(role), colors: .eight) == few, "\(role)")
    }
  }

  @Test func faintTextIsMovedUntilItCanBeReadAndLinesMayBeFainter() throws {
    let theme = try passing(["muted": "#767676", "border": "#767676"])
    guard case .nudged(.muted, let written, let shown)? = ThemeCheck.findings(of: theme).first else {
      Issue.record("muted is not moved")
      return
    }
    #expect(ThemeCheck.findings(of: theme).count == 1)
    #expect(ThemeCheck.findings(of: theme).filter(\.isFault) == [])
    #expect(written.hex == "#767676")
    #expect((4.5..<5.5).contains(shown.contrast(with: theme.background)))
    #expect(theme.color(of: .muted) == .rgb(shown))
    #expect(theme.color(of: .border) == .rgb(written))
  }

  @Test(arguments: ["000000", "777777", "757575", "808080", "ffffff", "b58900", "002b36"])
  func whateverTheBackgroundEveryRoleCanBeRead(background: String) throws {
    var slots = Dictionary(uniqueKeysWithValues: Base16Scheme.slotNames.map { ($0, background) })
    slots["base0A"] = "7f7f00"
    let theme = try Theme(scheme: try Base16Scheme(name: "Test", slots: slots))
    let faint = ThemeCheck.findings(of: theme).filter { if case .faint = $0 { true } else { false } }
    #expect(faint == [])
    #expect(theme.foreground.contrast(with: theme.background) >= ThemeCheck.textContrast)
  }

  @Test func oneOfTheTerminalsOwnColoursIsNotMovedButFound() throws {
    let theme = try passing(["muted": "ansi:4"])
    guard case .faint(.muted, _, 4.5)? = ThemeCheck.findings(of: theme).first else {
      Issue.record("muted is not found")
      return
    }
  }

  @Test func anAccentThatEqualsAnotherIsFoundWithTheKeyToChange() throws {
    let theme = try passing(["focus": "base08"])
    #expect(ThemeCheck.findings(of: theme) == [.equal(.focus, .danger)])
    #expect(theme.key(of: .danger) == "base08")
    #expect(theme.key(of: .focus) == "focus")
  }

  @Test func redAndGreenGradesAreFoundForDeuteranopiaOnly() throws {
    let theme = try passing(["healed": "#87af5f", "aggravated": "#d7875f"])
    let alike = ThemeCheck.findings(of: theme).compactMap { finding in
      if case .alike(let one, let other, let vision, _) = finding {
        [one.rawValue, other.rawValue, vision.rawValue]
      } else {
        nil
      }
    }
    #expect(alike.contains(["healed", "aggravated", "deuteranopia"]))
    #expect(!alike.contains { $0[2] == "normal" })
  }

  @Test func equalColoursAreFoundUnlessNeitherIsAColour() throws {
    let same = try passing(["hypo": "#ffd75f", "hyper": "#ffd75f"])
    #expect(ThemeCheck.findings(of: same).contains(.alike(.hypo, .hyper, .normal, difference: 0)))
    let own = try passing(["hypo": "none", "iso": "none", "hyper": "none"])
    #expect(ThemeCheck.findings(of: own) == [])
  }

  /// The default theme with some roles changed.
  private func passing(_ roles: [String: String]) throws -> Theme {
    let text = String(decoding: try #require(BuiltInThemes.all.first).bytes, as: UTF8.self)
    let lines = roles.sorted { $0.key < $1.key }.map { "  \($0.key): \"\($0.value)\"\n" }.joined()
    return try ThemeCheckTests.theme(Array((text + "roles:\n" + lines).utf8))
  }
}
