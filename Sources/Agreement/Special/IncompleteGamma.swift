// The regularised incomplete gamma functions, and with them the chi-square distribution.

import Foundation

/// P(a, x) (lower) and Q(a, x) (upper) for a > 0, x ≥ 0.
///
/// Series DLMF 8.11.4 below a + 1, continued fraction DLMF 8.9.2 above; the power term in Loader's form (2000).
func incompleteGamma(_ x: Double, a: Double) -> Tails {
  if x <= 0 { return Tails(lower: 0, upper: 1) }
  // xᵃ e⁻ˣ / Γ(a + 1)
  let power = exp(-stirlingError(a) - deviance(a, x)) / (2 * Double.pi * a).squareRoot()
  if x < a + 1 {
    var term = 1.0
    var sum = 1.0
    var k = a
    while term > sum * 1e-17 {
      k += 1
      term *= x / k
      sum += term
    }
    let lower = power * sum
    return Tails(lower: lower, upper: 1 - lower)
  }
  var b = x + 1 - a
  var c = 1e300
  var d = 1 / awayFromZero(b)
  var fraction = d
  for k in 1..<200_000 {
    let k = Double(k)
    let coefficient = -k * (k - a)
    b += 2
    d = 1 / awayFromZero(coefficient * d + b)
    c = awayFromZero(b + coefficient / c)
    fraction *= c * d
    if abs(c * d - 1) < 4e-16 { break }
  }
  let upper = power * a * fraction
  return Tails(lower: 1 - upper, upper: upper)
}

/// The probability that a chi-square variable with `degrees` degrees of freedom exceeds `statistic` (DLMF 8.2.4).
func chiSquareUpperTail(_ statistic: Double, degrees: Int) -> Double {
  incompleteGamma(statistic / 2, a: Double(degrees) / 2).upper
}
