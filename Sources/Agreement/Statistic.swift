// One figure with everything that belongs to it.

import TextSafety

/// A figure of agreement: its value or the reason why it has none, its error and interval, and the cases it rests on.
public struct Statistic: Sendable, Equatable {
  /// What the figure is.
  public enum Content: Sendable, Equatable {
    case number(Double)
    case count(Int)
    /// The two ends of an interval found by resampling.
    case range(Double, Double)
    /// Counts of level against level: rows the first reader, columns the second, in level order.
    case table([[Int]])
    case fourfold(FourfoldCounts)
    /// Not defined, for the reason given. Never shown as 0, 1 or NaN.
    case undefined(Undefined)
  }

  /// The value, or why there is none.
  public var content: Content
  /// The standard error, where the figure has one.
  public var standardError: Double?
  /// The 95 % interval, where the figure has one.
  public var interval: Interval?
  /// The cases the figure rests on.
  public var casesUsed: Int
  /// What else belongs to the figure, under the names of the documented JSON (`pa`, `pe`, `df`, `p`, `se0`, …).
  public var members: [Member]
  /// What a reader of the figure should know.
  public var note: String?
  /// Why there is no interval, where one might look for it.
  public var noInterval: NoInterval?

  public init(
    _ content: Content, standardError: Double? = nil, interval: Interval? = nil, casesUsed: Int,
    members: [Member] = [], note: String? = nil
  ) {
    self.content = content
    self.standardError = standardError
    self.interval = interval
    self.casesUsed = casesUsed
    self.members = members
    self.note = note
  }

  /// The value of a figure that is a number or a count.
  public var value: Double? {
    switch content {
    case .number(let value): return value
    case .count(let count): return Double(count)
    case .range, .table, .fourfold, .undefined: return nil
    }
  }

  /// Why the figure has no value.
  // Inlined into another module it breaks the optimiser of Swift 6.3.1 (ownership, in CopyPropagation).
  @inline(never)
  public var undefined: Undefined? {
    if case .undefined(let reason) = content { return reason }
    return nil
  }

  /// What to say of the interval, if anything: that it says nothing about precision, that it was cut, how many resamples
  /// had no value, or why there is none.
  public var caution: String? {
    if let noInterval { return "No interval: \(noInterval.words)." }
    if case .range = content {
      guard rangeInterval?.isInformative == true else { return Interval.noPrecision }
      return undefinedResamples
    }
    return interval?.caution
  }

  /// The ends of a range as an interval; nil of what is no range.
  public var rangeInterval: Interval? {
    guard case .range(let low, let high) = content else { return nil }
    return Interval(low: low, high: high, method: note ?? "percentile, resampled cases")
  }

  /// That many resamples had no value, where these are more than one in twenty.
  public var undefinedResamples: String? {
    guard let fraction = self["undefined_fraction"], fraction > 0.05 else { return nil }
    return "\((fraction * 100).decimals(1)) % of the resamples had no value and are left out."
  }

  /// Takes away an interval that rests on too few cases to hold its level, and says so; also where one case has none.
  mutating func withholdIntervalOfFew() {
    guard value != nil, casesUsed < NoInterval.fewest else { return }
    interval = nil
    noInterval = .few(casesUsed, isClustered: false)
  }

  /// The number called `name` among the members.
  public subscript(name: String) -> Double? {
    guard let member = members.first(where: { $0.name == name }) else { return nil }
    switch member.figure {
    case .number(let value): return value
    case .count(let count): return Double(count)
    case .interval, .absent: return nil
    }
  }

  /// One more figure that belongs to a statistic.
  public struct Member: Sendable, Equatable {
    /// What a member is.
    public enum Figure: Sendable, Equatable {
      case number(Double)
      case count(Int)
      case interval(Interval)
      /// Not defined here; `null` in JSON.
      case absent
    }
    /// Its name in JSON.
    public let name: String
    /// What it is.
    public let figure: Figure

    public init(_ name: String, _ value: Double?) {
      self.name = name
      figure = value.map(Figure.number) ?? .absent
    }

    public init(_ name: String, count: Int) {
      self.name = name
      figure = .count(count)
    }

    public init(_ name: String, _ interval: Interval) {
      self.name = name
      figure = .interval(interval)
    }
  }
}

/// The counts of two readers and a binary finding.
public struct FourfoldCounts: Sendable, Equatable {
  /// Both positive.
  public let a: Int
  /// Only the first reader positive.
  public let b: Int
  /// Only the second reader positive.
  public let c: Int
  /// Both negative.
  public let d: Int

  /// All cases both readers rated.
  public var total: Int { a + b + c + d }
}
