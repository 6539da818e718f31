// Intraclass correlations and their intervals, from the mean squares of a two-way analysis of variance.

/// The mean squares of the cases that all their readers rated.
struct MeanSquares: Sendable, Equatable {
  /// Cases, and the readers of each.
  let n: Double
  let k: Double
  /// Whether the readers of one case are those of the others, so that readers can be told from cases.
  let isTwoWay: Bool
  /// Between cases, between readers, what is left, and within cases (readers and the rest together).
  let cases: Double
  let readers: Double
  let rest: Double
  let within: Double

  /// - Throws: why there are none.
  init(_ sums: NumberSums) throws(Undefined) {
    let layout = sums.layout
    (n, k) = (sums[layout.complete], Double(layout.perCase))
    isTwoWay = layout.perCase == layout.k
    guard n >= 1 else { throw .noCompleteCase }
    guard n >= 2 else { throw .oneCompleteCase }
    let columns = (0..<layout.k).map { sums[layout.column($0)] }
    let grand = columns.reduce(0, +)
    let correction = grand * grand / (n * k)
    let total = sums[layout.squares] - correction
    // What is rounding beside the whole is none: equal cases, readers who differ by the same everywhere.
    func whole(_ squares: Double) -> Double { squares <= Spread.rounding * sums[layout.squares] ? 0 : squares }
    let ofCases = whole(sums[layout.totalSquares] / k - correction)
    let ofReaders = whole(columns.reduce(0) { $0 + $1 * $1 } / n - correction)
    cases = ofCases / (n - 1)
    readers = ofReaders / (k - 1)
    within = whole(total - ofCases) / (n * (k - 1))
    rest = whole(total - ofCases - ofReaders) / ((n - 1) * (k - 1))
  }

  /// What is expected of readers without biases whose correlation is `correlation`, below 1.
  init(expected correlation: Double, cases n: Int, readers k: Int) {
    (self.n, self.k, isTwoWay) = (Double(n), Double(k), true)
    cases = (1 + (self.k - 1) * correlation) / (1 - correlation)
    (readers, rest, within) = (1, 1, 1)
  }

  /// No two readers differ anywhere.
  var isPerfect: Bool { within == 0 && cases > 0 }
}

/// The six intraclass correlations of McGraw & Wong (Forming inferences about some intraclass correlation coefficients,
/// Psychological Methods 1996), four of which Shrout & Fleiss (1979) call ICC(1,1), (2,1), (3,1) and (·,k).
///
/// Agreement counts it when a reader gives higher numbers throughout; consistency does not. A letter and 1: how far the
/// number of one reader can be trusted; and k: that of the mean of all.
enum IntraclassCorrelation: String, CaseIterable, Sendable {
  case agreement = "icc_a_1"
  case consistency = "icc_c_1"
  case oneWay = "icc_1"
  case agreementOfMean = "icc_a_k"
  case consistencyOfMean = "icc_c_k"
  case oneWayOfMean = "icc_k"

  /// The value, or why it is 0/0 (McGraw & Wong 1996, table 4).
  func estimate(_ squares: MeanSquares) throws(Undefined) -> Double {
    let (n, k, cases) = (squares.n, squares.k, squares.cases)
    let isOneWay = self == .oneWay || self == .oneWayOfMean
    guard isOneWay || squares.isTwoWay else { throw .readersOfTheirOwn }
    let noise = isOneWay ? squares.within : squares.rest
    let (excess, whole): (Double, Double)
    switch self {
    case .agreement:
      (excess, whole) = (cases - noise, cases + (k - 1) * noise + k / n * (squares.readers - noise))
    case .consistency, .oneWay: (excess, whole) = (cases - noise, cases + (k - 1) * noise)
    case .agreementOfMean: (excess, whole) = (cases - noise, cases + (squares.readers - noise) / n)
    case .consistencyOfMean, .oneWayOfMean: (excess, whole) = (cases - noise, cases)
    }
    guard whole > 0 else {
      throw cases == 0 && squares.within == 0 ? .oneNumberOnly : whole == 0 ? .casesAlike : .casesTooAlike
    }
    return excess / whole
  }

  /// The 95 % interval (McGraw & Wong 1996, table 7); nil where it is 0/0. It holds where numbers are about normal.
  func interval(_ squares: MeanSquares) -> Interval? {
    if squares.isPerfect { return Interval(low: 1, high: 1, method: Self.method) }
    let isOfMean = self == .agreementOfMean || self == .consistencyOfMean || self == .oneWayOfMean
    let ends: (Double, Double)?
    switch self {
    case .oneWay, .oneWayOfMean: ends = ratioEnds(squares, squares.within, squares.n * (squares.k - 1))
    case .consistency, .consistencyOfMean:
      ends = ratioEnds(squares, squares.rest, (squares.n - 1) * (squares.k - 1))
    case .agreement, .agreementOfMean: ends = agreementEnds(squares)
    }
    guard let ends else { return nil }
    // The mean of k is to one as Spearman and Brown have it.
    func stepped(_ single: Double) -> Double { squares.k * single / (1 + (squares.k - 1) * single) }
    return Interval(
      low: isOfMean ? stepped(ends.0) : ends.0, high: isOfMean ? stepped(ends.1) : ends.1, method: Self.method)
  }

  private static let method = "F, McGraw & Wong 1996"

  /// The ends for one reader, from the ratio of the mean square between cases to that of the noise.
  private func ratioEnds(_ squares: MeanSquares, _ noise: Double, _ degrees: Double) -> (Double, Double)? {
    let (k, ofCases) = (squares.k, squares.n - 1)
    if noise == 0 { return squares.cases > 0 ? (1, 1) : nil }
    let ratio = squares.cases / noise
    let low = ratio / fisherQuantile(0.975, ofCases, degrees)
    let high = ratio * fisherQuantile(0.975, degrees, ofCases)
    return ((low - 1) / (low + k - 1), (high - 1) / (high + k - 1))
  }

  /// The ends of agreement for one reader, with Satterthwaite's degrees of freedom.
  private func agreementEnds(_ squares: MeanSquares) -> (Double, Double)? {
    let (n, k, cases, readers, rest) = (squares.n, squares.k, squares.cases, squares.readers, squares.rest)
    guard let value = try? Self.agreement.estimate(squares), value < 1 else { return nil }
    let a = k * value / (n * (1 - value)) * readers
    let b = (1 + k * value * (n - 1) / (n * (1 - value))) * rest
    let degrees = (a + b) * (a + b) / (a * a / (k - 1) + b * b / ((n - 1) * (k - 1)))
    guard degrees.isFinite, degrees > 0 else { return nil }
    let noise = k * readers + (k * n - k - n) * rest
    let low = fisherQuantile(0.975, n - 1, degrees)
    let high = fisherQuantile(0.975, degrees, n - 1)
    return (
      n * (cases - low * rest) / (low * noise + n * cases), n * (high * cases - rest) / (noise + n * high * cases)
    )
  }
}

/// Krippendorff's alpha of numbers: δ² is the squared difference (Krippendorff 2011).
func intervalAlpha(_ sums: NumberSums) throws(Undefined) -> Double {
  let layout = sums.layout
  let numbers = sums[layout.numbers]
  guard numbers > 0 else { throw .noPairableCase }
  let squares = sums[layout.sumOfSquares]
  let expected = 2 * (numbers * squares - sums[layout.sum] * sums[layout.sum])
  guard expected > Spread.rounding * numbers * squares else { throw .oneNumberOnly }
  return 1 - (numbers - 1) * sums[layout.disagreement] / expected
}
