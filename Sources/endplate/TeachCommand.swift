// The teaching file: on the screen, or a case as a page to give out.

import ArgumentParser
import Desk
import Foundation
import Grid
import Interchange
import ReviewCore
import Terminal
import TextSafety
import Workstation

struct TeachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "teach",
    abstract: "Walk through a finished case, quiz yourself on it, present it, or write it as a handout.",
    discussion: """
      Without --study and $ENDPLATE_STUDY it is the published sample study, whatever was opened last. Without a case it \
      lists the teaching file.
      """)

  @Argument(help: "The case's id.")
  var patientCase: String?

  @Flag(help: "Grade everything before it is shown.")
  var quiz = false

  @Flag(help: "Quiz what is due again of what you have answered, at growing intervals (Leitner: 1, 2, 4, 8, 16 days).")
  var due = false

  @Flag(help: "Teach four constructed control cases among the study's own.")
  var mixed = false

  @Flag(help: "Print how the audience answered in the last session you presented, without names.")
  var report = false

  @Option(
    help: ArgumentHelp("With --report: text, markdown, csv, html or latex.", valueName: "format"),
    completion: .list(TableFormat.all.map(\.name)))
  var format: String?

  @Flag(help: "Present: learners' seats follow this one. Without a case it goes on where it was left.")
  var present = false

  @Flag(help: "Follow a presenter, from a learner's seat.")
  var follow = false

  @Flag(help: "Hide number, title and diagnosis until the diagnosis is shown.")
  var unknown = false

  @Option(help: ArgumentHelp("Write the case as one HTML page instead.", valueName: "file"), completion: .file())
  var handout: String?

  @Option(
    help: ArgumentHelp("Teach by this script (YAML) instead of the embedded one.", valueName: "file"),
    completion: .file())
  var script: String?

  @OptionGroup var study: StudyOptions
  @OptionGroup var display: DisplayOptions

  func validate() throws {
    if format != nil, !report {
      throw ValidationError("--format is how --report prints; add --report, or leave it out")
    }
    guard follow else {
      if present, quiz || due || handout != nil {
        throw ValidationError("--present goes with neither --quiz, --due nor --handout")
      }
      if due, patientCase != nil || quiz { throw ValidationError("--due chooses the cases itself") }
      return
    }
    if patientCase != nil || quiz || present || handout != nil || script != nil || unknown || due || mixed || report {
      throw ValidationError("--follow stands alone: the presenter chooses the case")
    }
  }

  func run() throws {
    let access = StudyAccess()
    let path = try access.path(study.study, usual: .sample)
    let store = try access.open(path, as: study.principal, passphraseFile: study.passphraseFile)
    if present, store.principal.role != .presenter {
      throw Failure(
        .notPermitted,
        "only a presenter presents, and \(store.principal.id) is a \(store.principal.role.rawValue); add one with: "
          + NextStep.command("study add ID=NAME --role presenter --as coordinator"))
    }
    let learner = LearnerFile(study: path, learner: store.principal.id, places: access.places)
    if report { return try printReport(try learner.sessions()) }
    let id = patientCase.map { CaseID($0) }
    var library = TeachingLibrary(store: store, study: try store.study(), script: try given(for: id))
    library.mixesControls = mixed
    let file = try library.file(including: id ?? library.script?.caseID)
    if let id { try check(id, in: file) }
    try checkScript(library.script, in: file, codebook: library.study.codebook)
    if let handout {
      guard let id, let subject = file[id] else {
        throw Failure(.usage, "--handout needs a case: endplate teach 5 --handout FILE.html")
      }
      let shelf = ImageShelf(study: library.study)
      let illustrated = try shelf.illustrated(subject, in: store)
      let images = try shelf.pictures(of: illustrated, in: store)
      try write(
        TeachingHandout(illustrated, file: file, study: library.study, isUnknown: unknown, images: images).html,
        to: handout)
      return
    }
    if due, !isAnythingDue(try learner.results(), in: file) { return }
    let (mode, isUnknown, isPresenting) = (quiz ? TeachingWalk.Mode.quiz : .walk, unknown, present)
    let (wantsDue, isMixed) = (due, mixed)
    try Sitting(
      store: store, path: path, places: access.places, environment: access.environment, options: display.sitting,
      script: library.script, isAudience: follow, mixesControls: mixed,
      prepare: { state in
        state.push(.teachingFile)
        if isPresenting {
          (state.presentation.part, state.presentation.resume) = (.presenter, id == nil ? .anyCase : .sameCase)
        }
        state.teaching.isUnknown = isUnknown
        (state.teaching.wantsDue, state.teaching.mixesControls) = (wantsDue, isMixed)
        guard let id else { return }
        state.push(.teaching)
        (state.teaching.wanted, state.teaching.wantedMode) = (id, mode)
      }
    ).run()
  }

  /// Says when the next question is due where none is now.
  private func isAnythingDue(_ results: LearnerResults, in file: TeachingFile) -> Bool {
    let now = Date()
    if results.due(at: now).keys.contains(where: { file[$0] != nil }) { return true }
    guard let next = results.nextDueDay else {
      Output.print("nothing was answered yet; quiz a case first: \(NextStep.command("teach 5 --quiz"))")
      return false
    }
    let days = next - LeitnerBox.day(now)
    Output.print("nothing is due; the next question is due in \(days) \(days == 1 ? "day" : "days")")
    return false
  }

  private func printReport(_ sessions: [TeachingSession]) throws {
    guard let last = sessions.last(where: { !$0.questions.isEmpty }) else {
      throw Failure(
        .noInput,
        "you have presented nothing of this study yet; present a case: \(NextStep.command("teach 5 --present"))")
    }
    let name = format ?? "text"
    guard let written = TableFormat.all.first(where: { $0.name == name }) else {
      throw Failure(.usage, "there is no format ‘\(name)’; \(thereIs(TableFormat.all.map(\.name)))")
    }
    Output.printLines(
      written.write([SessionReport(last).table]) { SafeText.columns(String($0), width: terminalWidth) })
  }

  private func check(_ id: CaseID, in file: TeachingFile) throws {
    guard file[id] == nil else { return }
    let known = file.cases.prefix(20).map(\.id.rawValue).joined(separator: ", ")
    throw Failure(
      .noInput,
      known.isEmpty
        ? "no case of this study has a consensus yet; a case can be taught once its consensus is recorded"
        : "there is no finished case \(id) to teach; finished cases: \(known)")
  }

  private func given(for id: CaseID?) throws -> TeachingScript? {
    guard let script else { return nil }
    let outcome = TeachingFileReader.read(try InputFile.load(script))
    for fault in outcome.faults { Output.error(fault.description) }
    guard let value = outcome.value else { throw Failure(.badData, "\(script): correct the faults above") }
    if let id, value.caseID != id { throw Failure(.badData, "\(script): the script is about case \(value.caseID)") }
    return value
  }

  /// A script that says something else than the consensus would not be taught by.
  private func checkScript(_ given: TeachingScript?, in file: TeachingFile, codebook: Codebook) throws {
    guard let given, let script else { return }
    try check(given.caseID, in: file)
    let wrong = file[given.caseID].map { given.contradictions(to: $0.consensus) } ?? []
    guard !wrong.isEmpty else { return }
    let names = wrong.map { key in
      (codebook[key.finding]?.title ?? key.finding.rawValue)
        + (key.examination.isBaseline ? "" : " at \(key.examination.title)")
    }
    throw Failure(
      .badData,
      "\(script): the consensus on case \(given.caseID) is another: \(names.sorted().joined(separator: ", ")); change "
        + "the step's grades, see: \(NextStep.command("show \(given.caseID)"))")
  }

  private func write(_ html: String, to path: String) throws {
    try ExportFile.write(html, to: path, as: "the handout", force: display.force)
    Output.print("\(path): written")
  }
}
