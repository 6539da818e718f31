// Do two readers use the levels equally often? Stuart-Maxwell, Bhapkar and Bowker.

/// Tests of equal margins and of symmetry of the counts of two readers.
///
/// The covariance of the margin differences is the Laplacian matrix of a graph: the levels are its vertices, and the
/// discordant cases between two levels (n_ij + n_ji) the weight of their edge. Its rank is therefore known from whole
/// counts (vertices less connected parts), and unused levels or levels with equal use need no special care.
struct MarginalHomogeneity {
  private let pair: PairTable
  /// The levels of each connected part with at least one discordant case.
  private let parts: [[Int]]

  init(_ pair: PairTable) {
    self.pair = pair
    parts = connectedParts(size: pair.q) { pair[$0, $1] + pair[$1, $0] > 0 }.filter { $0.count > 1 }
  }

  /// Stuart 1955, Maxwell 1970: d' S⁻ d with the rank of S as degrees of freedom.
  var stuartMaxwell: Statistic {
    switch contrast {
    case .failure(let reason): return Statistic(.undefined(reason), casesUsed: pair.n)
    case .success(let value): return chiSquareStatistic(value, degrees: degrees, casesUsed: pair.n)
    }
  }

  /// Bhapkar 1966: the same with the covariance that does not assume equal margins, W = X / (1 − X/n).
  var bhapkar: Statistic {
    switch contrast {
    case .failure(let reason): return Statistic(.undefined(reason), casesUsed: pair.n)
    case .success(let value):
      guard !everyCaseShifted else { return Statistic(.undefined(.everyCaseShifted), casesUsed: pair.n) }
      return chiSquareStatistic(value / (1 - value / Double(pair.n)), degrees: degrees, casesUsed: pair.n)
    }
  }

  /// Bowker 1948: Σ (n_ij − n_ji)² / (n_ij + n_ji) over pairs of levels with discordant cases, which are its degrees of
  /// freedom.
  var bowker: Statistic {
    guard pair.n > 0 else { return Statistic(.undefined(.noSharedCase), casesUsed: 0) }
    var sum = 0.0
    var degrees = 0
    for i in 0..<pair.q {
      for j in i + 1..<max(pair.q, i + 1) where pair[i, j] + pair[j, i] > 0 {
        let difference = Double(pair[i, j] - pair[j, i])
        sum += difference * difference / Double(pair[i, j] + pair[j, i])
        degrees += 1
      }
    }
    guard degrees > 0 else { return Statistic(.undefined(.noDiscordantCase), casesUsed: pair.n) }
    return chiSquareStatistic(sum, degrees: degrees, casesUsed: pair.n)
  }

  private var degrees: Int { parts.reduce(0) { $0 + $1.count - 1 } }

  /// d' S⁻ d: in each connected part one level is left out, and the rest of S is of full rank.
  private var contrast: Result<Double, Undefined> {
    guard pair.n > 0 else { return .failure(.noSharedCase) }
    guard !parts.isEmpty else { return .failure(.noDiscordantCase) }
    let rows = pair.rows
    let columns = pair.columns
    var sum = 0.0
    for part in parts {
      let levels = Array(part.dropLast())
      let differences = levels.map { Double(rows[$0] - columns[$0]) }
      let covariance = SquareMatrix(size: levels.count) { i, j in
        let (a, b) = (levels[i], levels[j])
        return Double(a == b ? rows[a] + columns[a] - 2 * pair[a, a] : -pair[a, b] - pair[b, a])
      }
      let solution = covariance.solve(differences)
      sum += zip(differences, solution).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return .success(sum)
  }

  /// Whether X = n, where Bhapkar's covariance is singular: no case agrees, and the levels can be given heights such that
  /// every case steps down by exactly 1 from the first reader to the second.
  private var everyCaseShifted: Bool {
    guard pair.agreeing == 0 else { return false }
    var heights = [Int?](repeating: nil, count: pair.q)
    for part in parts {
      var waiting = [part[0]]
      heights[part[0]] = 0
      while let i = waiting.popLast(), let height = heights[i] {
        for j in part where j != i {
          for (count, step) in [(pair[i, j], -1), (pair[j, i], 1)] where count > 0 {
            if let known = heights[j] {
              if known != height + step { return false }
            } else {
              heights[j] = height + step
              waiting.append(j)
            }
          }
        }
      }
    }
    return true
  }
}

/// The connected parts of a graph on 0..<size.
private func connectedParts(size: Int, areJoined: (Int, Int) -> Bool) -> [[Int]] {
  var unseen = Set(0..<size)
  var parts: [[Int]] = []
  for start in 0..<size where unseen.remove(start) != nil {
    var part = [start]
    var next = 0
    while next < part.count {
      let joined = unseen.filter { areJoined(part[next], $0) }.sorted()
      unseen.subtract(joined)
      part += joined
      next += 1
    }
    parts.append(part.sorted())
  }
  return parts
}

extension SquareMatrix {
  /// The x with M x = right side, for a positive definite M, by elimination.
  fileprivate func solve(_ rightSide: [Double]) -> [Double] {
    var rows = self
    var x = rightSide
    for i in 0..<size {
      for k in i + 1..<max(size, i + 1) {
        let factor = rows[k, i] / rows[i, i]
        for j in i..<size { rows[k, j] -= factor * rows[i, j] }
        x[k] -= factor * x[i]
      }
    }
    for i in (0..<size).reversed() {
      for j in i + 1..<max(size, i + 1) { x[i] -= rows[i, j] * x[j] }
      x[i] /= rows[i, i]
    }
    return x
  }
}
