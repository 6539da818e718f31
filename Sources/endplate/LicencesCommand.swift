// Prints the licences of what is linked into the program.

import ArgumentParser
import Desk
import Interchange
import TextSafety

struct LicencesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "licences", abstract: "Print the licences of what is linked into the program.",
    discussion: "Without a name it lists them.", aliases: ["licenses"])

  @Argument(
    help: "Whose licence to print.", completion: .list(EmbeddedText.licences.map(\.name)))
  var name: String?

  @Flag(help: "Print all of them.")
  var all = false

  func run() throws {
    let licences = EmbeddedText.licences
    if all {
      for licence in licences { Output.printLines("## \(licence.name): \(licence.about)\n\n\(licence.text)\n") }
    } else if let name {
      guard let licence = licences.first(where: { $0.name == name }) else {
        throw Failure(
          .noInput,
          "nothing that is linked is called ‘\(name)’; \(thereIs(licences.map(\.name)))")
      }
      Output.printLines(licence.text)
    } else {
      let room = licences.map(\.name.utf8.count).max() ?? 0
      for licence in licences {
        Output.print(licence.name + String(repeating: " ", count: room - licence.name.utf8.count + 2) + licence.about)
      }
    }
  }
}
