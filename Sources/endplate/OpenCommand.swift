// Opens the workstation on a study.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import Grid
import ReviewCore
import Terminal
import Workstation

struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open the workstation (what endplate does without a command).")

  @OptionGroup var study: StudyOptions
  @OptionGroup var display: DisplayOptions

  /// Words that name no command arrive here.
  @Argument(help: .hidden) var strays: [String] = []

  func run() throws {
    if let stray = strays.first { throw Self.failure(about: stray) }
    let access = StudyAccess()
    let (store, path) = try access.open(study)
    Places.remember(URL(filePath: path).standardizedFileURL.path, in: access.places.lastStudy)
    try access.sitting(store, path, display).run()
  }

  private static func failure(about stray: String) -> Failure {
    if FileManager.default.fileExists(atPath: stray) {
      return Failure(.usage, "to open the study \(stray) say: endplate --study \(stray)")
    }
    return Endplate.noCommand(stray)
  }
}

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Open a personal copy of the published study, the practice study or the constructed cases.")

  @Flag(help: "The practice study, with made-up readings by R1, R2 and R3.")
  var practice = false

  @Flag(help: "Four cases constructed for teaching, to stand beside the published ones.")
  var controls = false

  @Flag(help: "Throw the personal copy away and start again.")
  var reset = false

  @Option(name: .customLong("as"), help: ArgumentHelp("Who you are in the study.", valueName: "id"))
  var principal: String?

  @OptionGroup var display: DisplayOptions

  func validate() throws {
    if practice, controls { throw ValidationError("--practice and --controls are two studies; name one") }
  }

  func run() throws {
    let access = StudyAccess()
    let study: StudyAccess.Embedded = practice ? .practice : controls ? .controls : .sample
    NextStep.isOn(study.rawValue)
    let path = try access.copy(study, reset: reset)
    let store = try access.open(path, as: principal)
    try access.sitting(store, path, display).run()
  }
}
