// Light's kappa: the mean over all pairs of readers.

/// The mean of the unweighted Cohen kappas of all pairs of readers (Light 1971), each on the cases both rated; undefined
/// when any pair has none. It has no error of its own; resampling gives an interval.
func lightKappa(_ pairs: [PairTable]) -> Result<Double, Undefined> {
  var sum = 0.0
  let weights = Weighting.unweighted.matrix(levels: pairs.first?.q ?? 0)
  for pair in pairs {
    guard let kappa = cohenKappa(pair, weights) else {
      return .failure(.pairWithoutKappa)
    }
    sum += kappa.value
  }
  return .success(sum / Double(pairs.count))
}

/// Light's kappa as a statistic on `cases` cases.
func lightStatistic(_ pairs: [PairTable], casesUsed: Int) -> Statistic {
  guard casesUsed > 0 else { return Statistic(.undefined(.noPairableCase), casesUsed: 0) }
  switch lightKappa(pairs) {
  case .failure(let reason): return Statistic(.undefined(reason), casesUsed: casesUsed)
  case .success(let value): return Statistic(.number(value), casesUsed: casesUsed)
  }
}

/// Two readers of a table, by their columns.
struct ReaderPair: Sendable, Equatable {
  let first: Int
  let second: Int
}

extension RatingTable {
  /// All pairs of readers, in column order.
  var readerPairs: [ReaderPair] {
    readers.indices.flatMap { a in readers.indices.filter { $0 > a }.map { ReaderPair(first: a, second: $0) } }
  }
}
