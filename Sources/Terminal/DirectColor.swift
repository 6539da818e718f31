// Terminals that show any colour, and what the terminal database calls them then.

enum DirectColor {
  /// What TERM begins with on terminals that all show any colour.
  static let names = [
    "alacritty", "contour", "foot", "iterm2", "kitty", "mintty", "rio", "vscode", "wezterm", "xterm-ghostty",
    "xterm-kitty",
  ]

  /// Entries of the terminal database to try before TERM's own, the best first: the same keys and the same screen, with
  /// colours by their red, green and blue. They come with `ncurses-term`; without it nothing is lost but colours.
  static func entries(for name: String) -> [String] {
    if name.hasSuffix("-direct") { return [] }
    let own = name.split(separator: "-").first { $0 != "xterm" }.map { "\($0)-direct" }
    let isOfXterm = names.contains { name.hasPrefix($0) } || name.hasPrefix("xterm")
    return [own, isOfXterm ? "xterm-direct" : nil].compactMap { $0 }
  }
}
