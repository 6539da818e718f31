// A style as a terminal can show it: colour numbers and attributes.

package struct Appearance: Hashable, Sendable {
  /// A colour number of the terminal; nil is its own.
  package var foreground: Int32?
  package var background: Int32?
  package var attributes: Attributes

  package init(foreground: Int32? = nil, background: Int32? = nil, attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

extension Theme {
  package func appearance(of style: Style, colors: Look.Colors) -> Appearance {
    let ink = appearance(of: style.ink, colors: colors)
    let paper = appearance(of: style.paper, colors: colors).foreground
    var shown = Appearance(
      foreground: ink.foreground, background: paper, attributes: style.attributes.union(ink.attributes))
    if case .role = style.paper {
      if paper == nil {
        // Coloured paper without colours: reverse, or a bar of blanks would vanish.
        shown.attributes.insert(.reverse)
      } else if ink.foreground == nil {
        // The terminal's own foreground may be any colour; the scheme's background is known to differ from its inks.
        shown.foreground = colors >= .many ? number(of: background, colors) : 0
      }
    }
    return shown
  }

  private func appearance(of ink: Ink, colors: Look.Colors) -> Appearance {
    switch ink {
    case .standard: Appearance()
    case .role(let role): appearance(of: role, colors: colors)
    case .grey(let level): grey(min(level, 29), colors: colors)
    case .shade(let brightness): shade(brightness, colors: colors)
    }
  }

  private func appearance(of role: Role, colors: Look.Colors) -> Appearance {
    let defaults = role.defaults
    let plain = Appearance(attributes: defaults.plain)
    switch (color(of: role), colors) {
    case (.own, _), (_, .none): return plain
    case (.rgb(let color), .many), (.rgb(let color), .direct):
      return Appearance(foreground: number(of: color, colors))
    case (.ansi(let index), .many), (.ansi(let index), .sixteen): return Appearance(foreground: Int32(index))
    case (.rgb, .sixteen): return defaults.ansi.map { Appearance(foreground: Int32($0)) } ?? plain
    // Direct colours leave a terminal eight of its own.
    case (.ansi(let index), .eight), (.ansi(let index), .direct): return Theme.eight(index)
    case (.rgb, .eight): return defaults.ansi.map(Theme.eight) ?? plain
    }
  }

  /// Eight colours have bold where sixteen have the brighter half.
  private static func eight(_ index: UInt8) -> Appearance {
    Appearance(foreground: Int32(index % 8), attributes: index < 8 ? [] : .bold)
  }

  private func shade(_ brightness: UInt8, colors: Look.Colors) -> Appearance {
    if colors == .direct { return Appearance(foreground: RGB(brightness, brightness, brightness).number) }
    func distance(_ grey: Int) -> Int { abs(Int(TerminalPalette.brightness[grey]) - Int(brightness)) }
    let nearest = TerminalPalette.brightness.indices.min { distance($0) < distance($1) }
    return grey(UInt8(nearest ?? 0), colors: colors)
  }

  /// With fewer than 256 colours a picture is made of shading characters; brightness then only supports them.
  private func grey(_ level: UInt8, colors: Look.Colors) -> Appearance {
    let index = TerminalPalette.greys[Int(level)]
    return switch colors {
    case .direct: Appearance(foreground: TerminalPalette.all[Int(index)].number)
    case .many: Appearance(foreground: Int32(index))
    case .sixteen: Appearance(foreground: level < 6 ? 0 : level < 16 ? 8 : level < 25 ? 7 : 15)
    case .eight, .none: Appearance(attributes: level < 10 ? .dim : level < 20 ? [] : .bold)
    }
  }
}
