// The logarithm of the gamma function, and the two small terms that keep large binomial and Poisson figures exact.

import Foundation

/// ln Γ(x) for x > 0.
///
/// Stirling's series (DLMF 5.11.1) at x + n ≥ 15, brought back by the recurrence Γ(x + 1) = x Γ(x). Absolute error a few
/// 1e-15 times max(1, |ln Γ|).
func logGamma(_ x: Double) -> Double {
  guard x > 0 else { return .nan }
  var shifted = x
  var product = 1.0
  while shifted < 15 {
    product *= shifted
    shifted += 1
  }
  let stirling = (shifted - 0.5) * log(shifted) - shifted + halfLogTwoPi + stirlingSeries(shifted)
  return stirling - log(product)
}

let halfLogTwoPi = 0.918938533204672741780329736406

/// Σ B₂ₖ / (2k (2k − 1) x²ᵏ⁻¹), the tail of Stirling's series (DLMF 5.11.1), for x ≥ 15.
func stirlingSeries(_ x: Double) -> Double {
  let z = 1 / (x * x)
  var sum: Double = -3617 / 122400 * z
  sum = (sum + 1 / 156) * z
  sum = (sum - 691 / 360360) * z
  sum = (sum + 1 / 1188) * z
  sum = (sum - 1 / 1680) * z
  sum = (sum + 1 / 1260) * z
  sum = (sum - 1 / 360) * z
  return (sum + 1 / 12) / x
}

/// δ(x) = ln Γ(x + 1) − (x + ½) ln x + x − ½ ln 2π: what Stirling's formula leaves over.
///
/// Loader, Fast and accurate computation of binomial probabilities, 2000.
func stirlingError(_ x: Double) -> Double {
  if x >= 15 { return stirlingSeries(x) }
  return logGamma(x + 1) - (x + 0.5) * log(x) + x - halfLogTwoPi
}

/// x ln(x/m) + m − x, without the cancellation near x = m (Loader 2000, "bd0").
func deviance(_ x: Double, _ m: Double) -> Double {
  guard abs(x - m) < 0.1 * (x + m) else { return x * log(x / m) + m - x }
  let ratio = (x - m) / (x + m)
  var sum = (x - m) * ratio
  var term = 2 * x * ratio
  for k in 1..<1000 {
    term *= ratio * ratio
    let next = sum + term / Double(2 * k + 1)
    if next == sum { break }
    sum = next
  }
  return sum
}
