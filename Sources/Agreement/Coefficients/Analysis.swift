// A table with the sums that its figures share.

/// A table of ratings prepared for computing: its patterns as level counts, and the sums over its cases.
struct Analysis {
  let table: RatingTable
  let profile: CaseProfile
  let sums: Sums

  /// - Parameters:
  ///   - hasPairs: whether the sums hold level against level, as all coefficients of few levels need.
  ///   - hasMargins: whether they hold each reader's use of the levels.
  init(_ table: RatingTable, hasPairs: Bool = true, hasMargins: Bool = true) {
    self.table = table
    profile = CaseProfile(table)
    let layout = Sums.Layout(q: profile.q, r: hasMargins ? profile.r : 0, hasPairs: hasPairs)
    sums = Sums(layout: layout, values: [Double](repeating: 0, count: layout.count)).adding(table, profile)
  }

  /// What each pattern adds to the sums, for those who sum again and again.
  var contributions: Contributions { Contributions(table, profile, sums.layout) }
}

extension RatingTable {
  /// The same cases without regard to which reader said what: patterns with equal level counts are one.
  ///
  /// Most coefficients ask for no more, and there are far fewer such patterns: of 100,000 cases of 50 readers a few
  /// thousand instead of 100,000.
  var withoutReaders: RatingTable { merged(levels: levels, scale: scale, positive: positive) { $0.sorted() } }

  /// The same cases and patients with other codes for their patterns; those that become alike are one.
  func merged(
    levels: [String], scale: RatingScale, positive: Int?, _ codes: (ArraySlice<Int32>) -> [Int32]
  ) -> RatingTable {
    var known: [[Int32]: Int] = [:]
    var all: [Int32] = []
    var counts: [Int] = []
    let places = self.counts.indices.map { p -> Int in
      let key = codes(code(of: p))
      let place = known[key] ?? counts.count
      if place == counts.count {
        known[key] = place
        all += key
        counts.append(0)
      }
      counts[place] += self.counts[p]
      return place
    }
    return RatingTable(
      readers: readers, levels: levels, scale: scale, positive: positive, readersPerCase: readersPerCase, codes: all,
      counts: counts, units: units.mapped { places[$0] })
  }
}
