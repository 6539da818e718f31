// Commands on case files and study files: check, import, backup, study.

import ArgumentParser
import CaseStore
import Desk
import Foundation
import Interchange
import ReviewCore
import TextSafety

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check case, study, teaching, codebook and map files; every fault with its place.")

  @Argument(help: "Files.", completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "The codebook of the study that the files are for, where it is not the built-in one.", valueName: "file|id"),
    completion: .codebook)
  var codebook: String?

  func run() throws {
    let codebook = try codebook.map(CodebookArgument.codebook) ?? .vertebralOsteomyelitis
    let loaded = try files.map { try InputFile.load($0) }
    let faults = FileCheck.faults(loaded, codebook: codebook) + PictureCheck.faults(loaded, codebook: codebook)
    for fault in faults { Output.print(fault.description) }
    guard !faults.contains(where: { $0.severity == .error }) else { throw Failure(.badData, nil) }
    let warnings = faults.isEmpty ? "" : ", \(faults.count == 1 ? "1 warning" : "\(faults.count) warnings")"
    Output.print("\(files.count == 1 ? "1 file" : "\(files.count) files"): no faults\(warnings)")
  }
}

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Add or update cases, or take readings from elsewhere; all or nothing.",
    discussion: "Without a word before the files they are case files.",
    subcommands: [Cases.self, ImportReadingsCommand.self], defaultSubcommand: Cases.self)

  struct Cases: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cases", abstract: "Add or update cases, all or nothing.")

    @OptionGroup var study: StudyOptions

    @Argument(help: "Case files.", completion: .file())
    var files: [String]

    @Flag(
      help: ArgumentHelp(
        "You looked at the pictures that the files name: no text is burned into them that says whose they are."))
    var lookedThrough = false

    func run() throws {
      let (store, path) = try StudyAccess().open(study)
      let outcome = try CaseFileReader.read(files.map { try InputFile.load($0) }, codebook: store.study().codebook)
      for fault in outcome.faults { Output.error(fault.description) }
      guard let cases = outcome.value else { throw Failure(.badData, "nothing was imported; correct the faults above") }
      if try !store.study().studyProtocol.keepsDates {
        let dated = cases.map(\.patientCase).filter { $0 != $0.withoutDates }
        for patientCase in dated {
          Output.error(
            "case \(patientCase.id): its dates were turned into days and months after the baseline and are not kept; a "
              + "study keeps them whose protocol says ‘keeps_dates: yes’")
        }
      }
      let images = try images(zip(files, cases).flatMap { path, file in file.pictures(besides: path) })
      let progress = Progress(total: cases.count)
      let report = try store.importCases(
        cases.map(\.patientCase), images: images, isLookedThrough: lookedThrough
      ) { done, _ in progress.show(done) }
      progress.finish()
      for entry in report.entries {
        if case .updated(let changes) = entry.outcome {
          for change in changes { Output.print("case \(entry.id): \(change)") }
        }
      }
      Output.print("\(path): \(report.wholeSummary)")
      try tellReaders(of: report, store)
      for id in report.images.cases { try ImageCommand.Add.tellSigned(id, store) }
    }

    /// Who was given the new cases, where not everybody reads everything.
    private func tellReaders(of report: ImportReport, _ store: StudyStore) throws {
      let added = Set(report.entries.filter { $0.outcome == .added }.map(\.id))
      guard !added.isEmpty, try store.study().studyProtocol.assignment == .balanced else { return }
      let given = try store.assignments().filter { added.contains($0.id) }
      for entry in given.prefix(20) {
        Output.print("case \(entry.id): read by \(entry.readers.map(\.rawValue).joined(separator: ", "))")
      }
      if given.count > 20 {
        Output.print("and \((given.count - 20).counted("more case")); ‘\(NextStep.command("study assign"))’ lists all")
      }
    }

    /// The pictures that the files name; none where the child is not needed.
    private func images(_ files: [PictureFile]) throws -> [NewKeyImage] {
      guard !files.isEmpty else { return [] }
      var isRefused = false
      let images = try PictureChild().newImages(files) { refusal in
        for line in refusal.lines { Output.error(line) }
        isRefused = true
      }
      if isRefused { throw Failure(.badData, "nothing was imported; leave out or correct the pictures named above") }
      return images
    }
  }
}

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy a study, also while it is being written.")

  @OptionGroup var study: StudyOptions

  @Argument(help: "The new file.", completion: .file())
  var file: String

  func run() throws {
    let receipt = try StudyAccess().open(study).store.backup(to: file)
    Output.print("\(file): \(receipt.cases.counted("case")), audit head \(receipt.receipt.head)")
  }
}

struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study", abstract: "Make, describe or extend a study.",
    subcommands: [
      New.self, Info.self, Add.self, Bind.self, Passphrase.self, Unlock.self, Progress.self, Round.self,
      Assign.self, HandOver.self, Withdraw.self, NextCodebook.self,
    ])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "new", abstract: "Make a study file.")

    @Argument(help: "The new study file.", completion: .file())
    var file: String

    @Option(help: "Title of the study; left out, the one in the file of --from.")
    var title: String?

    @Option(name: .customLong("protocol"), help: "independent (where nothing is said) or joint.")
    var mode: StudyProtocol.Mode?

    @Option(help: ArgumentHelp("A reader; once for each.", valueName: "id=name"))
    var reader: [Person] = []

    @Option(help: ArgumentHelp("The coordinator; ‘coordinator’ where there is none.", valueName: "id=name"))
    var coordinator: Person?

    @Option(help: "The seed of the readers' orders, to have the same ones again; drawn where nothing is said.")
    var seed: UInt64?

    @Option(
      help: ArgumentHelp(
        "A study file (YAML) with title, people, protocol and population; the other options go before it.",
        valueName: "file"), completion: .file())
    var from: String?

    @Option(
      help: ArgumentHelp(
        "What is graded: a codebook file, or the id of one that comes with the program (endplate codebook list); the "
          + "built-in one where nothing is said.", valueName: "file|id"), completion: .codebook)
    var codebook: String?

    func validate() throws {
      if title == nil, from == nil {
        throw ValidationError("give the study a title with --title, or take all of it from a file with --from")
      }
      if let seed, seed > Int.max { throw ValidationError("--seed takes a number from 0 to \(Int.max)") }
    }

    func run() throws {
      let described = try described()
      let study = described.study
      let readers = described.principals.count { $0.role == .reader }
      if study.studyProtocol.mode == .independent, readers < study.studyProtocol.readersPerCase {
        throw Failure(
          .usage,
          "each case is read by \(study.studyProtocol.readersPerCase.counted("reader")), and \(readers) "
            + (readers == 1 ? "is" : "are") + " named; name them with --reader ID=NAME"
            + (from == nil
              ? ", or say in a file for --from how many read a case (protocol: readers_per_case)"
              : " or under ‘people’ in the file, or say there how many read a case (readers_per_case)"))
      }
      try StudyStore.create(
        at: file, study: study, principals: described.principals, environment: StudyAccess().environment)
      let coordinator = described.principals.first { $0.role == .coordinator }?.id ?? "coordinator"
      NextStep.isOn(file)
      Output.print("\(file): made; add cases with: \(NextStep.command("import FILE… --as \(coordinator)"))")
    }

    /// The study as the file says it, and over it what the options say.
    private func described() throws -> StudyDescription {
      let codebook = try codebook.map(CodebookArgument.codebook) ?? .vertebralOsteomyelitis
      var (study, people) = (Study(title: title ?? "", codebook: codebook), [Principal]())
      var (statesSeed, statesAssignment) = (false, false)
      if let from {
        let outcome = StudyDescriptionReader.read(try InputFile.load(from), codebook: codebook)
        for fault in outcome.faults { Output.error(fault.description) }
        guard let described = outcome.value else {
          throw Failure(.badData, "no study was made; correct the faults above")
        }
        (study, people) = (described.study, described.principals)
        (statesSeed, statesAssignment) = (described.statesSeed, described.statesAssignment)
      }
      let title = try title.map { try recorded($0, "--title") }
      var studyProtocol = study.studyProtocol
      studyProtocol.mode = mode ?? studyProtocol.mode
      // The same for every study would be known to all.
      studyProtocol.seed = seed ?? (statesSeed ? studyProtocol.seed : .random(in: 1...UInt64(Int.max)))
      for (person, role) in reader.map({ ($0, PrincipalRole.reader) })
        + (coordinator.map { [($0, .coordinator)] } ?? [])
      {
        people.removeAll { $0.id == person.id }
        people.append(Principal(person.id, name: try recorded(person.name, "the name of \(person.id)"), role: role))
      }
      if !people.contains(where: { $0.role == .coordinator }) {
        people.append(Principal("coordinator", name: "Coordinator", role: .coordinator))
      }
      if !statesAssignment { studyProtocol.assignment = studyProtocol.usualAssignment(of: people) }
      var made = Study(
        title: title ?? study.title, neutralTitle: study.neutralTitle, source: study.source,
        studyProtocol: studyProtocol, codebook: codebook, population: study.population,
        isIllustrative: study.isIllustrative, isConstructed: study.isConstructed)
      made.assign = study.assign
      return StudyDescription(study: made, principals: people)
    }
  }

  struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "info", abstract: "Describe a study.")

    @OptionGroup var study: StudyOptions

    func run() throws {
      let (store, path) = try StudyAccess().open(study)
      let description = try store.study()
      let info = try store.info()
      let people = try store.principals().map { person in
        "\(person.id) (\(person.name), \(person.role.rawValue)\(person.withdrawn == nil ? "" : ", has left"))"
      }
      let rows: [(String, String)] = [
        ("title", description.title), ("file", path),
        (
          "protocol",
          "\(description.studyProtocol.mode.rawValue), round \(info.round) of \(description.studyProtocol.rounds)"
        ),
        ("order seed", store.principal.role == .coordinator ? "\(description.studyProtocol.seed)" : ""),
        (
          "codebook",
          "\(description.codebook.id), version \(description.codebook.version)"
            + (description.codebook.title.map { ", \($0)" } ?? "")
        ),
        ("", versions(description.codebook, info)),
        ("people", people.joined(separator: ", ")),
        (
          "readers",
          description.studyProtocol.mode == .independent
            ? description.studyProtocol.readersWords(of: try store.principals()) : ""
        ),
        (
          "cases", "\(info.cases), \(info.examinations) \(info.examinations == 1 ? "examination" : "examinations")"
        ),
        ("readings", "\(info.signedReadings) signed"), ("consensus", info.consensus.counted("case")),
        ("audit head", info.auditHead.rawValue),
      ]
      for (label, value) in rows where !value.isEmpty {
        Output.print(label + String(repeating: " ", count: max(1, 12 - label.count)) + value)
      }
    }

    /// How many readings are signed under which version; empty where there was only one.
    private func versions(_ codebook: Codebook, _ info: StudyInfo) -> String {
      guard let under = info.signedUnder else { return "" }
      return (codebook.former.map(\.codebook.version) + [codebook.version]).map { version in
        "version \(version): \((under[version] ?? 0).counted("reading")) signed"
      }.joined(separator: "; ")
    }
  }
}

extension StudyProtocol.Mode: ExpressibleByArgument {}

/// `R1=Dr Roe`, or `R1` alone.
struct Person: ExpressibleByArgument {
  var id: PrincipalID
  var name: String

  init(id: PrincipalID, name: String) {
    self.id = id
    self.name = name
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard let id = parts.first.map({ PrincipalID($0) }), id.isValid else { return nil }
    self.init(id: id, name: parts.count == 2 ? parts[1] : id.rawValue)
  }

  var defaultValueDescription: String { "\(id)=\(name)" }
}
