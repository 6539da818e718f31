// What is asked of ratings beside agreement itself: against a reference, by subgroup, with levels taken together.

import Agreement
import ArgumentParser
import Foundation
import ReaderAgreement

struct QuestionArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Hold the readers against a column of the table (with --long a reader); of a study against consensus, or a fact such "
        + "as histology.", valueName: "COLUMN"))
  var reference: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Agreement in each subgroup: of a column, of a study a fact, as sex; numbers with a bound, as 'age<60'.",
      valueName: "COLUMN"))
  var by: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Take levels together, and give both agreements, as 'any=limited,extensive'; between several a ;.",
      valueName: "NAME=a,b"))
  var collapse: String?

  var isAsked: Bool { reference != nil || by != nil || collapse != nil }

  func validate() throws {
    guard reference == nil || by == nil else {
      throw ValidationError("--reference and --by are two questions; ask one at a time")
    }
    if let by, Subgrouping(by) == nil {
      throw ValidationError(
        "--by \(by) is not a name with a bound; write sex, or 'age<60' with a number behind the sign")
    }
    _ = try levelCollapse
  }

  var subgrouping: Subgrouping? { by.flatMap(Subgrouping.init) }

  var levelCollapse: LevelCollapse? {
    get throws {
      do {
        return try collapse.map { try LevelCollapse($0) }
      } catch let error as LevelCollapseError {
        throw ValidationError("--collapse: \(error.message)")
      } catch let error as RatingsFileError {
        throw ValidationError("--collapse: \(error.faults.map(\.message).joined(separator: "; "))")
      }
    }
  }
}
