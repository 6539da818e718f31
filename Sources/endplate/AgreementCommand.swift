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

  @Option(help: ArgumentHelp("grras: a reporting sheet; methods: a paragraph for a paper.", valueName: "name"))
  var report: AgreementPaper?

  @Flag(help: "Print the readings as CSV, one row a grade; with --finding the table of ratings of that item.")
  var csv = false

  @Option(
    help: ArgumentHelp(
      "Write a forest plot to a file instead of printing; of numbers Bland-Altman plots.", valueName: "FILE.svg"))
  var svg: String?

  @Flag(help: "Replace the file of --svg if it is there already.")
  var force = false

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
    if svg != nil, json || csv || report != nil {
      throw ValidationError("--svg draws a figure instead of printing; leave out --json, --csv and --report")
    }
    guard table.ratings != nil else { return }
    if finding != nil, !table.long {
      throw ValidationError(
        "--finding names a finding of a study, or with --long of Endplate's own table of all readings")
    }
    if report != nil || csv || study.study != nil {
      throw ValidationError("--ratings takes a table instead of a study; leave out --study, --report and --csv")
    }
  }

  func run(_ access: StudyAccess) throws {
    if let svg { try ExportFile.check(svg, as: "the figure", force: force) }
    let resampling = Resampling(resamples: resamples, seed: seed, isOfEveryPair: pairs)
    guard let ratings = table.ratings else {
      return try StudyAgreementRun(
        access: access, options: study, finding: finding, report: report, csv: csv, json: json, resampling: resampling,
        svg: svg.map { ($0, force) }
      ).run()
    }
    var progress = ProgressLine(isShown: isatty(STDERR_FILENO) == 1)
    let file = try RatingsInput(arguments: table, finding: finding).read(ratings, &progress)
    let report = file.agreement(resampling: resampling) { progress.show("intervals", share: $0) }
    progress.clear()
    for note in file.notes { Output.error("\(RatingsInput.title(ratings)): note: \(note)") }
    if let svg { return try write(file, report, to: svg) }
    Output.printLines(json ? report.json : report.text(isOfEveryPair: pairs))
  }
}

extension AgreementCommand {
  private func write(_ file: RatingsFile, _ report: AgreementReport, to path: String) throws {
    let figure =
      if case .numbers(let numbers) = file.content {
        AgreementPlots.blandAltman(numbers, report).svg()
      } else {
        AgreementPlots.forest([("", report)]).svg()
      }
    try ExportFile.write(figure, to: path, as: "the figure", force: force)
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
