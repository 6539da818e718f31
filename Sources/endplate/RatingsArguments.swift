// The options of endplate agreement that describe a table of ratings.

import Agreement
import ArgumentParser
import Foundation

/// What cells are: single levels of a scale, sets of them, or numbers.
enum CellScale: String, CaseIterable, ExpressibleByArgument { case nominal, ordinal, binary, sets, interval }

/// `--ratings` and what goes with it. Names may begin with a hyphen, as the level −1 does.
struct RatingsArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("A table of ratings instead of a study; - reads standard input.", valueName: "FILE.csv"),
    completion: .file())
  var ratings: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "All levels in their order, used or not, with commas between them; at most 1000. A level with a comma stands in "
        + "quotation marks.", valueName: "a,b,c"))
  var levels: String?

  @Option(
    help:
      "nominal, ordinal, binary, sets (members with + between them) or interval (numbers); binary of two levels, else nominal."
  )
  var scale: CellScale?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The positive level of a binary scale, the last unless said; with --reference of any, the others being negative.",
      valueName: "LEVEL"))
  var positive: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The column with the cases' names, or none; the first unless said.", valueName: "COLUMN"))
  var caseColumn: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The column that names patients: their cases are not independent.", valueName: "COLUMN"))
  var cluster: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The readers' columns; with --long those of case, reader and rating.", valueName: "A,B,C"))
  var columns: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What stands for a missing rating beside an empty cell.", valueName: "NA,.,-999"))
  var missing: String?

  @Option(help: ArgumentHelp("How many readers were to rate each case, where not all were.", valueName: "number"))
  var readersPerCase: Int?

  @Flag(help: "Numbers have a decimal comma, as 12,5.")
  var decimalComma = false

  @Flag(help: "The table has a rating a row: case, reader, rating.")
  var long = false

  @Flag(help: "The table has readers in rows and cases in columns.")
  var transpose = false

  @Flag(help: "The table has counts of two readers, level against level.")
  var counts = false

  @Option(help: "With --long, of Endplate's own table of all readings: the round.")
  var round: Int?

  var levelList: [String] { (try? RatingsOptions.list(levels ?? "")) ?? [] }
  var isOfSets: Bool { scale == .sets }
  var isOfNumbers: Bool { scale == .interval }
  /// Whether it is still to be said what the cells are.
  var lacksLevels: Bool { levels == nil && !isOfSets && !isOfNumbers }
  /// Of sets nominal, which they are as wholes.
  var ratingScale: RatingScale {
    scale.flatMap { RatingScale(rawValue: $0.rawValue) } ?? (!isOfSets && levelList.count == 2 ? .binary : .nominal)
  }

  /// The options that describe a table of ratings, and whether each is given.
  private var ofTables: [(name: String, isGiven: Bool)] {
    [
      ("--levels", levels != nil), ("--scale", scale != nil), ("--case-column", caseColumn != nil),
      ("--cluster", cluster != nil), ("--columns", columns != nil),
      ("--missing", missing != nil), ("--decimal-comma", decimalComma), ("--long", long), ("--transpose", transpose),
      ("--counts", counts),
      ("--readers-per-case", readersPerCase != nil), ("--round", round != nil),
    ]
  }

  func validate() throws {
    guard ratings != nil else {
      guard !ofTables.contains(where: \.isGiven) else {
        let names = ofTables.map(\.name)
        throw ValidationError(
          "\(names.dropLast().joined(separator: ", ")) and \(names.last ?? "") describe a table of ratings; "
            + "add --ratings FILE.csv")
      }
      return
    }
    if isOfNumbers, let option = [("--levels", levels), ("--positive", positive)].first(where: { $0.1 != nil })?.0 {
      throw ValidationError("\(option) is of levels; --scale interval reads numbers, leave it out")
    }
    guard [long, transpose, counts].filter({ $0 }).count <= 1 else {
      throw ValidationError("--long, --transpose and --counts are three shapes of a table; name one")
    }
    if transpose || counts,
      let option = ofTables.first(where: {
        $0.isGiven && ["--case-column", "--cluster", "--columns"].contains($0.name)
      })?.name
    {
      throw ValidationError(
        "\(option) names a column of a table with cases in rows; leave it out with --transpose or --counts")
    }
    if counts, isOfSets || isOfNumbers {
      throw ValidationError("--counts is a table of levels; --scale \(isOfSets ? "sets" : "interval") has none")
    }
    if counts, readersPerCase != nil {
      throw ValidationError("--counts is a table of two readers who rated every case; leave out --readers-per-case")
    }
    if let readersPerCase, readersPerCase < 2 { throw ValidationError("--readers-per-case takes a number from 2") }
    if round != nil, !long { throw ValidationError("--round chooses among the rounds of a table read with --long") }
    do {
      if let levels { _ = try RatingsOptions.list(levels) }
      if levels != nil, !isOfSets, !isOfNumbers {
        try RatingTally.check(levels: levelList, scale: ratingScale, positive: nil)
      }
      _ = try options(finding: nil)
    } catch let error as RatingTableError {
      throw ValidationError(error.message)
    } catch let error as RatingsFileError {
      throw ValidationError(error.faults.map(\.message).joined(separator: "; "))
    }
  }

  /// - Throws: `RatingsFileError` for a list that is none.
  func options(finding: String?) throws -> RatingsOptions {
    var options = RatingsOptions()
    options.form = long ? .long : transpose ? .transposed : counts ? .counts : .wide
    if let caseColumn { options.caseColumn = caseColumn == "none" ? .none : .named(caseColumn) }
    options.cluster = cluster
    options.columns = try columns.map { try RatingsOptions.list($0) } ?? []
    options.missing = try missing.map { try RatingsOptions.list($0) } ?? []
    options.readersPerCase = readersPerCase
    options.hasDecimalComma = decimalComma
    options.finding = finding
    options.round = round
    return options
  }
}
