// The agreement of a study's readers: from signed readings of opened rounds, as signed, before any consensus.

import Agreement
import ReviewCore

package struct StudyAgreement: Sendable {
  /// Why there is nothing to compute. Nothing is ever put in the place of readings that are not there.
  package enum Absence: Hashable, Sendable {
    /// The readers read together.
    case joint
    case nothingOpened
    /// All readings that are open were imported, and the protocol does not count those.
    case importedLeftOut
    case oneReader

    package var words: String {
      switch self {
      case .joint:
        "the readers of this study read together (joint protocol), so there are no single readings to compare; its "
          + "agreed or published grades are not used in their place"
      case .nothingOpened:
        "no case is open yet; agreement is computed from the signed readings of opened cases, as they were signed"
      case .importedLeftOut:
        "the open cases have imported readings alone, and the protocol leaves imported readings out of the agreement "
          + "(counts_imported: no)"
      case .oneReader: "one reader alone has signed in one round; agreement needs two readers, or two rounds"
      }
    }

    /// What to do about it.
    ///
    /// - Parameter command: how a command of the program is written out.
    package func cure(_ command: (String) -> String = { "endplate \($0)" }) -> String {
      switch self {
      case .joint: "agreement of any table of ratings: endplate agreement --ratings FILE.csv --levels a,b,c"
      case .nothingOpened:
        "open a case that all its readers have signed: \(command("consensus open CASE")), or on the screen c on it and then O"
      case .importedLeftOut:
        "open a case that readers have signed here; a study whose description says counts_imported: yes counts imported readings"
      case .oneReader: "let a second reader read, or plan a second round"
      }
    }
  }

  package let study: Study
  /// Those of the study, and those of counted imported readings.
  package let readers: [PrincipalID]
  /// How many of the readings compared were made elsewhere and imported.
  package let importedReadings: Int
  /// Those of which some case is open, ascending.
  package let rounds: [Int]
  /// How many cases are open, with signed readings.
  package let cases: Int
  /// By comparison, then in the order of the codebook; without findings that nobody graded.
  package let findings: [FindingRatings]
  package let absence: Absence?

  /// - Parameters:
  ///   - readers: those of the study, in its order; columns of every table.
  ///   - opened: what the store gives out for statistics.
  /// - Throws: `RatingTableError` where the readers' names cannot be told apart in pairs.
  package init(_ study: Study, readers: [PrincipalID], opened: [OpenedCase]) throws {
    self.study = study
    let counts: (Reading) -> Bool = {
      study.studyProtocol.countsImported ? $0.state.isFinal : $0.state.isSigned
    }
    let hasReadings = opened.map { entry in
      var counted = entry
      counted.readings = entry.readings.filter(counts)
      return counted
    }.filter { !$0.readings.isEmpty }
    let imported = hasReadings.flatMap(\.readings).filter(\.state.isImported)
    importedReadings = imported.count
    // Where everything was read elsewhere, who was to read here has no column.
    let own =
      imported.isEmpty
      ? readers : readers.filter { id in hasReadings.contains { $0.readings.contains { $0.reader == id } } }
    let readers = own + Set(imported.map(\.reader)).subtracting(own).sorted()
    self.readers = readers
    let rounds = Set(hasReadings.map(\.round)).sorted()
    self.rounds = rounds
    cases = Set(hasReadings.map(\.id)).count
    let comparisons: [Comparison] =
      (readers.count < 2 ? [] : rounds.map { .readers(round: $0) })
      + (rounds.count < 2 ? [] : readers.map { .rounds(of: $0) })
    absence =
      study.studyProtocol.mode == .joint
      ? .joint
      : rounds.isEmpty
        ? (opened.contains { $0.readings.contains(where: \.state.isImported) } ? .importedLeftOut : .nothingOpened)
        : comparisons.isEmpty ? .oneReader : nil
    guard absence == nil else {
      findings = []
      return
    }
    findings = try comparisons.flatMap { comparison in
      let compared = study.codebook.findings.filter(\.isCompared)
      let places = Dictionary(grouping: compared.filter { $0.cell != nil }, by: { $0.whole.id })
      return try compared.compactMap { finding in
        func sheet(_ finding: Finding) -> RatingSheet {
          RatingSheet(finding, study.codebook, comparison, readers: readers, rounds: rounds, opened: hasReadings)
        }
        guard let cells = places[finding.whole.id] else {
          let sheet = sheet(finding)
          return sheet.values.joined().contains { $0 != nil } ? try FindingRatings(sheet) : nil
        }
        // Once for all places, where the first of them stands.
        guard cells.first?.id == finding.id else { return nil }
        return try FindingRatings(places: cells.map(sheet))
      }
    }
  }

  /// The keys that a protocol may name; linear and quadratic weights follow the order of the levels.
  package static let primaryStatistics: [String] =
    ["gwet_ac", "fleiss_kappa", "conger_kappa", "brennan_prediger", "percent_agreement"].flatMap { figure in
      Weighting.allCases.map { "\(figure).\($0.rawValue)" }
    } + ["krippendorff_alpha.nominal", "krippendorff_alpha.ordinal", "light_kappa"]

  /// The key of the figure that stands first: the protocol's, or what comes nearest to it on the scale of an item.
  package func primary(of item: RatedItem) -> String { item.key(nearest: study.studyProtocol.primaryStatistic) }

  /// The finding, or the items, that a person names: `rim_sign`, `rim`, `t2w.iso`.
  package func items(named name: String) -> [(FindingRatings, [RatedItem])] {
    let finding = study.codebook.finding(named: name)?.id
    return findings.compactMap { ratings in
      let items = ratings.allItems.filter { finding == ratings.finding.id || $0.id == name }
      return items.isEmpty ? nil : (ratings, items)
    }
  }
}
