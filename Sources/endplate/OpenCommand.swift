// Opens the workstation on a study.

import ArgumentParser
import CaseStore
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

  func run() throws {
    let access = StudyAccess()
    let (store, path) = try access.open(study)
    Places.remember(URL(filePath: path).standardizedFileURL.path, in: access.places.lastStudy)
    try Seat(store: store, path: path, places: access.places, options: display).run()
  }
}

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Open a personal copy of the published study, or of the practice study.")

  @Flag(help: "The practice study, with made-up readings by R1, R2 and R3.")
  var practice = false

  @Flag(help: "Throw the personal copy away and start anew.")
  var reset = false

  @Option(name: .customLong("as"), help: ArgumentHelp("Who you are in the study.", valueName: "id"))
  var principal: String?

  @OptionGroup var display: DisplayOptions

  func run() throws {
    let access = StudyAccess()
    let path = try access.copy(practice ? .practice : .sample, reset: reset)
    let store = try access.open(path, as: principal)
    try Seat(store: store, path: path, places: access.places, options: display).run()
  }
}
