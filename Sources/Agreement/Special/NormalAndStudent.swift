// Quantiles of the normal and of Student's t distribution, for intervals.

import Foundation

/// The lower tail of the standard normal distribution, from the C library's erfc (DLMF 7.2.2).
func normalLowerTail(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

/// The z with normalLowerTail(z) = probability, for a probability strictly between 0 and 1.
///
/// Start: Abramowitz & Stegun 26.2.23; then Halley's steps, each of which triples the correct digits.
func normalQuantile(_ probability: Double) -> Double {
  guard probability > 0, probability < 1 else { return probability <= 0 ? -.infinity : .infinity }
  if probability > 0.5 { return -normalQuantile(1 - probability) }
  let t = (-2 * log(probability)).squareRoot()
  let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
  let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  var z = numerator / denominator - t
  for _ in 0..<3 {
    let error = (normalLowerTail(z) - probability) * (2 * Double.pi).squareRoot() * exp(z * z / 2)
    z -= error / (1 + z * error / 2)
  }
  return z
}

/// The upper tail of Student's t distribution with `degrees` degrees of freedom (DLMF 8.17, Abramowitz & Stegun 26.5.27).
func studentUpperTail(_ t: Double, degrees: Double) -> Double {
  if t < 0 { return 1 - studentUpperTail(-t, degrees: degrees) }
  let square = t * t
  let x = degrees / (degrees + square)
  return incompleteBeta(x, a: degrees / 2, b: 0.5, complement: square / (degrees + square)).lower / 2
}

/// The t with a lower tail of `probability`, strictly between 0 and 1.
///
/// Newton's steps from the normal quantile. The upper tail is convex in t > 0 and the normal quantile lies below the
/// answer, so the steps rise to it and cannot overshoot.
func studentQuantile(_ probability: Double, degrees: Double) -> Double {
  guard probability > 0, probability < 1 else { return probability <= 0 ? -.infinity : .infinity }
  if probability < 0.5 { return -studentQuantile(1 - probability, degrees: degrees) }
  let tail = 1 - probability
  var t = normalQuantile(probability)
  for _ in 0..<500 {
    let x = degrees / (degrees + t * t)
    let y = t * t / (degrees + t * t)
    // Density of t, from x^(ν/2) y^½ / B(ν/2, ½) = |t| f(t); at 0 the limit is taken.
    let density =
      t > 0
      ? betaPower(x, y, degrees / 2, 0.5) / t
      : exp(logGamma((degrees + 1) / 2) - logGamma(degrees / 2)) / (degrees * Double.pi).squareRoot()
    let step = (studentUpperTail(t, degrees: degrees) - tail) / density
    t += step
    if abs(step) <= 1e-15 * t { break }
  }
  return t
}
