// The regularised incomplete beta function and its inverse: binomial tails, Student's t, Clopper-Pearson limits.

import Foundation

/// Both tails of a distribution function, each computed without subtracting the other from 1 where it is the small one.
struct Tails: Sendable, Equatable {
  /// The probability below.
  let lower: Double
  /// The probability above.
  let upper: Double
}

/// I_x(a, b) and 1 − I_x(a, b), for a, b > 0 and x in 0...1.
///
/// A continued fraction for the tail on the near side of the mean; the power term in Loader's saddle-point form, so that
/// counts in the millions keep their digits. Pass `complement` (1 − x) where it is known more precisely than 1 − x.
func incompleteBeta(_ x: Double, a: Double, b: Double, complement: Double? = nil) -> Tails {
  let y = complement ?? 1 - x
  if x <= 0 { return Tails(lower: 0, upper: 1) }
  if y <= 0 { return Tails(lower: 1, upper: 0) }
  let power = betaPower(x, y, a, b)
  if x <= (a + 1) / (a + b + 2) {
    let lower = power / betaFraction(x, y, a, b)
    return Tails(lower: lower, upper: 1 - lower)
  }
  let upper = power / betaFraction(y, x, b, a)
  return Tails(lower: 1 - upper, upper: upper)
}

/// The x in 0...1 with I_x(a, b) = probability: Newton steps on the density, kept inside a shrinking bracket.
func inverseIncompleteBeta(_ probability: Double, a: Double, b: Double) -> Double {
  if probability <= 0 { return 0 }
  if probability >= 1 { return 1 }
  var low = 0.0
  var high = 1.0
  var x = a / (a + b)
  for _ in 0..<200 {
    let tails = incompleteBeta(x, a: a, b: b)
    // The smaller tail is the exact one.
    let excess = probability < 0.5 ? tails.lower - probability : (1 - probability) - tails.upper
    if excess == 0 { return x }
    if excess > 0 { high = x } else { low = x }
    let density = betaPower(x, 1 - x, a, b) / (x * (1 - x))
    var next = x - excess / density
    if !(next > low && next < high) { next = (low + high) / 2 }
    if abs(next - x) <= 2e-16 * x { return next }
    x = next
  }
  return x
}

/// xᵃ yᵇ / B(a, b), with y = 1 − x.
func betaPower(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
  let n = a + b
  let exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
  return exp(exponent) * (a * b / (2 * Double.pi * n)).squareRoot()
}

/// The continued fraction of DiDonato & Morris (ACM TOMS 18, 1992, BFRAC) for x below the mean, by the modified Lentz
/// method; the power term is to be divided by it. All its terms are positive, and x near 1 enters through y = 1 − x.
private func betaFraction(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
  func denominator(_ m: Double) -> Double {
    // At m = 0 the middle term is 0, also where a = 1 would make it 0/0.
    let middle = m == 0 ? 0 : m * (b - m) * x / (a + 2 * m - 1)
    return m + middle + (a + m) * (a * y - b * x + 1 + m * (1 + y)) / (a + 2 * m + 1)
  }
  var value = awayFromZero(denominator(0))
  var c = value
  var d = 0.0
  for m in 1..<200_000 {
    let m = Double(m)
    let step = a + 2 * m - 1
    let numerator = (a + m - 1) * (a + b + m - 1) / step * (m * (b - m) * x * x) / step
    d = 1 / awayFromZero(denominator(m) + numerator * d)
    c = awayFromZero(denominator(m) + numerator / c)
    value *= c * d
    if abs(c * d - 1) < 4e-16 { break }
  }
  return value
}

/// Lentz's guard against a vanishing denominator.
func awayFromZero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
