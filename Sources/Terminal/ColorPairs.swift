// Numbers for pairs of foreground and background, of which a terminal has only so many.

struct ColorPair: Hashable {
  var foreground: Int32?
  var background: Int32?
}

struct ColorPairs {
  private var numbers: [ColorPair: Int16] = [:]
  /// Numbers 1…capacity can be given; 0 is the terminal's own pair.
  private(set) var capacity: Int16

  init(capacity: Int) { self.capacity = Int16(clamping: max(0, capacity)) }

  /// The pair's number, given now if need be. Where all are taken, one that the frame does not use changes its
  /// colours; where there is none, the background is left out, at last the foreground: never another's colours.
  ///
  /// What has no colours gets a number too, because ncurses leaves its own pair 0 by switching every attribute off, which
  /// takes 6 bytes more each time.
  /// `define` tells the terminal and answers whether it took it; `inUse` lists the pairs of the frame.
  mutating func number(
    of pair: ColorPair, inUse: () -> Set<ColorPair>, define: (Int16, ColorPair) -> Bool
  ) -> Int16 {
    if let number = numbers[pair] { return number }
    if let number = free() ?? reclaimed(keeping: inUse) {
      if define(number, pair) {
        numbers[pair] = number
        return number
      }
      // It promised more pairs than it takes.
      capacity = min(capacity, number - 1)
    }
    guard pair.background != nil else { return 0 }
    return self.number(of: ColorPair(foreground: pair.foreground), inUse: inUse, define: define)
  }

  private func free() -> Int16? {
    numbers.count < Int(capacity) ? Int16(numbers.count + 1) : nil
  }

  private mutating func reclaimed(keeping inUse: () -> Set<ColorPair>) -> Int16? {
    let kept = inUse()
    guard let spare = numbers.first(where: { !kept.contains($0.key) && $0.value <= capacity }) else { return nil }
    numbers[spare.key] = nil
    return spare.value
  }
}
