// A theme: the colour of every role.
//
// Screens keep the terminal's own background, and roles without a colour its own foreground: a theme cannot know what
// is behind it. It is made for a background of its variant; on another its coloured words may be faint, the plain ones
// stay readable. The scheme's background and foreground serve for the contrast check, for previews, and for text on
// coloured paper.

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

  /// `roles`: what the file says, role by role: a slot, `#rrggbb`, `ansi:0`…`ansi:15` or `none`; the others take the
  /// slot of the role table. Reports every fault at once.
  package init(scheme: Base16Scheme, roles: [String: String] = [:]) throws(ThemeFaults) {
    var faults: [ThemeFault] = []
    var colors: [Role: Color] = [:]
    for role in Role.allCases {
      colors[role] = role.defaults.slot.flatMap { scheme.slots[$0] }.map { .rgb($0) } ?? .own
    }
    for (name, value) in roles.sorted(by: { $0.key < $1.key }) {
      guard let role = Role(rawValue: name) else {
        faults.append(.unknownRole(name))
        continue
      }
      if let color = Theme.color(value, in: scheme) {
        colors[role] = color
      } else {
        faults.append(.badRoleColor(role: name, value: value))
      }
    }
    if !faults.isEmpty { throw ThemeFaults(faults) }
    name = scheme.name
    author = scheme.author
    variant = scheme.variant
    background = scheme.slots["base00"] ?? RGB(0, 0, 0)
    foreground = scheme.slots["base05"] ?? RGB(255, 255, 255)
    self.colors = colors
  }

  /// The theme without a file: no colour; bold, dim, underline and the glyphs say everything.
  package static let plain = Theme()

  private init() {
    (name, author, variant) = ("Plain", "", .dark)
    (background, foreground) = (RGB(0, 0, 0), RGB(255, 255, 255))
    colors = [:]
  }

  package func color(of role: Role) -> Color { colors[role] ?? .own }

  private static func color(_ text: String, in scheme: Base16Scheme) -> Color? {
    if text == "none" { return .own }
    if let slot = scheme.slots[text] { return .rgb(slot) }
    if text.hasPrefix("ansi:") { return UInt8(text.dropFirst(5)).flatMap { $0 < 16 ? .ansi($0) : nil } }
    return text.hasPrefix("#") ? RGB(hex: text).map { .rgb($0) } : nil
  }
}
