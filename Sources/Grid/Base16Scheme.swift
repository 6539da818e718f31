// A base16 colour scheme: sixteen named colours, as hundreds of public scheme files have them.

package struct Base16Scheme: Hashable, Sendable {
  package enum Variant: String, CaseIterable, Hashable, Sendable { case dark, light }

  package static let slotNames: [String] = (0..<16).map { "base0" + String($0, radix: 16, uppercase: true) }

  package let name: String
  package let author: String
  /// What the terminal's background is expected to be.
  package let variant: Variant
  /// `base00` … `base0F`, and what a scheme of 24 colours has beyond them.
  package let slots: [String: RGB]

  /// Reports every fault at once. `slots`: colours as they stand in the file, with or without `#`.
  /// Without a variant the background (`base00`) tells.
  package init(
    name: String, author: String = "", variant: String? = nil, slots: [String: String]
  ) throws(ThemeFaults) {
    var faults: [ThemeFault] = []
    var colors: [String: RGB] = [:]
    for slot in Base16Scheme.slotNames where slots[slot] == nil { faults.append(.missingSlot(slot)) }
    for (slot, text) in slots.sorted(by: { $0.key < $1.key }) {
      if let color = RGB(hex: text) {
        colors[slot] = color
      } else {
        faults.append(.badColor(slot: slot, value: text))
      }
    }
    if let variant, Variant(rawValue: variant.lowercased()) == nil { faults.append(.badVariant(variant)) }
    if !faults.isEmpty { throw ThemeFaults(faults) }
    self.name = name
    self.author = author
    self.slots = colors
    self.variant =
      variant.flatMap { Variant(rawValue: $0.lowercased()) }
      ?? ((colors["base00"]?.luminance ?? 0) > 0.18 ? .light : .dark)
  }
}
