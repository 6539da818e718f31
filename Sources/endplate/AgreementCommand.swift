// endplate agreement: how well readers agree.

import Agreement
import ArgumentParser
import Desk
import Foundation
import Interchange

struct AgreementCommand: StudyReport {
  static let configuration = CommandConfiguration(
    commandName: "agreement",
    abstract: "Say how well readers agree.",
    discussion: """
      Of a study: from the signed readings of opened cases, as they were signed, before consensus.

      With --ratings of any table: first row the names of the columns (the case, then one reader each), then one row a \
      case. A cell is a level, an empty cell a missing rating. --levels declares the levels. A table of another shape is \
      refused with the option that reads it.
      """)

  @OptionGroup var study: StudyOptions

  @Option(help: ArgumentHelp("A finding, as rim_sign, or a part of one, as t2w.iso: all its figures.", valueName: "id"))
  var finding: String?

  @Option(
    help: ArgumentHelp(
      "grras, accord: reporting sheets, of agreement and of how consensus was reached; methods: a paragraph for a paper.",
      valueName: "name"))
  var report: AgreementPaper?

  @Flag(help: "Print the readings as CSV, one row a grade; with --finding the table of ratings of that item.")
  var csv = false

  @Option(
    help: ArgumentHelp(
      "Write a forest plot to a file instead of printing; of numbers Bland-Altman plots.", valueName: "FILE.svg"),
    completion: .file())
  var svg: String?

  @Flag(help: "Replace the file of --svg if it is there already.")
  var force = false

  @OptionGroup(title: "Questions") var question: QuestionArguments

  @OptionGroup(title: "Of a table of ratings") var table: RatingsArguments

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "The seed of the resampling; the same seed gives the same intervals.")
  var seed: UInt64 = 1

  @Option(
    help:
      "How many resamples to draw for the percentile intervals beside the others; 0 for none. Of numbers none are drawn."
  )
  var resamples = 1000

  @Flag(help: "Of more than ten readers each pair in full; of more than 20 with the intervals that take long.")
  var pairs = false

  func validate() throws {
    guard (0...1_000_000).contains(resamples) else {
      throw ValidationError("--resamples takes a number from 0 to 1000000")
    }
    if svg != nil, json || csv || report != nil || question.isAsked {
      throw ValidationError(
        "--svg draws a figure of all readers instead of printing; leave out --json, --csv, --report, --reference, --by and "
          + "--collapse")
    }
    if let svg, let ending = svg.otherEnding(than: "svg") {
      throw ValidationError(
        "--svg writes a figure as SVG, and ‘.\(ending)’ is the ending of another kind of file; name it "
          + "\(svg.dropLast(ending.count))svg")
    }
    if question.isAsked, csv || report != nil {
      throw ValidationError("--reference, --by and --collapse have tables and JSON; leave out --csv and --report")
    }
    if json, report != nil { throw ValidationError("--report is prose; leave out --json") }
    guard table.ratings != nil else { return try validateStudy() }
    try validateRatings()
    if finding != nil, !table.long {
      throw ValidationError(
        "--finding names a finding of a study, or with --long of Endplate's own table of all readings")
    }
    if csv || study.study != nil || ![nil, .methods].contains(report) {
      throw ValidationError(
        "--ratings takes a table instead of a study; leave out --study and --csv, and of --report all but methods")
    }
  }

  private func validateStudy() throws {
    if table.positive != nil, question.reference == nil {
      throw ValidationError("--positive goes with --reference, or with a table of ratings (--ratings FILE.csv)")
    }
    if question.collapse != nil, finding == nil {
      throw ValidationError("--collapse takes levels of one finding together; name it with --finding ID")
    }
  }

  private func validateRatings() throws {
    if table.isOfNumbers, question.reference != nil || question.collapse != nil {
      throw ValidationError("--reference and --collapse are of levels; --scale interval has none")
    }
    if question.reference != nil, table.isOfSets || table.counts {
      throw ValidationError("--reference takes a table of single levels with a column of its own for the reference")
    }
    if question.reference != nil, table.readersPerCase != nil {
      throw ValidationError(
        "--readers-per-case is of readers compared with each other; against a reference each stands alone, so leave it out"
      )
    }
    if question.by != nil, table.transpose || table.counts {
      throw ValidationError(
        "--by takes a column of a table with cases in rows; there is none with --transpose or --counts")
    }
    if question.collapse != nil, table.isOfSets {
      throw ValidationError("--collapse takes levels together; --scale sets has none")
    }
    guard let positive = table.positive, table.levels != nil, question.collapse == nil, !table.isOfSets else { return }
    guard table.levelList.contains(positive) else {
      throw ValidationError(RatingTableError.unknownPositive(positive).message)
    }
    if question.reference == nil, table.ratingScale != .binary {
      throw ValidationError("--positive names a level of a binary scale; add --scale binary")
    }
  }

  func run(_ access: StudyAccess) throws {
    if let svg { try ExportFile.check(svg, as: "the figure", force: force) }
    let resampling = Resampling(resamples: resamples, seed: seed, isOfEveryPair: pairs)
    guard let ratings = table.ratings else {
      return try StudyAgreementRun(
        access: access, options: study, finding: finding, report: report, csv: csv, json: json, resampling: resampling,
        question: question, positive: table.positive, svg: svg.map { ($0, force) }
      ).run()
    }
    try RatingsRun(
      path: ratings, table: table, question: question, finding: finding, resampling: resampling, json: json,
      isMethods: report == .methods, svg: svg.map { ($0, force) }
    ).run()
  }
}

extension String {
  /// What stands behind the last point of a file's name, where it is not `wanted`; nil where there is no point.
  fileprivate func otherEnding(than wanted: String) -> String? {
    let ending = (self as NSString).pathExtension
    return ending.isEmpty || ending.lowercased() == wanted ? nil : ending
  }
}

private func standardError(_ text: String) { Output.tell(text) }

/// A line on standard error that says how far long work has come, once it takes more than half a second.
struct ProgressLine {
  let isShown: Bool
  private let began = ContinuousClock.now
  private var last = ""

  init(isShown: Bool) { self.isShown = isShown }

  mutating func show(_ work: String, share: Double?) {
    guard isShown, ContinuousClock.now - began > .milliseconds(500) else { return }
    let text = share.map { "\(work) \(Int($0 * 100)) %" } ?? work
    guard text != last else { return }
    last = text
    standardError("\r\u{1B}[K\(text)")
  }

  /// Takes the line away again.
  mutating func clear() {
    if !last.isEmpty { standardError("\r\u{1B}[K") }
    last = ""
  }
}
