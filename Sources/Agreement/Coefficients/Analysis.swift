// A table with the sums that its figures share.

/// A table of ratings prepared for computing: its patterns as level counts, their contributions and the sums.
struct Analysis {
  let table: RatingTable
  let profile: CaseProfile
  let contributions: Contributions
  let sums: Sums

  /// - Parameter hasPairs: whether the sums hold level against level, as all coefficients of few levels need.
  init(_ table: RatingTable, hasPairs: Bool = true) {
    self.table = table
    profile = CaseProfile(table)
    contributions = Contributions(table, profile, hasPairs: hasPairs)
    sums = contributions.sums(table.counts)
  }
}
