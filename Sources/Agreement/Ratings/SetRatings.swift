// Findings whose grade is a set: several signal intensities, several bones.

/// Ratings that are sets of levels, such as the bones a reader marks.
///
/// Two sets agree as far as they overlap: δ² = 1 − J with the Jaccard index J = |A ∩ B| / |A ∪ B|, and two empty sets
/// agree entirely. An empty set is a rating; nil is none.
public struct SetRatings: Sendable {
  /// The readers, in column order.
  public let readers: [String]
  private let readersPerCase: Int
  /// The distinct sets in order of appearance; a rating is a position among them.
  private var values: [Set<String>] = []
  private var positions: [Set<String>: Int] = [:]
  private var cases: [(ratings: [Int?], patient: String?)] = []

  /// - Throws: `RatingTableError`, as the tally of single levels does.
  public init(readers: [String], readersPerCase: Int? = nil) throws {
    _ = try RatingTally(readers: readers, levels: ["a", "b"], scale: .nominal, readersPerCase: readersPerCase)
    self.readersPerCase = readersPerCase ?? readers.count
    self.readers = readers
  }

  /// Adds one case: the set each reader gave, or nil; `patient` as in `RatingTally.add`.
  public mutating func add(_ sets: [Set<String>?], patient: String? = nil) {
    cases.append((sets.map { $0.map { position(of: $0) } }, patient))
  }

  private mutating func position(of set: Set<String>) -> Int {
    if let known = positions[set] { return known }
    positions[set] = values.count
    values.append(set)
    return values.count - 1
  }

  /// The most ratings that any case has.
  var mostRatings: Int { cases.map { $0.ratings.count { $0 != nil } }.max() ?? 0 }

  /// The ratings as a table whose levels are the distinct sets.
  public var table: RatingTable {
    var tally = RatingTally(
      unchecked: readers, levels: values.map { $0.isEmpty ? "{}" : $0.sorted().joined(separator: "+") },
      scale: .nominal, positive: nil, readersPerCase: readersPerCase)
    for (ratings, patient) in cases { tally.add(ratings, patient: patient) }
    return tally.table()
  }

  /// 1 − J between the distinct sets, in the order of the table's levels.
  public var jaccardDistances: SquareMatrix {
    SquareMatrix(size: values.count) { jaccardDistance(values[$0], values[$1]) }
  }

  /// Agreement of the sets: as wholes (`percent_agreement.unweighted`), by their mean overlap
  /// (`percent_agreement.jaccard`) and corrected for chance (`krippendorff_alpha.jaccard`).
  public func agreement(
    resampling: Resampling? = Resampling(), progress: ((Double) -> Void)? = nil
  ) -> AgreementReport {
    table.agreement(
      squaredDifferences: jaccardDistances, named: "jaccard", resampling: resampling, progress: progress)
  }
}

/// 1 − |A ∩ B| / |A ∪ B|; 0 for two empty sets.
public func jaccardDistance<Element>(_ a: Set<Element>, _ b: Set<Element>) -> Double {
  let union = a.union(b).count
  return union == 0 ? 0 : 1 - Double(a.intersection(b).count) / Double(union)
}
