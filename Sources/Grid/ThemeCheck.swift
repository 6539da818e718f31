// Whether a theme can be read: contrast, and grades that stay apart for colour-blind eyes.

package enum ThemeFinding: Hashable, Sendable {
  case faint(Role, contrast: Double, needed: Double)
  case alike(Role, Role, ColorVision, difference: Double)
  /// Two roles that mean different things have one colour.
  case equal(Role, Role)
  /// The colour could not be read as written; the one shown can.
  case nudged(Role, from: RGB, to: RGB)

  /// Whether the theme should be changed; otherwise Endplate has helped itself.
  package var isFault: Bool { if case .nudged = self { false } else { true } }

  /// The role whose colour is to be changed.
  package var role: Role {
    switch self {
    case .faint(let role, _, _), .nudged(let role, _, _): role
    case .alike(_, let role, _, _), .equal(_, let role): role
    }
  }

  package var message: String {
    switch self {
    case .equal(let one, let other):
      "\(one.rawValue) and \(other.rawValue) have the same colour. Give one of them another."
    case .nudged(let role, let written, let shown):
      "\(role.rawValue): \(written.hex) cannot be read on the background; \(shown.hex) is shown instead."
    case .faint(let role, let contrast, let needed):
      "\(role.rawValue): contrast \(ThemeFinding.short(contrast)) against the background, needs "
        + "\(ThemeFinding.short(needed)). Choose a colour further from the background."
    case .alike(let one, let other, let vision, let difference):
      "\(one.rawValue) and \(other.rawValue) look alike with \(vision.rawValue) vision: difference "
        + "\(ThemeFinding.short(difference)), needs \(ThemeFinding.short(ThemeCheck.difference)). "
        + "Make one lighter or move it toward blue or yellow."
    }
  }

  private static func short(_ value: Double) -> String { String((value * 10).rounded(.down) / 10) }
}

package enum ThemeCheck {
  /// WCAG 2.1, 1.4.3 (AA): text. Every role colours words somewhere, but for lines and shading.
  package static let textContrast = 4.5
  /// WCAG 2.1, 1.4.11: lines and shading.
  package static let graphicContrast = 3.0
  /// ΔE*ab. 2.3 is just noticeable for large fields side by side (Mahy 1994); a grade is one glyph somewhere on a
  /// screen, so about nine times that.
  package static let difference = 20.0

  /// Everything that is wrong; empty: the theme passes. Colours are judged as written and as 256 colours show them;
  /// the terminal's own sixteen as xterm has them.
  package static func findings(of theme: Theme) -> [ThemeFinding] {
    let nudged = Role.allCases.compactMap { role -> ThemeFinding? in
      guard let written = theme.nudged[role], case .rgb(let shown) = theme.color(of: role) else { return nil }
      return .nudged(role, from: written, to: shown)
    }
    return nudged + faint(theme) + alike(theme) + equal(theme)
  }

  static func contrast(of role: Role) -> Double { role.defaults.isGraphic ? graphicContrast : textContrast }

  /// What a screen tells apart by colour alone: what is chosen, what warns, what is wrong.
  private static let accents: [Role] = [.accent, .focus, .warning, .danger]

  private static func equal(_ theme: Theme) -> [ThemeFinding] {
    accents.enumerated().flatMap { index, one in
      accents[(index + 1)...].compactMap { other in
        guard case .rgb(let color) = theme.color(of: one), theme.color(of: other) == .rgb(color) else { return nil }
        return .equal(one, other)
      }
    }
  }

  private static func faint(_ theme: Theme) -> [ThemeFinding] {
    Role.allCases.compactMap { role in
      let needed = contrast(of: role)
      let contrast = shades(of: role, theme).map { $0.contrast(with: theme.background) }.min() ?? 0
      return contrast < needed ? .faint(role, contrast: contrast, needed: needed) : nil
    }
  }

  private static func alike(_ theme: Theme) -> [ThemeFinding] {
    var findings: [ThemeFinding] = []
    for scale in Role.scales {
      for (index, one) in scale.enumerated() {
        for other in scale[(index + 1)...] where !differInAttributes(one, other, theme) {
          for vision in ColorVision.allCases {
            let apart = zip(shades(of: one, theme), shades(of: other, theme)).map(vision.difference).min() ?? 0
            if apart < difference { findings.append(.alike(one, other, vision, difference: apart)) }
          }
        }
      }
    }
    return findings
  }

  /// The colour as written and as it is shown with 256 colours.
  private static func shades(of role: Role, _ theme: Theme) -> [RGB] {
    switch theme.color(of: role) {
    case .own: [theme.foreground, theme.foreground]
    case .ansi(let index): [TerminalPalette.all[Int(index)], TerminalPalette.all[Int(index)]]
    case .rgb(let color): [color, TerminalPalette.all[Int(TerminalPalette.nearest(to: color))]]
    }
  }

  /// Roles without a colour are told apart by bold, dim and underline.
  private static func differInAttributes(_ one: Role, _ other: Role, _ theme: Theme) -> Bool {
    theme.color(of: one) == .own && theme.color(of: other) == .own && one.defaults.plain != other.defaults.plain
  }
}
