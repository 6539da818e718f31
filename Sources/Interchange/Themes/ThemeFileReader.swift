// Reads a theme file: a base16 scheme in either of its published forms, with an optional `roles` section.

import ReviewCore
import TextSafety
import Yams

/// A theme as its file states it; what the colours are for is the grid's business.
package struct ThemeFile: Hashable, Sendable {
  package var name: String
  package var author: String?
  /// `dark` or `light`, where it is stated.
  package var variant: String?
  /// `base00` … `base0F` (and `base10` … `base17` where they are there) → six hex digits, lower case, without `#`.
  package var slots: [String: String]
  /// As written: role → what it is drawn with.
  package var roles: [String: String]
  /// Where each slot and role stands, so that a later fault can name the line.
  package var places: [String: FilePosition]
}

package enum ThemeFileReader {
  /// The sixteen colours a scheme must have.
  package static let required = (0..<16).map { "base0" + String($0, radix: 16, uppercase: true) }
  private static let optional = (0..<8).map { "base1\($0)" }
  /// Every public scheme has some of these; only the first four matter.
  private static let known = [
    "name", "scheme", "author", "variant", "system", "slug", "description", "palette", "roles",
  ]

  package static func read(_ file: InputFile) -> Outcome<ThemeFile> {
    let parsed = YamlDocument.parse(file)
    guard let document = parsed.value else { return Outcome(nil, parsed.faults) }
    var faults = document.faults
    guard case .mapping(let mapping) = document.root else {
      faults.add(
        document.root.place, "a theme is a block of keys (name, author, palette), found \(document.root.kind)")
      return Outcome(nil, faults.all)
    }
    var theme = ThemeFile(name: "", author: nil, variant: nil, slots: [:], roles: [:], places: [:])
    for (key, value) in mapping { read(key, value, &theme, &faults) }
    if theme.name.isEmpty { faults.add(document.root.place, "the theme has no name; add ‘name: …’") }
    let missing = required.filter { theme.slots[$0] == nil && theme.places[$0] == nil }
    if !missing.isEmpty {
      faults.add(document.root.place, "these colours are missing: \(missing.joined(separator: ", "))")
    }
    return Outcome(theme, faults.all)
  }

  private static func read(_ key: Node, _ value: Node, _ theme: inout ThemeFile, _ faults: inout FaultList) {
    let name = key.text ?? key.kind
    switch name {
    case "name", "scheme", "author", "variant", "system":
      guard let text = line(value, name, &faults) else { return }
      switch name {
      case "author": theme.author = text
      case "variant": theme.variant = text
      case "system":
        if !["base16", "base24"].contains(text) {
          faults.add(value.place, "system: there is no ‘\(text)’; allowed: base16, base24")
        }
      default: theme.name = text
      }
    case "palette":
      guard case .mapping(let palette) = value else {
        faults.add(value.place, "palette: expected base00: … to base0F: …, found \(value.kind)")
        return
      }
      for (key, value) in palette where !slot(key, value, &theme, &faults) {
        let text = key.text ?? key.kind
        faults.add(key.place, "palette: there is no colour ‘\(text)’; the colours are base00 to base0F")
      }
    case "roles":
      guard case .mapping(let roles) = value else {
        faults.add(value.place, "roles: expected role: colour, found \(value.kind)")
        return
      }
      for (key, value) in roles {
        guard let role = key.text, let text = line(value, role, &faults) else { continue }
        theme.roles[role] = text
        theme.places[role] = key.place
      }
    case "slug", "description": break
    default:
      if slot(key, value, &theme, &faults) { return }
      // Public schemes carry all sorts of keys; only a likely slip is worth a word.
      if let near = Spelling.nearest(to: name, in: known) {
        faults.add(key.place, severity: .warning, "‘\(name)’ is not used; did you mean ‘\(near)’?")
      }
    }
  }

  /// False where the key names no colour.
  private static func slot(_ key: Node, _ value: Node, _ theme: inout ThemeFile, _ faults: inout FaultList) -> Bool {
    guard let text = key.text, text.hasPrefix("base"), text.utf8.count == 6 else { return false }
    let name = "base" + text.dropFirst(4).uppercased()
    guard (required + optional).contains(name) else { return false }
    guard theme.places.updateValue(key.place, forKey: name) == nil else {
      faults.add(key.place, "the colour ‘\(name)’ is given twice")
      return true
    }
    guard !value.isEmpty else {
      faults.add(key.place, "‘\(name)’ is empty; a colour with # stands in quotes: \"#1e2030\"")
      return true
    }
    let written = value.text ?? value.kind
    let digits = written.hasPrefix("#") ? String(written.dropFirst()) : written
    guard digits.utf8.count == 6, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
      faults.add(value.place, "\(name): ‘\(written)’ is not a colour; write six hex digits, as \"1e2030\"")
      return true
    }
    theme.slots[name] = digits.lowercased()
    return true
  }

  private static func line(_ node: Node, _ name: String, _ faults: inout FaultList) -> String? {
    guard let text = node.text, !node.isEmpty else {
      faults.add(node.place, "\(name): expected a text, found \(node.isEmpty ? "nothing" : node.kind)")
      return nil
    }
    guard !text.unicodeScalars.contains(where: \.isUnsafe), text.utf8.count <= 200 else {
      faults.add(node.place, "\(name): expected plain text on one line")
      return nil
    }
    return text
  }
}
