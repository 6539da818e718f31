// The list of figures of numbers: which there are, under which key, in which order.

/// A figure of numbers, and how to compute it without some of the cases.
struct NumberEntry {
  let metric: Metric
  /// The cases, or the patients, it rests on.
  let units: Int
  /// Whether its interval leaves out a case at a time even where cases are independent: it has no other.
  var isJackknifed = false
  /// Nil of what has no interval.
  var estimator: ((NumberSums) -> Double?)?
}

struct NumberCatalogue {
  let table: NumberTable
  let sums: NumberSums
  /// How many units have something at each place of counts.
  let units: NumberSums
  private var layout: NumberSums.Layout { sums.layout }

  var entries: [NumberEntry] {
    correlations + [alpha] + limitsWithMean + readers + biases + pairs
  }

  private func entry(
    _ subject: Metric.Subject, _ figure: String, _ statistic: Statistic, at count: Int,
    estimator: ((NumberSums) -> Double?)? = nil
  ) -> NumberEntry {
    NumberEntry(
      metric: Metric(subject: subject, figure: figure, statistic: statistic), units: Int(units[count]),
      estimator: estimator)
  }

  private var correlations: [NumberEntry] {
    let squares = Result { () throws(Undefined) in try MeanSquares(sums) }
    return IntraclassCorrelation.allCases.map { kind in
      let value = squares.flatMap { squares in Result { () throws(Undefined) in try kind.estimate(squares) } }
      var statistic = Statistic(value, casesUsed: Int(sums[layout.complete]))
      if statistic.value != nil {
        statistic.interval = (try? squares.get()).flatMap(kind.interval)
        statistic.members = [.init("k", count: layout.perCase)]
        statistic.withholdIntervalOfFew()
      }
      return entry(.allReaders, kind.rawValue, statistic, at: layout.complete) { sums in
        try? kind.estimate(MeanSquares(sums))
      }
    }
  }

  private var alpha: NumberEntry {
    let value = Result { () throws(Undefined) in try intervalAlpha(sums) }
    var alpha = entry(
      .allReaders, "krippendorff_alpha.interval", Statistic(value, casesUsed: Int(sums[layout.pairable])),
      at: layout.pairable
    ) { try? intervalAlpha($0) }
    alpha.isJackknifed = true
    return alpha
  }

  /// The mean of each reader's numbers, over all cases the reader rated.
  private var readers: [NumberEntry] {
    table.readers.enumerated().map { place, reader in
      let spread = sums.numbers(of: place)
      let value = spread.mean.map { Result<Double, Undefined>.success($0 + table.origin) } ?? .failure(.noCases)
      var statistic = Statistic(value, casesUsed: spread.count)
      if statistic.value != nil { statistic.members = [.init("sd", spread.deviation)] }
      return entry(.reader(reader), "mean", statistic, at: layout.reader(place))
    }
  }

  /// Of more than two readers: each against the mean of all.
  private var biases: [NumberEntry] {
    guard layout.k > 2 else { return [] }
    return table.readers.enumerated().map { place, reader in
      entry(
        .reader(reader), "mean_difference", Self.mean(sums.differencesFromMean(of: place), or: .noCompleteCase),
        at: layout.fromMean(place)
      ) { $0.differencesFromMean(of: place).mean }
    }
  }

  private var limitsWithMean: [NumberEntry] {
    guard layout.k > 2 else { return [] }
    let value =
      LimitsOfAgreement.withMean(sums).map { Result<Double, Undefined>.success($0) } ?? .failure(.noCompleteCase)
    var limits = entry(
      .allReaders, "limits_with_mean", Statistic(value, casesUsed: Int(sums[layout.complete])), at: layout.complete,
      estimator: LimitsOfAgreement.withMean)
    limits.isJackknifed = true
    return [limits]
  }

  private var pairs: [NumberEntry] {
    var factors: [Int: LimitsOfAgreement.Factors] = [:]
    return table.pairs.enumerated().flatMap { pair, places -> [NumberEntry] in
      let subject = Metric.Subject.pair(table.readers[places.first], table.readers[places.second])
      let differences = sums.differences(pair: pair)
      let n = differences.count
      if n >= NoInterval.fewest, factors[n] == nil { factors[n] = LimitsOfAgreement.Factors(count: n) }
      let limits = LimitsOfAgreement.End.allCases.map { end in
        let value = LimitsOfAgreement.value(end, of: differences).map { Result<Double, Undefined>.success($0) }
        var statistic = Statistic(value ?? .failure(n == 0 ? .noSharedCase : .oneSharedCase), casesUsed: n)
        statistic.interval = factors[n].flatMap { LimitsOfAgreement.interval(end, of: differences, $0) }
        if statistic.value != nil, n < NoInterval.fewest { statistic.noInterval = .few(n, isClustered: false) }
        return entry(subject, "limits_of_agreement.\(end.rawValue)", statistic, at: layout.pair(pair)) {
          LimitsOfAgreement.value(end, of: $0.differences(pair: pair))
        }
      }
      return [
        entry(subject, "n", Statistic(.count(n), casesUsed: n), at: layout.pair(pair)),
        entry(subject, "mean_difference", Self.mean(differences, or: .noSharedCase), at: layout.pair(pair)) {
          $0.differences(pair: pair).mean
        },
      ] + limits
    }
  }

  /// A mean with its t interval.
  private static func mean(_ spread: Spread, or reason: Undefined) -> Statistic {
    guard let mean = spread.mean else { return Statistic(.undefined(reason), casesUsed: 0) }
    var statistic = Statistic(.number(mean), casesUsed: spread.count, members: [.init("sd", spread.deviation)])
    if let deviation = spread.deviation {
      let error = deviation / Double(spread.count).squareRoot()
      let reach = studentQuantile(0.975, degrees: Double(spread.count - 1)) * error
      statistic.standardError = error
      statistic.interval = Interval(low: mean - reach, high: mean + reach, method: "t, cases-1 df")
      statistic.members.append(.init("df", count: spread.count - 1))
    }
    statistic.withholdIntervalOfFew()
    return statistic
  }
}
