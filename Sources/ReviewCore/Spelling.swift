// The nearest known word to a misspelt one.

public enum Spelling {
  /// The candidate with the fewest edits (insertions, deletions, substitutions, swaps of neighbours), where
  /// that is at most a third of its length and leaves a character in place; nil where nothing is near. Case and
  /// `-`/`_` do not count.
  public static func nearest(to text: String, in candidates: some Sequence<String>) -> String? {
    if let alias = alias(of: text) {
      if let candidate = candidates.first(where: { $0.lowercased() == alias }) { return candidate }
    }
    let wanted = normal(text)
    guard (1...64).contains(wanted.count) else { return nil }
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let known = normal(candidate)
      let distance = edits(wanted, known)
      let longer = max(known.count, wanted.count)
      guard distance <= max(1, longer / 3), distance < longer, distance < best?.distance ?? .max else { continue }
      best = (candidate, distance)
    }
    return best?.candidate
  }

  /// Thoracic vertebrae are also counted as dorsal ones: `D3` and `Th3` are T3, and no neighbour of C3.
  private static func alias(of text: String) -> String? {
    guard let number = text.lowercased().wholeMatch(of: /(?:d|th|dorsal|thoracic)[ _-]?(\d{1,2})/)?.1 else {
      return nil
    }
    return "t\(number)"
  }

  private static func normal(_ text: String) -> [Character] {
    Array(text.lowercased().replacing("-", with: "_"))
  }

  /// Optimal string alignment distance.
  private static func edits(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var current = [i] + Array(repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { current[j] = min(current[j], before[j - 2] + 1) }
      }
      (before, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
