// What simulated studies of the planned number of cases get.

import Agreement
import ArgumentParser

struct PlanCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Check by simulation what `endplate plan` says.",
    discussion:
      "For each plan the mean width of the intervals of simulated studies, which should be the one wished for, and "
      + "the share of intervals that hold the value.")

  @Option(help: "How many studies to simulate for each plan.")
  var studies = 1000

  func validate() throws {
    guard studies > 0 else { throw ValidationError("--studies takes a number from 1") }
  }

  func run() throws {
    print("figure      value readers  levels            wished  cases   width  holding")
    for figure in CasePlan.Figure.allCases {
      for (value, shares) in [(0.5, [0.5, 0.5]), (0.7, [0.7, 0.3]), (0.8, [0.85, 0.15]), (0.7, [0.5, 0.3, 0.2])] {
        for (readers, width) in [(2, 0.3), (3, 0.2), (6, 0.2)] { try check(figure, value, readers, shares, width) }
      }
    }
  }

  private func check(
    _ figure: CasePlan.Figure, _ value: Double, _ readers: Int, _ shares: [Double], _ width: Double
  ) throws {
    let isOfLevels = figure == .ac1 || figure == .kappa
    // Without levels all lists of them are the same plan, and a proportion is of no readers.
    if !isOfLevels, shares.count > 2 || figure == .proportion && readers == 6 { return }
    guard
      let plan = try? CasePlan(figure, value: value, width: width, readers: readers, shares: isOfLevels ? shares : [])
    else { return }
    let outcome = try plan.simulated(studies: studies)
    let columns: [(String, Int)] = [
      (figure.rawValue, -12), ("\(value)", -6), (figure == .proportion ? "" : "\(readers)", -9),
      (isOfLevels ? shares.map { "\($0)" }.joined(separator: " ") : "", -18), ("\(width)", 6), ("\(plan.cases)", 7),
      (thousandths(outcome.width), 8), (thousandths(outcome.holding), 9),
    ]
    print(
      columns.map { text, width in
        let blanks = String(repeating: " ", count: max(abs(width) - text.count, 0))
        return width < 0 ? text + blanks : blanks + text
      }.joined())
  }

  private func thousandths(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}
