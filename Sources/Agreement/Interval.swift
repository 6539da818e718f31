// A 95 % interval and how much it may be trusted.

import Foundation

/// The two ends of a 95 % interval.
public struct Interval: Sendable, Equatable {
  /// The lower end; of a coefficient it may lie below 0 or −1 and is not cut.
  public let low: Double
  /// The upper end; of a coefficient or a share at most 1.
  public let high: Double
  /// How it was found.
  public let method: String
  /// Whether the upper end lay beyond 1 and was cut there.
  public let isCut: Bool
  /// Whether the lower end of a coefficient lies below −1, where no value can.
  public private(set) var isBelow = false

  public init(low: Double, high: Double, method: String, isCut: Bool = false) {
    self.low = low
    self.high = high
    self.method = method
    self.isCut = isCut
  }

  /// Of a coefficient: value ± quantile × error, the upper end cut at 1 and the lower end left as it is.
  init(around value: Double, error: Double, quantile: Double, method: String) {
    let high = value + quantile * error
    self.init(low: value - quantile * error, high: min(high, 1), method: method, isCut: high > 1)
    isBelow = low < -1
  }

  /// Whether its error comes from leaving out one case, or patient, at a time.
  public var isJackknifed: Bool { method.contains("jackknife") }

  /// False where the two ends coincide, as with a standard error of 0, and say nothing about precision.
  ///
  /// Ends that differ by rounding only coincide: the interval of a million cases is a thousand times as wide.
  public var isInformative: Bool { high - low > Self.rounding }

  private static let rounding = 1e-9

  /// What to say beside the interval, if anything.
  public var caution: String? {
    if !isInformative { return Self.noPrecision }
    if isBelow {
      return "The lower end lies below −1, where no coefficient can: the cases are too few for this interval."
    }
    return isCut ? "The upper end would lie above 1 and is cut there." : nil
  }

  static let noPrecision =
    "The interval has no width and says nothing about precision."

  /// The normal quantile of 95 % intervals.
  static let normal95 = normalQuantile(0.975)
}

/// Where the values of a figure lie, which says on what scale an interval is laid around it.
enum IntervalScale: Sendable {
  /// From 0 to 1: the logit.
  case share
  /// Up to 1, about as far below 0: Fisher's z.
  case coefficient
  /// Anywhere: as it is.
  case unbounded
  /// Above 0: the logarithm.
  case positive
  /// Up to 1, as far below as may be: the logarithm of what is missing to 1.
  case belowOne

  /// The t interval around a value on this scale, by the delta method. A value at an end of its range, where the scale
  /// has none, gets a plain one.
  func interval(around value: Double, error: Double, degrees: Int, of method: String) -> Interval {
    let reach = studentQuantile(0.975, degrees: Double(degrees)) * error
    switch self {
    case .share where value > 0 && value < 1:
      let (place, step) = (log(value / (1 - value)), reach / (value * (1 - value)))
      return Interval(
        low: 1 / (1 + exp(step - place)), high: 1 / (1 + exp(-step - place)), method: "t on the logit scale, \(method)")
    case .coefficient where abs(value) < 1:
      let (place, step) = (atanh(value), reach / (1 - value * value))
      return Interval(
        low: tanh(place - step), high: tanh(place + step), method: "t on the scale of Fisher's z, \(method)")
    case .positive where value > 0:
      let factor = exp(reach / value)
      return Interval(low: value / factor, high: value * factor, method: "t on the scale of logarithms, \(method)")
    case .belowOne where value < 1:
      let factor = exp(reach / (1 - value))
      return Interval(
        low: 1 - (1 - value) * factor, high: 1 - (1 - value) / factor,
        method: "t on the logarithm of the distance to 1, \(method)")
    case .unbounded, .positive: return Interval(low: value - reach, high: value + reach, method: "t, \(method)")
    case .share, .coefficient, .belowOne:
      return Interval(low: value - reach, high: min(value + reach, 1), method: "t, \(method)", isCut: value + reach > 1)
    }
  }
}

/// Why a figure that has a value has no interval, where one might look for it.
public enum NoInterval: Sendable, Equatable {
  /// Too few cases, or patients, for any interval to hold its level.
  case few(Int, isClustered: Bool)
  /// Without one of the cases, or patients, the figure is not defined, so its error is not known.
  case undefinedWithoutOne(isClustered: Bool)
  /// The work grows with the pairs of readers and was not asked for.
  case manyReaders

  /// The fewest cases or patients for an interval other than an exact one; `endplate-bench coverage` shows why.
  static let fewest = 5

  /// The reason in words, to stand after “no interval:”.
  public var words: String {
    switch self {
    case .few(_, let isClustered):
      return "with fewer than \(Self.fewest) \(isClustered ? "patients" : "cases") none holds its level"
    case .undefinedWithoutOne(let isClustered):
      return "without one of the \(isClustered ? "patients" : "cases") the figure is not defined"
    case .manyReaders: return "of more than 20 readers those of pairs come on request (--pairs)"
    }
  }
}

/// A standard error this small is rounding: a real one is at least of the order of 1/n.
func withoutRounding(_ error: Double) -> Double { error < 1e-12 ? 0 : error }
