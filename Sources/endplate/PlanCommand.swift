// endplate plan: how many cases a study of agreement needs.

import Agreement
import ArgumentParser
import Desk

extension CasePlan.Figure: ExpressibleByArgument {}

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Say how many cases a study of agreement needs.",
    discussion: """
      From the width that the 95 % interval is to have and the value that is expected. Prints the sentence for GRRAS \
      item 6, as the study file takes it (protocol, sample_size).

      endplate plan kappa --value 0.6 --width 0.3 --readers 3 --prevalence 0.3
      endplate plan icc --value 0.8 --width 0.2 --readers 3
      """)

  @Argument(help: "ac1, kappa, icc or proportion.")
  var figure: CasePlan.Figure

  @Option(help: "The value that is expected, from 0 to below 1.")
  var value: Double

  @Option(help: "How far apart the ends of the interval may be.")
  var width: Double

  @Option(help: "2 to 6; of ac1, kappa and icc. 3 unless said.")
  var readers: Int?

  @Option(
    help: ArgumentHelp(
      "Of ac1 and kappa: the share of ratings of the level asked about, or of all levels with commas between them.",
      valueName: "0.3|0.5,0.3,0.2"))
  var prevalence: String?

  private var shares: [Double?] {
    (prevalence ?? "").split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
  }

  func validate() throws {
    let isOfLevels = figure == .ac1 || figure == .kappa
    if isOfLevels, prevalence == nil {
      throw ValidationError(
        "\(figure.rawValue) depends on how common levels are; add --prevalence, as 0.3 or 0.5,0.3,0.2 of all levels")
    }
    if !isOfLevels, prevalence != nil {
      throw ValidationError("--prevalence is of levels; leave it out of \(figure.rawValue)")
    }
    if figure == .proportion, readers != nil {
      throw ValidationError("a proportion is of cases, however many readers; leave out --readers")
    }
    if isOfLevels, shares.contains(nil) {
      throw ValidationError("--prevalence takes numbers with a point, as 0.3 or 0.5,0.3,0.2")
    }
  }

  func run() throws {
    let plan: CasePlan
    do throws(CasePlanError) {
      plan = try CasePlan(
        figure, value: value, width: width, readers: readers ?? 3,
        shares: prevalence == nil ? [] : shares.compactMap { $0 })
    } catch {
      throw Failure(.usage, error.message)
    }
    Output.printLines(plan.text(program: "Endplate \(Program.version)"))
  }
}
