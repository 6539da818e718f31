// A 95 % interval and how much it may be trusted.

/// The two ends of a 95 % interval.
public struct Interval: Sendable, Equatable {
  /// The lower end; it may lie below 0 or −1 and is not cut.
  public let low: Double
  /// The upper end, at most 1.
  public let high: Double
  /// How it was found.
  public let method: String
  /// Whether the upper end lay beyond 1 and was cut there.
  public let isCut: Bool
  /// False where the standard error is 0: the two ends coincide and say nothing about precision.
  public let isInformative: Bool

  public init(low: Double, high: Double, method: String, isCut: Bool = false, isInformative: Bool = true) {
    self.low = low
    self.high = high
    self.method = method
    self.isCut = isCut
    self.isInformative = isInformative
  }

  /// value ± quantile × error, the upper end cut at 1 and the lower end left as it is.
  init(around value: Double, error: Double, quantile: Double, method: String) {
    let high = value + quantile * error
    self.init(
      low: value - quantile * error, high: min(high, 1), method: method, isCut: high > 1, isInformative: error > 0)
  }

  /// What to say beside the interval, if anything.
  public var caution: String? {
    if !isInformative { return Self.noPrecision }
    return isCut ? "The upper end would lie above 1 and is cut there." : nil
  }

  static let noPrecision =
    "The interval has no width and says nothing about precision; see the exact interval of the percent agreement."

  /// The normal quantile of 95 % intervals.
  static let normal95 = normalQuantile(0.975)
}

/// A standard error this small is rounding: a real one is at least of the order of 1/n.
func withoutRounding(_ error: Double) -> Double { error < 1e-12 ? 0 : error }
