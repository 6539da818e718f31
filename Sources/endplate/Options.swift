// Options that several commands share.

import ArgumentParser
import Desk
import Grid
import ReviewCore

struct StudyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Study file; 'sample', 'practice' and 'controls' are the embedded ones.",
      discussion:
        "Unless the command says otherwise: without it $ENDPLATE_STUDY, else the study opened last, else the sample study.",
      valueName: "file"),
    completion: .study)
  var study: String?

  @Option(name: .customLong("as"), help: ArgumentHelp("Who you are in the study.", valueName: "id"))
  var principal: String?

  @Option(help: ArgumentHelp("Read your passphrase from a file's first line.", valueName: "file"), completion: .file())
  var passphraseFile: String?
}

struct DisplayOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Theme; see 'endplate themes list'.", valueName: "name"), completion: .theme)
  var theme: String?

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Option(
    help: ArgumentHelp("Play a key script instead of reading the terminal.", valueName: "file"), completion: .file())
  var keys: String?

  @Option(
    help: ArgumentHelp("Write the last screen of a key script to a file as text.", valueName: "file"),
    completion: .file())
  var dump: String?

  @Flag(help: "Replace a file that is to be written if it is there already.")
  var force = false

  @Option(help: ArgumentHelp("Size of the screen for a key script.", valueName: "WxH"))
  var size: ScreenSize = ScreenSize(Size(width: 80, height: 24))

  var sitting: SittingOptions {
    SittingOptions(theme: theme, ascii: ascii, keys: keys, dump: dump, force: force, size: size.size)
  }
}

/// `120x40`.
struct ScreenSize: ExpressibleByArgument {
  let size: Size

  init(_ size: Size) { self.size = size }

  init?(argument: String) {
    let parts = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1], (1...1000).contains(width),
      (1...1000).contains(height)
    else { return nil }
    size = Size(width: width, height: height)
  }

  var defaultValueDescription: String { "\(size.width)x\(size.height)" }
}
