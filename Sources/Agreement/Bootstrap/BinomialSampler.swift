// Random binomial numbers, the step from which a resample of counts is made.

import Foundation

extension RandomNumberGenerator {
  /// The number of successes in `trials` with the given probability.
  ///
  /// Inversion where few successes are expected, else the transformed rejection BTRS (Hörmann, The generation of binomial
  /// random variates, 1993). Both are exact.
  mutating func binomial(trials: Int, probability: Double) -> Int {
    if trials == 0 || probability <= 0 { return 0 }
    if probability >= 1 { return trials }
    if probability > 0.5 { return trials - binomial(trials: trials, probability: 1 - probability) }
    return Double(trials) * probability < 10
      ? binomialByInversion(trials, probability) : binomialByRejection(trials, probability)
  }

  private mutating func binomialByInversion(_ trials: Int, _ p: Double) -> Int {
    let odds = p / (1 - p)
    let none = exp(Double(trials) * log1p(-p))
    while true {
      var mass = none
      var rest = uniform()
      for k in 0...trials {
        if rest <= mass { return k }
        rest -= mass
        mass *= odds * Double(trials - k) / Double(k + 1)
      }
    }
  }

  private mutating func binomialByRejection(_ trials: Int, _ p: Double) -> Int {
    let n = Double(trials)
    let deviation = (n * p * (1 - p)).squareRoot()
    let b = 1.15 + 2.53 * deviation
    let a = -0.0873 + 0.0248 * b + 0.01 * p
    let centre = n * p + 0.5
    let squeeze = 0.92 - 4.2 / b
    let scale = (2.83 + 5.1 / b) * deviation
    let logOdds = log(p / (1 - p))
    let mode = ((n + 1) * p).rounded(.down)
    while true {
      let u = uniform() - 0.5
      let v = uniform()
      let edge = 0.5 - abs(u)
      let k = ((2 * a / edge + b) * u + centre).rounded(.down)
      if edge >= 0.07, v <= squeeze { return Int(k) }
      guard k >= 0, k <= n else { continue }
      let height = log(v * scale / (a / (edge * edge) + b))
      let ratio =
        logGamma(mode + 1) + logGamma(n - mode + 1) - logGamma(k + 1) - logGamma(n - k + 1) + (k - mode) * logOdds
      if height <= ratio { return Int(k) }
    }
  }
}
