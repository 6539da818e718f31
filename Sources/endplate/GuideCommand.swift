// Prints the guide in the terminal, a chapter at a time.

import ArgumentParser
import Desk
import Foundation
import Interchange

struct GuideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guide", abstract: "Print a chapter of the guide.",
    discussion: "Without a name it lists the chapters. To read one by pages: endplate guide grading | less")

  @Argument(help: "The chapter.", completion: .list(EmbeddedText.chapters.map(\.name)))
  var chapter: String?

  func run() throws {
    let chapters = EmbeddedText.chapters
    guard let chapter else {
      let room = chapters.map(\.name.utf8.count).max() ?? 0
      for chapter in chapters {
        Output.print(chapter.name + String(repeating: " ", count: room - chapter.name.utf8.count + 2) + chapter.about)
      }
      return
    }
    guard let found = chapters.first(where: { $0.name == chapter.lowercased() }) else {
      throw Failure(.noInput, "the guide has no chapter ‘\(chapter)’; ‘endplate guide’ lists them")
    }
    for line in PlainMarkdown.lines(of: found.text, columns: Self.columns) { Output.print(line) }
  }

  /// Of the terminal, and 100 at most: longer lines are hard to read. 80 where there is no terminal.
  private static var columns: Int {
    var window = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else { return 80 }
    return min(100, Int(window.ws_col))
  }
}
