// The interval of a share of cases where patients have several, which are not independent.

/// k of n cases, patient by patient.
struct ClusteredProportion {
  /// Of each kind of patient the cases that count and all of them, and how many such patients there are.
  let patients: [(count: Int, total: Int, times: Int)]

  /// - Parameter patients: those without a case are left out.
  init(_ patients: [(count: Int, total: Int, times: Int)]) {
    self.patients = patients.filter { $0.total > 0 && $0.times > 0 }
  }

  var units: Int { patients.reduce(0) { $0 + $1.times } }
  var plain: Proportion {
    Proportion(
      count: patients.reduce(0) { $0 + $1.count * $1.times }, total: patients.reduce(0) { $0 + $1.total * $1.times })
  }

  /// The exact interval on the effective number of cases (Korn & Graubard, Survey Methodology 1998;24:193): n divided by
  /// how much patients widen the variance, and by the square of the t quantiles of cases and of patients; of none or all
  /// the number of patients. Nil with fewer than five patients, where none holds its level.
  var interval: Interval? {
    guard units >= NoInterval.fewest, let p = plain.value else { return nil }
    let n = effectiveCases
    let x = p * n
    return Interval(
      low: x == 0 ? 0 : inverseIncompleteBeta(0.025, a: x, b: n - x + 1),
      high: x == n ? 1 : inverseIncompleteBeta(0.975, a: x + 1, b: n - x),
      method: "Clopper-Pearson on the effective number of cases (Korn and Graubard 1998), \(units) patients")
  }

  /// Standard error of the ratio of sums over patients; nil with fewer than two of them.
  var error: Double? {
    guard units > 1, let p = plain.value else { return nil }
    let n = Double(plain.total)
    let squares = patients.reduce(0) { sum, patient in
      let rest = Double(patient.count) - p * Double(patient.total)
      return sum + rest * rest * Double(patient.times)
    }
    let patients = Double(units)
    return (patients / (patients - 1) * squares).squareRoot() / n
  }

  var effectiveCases: Double {
    let n = Double(plain.total)
    guard let p = plain.value, p > 0, p < 1 else { return Double(units) }
    guard let error, error > 0 else { return n }
    let quantiles =
      studentQuantile(0.975, degrees: max(n - 1, 1)) / studentQuantile(0.975, degrees: Double(units - 1))
    return min(n, p * (1 - p) / (error * error) * quantiles * quantiles)
  }

  /// The share as a statistic; `reason` says why there are no cases.
  func statistic(without reason: Undefined) -> Statistic {
    guard let value = plain.value else { return Statistic(.undefined(reason), casesUsed: 0) }
    var statistic = Statistic(
      .number(value), standardError: error, interval: interval, casesUsed: plain.total,
      members: [.init("count", count: plain.count), .init("patients", count: units)])
    if interval == nil { statistic.noInterval = .few(units, isClustered: true) }
    return statistic
  }
}
