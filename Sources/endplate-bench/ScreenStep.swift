// What is measured on the screen, a row each.

import ReviewCore

struct ScreenStep {
  let name: String
  /// Typed before, and not measured.
  var before = ""
  let keys: String
  /// Typed after, to be where it was.
  var after = ""
  /// One of how many repetitions is made.
  var share = 1
  /// Budgets of the 95th percentile.
  let milliseconds: Double
  let bytes: Int

  private static let down = "\u{1B}OB"
  private static let up = "\u{1B}OA"
  private static let pageDown = "\u{1B}[6~"
  private static let escape = "\u{1B}"

  /// The bytes of a whole worklist, and of a case with its picture in colour.
  private static let frame = 4000
  private static let picture = 8000

  private static func filter(_ text: String) -> ScreenStep {
    ScreenStep(
      name: "filter \(text)", before: "/\(text)", keys: "\r", after: escape, share: 5, milliseconds: 25, bytes: frame)
  }

  private static func sort(_ sort: WorklistSort) -> ScreenStep {
    ScreenStep(
      name: "sort by \(sort.title)", before: ":sort by \(sort.title)", keys: "\r", after: "u", share: 5,
      milliseconds: 25, bytes: frame)
  }

  static let all: [ScreenStep] =
    [
      ScreenStep(name: "cursor down", keys: down, milliseconds: 10, bytes: 300),
      ScreenStep(name: "cursor up", keys: up, milliseconds: 10, bytes: 300),
      ScreenStep(name: "page down", keys: pageDown, milliseconds: 20, bytes: frame),
      ScreenStep(
        name: "100 × cursor down at once", keys: String(repeating: down, count: 100), share: 5, milliseconds: 50,
        bytes: frame),
      ScreenStep(name: "last case", keys: "G", after: "<", share: 5, milliseconds: 25, bytes: frame),
      ScreenStep(name: "open a case", keys: "\r", after: escape, share: 5, milliseconds: 25, bytes: picture),
      ScreenStep(
        name: "next case", before: "\r", keys: "]", after: escape, share: 5, milliseconds: 25, bytes: picture),
      filter("rim:absent"), filter("no-such-word"), filter("bones:sacral age:>60"),
    ] + WorklistSort.allCases.filter { $0 != .order }.map(sort)
    + [ScreenStep(name: "order turned round", keys: "r", after: "u", share: 5, milliseconds: 25, bytes: frame)]
}
