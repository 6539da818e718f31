// How a cell looks: inks named by what they mean, never by a colour.

/// What an ink means. A theme says which colour it has; a glyph beside it says the same without colour.
package enum Role: String, CaseIterable, Hashable, Sendable {
  case text, muted, heading, accent, border, focus
  case good, warning, danger
  case hypo, iso, hyper
  case involved, extent
  case rim, halo, enhancement
  case healed, healing, equivocal, aggravated
}

package enum Ink: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  case role(Role)
  /// A grey of a picture: 0 (black) … 29 (white), the thirty greys of 256 colours.
  case grey(UInt8)
  /// A grey by its brightness, 0…255: for terminals that show any colour. With fewer it is the nearest of the thirty.
  case shade(UInt8)
}

package struct Attributes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let bold = Attributes(rawValue: 1)
  package static let dim = Attributes(rawValue: 2)
  package static let underline = Attributes(rawValue: 4)
  package static let reverse = Attributes(rawValue: 8)
}

package struct Style: Hashable, Sendable {
  package var ink: Ink
  package var paper: Ink
  package var attributes: Attributes

  package init(_ ink: Ink = .standard, on paper: Ink = .standard, _ attributes: Attributes = []) {
    self.ink = ink
    self.paper = paper
    self.attributes = attributes
  }

  package static let plain = Style()
  package static func role(_ role: Role, _ attributes: Attributes = []) -> Style {
    Style(.role(role), on: .standard, attributes)
  }

  package func with(_ more: Attributes) -> Style { Style(ink, on: paper, attributes.union(more)) }
}
