// The readings behind the agreement as CSV: one row a grade, or one table a finding.

import Foundation
import ReaderAgreement
import ReviewCore
import TextSafety

package enum RatingsExport {
  /// The columns of `long`, with what stands in them.
  package static let columns: [(name: String, about: String)] = [
    ("case", "the case's id"),
    ("examination", "`baseline`, or the months of a follow-up"),
    ("round", "from 1"),
    ("reader", "the reader's id; a letter where `named` is `no`"),
    (
      "named",
      "`yes`, or `no`: the reader is a letter, another person in each case, until the consensus of the case is recorded"
    ),
    ("origin", "`here`, or `imported`: read elsewhere"),
    ("made_in", "the id of the study in which it was made, or what was said of that when it was imported"),
    ("version", "of the signed reading, from 1; an amendment makes the next one; empty where the reader is a letter"),
    ("signed", "when it was signed, UTC, imported ones as it was given; empty where the reader is a letter"),
    ("finding", "the finding's id"),
    ("comparator", "what a follow-up is compared with: `baseline` or `previous`"),
    ("status", "`graded`, `not assessable`, `not acquired`, `not asked`, `not graded`"),
    ("value", "level ids, sites, or bone:level, with commas between them; none where no bone is"),
    ("code", "the levels' places in the codebook, from 1, with + between them; of sites and bones their ids"),
    ("label", "the value in words"),
    ("bone", "of rim and halo: where it was seen"),
    ("confidence", "1 to 5, where the protocol asks"),
  ]

  /// One row for each case, examination, round, reader and finding of the opened cases; grades as signed.
  ///
  /// - Parameters:
  ///   - id: the study's own.
  ///   - hasNotes: adds a column `note`, of free text.
  package static func long(_ study: Study, id: String, _ opened: [OpenedCase], hasNotes: Bool = false) -> String {
    let asked = AskedElsewhere(opened, study.codebook)
    let grades = opened.flatMap { entry in
      readings(entry).flatMap { reading in
        study.codebook.reported(reading).flatMap { rows(entry, reading, $0, id, asked, hasNotes) }
      }
    }
    return Escape.csv([columns.map(\.name) + (hasNotes ? ["note"] : [])] + grades)
  }

  /// In the order of the names: that of the study would tell whose letter is which.
  private static func readings(_ entry: OpenedCase) -> [Reading] {
    let signed = entry.readings.filter(\.state.isSigned)
    let here =
      entry.names.areKnown
      ? signed : entry.names.order.flatMap { reader in signed.filter { $0.reader == reader } }
    return here + entry.readings.filter(\.state.isImported)
  }

  /// A finding that was not graded against the baseline has a row that says so; against the previous examination only
  /// what was graded.
  private static func rows(
    _ entry: OpenedCase, _ reading: Reading, _ finding: Finding, _ id: String, _ asked: AskedElsewhere, _ hasNotes: Bool
  ) -> [[String]] {
    let isNamed = reading.state.isImported || entry.names.areKnown
    return Comparator.allCases.compactMap { comparator in
      let grade = reading.grades[GradeKey(reading.examination, finding.id, comparator: comparator)]
      guard grade != nil || comparator == .baseline else { return nil }
      let answer = grade.flatMap { $0.value.isAnswer ? $0.value : nil }
      let status = grade.map { $0.value.isAnswer ? "graded" : finding.words($0.value) }
      return [
        entry.id.rawValue, reading.examination.rawValue, "\(entry.round)", entry.title(of: reading),
        isNamed ? "yes" : "no",
        reading.state.isImported ? "imported" : "here", reading.madeIn(id),
        isNamed ? "\(reading.version)" : "", isNamed ? reading.signedText : "",
        finding.id.rawValue, comparator.rawValue,
        status ?? asked.missing(finding, in: reading).title, answer?.text ?? "",
        answer.map { code($0, finding) } ?? "", answer.map(finding.words) ?? "", grade?.bone?.rawValue ?? "",
        grade?.confidence.map(String.init) ?? "",
      ] + (hasNotes ? [grade?.note ?? ""] : [])
    }
  }

  private static func code(_ value: GradeValue, _ finding: Finding) -> String {
    switch value {
    case .level, .levels: value.levelIDs.map(finding.code).joined(separator: "+")
    case .sites([]), .map([:]): finding.codeOfNone
    case .sites(let sites): sites.map(\.id).joined(separator: "+")
    case .map(let changes):
      changes.sorted { $0.key < $1.key }.map { "\($0.key.rawValue):\(finding.code($0.value))" }.joined(separator: "+")
    case .number: value.text
    case .notAssessable, .notAcquired: ""
    }
  }

  /// The table of ratings of one item, as `endplate agreement --ratings` reads it with `--cluster patient`: a row an
  /// examination, whose patient stands beside it, a column a reader, an empty cell for what is missing. Units whose readers
  /// are letters have no columns to stand in.
  package static func matrix(_ item: RatedItem) -> String {
    Escape.csv(
      [["examination", "patient"] + item.columns]
        + zip(item.units, item.cells).filter { !item.unnamed.contains($0.0) }.map { unit, cells in
          [unit.title, unit.caseID.rawValue] + cells.map { $0 ?? "" }
        })
  }
}
