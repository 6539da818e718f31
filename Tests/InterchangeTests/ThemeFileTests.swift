// Theme files in both forms, and their faults.

import Interchange
import Testing

private let colours = (0..<16).map { number in
  ("base0" + String(number, radix: 16, uppercase: true), "1e20" + (number < 10 ? "0\(number)" : "\(number)"))
}

struct ThemeFileTests {
  private let slots = Dictionary(uniqueKeysWithValues: colours)

  @Test func theOldForm() throws {
    let text = "scheme: \"Old\"\nauthor: \"A (b@c)\"\n" + colours.map { "\($0): \"\($1.uppercased())\"\n" }.joined()
    let theme = try #require(ThemeFileReader.read(file(text, "t.yaml")).value)
    #expect(theme.name == "Old")
    #expect(theme.author == "A (b@c)")
    #expect(theme.variant == nil)
    #expect(theme.slots == slots)
    #expect(theme.roles.isEmpty)
  }

  @Test func theNewFormWithRoles() throws {
    let palette = colours.map { "  \($0.lowercased()): '#\($1)'\n" }.joined()
    let text = "system: base16\nname: New\nvariant: dark\nslug: new\npalette:\n\(palette)roles:\n  warning: base0A\n"
    let theme = try #require(ThemeFileReader.read(file(text, "t.yaml")).value)
    #expect(theme.slots == slots)
    #expect(theme.variant == "dark")
    #expect(theme.roles == ["warning": "base0A"])
    #expect(theme.places["warning"] == FilePosition(23, 3))
  }

  @Test func faults() {
    let text = """
      name: x
      autor: y
      base00: #112233
      base01: 12345
      base02: 00000g
      base03: 000000
      base0a: 123456
      base0A: 123456
      roles: [a]
      """
    #expect(
      ThemeFileReader.read(file(text, "t.yaml")).faults.map(\.description) == [
        "t.yaml:1:1: error: these colours are missing: base04, base05, base06, base07, base08, base09, base0B, base0C, "
          + "base0D, base0E, base0F",
        "t.yaml:2:1: warning: ‘autor’ is not used; did you mean ‘author’?",
        "t.yaml:3:1: error: ‘base00’ is empty; a colour with # stands in quotes: \"#1e2030\"",
        "t.yaml:4:9: error: base01: ‘12345’ is not a colour; write six hex digits, as \"1e2030\"",
        "t.yaml:5:9: error: base02: ‘00000g’ is not a colour; write six hex digits, as \"1e2030\"",
        "t.yaml:8:1: error: the colour ‘base0A’ is given twice",
        "t.yaml:9:8: error: roles: expected role: colour, found a list",
      ])
  }
}
