// Exact binomial tails.

/// The probability of at most `successes` in `trials` of a binomial variable: I₁₋ₚ(n − k, k + 1) (DLMF 8.17.5).
func binomialLowerTail(_ successes: Int, trials: Int, probability: Double) -> Double {
  if successes < 0 { return 0 }
  if successes >= trials { return 1 }
  let a = Double(trials - successes)
  let b = Double(successes + 1)
  return incompleteBeta(1 - probability, a: a, b: b, complement: probability).lower
}

/// The two-sided exact p-value of `successes` in `trials` under probability ½: twice the smaller tail, at most 1.
///
/// The exact form of McNemar's test (1947); 1 when there is no trial.
func symmetricBinomialTest(_ successes: Int, trials: Int) -> Double {
  let smaller = min(successes, trials - successes)
  // The two tails meet: together they hold everything.
  if 2 * smaller + 1 >= trials { return 1 }
  return min(1, 2 * binomialLowerTail(smaller, trials: trials, probability: 0.5))
}
