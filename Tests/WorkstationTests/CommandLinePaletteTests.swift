// What is done on the command line alone, as the palette tells of it.

import Interchange
import ReviewCore
import SampleCases
import TestSupport
import Testing

@testable import Workstation

@Suite struct CommandLinePaletteTests {
  @Test func theCoordinatorFindsWhatIsDoneOnTheCommandLine() throws {
    let sample = try SampleStudies.practice(SampleCases.files)
    var coordinator = Bench(sample, 80, 24, as: sample.principals.first { $0.role == .coordinator })
    coordinator.press(":hand a case")
    #expect(coordinator.frame().text.contains("command line: hand a case over to another reader"))
    coordinator.press("⏎")
    #expect(
      coordinator.state.message?.text
        == "on the command line: endplate study hand-over CASE --from R1 --to R2 --reason …")
    for command in Commands.elsewhere {
      coordinator.press(":" + command.title.replacing("command line: ", with: ""))
      #expect(coordinator.frame().text.contains(command.title), "\(command.title)")
      coordinator.press("⎋")
    }
    // Nobody else has them.
    var reader = try Bench.practice()
    reader.press(":command line")
    #expect(reader.frame().text.contains("no command matches"))
  }
}
