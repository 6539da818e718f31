// The agreement of a study's readers: from signed readings of opened rounds, as signed, before any consensus.

import Agreement
import ReviewCore

package struct StudyAgreement: Sendable {
  /// Why there is nothing to compute. Nothing is ever put in the place of readings that are not there.
  package enum Absence: Hashable, Sendable {
    /// The readers read together.
    case joint
    case nothingOpened
    case oneReader

    package var words: String {
      switch self {
      case .joint:
        "the readers of this study read together (joint protocol), so there are no single readings to compare; its "
          + "agreed or published grades are not used in their place"
      case .nothingOpened:
        "no case is open yet; agreement is computed from the signed readings of opened cases, as they were signed"
      case .oneReader: "one reader alone has signed in one round; agreement needs two readers, or two rounds"
      }
    }
  }

  package let study: Study
  package let readers: [PrincipalID]
  /// Those of which some case is open, ascending.
  package let rounds: [Int]
  /// By comparison, then in the order of the codebook; without findings that nobody graded.
  package let findings: [FindingRatings]
  package let absence: Absence?

  /// - Parameters:
  ///   - readers: those of the study, in its order; columns of every table.
  ///   - opened: what the store gives out for statistics.
  /// - Throws: `RatingTableError` where the readers' names cannot be told apart in pairs.
  package init(_ study: Study, readers: [PrincipalID], opened: [OpenedCase]) throws {
    self.study = study
    self.readers = readers
    let hasReadings = opened.filter { $0.readings.contains(where: \.state.isSigned) }
    let rounds = Set(hasReadings.map(\.round)).sorted()
    self.rounds = rounds
    let comparisons: [Comparison] =
      (readers.count < 2 ? [] : rounds.map { .readers(round: $0) })
      + (rounds.count < 2 ? [] : readers.map { .rounds(of: $0) })
    absence =
      study.studyProtocol.mode == .joint
      ? .joint : rounds.isEmpty ? .nothingOpened : comparisons.isEmpty ? .oneReader : nil
    guard absence == nil else {
      findings = []
      return
    }
    findings = try comparisons.flatMap { comparison in
      try study.codebook.findings.compactMap { finding in
        let sheet = RatingSheet(finding, comparison, readers: readers, rounds: rounds, opened: hasReadings)
        guard sheet.values.joined().contains(where: { $0 != nil }) else { return nil }
        return try FindingRatings(sheet)
      }
    }
  }

  /// The key of the figure that stands first: the protocol's, or what comes nearest to it on the scale of an item.
  package func primary(of item: RatedItem) -> String {
    guard !item.isSetValued else { return "krippendorff_alpha.jaccard" }
    let named = study.studyProtocol.primaryStatistic
    guard item.table.scale != .ordinal, let dot = named.lastIndex(of: ".") else { return named }
    let stem = String(named[..<dot])
    switch named[named.index(after: dot)...] {
    case "linear", "quadratic": return "\(stem).unweighted"
    case "ordinal": return "\(stem).nominal"
    default: return named
    }
  }

  /// The finding, or the items, that a person names: `rim_sign`, `rim`, `t2w.iso`.
  package func items(named name: String) -> [(FindingRatings, [RatedItem])] {
    let finding = study.codebook.finding(named: name)?.id
    return findings.compactMap { ratings in
      let items = ratings.allItems.filter { finding == ratings.finding.id || $0.id == name }
      return items.isEmpty ? nil : (ratings, items)
    }
  }
}
