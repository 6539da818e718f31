// What divides cases into subgroups: the values of a column or fact, or a bound on numbers.

/// As a person writes it: `sex`, or with a bound `age<60`, `follow-up>=6`.
public struct Subgrouping: Sendable, Equatable {
  /// The column, or the fact of a case.
  public let name: String
  private let bound: (sign: Sign, value: Double, text: String)?

  private enum Sign: String, CaseIterable {
    // The longer ones first: `<=` begins like `<`.
    case atMost = "<=", atLeast = ">=", less = "<", more = ">"

    var opposite: Sign {
      switch self {
      case .atMost: .more
      case .atLeast: .less
      case .less: .atLeast
      case .more: .atMost
      }
    }

    func holds(_ value: Double, _ bound: Double) -> Bool {
      switch self {
      case .atMost: value <= bound
      case .atLeast: value >= bound
      case .less: value < bound
      case .more: value > bound
      }
    }
  }

  /// What the group of cases is called of which nothing is stated.
  public static let notStated = "not stated"
  /// More groups are refused: a column of numbers is meant to have a bound.
  public static let most = 40

  /// Nil where no name stands before a bound, or no number behind one.
  public init?(_ text: String) {
    for sign in Sign.allCases {
      guard let place = Self.range(of: sign.rawValue, in: text) else { continue }
      let written = trimmed(String(text[place.upperBound...]))
      name = trimmed(String(text[..<place.lowerBound]))
      guard !name.isEmpty, let value = number(written) else { return nil }
      bound = (sign, value, written)
      return
    }
    name = trimmed(text)
    bound = nil
    if name.isEmpty { return nil }
  }

  private static func range(of sign: String, in text: String) -> Range<String.Index>? {
    let scalars = text.unicodeScalars
    let wanted = Array(sign.unicodeScalars)
    for start in scalars.indices where scalars[start...].starts(with: wanted) {
      return start..<scalars.index(start, offsetBy: wanted.count)
    }
    return nil
  }

  /// Whether it asks for numbers.
  public var hasBound: Bool { bound != nil }

  /// The group of a case with this value; nil where a bound meets what is no number.
  public func group(of value: String) -> String? {
    let value = trimmed(value)
    if value.isEmpty { return Self.notStated }
    guard let bound else { return value }
    guard let number = number(value) else { return nil }
    return title(bound.sign.holds(number, bound.value) ? bound.sign : bound.sign.opposite)
  }

  /// What is wrong with a value that a bound cannot be laid on.
  func fault(_ text: String) -> String {
    "\(quoted(text)) in column \(quoted(name)) is not a number, as --by \(printable(name)) with a bound needs"
  }

  private func title(_ sign: Sign) -> String { bound.map { "\(name) \(sign.rawValue) \($0.text)" } ?? name }

  /// Groups in their order: the one that was asked for first, numbers as numbers, what is not stated last.
  public func sorted(_ groups: some Sequence<String>) -> [String] {
    func rank(_ group: String) -> (Int, Double, String) {
      if group == Self.notStated { return (2, 0, group) }
      if let bound { return (group == title(bound.sign) ? 0 : 1, 0, group) }
      return number(group).map { (0, $0, group) } ?? (1, 0, group)
    }
    return groups.sorted { rank($0) < rank($1) }
  }

  /// Groups that only their letters' case or blanks within tell apart, as `m` and `M`, told as a note.
  static func alike(_ groups: some Sequence<String>) -> [String] {
    Dictionary(grouping: groups) { $0.lowercased().filter { !$0.isWhitespace } }.values.filter { $0.count > 1 }
      .map { "The subgroups \($0.sorted().map(quoted).joined(separator: " and ")) are spelt alike and kept apart." }
      .sorted()
  }

  public static func == (one: Subgrouping, other: Subgrouping) -> Bool {
    one.name == other.name && one.bound?.sign == other.bound?.sign && one.bound?.value == other.bound?.value
  }
}
