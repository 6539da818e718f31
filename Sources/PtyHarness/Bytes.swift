// Questions about a stream of bytes that a program sent to its terminal.

extension Collection<UInt8> {
  /// Whether a text occurs, byte for byte.
  package func holds(_ text: String) -> Bool { lastRange(of: text) != nil }

  /// Where a text occurs last.
  package func lastRange(of text: String) -> Range<Int>? {
    let bytes = Array(self)
    let wanted = Array(text.utf8)
    guard !wanted.isEmpty, wanted.count <= bytes.count else { return nil }
    for start in stride(from: bytes.count - wanted.count, through: 0, by: -1)
    where bytes[start..<(start + wanted.count)].elementsEqual(wanted) { return start..<(start + wanted.count) }
    return nil
  }

  /// The parameters of each SGR sequence (`ESC [ … m`), in order.
  package var renditions: [String] {
    var found: [String] = []
    var rest = Array(self)[...]
    while let escape = rest.firstIndex(of: 0x1B) {
      rest = rest[(escape + 1)...]
      guard rest.first == UInt8(ascii: "[") else { continue }
      let parameters = rest.dropFirst().prefix { !(0x40...0x7E).contains($0) }
      rest = rest.dropFirst(1 + parameters.count)
      if rest.first == UInt8(ascii: "m") { found.append(String(decoding: parameters, as: UTF8.self)) }
    }
    return found
  }

  /// Whether any rendition chooses a colour: 30-49, 90-107, but not 39 and 49, which are the terminal's own.
  package var choosesColor: Bool {
    renditions.contains { rendition in
      rendition.split(whereSeparator: { ";:".contains($0) }).compactMap { Int($0) }.contains {
        (30...38).contains($0) || (40...48).contains($0) || (90...107).contains($0)
      }
    }
  }
}
