// Two readers and a binary finding: indices of prevalence and bias, agreement on each level, McNemar's test.

extension FourfoldCounts {
  /// The counts of a pair of readers, seen from the positive level.
  init(_ pair: PairTable, positive: Int) {
    let negative = 1 - positive
    self.init(
      a: pair[positive, positive], b: pair[positive, negative], c: pair[negative, positive],
      d: pair[negative, negative])
  }

  /// (a − d) / n, signed (Byrt, Bishop & Carlin 1993).
  var prevalenceIndex: Statistic { share(Double(a - d)) }
  /// (b − c) / n, signed (Byrt, Bishop & Carlin 1993).
  var biasIndex: Statistic { share(Double(b - c)) }
  /// 2 p_o − 1, kappa adjusted for prevalence and bias (Byrt, Bishop & Carlin 1993).
  var pabak: Statistic { share(Double(a + d - b - c)) }

  private func share(_ numerator: Double) -> Statistic {
    guard total > 0 else { return Statistic(.undefined(.noSharedCase), casesUsed: 0) }
    return Statistic(.number(numerator / Double(total)), casesUsed: total)
  }

  /// Agreement on the positive level, 2a / (2a + b + c) (Feinstein & Cicchetti 1990).
  var positiveAgreement: Statistic { agreement(on: a) }
  /// Agreement on the negative level, 2d / (2d + b + c).
  var negativeAgreement: Statistic { agreement(on: d) }

  /// 2x / (2x + b + c) is 2p / (1 + p) with p = x / (x + b + c), so an interval of p maps to one of the agreement. The
  /// standard error is that of Graham & Bull 1998, its plain interval the member `ci95_wald`.
  private func agreement(on x: Int) -> Statistic {
    guard total > 0 else { return Statistic(.undefined(.noSharedCase), casesUsed: 0) }
    let share = Proportion(count: x, total: x + b + c)
    guard let p = share.value, let wilson = share.wilson, let exact = share.exact else {
      return Statistic(.undefined(.levelUsedByNeither), casesUsed: total)
    }
    func mapped(_ interval: Interval, _ method: String) -> Interval {
      Interval(
        low: 2 * interval.low / (1 + interval.low), high: 2 * interval.high / (1 + interval.high), method: method)
    }
    let value = 2 * p / (1 + p)
    let error = 2 / ((1 + p) * (1 + p)) * (p * (1 - p) / Double(share.total)).squareRoot()
    let wald = Interval(around: value, error: error, quantile: Interval.normal95, method: "normal")
    var statistic = Statistic(
      .number(value), standardError: error, interval: mapped(wilson, "Wilson, mapped"), casesUsed: total,
      members: [
        .init("ci95_exact", mapped(exact, "Clopper-Pearson, mapped")), .init("ci95_wald", wald),
      ])
    statistic.withholdIntervalOfFew()
    return statistic
  }

  /// McNemar's exact test (1947) of equal positive rates: the value is the two-sided p, 1 without discordant cases.
  ///
  /// The members `b` and `c` are the corners of the table in level order, upper right and lower left: with the positive
  /// level last, `b` counts the cases of the second reader only.
  func mcNemarExact(positive: Int) -> Statistic {
    let corners = positive == 1 ? (b: c, c: b) : (b: b, c: c)
    guard total > 0 else { return Statistic(.undefined(.noSharedCase), casesUsed: 0) }
    return Statistic(
      .number(symmetricBinomialTest(b, trials: b + c)), casesUsed: total,
      members: [.init("statistic", count: min(b, c)), .init("b", count: corners.b), .init("c", count: corners.c)],
      note: "the value is the two-sided p")
  }

  /// McNemar's statistic (b − c)² / (b + c).
  var mcNemar: Statistic { mcNemar(correction: 0) }
  /// McNemar's statistic with Edwards' correction (1948), which never exceeds |b − c|.
  var mcNemarCorrected: Statistic { mcNemar(correction: 1) }

  private func mcNemar(correction: Int) -> Statistic {
    guard total > 0 else { return Statistic(.undefined(.noSharedCase), casesUsed: 0) }
    guard b + c > 0 else { return Statistic(.undefined(.noDiscordantCase), casesUsed: total) }
    let difference = Double(max(abs(b - c) - correction, 0))
    let statistic = difference * difference / Double(b + c)
    return chiSquareStatistic(statistic, degrees: 1, casesUsed: total)
  }
}

/// A chi-square statistic with its p and degrees of freedom.
func chiSquareStatistic(_ value: Double, degrees: Int, casesUsed: Int) -> Statistic {
  Statistic(
    .number(value), casesUsed: casesUsed,
    members: [.init("p", chiSquareUpperTail(value, degrees: degrees)), .init("df", count: degrees)])
}
