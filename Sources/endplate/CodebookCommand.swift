// Lists, shows and tries codebook files.

import ArgumentParser
import Codebooks
import Desk
import Interchange
import ReviewCore
import SampleCases

struct CodebookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codebook", abstract: "List, show or try codebook files; `endplate check` checks them.",
    subcommands: [List.self, Show.self, Try.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "The codebooks that come with the program.")

    func run() throws {
      for file in SampleCases.codebooks {
        let scheme = try CodebookArgument.read(InputFile(name: file.name, bytes: file.bytes))
        let source = scheme.file.source.map { "; \($0)" } ?? ""
        Output.print("\(scheme.file.id)  version \(scheme.file.version)  \(scheme.file.title)\(source)")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "The data dictionary of a codebook.")

    @OptionGroup var codebook: CodebookArgument

    @Option(help: "text, markdown or csv.")
    var format = CodebookDictionary.Format.text

    @Flag(help: "The file itself, to begin another version or a codebook of your own with.")
    var source = false

    func run() throws {
      Output.printLines(source ? try codebook.text() : CodebookDictionary.text(try codebook.scheme(), format))
    }
  }

  struct Try: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "try", abstract: "What a codebook's rules and checks say of some grades.",
      discussion: "Nothing is recorded. What can still change a rule's answer is named.")

    @OptionGroup var codebook: CodebookArgument

    @Argument(help: ArgumentHelp("finding=level, or per place finding=PLACE:level,…", valueName: "grade"))
    var grades: [String] = []

    @Option(
      help: ArgumentHelp("A series that was not acquired; once for each.", valueName: "series"),
      completion: .list(MRSequence.allCases.map(\.rawValue)))
    var notAcquired: [String] = []

    @Flag(help: "Compare the follow-up with the examination before it, not with the baseline.")
    var previous = false

    func run() throws {
      let scheme = try codebook.scheme()
      do {
        let lines = try CodebookTrial.lines(
          scheme, grades: grades, notAcquired: notAcquired, againstPrevious: previous)
        for line in lines { Output.print(line) }
      } catch { throw Failure(.badData, error.description) }
    }
  }
}

struct CodebookArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp("A codebook file, or the id of one that comes with the program.", valueName: "file|id"),
    completion: .codebook)
  var codebook: String

  func scheme() throws -> Scheme { try Self.read(Self.file(codebook)) }

  /// The file, once it is known to be a codebook.
  func text() throws -> String {
    let file = try Self.file(codebook)
    _ = try Self.read(file)
    return String(decoding: file.bytes, as: UTF8.self)
  }

  /// The codebook of a study from a file, or from one that comes with the program.
  static func codebook(_ name: String) throws -> Codebook {
    let outcome = CodebookReader.codebook(try file(name))
    for fault in outcome.faults { Output.error(fault.description) }
    guard let codebook = outcome.value else {
      throw Failure(.badData, "the codebook cannot be used; correct the faults above")
    }
    return codebook
  }

  private static func file(_ codebook: String) throws -> InputFile {
    for file in SampleCases.codebooks {
      let name = file.name.replacing(".yaml", with: "")
      if name.isSameID(as: codebook) { return InputFile(name: file.name, bytes: file.bytes) }
    }
    return try load(codebook)
  }

  private static func load(_ codebook: String) throws -> InputFile {
    do {
      return try InputFile.load(codebook)
    } catch {
      guard case .missing = error else { throw error }
      let ids = SampleCases.codebooks.map { $0.name.replacing(".yaml", with: "") }.joined(separator: ", ")
      throw Failure(.noInput, "there is no file ‘\(codebook)’, and no codebook of that id; known: \(ids)")
    }
  }

  static func read(_ file: InputFile) throws -> Scheme {
    let outcome = CodebookReader.read(file)
    for fault in outcome.faults { Output.error(fault.description) }
    guard let scheme = outcome.value else {
      throw Failure(.badData, "the codebook cannot be used; correct the faults above")
    }
    return scheme
  }
}

extension CodebookDictionary.Format: ExpressibleByArgument {}
