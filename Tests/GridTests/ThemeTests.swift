// From a scheme to what a terminal is told, and what is wrong with a scheme.

import Grid
import Testing

@Suite struct ThemeTests {
  /// A scheme without merit: every slot a grey of its own.
  static let greys: [String: String] = Dictionary(
    uniqueKeysWithValues: Base16Scheme.slotNames.enumerated().map { index, slot in
      (slot, String(repeating: String(index, radix: 16), count: 6))
    })

  private func scheme(_ changes: [String: String] = [:]) throws -> Base16Scheme {
    try Base16Scheme(name: "Test", slots: ThemeTests.greys.merging(changes) { $1 })
  }

  @Test func everyFaultOfASchemeIsReportedAtOnce() {
    var slots = ThemeTests.greys
    slots["base03"] = nil
    slots["base0A"] = "yellow"
    #expect(
      throws: ThemeFaults([
        .missingSlot("base03"), .badColor(slot: "base0A", value: "yellow"), .badVariant("dusk"),
      ])
    ) { try Base16Scheme(name: "Test", variant: "dusk", slots: slots) }
  }

  @Test func everyFaultOfTheRolesIsReportedAtOnce() throws {
    let scheme = try scheme()
    #expect(
      throws: ThemeFaults([
        .badRoleColor(role: "halo", value: "ansi:16"), .unknownRole("haloo"), .badRoleColor(role: "rim", value: "red"),
      ])
    ) { try Theme(scheme: scheme, roles: ["haloo": "base08", "rim": "red", "halo": "ansi:16"]) }
  }

  @Test func theBackgroundTellsTheVariantWhereTheFileDoesNot() throws {
    #expect(try scheme(["base00": "1d2021"]).variant == .dark)
    #expect(try scheme(["base00": "fdf6e3"]).variant == .light)
    #expect(try Base16Scheme(name: "Test", variant: "Light", slots: ThemeTests.greys).variant == .light)
  }

  @Test func aRoleIsASlotAColourAnANSIColourOrNone() throws {
    let theme = try Theme(
      scheme: try scheme(["base0D": "5f87ff"]),
      roles: ["rim": "#ff0000", "halo": "ansi:13", "good": "none", "danger": "base0D"])
    #expect(theme.color(of: .rim) == .rgb(RGB(255, 0, 0)))
    #expect(theme.color(of: .halo) == .ansi(13))
    #expect(theme.color(of: .good) == .own)
    #expect(theme.color(of: .danger) == .rgb(RGB(0x5F, 0x87, 0xFF)))
    #expect(theme.color(of: .hypo) == .rgb(RGB(0x5F, 0x87, 0xFF)))
    #expect(theme.color(of: .text) == .own)
  }

  @Test func aRoleIsShownByWhatTheTerminalCan() throws {
    let theme = try Theme(scheme: try scheme(["base0A": "ffd75f"]))
    let shown = Look.Colors.allCases.map { theme.appearance(of: .role(.hyper, .reverse), colors: $0) }
    #expect(
      shown == [
        Appearance(attributes: [.bold, .reverse]), Appearance(foreground: 5, attributes: [.bold, .reverse]),
        Appearance(foreground: 13, attributes: .reverse), Appearance(foreground: 221, attributes: .reverse),
        Appearance(foreground: 0xFFD75F, attributes: .reverse),
      ])
  }

  @Test func aLightSchemePaintsItsPageWhereThereAreColoursForIt() throws {
    let light = try Theme(scheme: try scheme(["base00": "fdf6e3", "base05": "073642"]))
    #expect(
      light.page(.many).map { [$0.foreground, $0.background] } == [
        Int32(TerminalPalette.nearest(to: RGB(7, 54, 66))), 230,
      ])
    #expect(light.page(.direct).map { [$0.foreground, $0.background] } == [0x073642, 0xFDF6E3])
    #expect(light.page(.sixteen) == nil)
    #expect(try Theme(scheme: try scheme()).page(.many) == nil)
    #expect(Theme.plain.page(.many) == nil)
  }

  @Test func blackIsNotTakenForAColourOfTheTerminals() {
    let black = Theme.plain.appearance(of: Style(.grey(0)), colors: .direct)
    #expect(black == Appearance(foreground: 8))
  }

  @Test func colouredPaperIsSeenWithoutColours() throws {
    let theme = try Theme(scheme: try scheme(["base00": "262626", "base0B": "afd787"]))
    let bar = Style(.standard, on: .role(.good))
    #expect(theme.appearance(of: bar, colors: .none) == Appearance(attributes: .reverse))
    #expect(theme.appearance(of: bar, colors: .many) == Appearance(foreground: 235, background: 150))
    #expect(theme.appearance(of: .plain, colors: .many) == Appearance())
  }

  @Test func aPictureKeepsItsThirtyGreys() {
    let shown = (0..<30).map { Theme.plain.appearance(of: Style(.grey($0), on: .grey(29 - $0)), colors: .many) }
    #expect(Set(shown).count == 30)
    #expect(shown.first == Appearance(foreground: 16, background: 231))
    let beyond = Theme.plain.appearance(of: Style(.grey(200)), colors: .many)
    #expect(beyond == Appearance(foreground: 231))
  }

  @Test(arguments: Look.Colors.allCases)
  func gradesOfAScaleDifferHoweverFewColoursThereAre(colors: Look.Colors) throws {
    let theme = try Theme(
      scheme: try scheme(),
      roles: colors >= .many
        ? Dictionary(
          uniqueKeysWithValues: Role.allCases.map { ($0.rawValue, "none") }) : [:])
    for scale in [[Role.hypo, .iso, .hyper], [.healed, .healing, .equivocal, .aggravated]] {
      #expect(Set(scale.map { theme.appearance(of: .role($0), colors: colors) }).count == scale.count)
    }
  }
}
