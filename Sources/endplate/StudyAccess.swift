// Which study file, and as whom: from options, environment and what was opened last.

import CaseStore
import Desk
import Foundation
import Interchange
import ReviewCore
import SampleCases
import TextSafety

struct StudyAccess {
  let places: Places
  /// The key that opened a seat.
  let keyFingerprint: String?
  /// Says on standard error what the workstation says at its start: at a seat that is asked one thing.
  var tellsNews = false

  init(places: Places = Places(), keyFingerprint: String? = nil) {
    self.places = places
    self.keyFingerprint = keyFingerprint
  }

  var environment: StoreEnvironment {
    StoreEnvironment(
      now: { Date() }, newID: { UUID().uuidString.lowercased() },
      // By the host's word: USER in the environment is anybody's to set.
      osUser: (try? Account.current().name) ?? String(geteuid()),
      client: places.environment["SSH_CONNECTION"].flatMap { $0.split(separator: " ").first.map(String.init) },
      keyFingerprint: keyFingerprint, programVersion: Program.version)
  }

  /// A sitting at the workstation.
  func sitting(_ store: StudyStore, _ path: String, _ display: DisplayOptions) -> Sitting {
    Sitting(store: store, path: path, places: places, environment: environment, options: display.sitting)
  }

  /// The embedded studies, each with a personal copy.
  enum Embedded: String, CaseIterable {
    case sample, practice, controls

    func build() throws -> SampleStudy {
      switch self {
      case .sample: try SampleStudies.published(SampleCases.files)
      case .practice: try SampleStudies.practice(SampleCases.files)
      case .controls: try SampleStudies.controls(SampleCases.files)
      }
    }
  }

  /// The path of the study meant; an embedded one is copied first.
  ///
  /// - Parameter usual: the study where neither the option nor the environment names one; nil is the one opened last.
  func path(_ named: String?, usual: Embedded? = nil) throws -> String {
    let set = places.environment["ENDPLATE_STUDY"].flatMap { $0.isEmpty ? nil : $0 }
    let stated = named ?? (set == nil ? usual?.rawValue : nil)
    // Whoever sits at a seat names no study.
    NextStep.isOn(keyFingerprint == nil ? stated : nil)
    let name = stated ?? set ?? lastStudy ?? Embedded.sample.rawValue
    let path = try Embedded(rawValue: name).map { try copy($0) } ?? name
    // Reached through links or not, it is the same study, with the same files beside it.
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return path }
    return URL(filePath: path).resolvingSymlinksInPath().path
  }

  /// What was opened last, if it is still there.
  private var lastStudy: String? {
    Places.line(in: places.lastStudy).flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
  }

  /// The personal copy of an embedded study; made when there is none, made anew with `reset`.
  func copy(_ embedded: Embedded, reset: Bool = false) throws -> String {
    let file = places.data.appending(path: "\(embedded.rawValue).study").path
    if reset {
      // What was not yet moved into the file goes first: it must never be taken for the new copy's.
      for suffix in ["-wal", "-shm", ""] { unlink(file + suffix) }
    }
    guard !FileManager.default.fileExists(atPath: file) else { return file }
    let study = try embedded.build()
    try? FileManager.default.createDirectory(
      at: places.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // Of several that come at once the first one's copy stays.
    do { try StudyStore.build(at: file, study, environment: environment) } catch StoreError.alreadyExists {}
    return file
  }

  /// Opens a study as the principal asked for.
  func open(_ options: StudyOptions) throws -> (store: StudyStore, path: String) {
    let path = try path(options.study)
    return (try open(path, as: options.principal, passphraseFile: options.passphraseFile), path)
  }

  /// - Parameter choice: the passphrase to choose where a one-time code is given; asked at the terminal without.
  func open(
    _ path: String, as named: String?, passphraseFile: String? = nil, choice: Secret.Choice? = nil
  ) throws -> StudyStore {
    let entrance = try StudyEntrance(at: path, environment: environment)
    if let done = entrance.migration {
      Output.error(
        "endplate: \(path): brought from file version \(done.from) to \(done.to); the file as it was is kept as \(done.backup)"
      )
    }
    let summary = try entrance.summary()
    for fault in Exposure.faults(of: path, strictly: false) { Output.error("endplate: warning: \(fault)") }
    let principal = try named.map { PrincipalID($0) } ?? someone(in: summary)
    var passphrase = try passphraseFile.map { try Secret.line(in: $0) }
    func opened() throws -> StudyStore {
      do { return try entrance.sit(as: principal, passphrase: passphrase) } catch StoreError.codeGiven {
        guard let code = passphrase, let choice = try choice ?? (passphraseFile == nil ? Secret.choice(principal) : nil)
        else { throw StoreError.codeGiven(principal) }
        return try entrance.sit(as: principal, code: code, choosing: choice.new, former: choice.former)
      }
    }
    let store: StudyStore
    do { store = try opened() } catch StoreError.passphraseNeeded where passphrase == nil {
      // A key is not asked for more, but where it came after the person had chosen, or after a reset.
      let new = keyFingerprint == nil ? "" : "This key alone does not show that you are \(principal). "
      let seat = summary.seats.first { $0.id == principal }
      passphrase = try Secret.fromTerminal(
        "\(new)\(seat?.hasChosen == true ? "Passphrase" : "One-time code") of \(principal): ")
      store = try opened()
    }
    if tellsNews { for words in try store.news() { Output.error("endplate: \(words)") } }
    return store
  }

  /// Verifies a study: at a seat the chain and what the seat may see, else everything.
  func verify(
    _ store: StudyStore, head: AuditHead? = nil, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> AuditVerification {
    guard keyFingerprint != nil else { return try store.verify(head: head, progress: progress) }
    return try paced { try store.verify(head: head, scope: .seat) }
  }

  /// At a seat the answer comes with the next full second: how long it takes would tell how much others have graded.
  func paced<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
    guard keyFingerprint != nil else { return try body() }
    let start = ContinuousClock.now
    defer {
      let taken = (ContinuousClock.now - start) / .seconds(1)
      Thread.sleep(forTimeInterval: taken.rounded(.up) - taken)
    }
    return try body()
  }

  /// Who sits here when nobody is named: whom the account is bound to, the only one there is, or in a study for
  /// practice its first reader.
  private func someone(in summary: StudySummary) throws -> PrincipalID {
    if let bound = summary.seats.first(where: { $0.osUser == environment.osUser }) { return bound.id }
    let principals = summary.seats.map(\.principal)
    if principals.count == 1, let only = principals.first { return only.id }
    if summary.isIllustrative, let reader = principals.first(where: { $0.role == .reader }) { return reader.id }
    let choices = principals.map { "\($0.id) (\($0.name), \($0.role.rawValue))" }
    throw Failure(.usage, "say who you are with --as ID; in this study \(thereIs(choices))")
  }
}
