// Patterns seen through a distance between values.

/// What the ratings of one case of each pattern disagree by, under a distance between any values.
struct DistanceProfile: Sendable {
  /// δ² between the values.
  let squares: SquareMatrix
  /// The sum of δ² over the pairs of a case, each pair once, divided by m − 1: its part of the observed disagreement.
  private let disagreements: [Double]
  /// The share of reader pairs who give the same value; nil with fewer than two ratings.
  let matches: [Double?]
  /// The mean of 1 − δ² over reader pairs; nil with fewer than two ratings.
  let likeness: [Double?]

  init(_ table: RatingTable, squares: SquareMatrix) {
    self.squares = squares
    var (disagreements, matches, likeness) = ([Double](), [Double?](), [Double?]())
    for p in 0..<table.patternCount {
      let values = table.code(of: p).filter { $0 != RatingTable.missing }.map(Int.init)
      var (sum, same, pairs) = (0.0, 0, 0)
      for (i, a) in values.enumerated() {
        for b in values[(i + 1)...] {
          sum += squares[a, b]
          same += a == b ? 1 : 0
          pairs += 1
        }
      }
      disagreements.append(pairs > 0 ? sum / Double(values.count - 1) : 0)
      matches.append(pairs > 0 ? Double(same) / Double(pairs) : nil)
      likeness.append(pairs > 0 ? 1 - sum / Double(pairs) : nil)
    }
    self.disagreements = disagreements
    self.matches = matches
    self.likeness = likeness
  }

  /// Krippendorff's alpha of `counts[p]` cases of each pattern p.
  func alpha(_ sums: Sums, counts: [Int]) -> Result<Double, Undefined> {
    let observed = zip(disagreements, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
    let use = Array(sums.slice(sums.layout.pairedUse))
    return Agreement.alpha(use: use, observed: observed, squares: squares)
  }
}

/// The mean of the values that there are, each as often as its count says; nil without any.
func weightedMean(_ values: [Double?], _ counts: [Int]) -> Double? {
  var (sum, total) = (0.0, 0)
  for case (let value?, let count) in zip(values, counts) {
    sum += value * Double(count)
    total += count
  }
  return total > 0 ? sum / Double(total) : nil
}
