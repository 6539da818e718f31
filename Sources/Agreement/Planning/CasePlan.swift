// How many cases a study needs for an interval of a wished width.

import TextSafety

/// Why no number of cases can be planned.
public enum CasePlanError: Error, Equatable, Sendable {
  case value
  case width
  case readers
  case levels
  case noSuchAgreement(byChance: Double)
  case tooMany

  /// What is wrong and the cure, as a sentence.
  public var message: String {
    switch self {
    case .value: return "the expected value lies from 0 to below 1; of a perfect one no interval has a width"
    case .width: return "the width of the interval lies above 0 and is at most 1"
    case .readers: return "2 to \(CasePlan.mostReaders) readers can be planned for"
    case .levels:
      return
        "the prevalence is one share between 0 and 1, or the shares of all levels (at most \(CasePlan.mostLevels)), which "
        + "add up to 1"
    case .noSuchAgreement(let byChance):
      return
        "with that prevalence readers who only guess have an AC1 of \(byChance.decimals(2)); expect no less, or "
        + "another prevalence"
    case .tooMany: return "more than \(grouped(CasePlan.mostCases)) cases would be needed; wish for a wider interval"
    }
  }
}

/// The fewest cases whose 95 % interval is, at the expected value, no wider than wished.
///
/// The intervals are those of a report on independent cases. Half the studies get a somewhat wider one.
public struct CasePlan: Sendable, Equatable {
  /// What is to be measured.
  public enum Figure: String, Sendable, CaseIterable {
    /// Gwet's AC1.
    case ac1
    /// Fleiss' kappa; of two readers Cohen's has the same large-sample error.
    case kappa
    /// ICC(1), which readers without biases share with ICC(A,1).
    case icc
    /// A share of cases, as those on which all agree, or a sensitivity.
    case proportion
  }

  public let figure: Figure
  /// The value that is expected.
  public let value: Double
  /// The distance of the interval's ends.
  public let width: Double
  public let readers: Int
  /// The share of ratings of each level; of AC1 and kappa only.
  public let shares: [Double]
  /// The cases needed.
  public let cases: Int
  /// The variance that a case adds, of AC1 and kappa.
  private let variance: Double

  public static let mostReaders = 6
  public static let mostLevels = 6
  public static let mostCases = 1_000_000

  /// - Parameters:
  ///   - readers: of what is no proportion.
  ///   - shares: of AC1 and kappa the share of ratings of each level; one share stands for a level and its absence.
  public init(
    _ figure: Figure, value: Double, width: Double, readers: Int = 2, shares: [Double] = []
  ) throws(CasePlanError) {
    guard value >= 0, value < 1 else { throw .value }
    guard width > 0, width <= 1 else { throw .width }
    guard (2...Self.mostReaders).contains(readers) else { throw .readers }
    let shares = shares.count == 1 ? [1 - shares[0], shares[0]] : shares
    (self.figure, self.value, self.width, self.readers, self.shares) = (figure, value, width, readers, shares)
    switch figure {
    case .ac1, .kappa: variance = try Self.variance(figure, value, readers, shares)
    case .icc, .proportion: variance = 0
    }
    let (figureOf, varianceOf) = (figure, variance)
    cases = try Self.fewest(width) { Self.width(figureOf, value, readers, varianceOf, cases: $0) }
  }

  /// How wide the interval is with so many cases, at the expected value.
  public func width(cases: Int) -> Double { Self.width(figure, value, readers, variance, cases: cases) }

  /// What two readers have in common, of AC1 and kappa.
  var kappa: Double { figure == .ac1 ? Self.kappa(ac1: value, shares) : value }

  private static func kappa(ac1: Double, _ shares: [Double]) -> Double {
    let spread = shares.reduce(0) { $0 + $1 * (1 - $1) }
    return 1 - (1 - ac1) * (1 - spread / Double(shares.count - 1)) / spread
  }

  private static func variance(
    _ figure: Figure, _ value: Double, _ readers: Int, _ shares: [Double]
  ) throws(CasePlanError) -> Double {
    guard (2...mostLevels).contains(shares.count), shares.allSatisfy({ $0 > 0 && $0 < 1 }),
      abs(shares.reduce(0, +) - 1) < 1e-6
    else { throw .levels }
    let kappa = figure == .ac1 ? kappa(ac1: value, shares) : value
    // A hair below 0 is rounding: guessing readers.
    guard kappa > -1e-9 else {
      let spread = shares.reduce(0) { $0 + $1 * (1 - $1) }
      throw .noSuchAgreement(byChance: 1 - spread / (1 - spread / Double(shares.count - 1)))
    }
    let model = LevelCountModel(readers: readers, shares: shares, kappa: max(kappa, 0))
    let slopes = figure == .ac1 ? shares.map { (1 - $0) / Double(shares.count - 1) } : shares
    return model.varianceOfCase(slopes: slopes)
  }

  private static func width(
    _ figure: Figure, _ value: Double, _ readers: Int, _ variance: Double, cases: Int
  ) -> Double {
    switch figure {
    case .ac1, .kappa:
      return 2 * studentQuantile(0.975, degrees: Double(cases - 1)) * (variance / Double(cases)).squareRoot()
    case .icc:
      let squares = MeanSquares(expected: value, cases: cases, readers: readers)
      return IntraclassCorrelation.oneWay.interval(squares).map { $0.high - $0.low } ?? .infinity
    case .proportion: return meanExactWidth(value, cases)
    }
  }

  /// The mean width of the exact interval over all counts that are likely.
  private static func meanExactWidth(_ share: Double, _ cases: Int) -> Double {
    let reach = 6 * (Double(cases) * share * (1 - share)).squareRoot() + 6
    let middle = Double(cases) * share
    let counts = max(Int(middle - reach), 0)...min(Int(middle + reach), cases)
    // Of many cases every so many-th count stands for those around it.
    let step = max(counts.count / 100, 1)
    var (sum, whole) = (0.0, 0.0)
    for count in stride(from: counts.lowerBound, through: counts.upperBound, by: step) {
      let likely =
        binomialLowerTail(count, trials: cases, probability: share)
        - binomialLowerTail(count - step, trials: cases, probability: share)
      guard let interval = Proportion(count: count, total: cases).exact else { continue }
      sum += likely * (interval.high - interval.low)
      whole += likely
    }
    return sum / whole
  }

  /// The fewest cases whose interval is no wider: twice as many until it is, then half the way.
  private static func fewest(_ wished: Double, _ width: (Int) -> Double) throws(CasePlanError) -> Int {
    var (low, high) = (NoInterval.fewest - 1, NoInterval.fewest)
    while width(high) > wished {
      guard high < mostCases else { throw .tooMany }
      (low, high) = (high, min(high * 2, mostCases))
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if width(middle) > wished { low = middle } else { high = middle }
    }
    return high
  }
}
