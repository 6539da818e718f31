// What each role is drawn with, by what the terminal can show: the one table of inks.

/// The way out of a role without 256 colours is written here, not computed: the nearest of eight colours says nothing.
struct RoleInk: Sendable {
  /// The base16 slot that colours the role where a theme names no other; nil: the terminal's own foreground.
  let slot: String?
  /// The colour where there are sixteen (with eight: 8…15 are 0…7 in bold); nil: the terminal's own foreground.
  let ansi: UInt8?
  /// What tells the role apart wherever it has no colour of its own.
  let plain: Attributes
  /// Lines and shading, which need less contrast than text (WCAG 2.1, 1.4.11 against 1.4.3).
  let isGraphic: Bool

  init(_ slot: String?, _ ansi: UInt8?, _ plain: Attributes = [], isGraphic: Bool = false) {
    self.slot = slot
    self.ansi = ansi
    self.plain = plain
    self.isGraphic = isGraphic
  }
}

extension Role {
  // Grey and white of the sixteen are left out: on somebody's background they are always invisible.
  // The grades of one scale differ in `ansi` and in `plain`.
  var defaults: RoleInk {
    switch self {
    case .text: RoleInk(nil, nil)
    case .muted: RoleInk("base04", nil, .dim)
    case .heading: RoleInk(nil, nil, .bold)
    case .accent: RoleInk("base0D", 14, .bold)
    case .border: RoleInk("base03", nil, .dim, isGraphic: true)
    case .focus: RoleInk("base0A", 11, .bold)
    case .good: RoleInk("base0B", 10)
    case .warning: RoleInk("base09", 11, .bold)
    case .danger: RoleInk("base08", 9, [.bold, .underline])
    case .hypo: RoleInk("base0D", 6, .dim)
    case .iso: RoleInk("base05", nil)
    case .hyper: RoleInk("base0A", 13, .bold)
    case .involved: RoleInk("base08", 9, .bold)
    case .extent: RoleInk("base0F", 3, .dim, isGraphic: true)
    case .rim: RoleInk("base0C", 14, .underline)
    case .halo: RoleInk("base0E", 11, .bold)
    case .enhancement: RoleInk("base0B", 10, .bold)
    case .healed: RoleInk("base0B", 2, .bold)
    case .healing: RoleInk("base0C", 14)
    case .equivocal: RoleInk("base0A", 11, .underline)
    case .aggravated: RoleInk("base08", 13, [.bold, .underline])
    }
  }

  /// Grades of one scale: no two of them may look alike.
  static let scales: [[Role]] = [[.hypo, .iso, .hyper], [.healed, .healing, .equivocal, .aggravated]]
}
