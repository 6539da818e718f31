// Shares of cases and their intervals.

/// k of n, with exact and Wilson intervals.
public struct Proportion: Sendable, Equatable {
  /// The cases that count.
  public let count: Int
  /// All cases.
  public let total: Int

  public init(count: Int, total: Int) {
    precondition(count >= 0 && count <= total, "a share of a whole")
    self.count = count
    self.total = total
  }

  /// k/n; nil without cases.
  public var value: Double? { total == 0 ? nil : Double(count) / Double(total) }

  /// The exact 95 % interval (Clopper & Pearson 1934); nil without cases.
  public var exact: Interval? {
    guard total > 0 else { return nil }
    let k = Double(count)
    let rest = Double(total - count)
    return Interval(
      low: count == 0 ? 0 : inverseIncompleteBeta(0.025, a: k, b: rest + 1),
      high: count == total ? 1 : inverseIncompleteBeta(0.975, a: k + 1, b: rest),
      method: "Clopper-Pearson")
  }

  /// The 95 % score interval without continuity correction (Wilson 1927); nil without cases.
  public var wilson: Interval? {
    guard let p = value else { return nil }
    let n = Double(total)
    let z = Interval.normal95
    let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return Interval(
      low: count == 0 ? 0 : centre - half, high: count == total ? 1 : centre + half, method: "Wilson")
  }

  /// The share as a statistic, the exact interval first; `reason` says why there are no cases.
  public func statistic(without reason: Undefined = .noCases) -> Statistic {
    guard let value, let exact, let wilson else { return Statistic(.undefined(reason), casesUsed: 0) }
    return Statistic(
      .number(value), interval: exact, casesUsed: total,
      members: [.init("count", count: count), .init("ci95_wilson", wilson)])
  }
}
