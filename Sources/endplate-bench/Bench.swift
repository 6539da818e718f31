// Benchmarks: makes big studies and measures what the program does with them.

import ArgumentParser

@main struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "endplate-bench", abstract: "Make a big study and measure Endplate on it.",
    subcommands: [
      GenerateCommand.self, StoreCommand.self, ScreenCommand.self, GradingCommand.self, CodebookBenchmark.self,
      AgreementBenchmark.self,
      CoverageCommand.self, PlanCheckCommand.self,
      SeatsBenchmark.self, LinkBenchmark.self, SessionBenchmark.self,
      VerifyCommand.self, ImagesCommand.self, RepliesCommand.self, FaultsCommand.self,
    ])
}
