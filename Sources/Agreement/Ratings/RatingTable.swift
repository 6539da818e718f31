// Ratings of cases by readers, kept as distinct patterns with counts.

import TextSafety

/// A table of ratings: cases by readers, with declared levels and missing ratings.
///
/// Cases are not stored one by one. What the readers said of a case is its *pattern*; the table holds each distinct
/// pattern once, with the number of cases that show it, and every figure is computed from those counts. A million cases
/// of three readers and three levels are at most 64 patterns.
public struct RatingTable: Sendable, Equatable {
  /// The name of each reader (or session of a reader), in column order.
  public let readers: [String]
  /// All declared levels in their declared order, used or not. Figures follow this list, not the levels in use.
  public let levels: [String]
  /// The scale of the levels.
  public let scale: RatingScale
  /// On a binary scale, the position of the positive level.
  public let positive: Int?
  /// How many readers were to rate a case: fewer than all where each case has readers of its own.
  public let readersPerCase: Int
  /// The rating of reader g in pattern p at p × readers + g: a position in `levels`, or `missing`.
  let codes: [Int32]
  /// How many cases show each pattern.
  let counts: [Int]
  /// What is drawn as one in resampling.
  let units: ResamplingUnits

  static let missing: Int32 = -1

  /// The number of distinct patterns.
  public var patternCount: Int { counts.count }
  /// The number of cases, rated or not.
  public var caseCount: Int { counts.reduce(0, +) }

  /// The most ratings that any case has.
  var mostRatings: Int { counts.indices.map { p in code(of: p).count { $0 != Self.missing } }.max() ?? 0 }

  /// One distinct pattern: the level of each reader, nil where the reader gave none, and how many cases show it.
  public struct Pattern: Sendable, Equatable {
    /// The level of each reader, by its position, or nil.
    public let ratings: [Int?]
    /// The cases.
    public let count: Int
  }

  /// The distinct patterns in the order in which they were met first.
  public var patterns: [Pattern] {
    counts.indices.map { p in
      Pattern(ratings: code(of: p).map { $0 == Self.missing ? nil : Int($0) }, count: counts[p])
    }
  }

  func code(of pattern: Int) -> ArraySlice<Int32> {
    codes[pattern * readers.count..<(pattern + 1) * readers.count]
  }
}

/// Why a table of ratings cannot be set up.
public enum RatingTableError: Error, Equatable, Sendable {
  case tooFewReaders(Int)
  case tooManyReaders(Int)
  case ambiguousPair(String)
  case tooFewLevels(Int)
  case tooManyLevels(Int)
  case repeatedReader(String)
  case repeatedLevel(String)
  case tooManyCells(Int, Int)
  case emptyLevel
  case levelIsMissing(String)
  case notTwoLevels(Int)
  case unknownPositive(String)
  case intervalHasNoLevels
  case notReadersPerCase(Int, readers: Int)
  case moreThanPerCase(Int, perCase: Int)

  /// What is wrong and the cure, as a sentence.
  public var message: String {
    switch self {
    case .tooFewReaders(let n):
      return "agreement needs at least two readers; \(n == 1 ? "one was" : "none were") given"
    case .tooManyReaders(let n): return "\(n) readers are more than the \(RatingTally.mostReaders) that can be compared"
    case .ambiguousPair(let name):
      return "two pairs of readers are both called \(quoted(name)); rename a reader so that pairs can be told apart"
    case .tooFewLevels(let n): return "declare at least two levels; \(n == 1 ? "one was" : "none were") given"
    case .tooManyLevels(let n): return "\(n) levels are more than the \(RatingTally.mostLevels) that can be compared"
    case .tooManyCells(let readers, let levels):
      return
        "the pairs of \(readers) readers with \(levels) levels each are too many; compare fewer readers (--columns) or "
        + "levels"
    case .levelIsMissing(let name):
      return "\(quoted(name)) is declared as a level and named as the mark of a missing rating; it can be one of them"
    case .repeatedReader(let name): return "two readers are called \(quoted(name)); give each a name of their own"
    case .repeatedLevel(let name): return "the level \(quoted(name)) is declared twice; declare it once"
    case .emptyLevel: return "a declared level has no name; an empty cell means a missing rating"
    case .notTwoLevels(let n):
      return "a binary scale has two levels, \(n) are declared; use the nominal or the ordinal scale"
    case .intervalHasNoLevels: return "the interval scale has numbers, not levels; leave the levels out"
    case .notReadersPerCase(let count, let readers):
      return "a case has from 2 to \(readers) readers here, not \(count)"
    case .moreThanPerCase(let count, let perCase):
      return "a case has \(count) ratings, more than the \(perCase) readers that were said to rate each"
    case .unknownPositive(let name):
      return "the positive level \(quoted(name)) is not among the declared levels"
    }
  }
}

/// A name from outside in quotation marks, with control characters shown as U+FFFD.
func quoted(_ name: String) -> String { "“\(printable(name))”" }

/// A name in a list with commas between names: one with a comma stands in quotation marks, as `--levels` takes it.
func listed(_ name: String) -> String {
  guard name.unicodeScalars.contains(where: { ",\"".unicodeScalars.contains($0) }) else { return printable(name) }
  return "\"" + printable(name.replacing("\"", with: "\"\"")) + "\""
}

/// Text from outside with control characters shown as U+FFFD, so that it cannot steer a terminal.
func printable(_ text: String) -> String { text.madeSafe }
