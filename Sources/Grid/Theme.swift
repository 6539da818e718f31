// A theme: the colour of every role.
//
// A scheme is made for its own background, and a theme cannot know what is behind it. A light scheme paints its own
// page: on a dark terminal nothing of it could be read. A dark one, and one of the terminal's own sixteen colours or of
// none, leaves the terminal its own ground, which most have dark; painting costs twelve bytes at each change of colour.

package struct Theme: Hashable, Sendable {
  /// What a role is coloured with.
  package enum Color: Hashable, Sendable {
    /// The terminal's own foreground; `RoleInk.plain` tells the role apart.
    case own
    /// One of the terminal's sixteen, as its owner has set it.
    case ansi(UInt8)
    case rgb(RGB)
  }

  package let name: String
  package let author: String
  package let variant: Base16Scheme.Variant
  package let background: RGB
  package let foreground: RGB
  private let colors: [Role: Color]
  /// What the file says of roles whose colour could not be read on the background and was moved until it could.
  package let nudged: [Role: RGB]
  /// The key of the file that colours a role: its own, or a slot of the scheme.
  private let keys: [Role: String]
  /// The nearest of the 256, for every colour of the theme.
  private let nearest: [RGB: UInt8]

  /// `roles`: what the file says, role by role: a slot, `#rrggbb`, `ansi:0`…`ansi:15` or `none`; the others take the
  /// slot of the role table. A colour that cannot be read on the background is moved toward black or white until it
  /// can (`ThemeCheck` has the contrasts). Reports every fault at once.
  package init(scheme: Base16Scheme, roles: [String: String] = [:]) throws(ThemeFaults) {
    var faults: [ThemeFault] = []
    var colors: [Role: Color] = [:]
    var keys: [Role: String] = [:]
    for role in Role.allCases {
      keys[role] = role.defaults.slot
      colors[role] = role.defaults.slot.flatMap { scheme.slots[$0] }.map { .rgb($0) } ?? .own
    }
    for (name, value) in roles.sorted(by: { $0.key < $1.key }) {
      guard let role = Role(rawValue: name) else {
        faults.append(.unknownRole(name))
        continue
      }
      keys[role] = name
      if let color = Theme.color(value, in: scheme) {
        colors[role] = color
      } else {
        faults.append(.badRoleColor(role: name, value: value))
      }
    }
    if !faults.isEmpty { throw ThemeFaults(faults) }
    let ground = Ground(scheme.slots["base00"] ?? RGB(0, 0, 0))
    var nudged: [Role: RGB] = [:]
    for case (let role, .rgb(let color)) in colors {
      let readable = ground.readable(color, contrast: ThemeCheck.contrast(of: role))
      guard readable != color else { continue }
      nudged[role] = color
      colors[role] = .rgb(readable)
    }
    self.init(
      scheme: scheme, ground: ground,
      foreground: ground.readable(scheme.slots["base05"] ?? RGB(255, 255, 255), contrast: ThemeCheck.textContrast),
      colors: colors, nudged: nudged, keys: keys)
  }

  private init(
    scheme: Base16Scheme, ground: Ground, foreground: RGB, colors: [Role: Color], nudged: [Role: RGB],
    keys: [Role: String]
  ) {
    name = scheme.name
    author = scheme.author
    variant = scheme.variant
    background = ground.color
    self.foreground = foreground
    self.colors = colors
    self.nudged = nudged
    self.keys = keys
    var nearest = [ground.color: ground.nearest, foreground: TerminalPalette.nearest(to: foreground)]
    for case .rgb(let color) in colors.values where nearest[color] == nil {
      nearest[color] = TerminalPalette.nearest(to: color)
    }
    self.nearest = nearest
  }

  /// The theme without a file: no colour; bold, dim, underline and the glyphs say everything.
  package static let plain = Theme()

  private init() {
    (name, author, variant) = ("Plain", "", .dark)
    (background, foreground) = (RGB(0, 0, 0), RGB(255, 255, 255))
    (colors, nudged, keys, nearest) = ([:], [:], [:], [:])
  }

  package func color(of role: Role) -> Color { colors[role] ?? .own }

  /// The key of the file to change for another colour of the role.
  package func key(of role: Role) -> String { keys[role] ?? role.rawValue }

  /// The number by which a terminal knows one of the theme's colours.
  func number(of color: RGB, _ colors: Look.Colors) -> Int32 {
    colors == .direct ? color.number : Int32(nearest[color] ?? TerminalPalette.nearest(to: color))
  }

  /// Foreground and background to paint where nothing else is said; nil: the terminal's own.
  package func page(_ shown: Look.Colors) -> (foreground: Int32, background: Int32)? {
    let isScheme = colors.values.contains { if case .rgb = $0 { true } else { false } }
    guard isScheme, variant == .light, shown >= .many else { return nil }
    return (number(of: foreground, shown), number(of: background, shown))
  }

  private static func color(_ text: String, in scheme: Base16Scheme) -> Color? {
    if text == "none" { return .own }
    if let slot = scheme.slots[text] { return .rgb(slot) }
    if text.hasPrefix("ansi:") { return UInt8(text.dropFirst(5)).flatMap { $0 < 16 ? .ansi($0) : nil } }
    return text.hasPrefix("#") ? RGB(hex: text).map { .rgb($0) } : nil
  }
}
