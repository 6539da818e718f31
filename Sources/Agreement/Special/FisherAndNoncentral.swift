// Quantiles of Fisher's F, and of the noncentral t that exact limits of agreement need.

import Foundation

/// The value with a lower tail of `probability` of F with these degrees of freedom, which need not be whole (DLMF 8.17,
/// Abramowitz & Stegun 26.6.2).
func fisherQuantile(_ probability: Double, _ first: Double, _ second: Double) -> Double {
  let x = inverseIncompleteBeta(probability, a: first / 2, b: second / 2)
  // 1 − x from the other side, where x is near 1.
  let rest = x > 0.5 ? inverseIncompleteBeta(1 - probability, a: second / 2, b: first / 2) : 1 - x
  return second * x / (first * rest)
}

/// The lower tail of the noncentral t distribution: (Z + shift) / S ≤ t for a normal Z and a chi S scaled to its degrees.
///
/// ∫ Φ(t s − shift) over the density of S, by the trapezoidal rule in ln s, where the integrand dies away at both ends and
/// the rule is as good as exact; all terms are positive, and nothing underflows however great the shift.
func noncentralStudentLowerTail(_ t: Double, degrees: Double, shift: Double) -> Double {
  let reach = (45 / degrees).squareRoot()
  let low = -reach - 45 / degrees
  let steps = 500
  var (sum, whole) = (0.0, 0.0)
  for i in 0...steps {
    let u = low + Double(i) / Double(steps) * (reach - low)
    let s = exp(u)
    let weight = exp(degrees * (u - (s * s - 1) / 2))
    sum += weight * normalLowerTail(t * s - shift)
    whole += weight
  }
  return sum / whole
}

/// The t with a lower tail of `probability`: a bracket, then the secant inside it (Dowell & Jarratt 1971, Illinois).
func noncentralStudentQuantile(_ probability: Double, degrees: Double, shift: Double) -> Double {
  func excess(_ t: Double) -> Double { noncentralStudentLowerTail(t, degrees: degrees, shift: shift) - probability }
  let deviation = (1 + shift * shift / (2 * degrees)).squareRoot()
  var (low, high) = (shift - 2 * deviation, shift + 2 * deviation)
  while excess(low) > 0 { low -= 2 * deviation }
  while excess(high) < 0 { high += 4 * deviation }
  var (atLow, atHigh) = (excess(low), excess(high))
  // Which end was moved last: the other one is pulled in where it stays twice.
  var moved = 0
  for _ in 0..<100 {
    let next = (low * atHigh - high * atLow) / (atHigh - atLow)
    let value = excess(next)
    if abs(value) < 1e-14 || high - low < 1e-13 * max(1, abs(high)) { return next }
    if value < 0 {
      (low, atLow) = (next, value)
      if moved == -1 { atHigh /= 2 }
      moved = -1
    } else {
      (high, atHigh) = (next, value)
      if moved == 1 { atLow /= 2 }
      moved = 1
    }
  }
  return (low + high) / 2
}
