// Why readers cannot be held against a reference, and which level is positive.

import TextSafety

/// Why readers cannot be held against a reference.
public enum ReferenceError: Error, Equatable, Sendable {
  case unknownReference(String, [String])
  case unknownPositive(String, [String])
  case positiveIsNotPlain([String])
  case nothingKnown(String)

  /// What is wrong and the cure, as a sentence.
  public var message: String {
    switch self {
    case .unknownReference(let name, let readers):
      "there is no column \(quoted(name)) of ratings to be the reference; "
        + thereIs(readers.prefix(12).map(printable))
    case .unknownPositive(let name, let levels):
      "the positive level \(quoted(name)) is not among the levels \(levels.map(listed).joined(separator: ", "))"
    case .positiveIsNotPlain(let levels):
      "which of \(levels.map(listed).joined(separator: ", ")) is positive is not plain; say it with --positive LEVEL, and "
        + "the others together are negative"
    case .nothingKnown(let name): "the reference \(quoted(name)) says nothing of any case"
    }
  }
}

extension RatingTable {
  /// The positive level of two whose words leave no doubt, as *absent* and *present*; else the one that is named.
  ///
  /// - Throws: `ReferenceError`.
  public static func positive(of levels: [String], named: String?) throws -> String {
    if let named {
      guard levels.contains(named) else { throw ReferenceError.unknownPositive(named, levels) }
      return named
    }
    let plain = [("absent", "present"), ("no", "yes"), ("negative", "positive"), ("false", "true"), ("0", "1")]
    let words = levels.map { $0.lowercased() }
    guard words.count == 2,
      let place = plain.lazy.compactMap({ pair in Set(words) == [pair.0, pair.1] ? words.firstIndex(of: pair.1) : nil })
        .first
    else { throw ReferenceError.positiveIsNotPlain(levels) }
    return levels[place]
  }
}
