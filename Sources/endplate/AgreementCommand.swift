// endplate agreement: how well readers agree.

import Agreement
import ArgumentParser
import Desk
import Foundation

struct AgreementCommand: StudyReport {
  static let configuration = CommandConfiguration(
    commandName: "agreement",
    abstract: "Say how well readers agree.",
    discussion: """
      Of a study: from the signed readings of opened cases, as they were signed, before consensus.

      With --ratings of any table: first row the names of the columns (the case, then one reader each), then one row a \
      case. A cell is a level, an empty cell a missing rating. --levels declares the levels.
      """)

  @OptionGroup var study: StudyOptions

  @Option(help: ArgumentHelp("A finding, as rim_sign, or a part of one, as t2w.iso: all its figures.", valueName: "id"))
  var finding: String?

  @Option(help: ArgumentHelp("grras: a reporting sheet; methods: a paragraph for a paper.", valueName: "name"))
  var report: AgreementPaper?

  @Flag(help: "Print the readings as CSV, one row a grade; with --finding the table of ratings of that item.")
  var csv = false

  @Option(help: ArgumentHelp("A table of ratings instead of a study.", valueName: "FILE.csv"))
  var ratings: String?

  @Option(help: ArgumentHelp("All levels in their order, used or not, with commas between them.", valueName: "a,b,c"))
  var levels: String?

  @Option(help: "nominal, ordinal or binary; binary where two levels are declared, else nominal.")
  var scale: RatingScale?

  @Option(help: ArgumentHelp("The positive level of a binary scale; the last unless said.", valueName: "LEVEL"))
  var positive: String?

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "The seed of the resampling; the same seed gives the same intervals.")
  var seed: UInt64 = 1

  @Option(help: "How many resamples to draw for the percentile intervals beside the others; 0 for none.")
  var resamples = 1000

  @Flag(help: "Of more than ten readers each pair in full; of more than 20 with the intervals that take long.")
  var pairs = false

  /// The exit status for a file that cannot be opened.
  private static let statuses: [Int32: Int32] = [ENOENT: 66, ENOTDIR: 66, EACCES: 77, EPERM: 77]

  private var levelList: [String] {
    (levels ?? "").split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }
  private var usedScale: RatingScale { scale ?? (levelList.count == 2 ? .binary : .nominal) }

  func validate() throws {
    guard (0...1_000_000).contains(resamples) else {
      throw ValidationError("--resamples takes a number from 0 to 1000000")
    }
    guard ratings != nil else {
      if levels != nil || scale != nil || positive != nil {
        throw ValidationError("--levels, --scale and --positive describe a table of ratings; add --ratings FILE.csv")
      }
      return
    }
    if finding != nil || report != nil || csv || study.study != nil {
      throw ValidationError(
        "--ratings takes a table instead of a study; leave out --study, --finding, --report and --csv")
    }
    guard levels != nil else { throw ValidationError("--ratings needs --levels, all levels with commas between them") }
    do {
      try RatingTally.check(levels: levelList, scale: usedScale, positive: positive)
    } catch let error as RatingTableError {
      throw ValidationError(error.message)
    }
    if positive != nil, usedScale != .binary {
      throw ValidationError("--positive names a level of a binary scale; add --scale binary")
    }
  }

  func run(_ access: StudyAccess) throws {
    let resampling = Resampling(resamples: resamples, seed: seed, isOfEveryPair: pairs)
    guard let ratings else {
      return try StudyAgreementRun(
        access: access, options: study, finding: finding, report: report, csv: csv, json: json, resampling: resampling
      ).run()
    }
    var progress = ProgressLine(isShown: isatty(STDERR_FILENO) == 1)
    let file = try read(ratings, &progress)
    var report = file.table.agreement(resampling: resampling) { progress.show("resampling", share: $0) }
    progress.clear()
    report.notes = file.notes
    for note in file.notes { standardError("\(ratings): note: \(note)\n") }
    FileHandle.standardOutput.write(Data((json ? report.json : report.text(isOfEveryPair: pairs)).utf8))
  }

  /// Reads the file, or ends with the exit status of what went wrong.
  private func read(_ ratings: String, _ progress: inout ProgressLine) throws -> RatingsFile {
    let descriptor = open(ratings, O_RDONLY)
    guard descriptor >= 0 else {
      let number = errno
      let reason = number == ENOENT ? "there is no such file" : String(cString: strerror(number))
      throw failure("\(ratings): error: \(reason)\n", Self.statuses[number] ?? 74)
    }
    defer { close(descriptor) }
    var information = stat()
    let size = fstat(descriptor, &information) == 0 ? Int(information.st_size) : 0
    var line = progress
    defer { progress = line }
    do {
      return try RatingsFile(
        levels: levelList, scale: usedScale, positive: positive,
        progress: { bytes in line.show("reading", share: size > 0 ? Double(bytes) / Double(size) : nil) },
        source: { buffer in
          let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
          guard count >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
          return count
        })
    } catch let error as RatingsFileError {
      line.clear()
      throw failure(error.lines(fileName: ratings).joined(separator: "\n") + "\n", 65)
    } catch let error as POSIXError {
      line.clear()
      throw failure("\(ratings): error: \(String(cString: strerror(error.code.rawValue)))\n", 74)
    }
  }

  private func failure(_ message: String, _ status: Int32) -> ExitCode {
    standardError(message)
    return ExitCode(status)
  }
}

extension RatingScale: ExpressibleByArgument {}

private func standardError(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

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
