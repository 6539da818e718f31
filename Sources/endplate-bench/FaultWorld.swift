// A study in which every kind of act can be tried again and again, and what tells whether one is on record.

import CaseStore
import Foundation
import PtyHarness
import ReviewCore

/// An act by the command line, and what the file says of it afterwards.
struct FaultAttempt {
  let arguments: [String]
  let outcome: () throws -> FaultOutcome
}

final class FaultWorld {
  private typealias ID = Codebook.ID

  private let sandbox: Sandbox
  private let study: String
  private let former: [(file: String, cases: Int, signed: Int)]
  private var times: [FaultKind: Duration] = [:]
  private var copies = 0
  private var isFreeCaseThere = false
  /// Readings that are still to be signed.
  private var unsigned: [(CaseID, PrincipalID)] = []

  private static let readers: [PrincipalID] = ["R1", "R2", "R3"]
  private static let room: CaseID = "1"
  private static let baseline = [
    "bones=S1", "posterior=spared", "lesions=solitary", "t1w=hypo", "t2w=hyper", "stir=hyper", "enhancement=global",
    "rim=present", "halo=present", "disks=preserved", "soft-tissue=limited", "soft-tissue-abscess=absent",
    "impression=metastasis",
  ]

  /// - Parameter files: studies of earlier versions.
  init(former files: [String]) throws {
    sandbox = try Sandbox()
    study = sandbox.path("faults.study")
    former = try files.enumerated().map { [sandbox] number, file in
      let copy = sandbox.path("former-whole-\(number).study")
      try FileManager.default.copyItem(atPath: file, toPath: copy)
      let info = try Self.open(copy, "coordinator").info()
      return (file, info.cases, info.signedReadings)
    }
    let principals = Self.readers.map { Principal($0, role: .reader) }
    try StudyStore.build(
      at: study, study: Study(title: "Faults", isIllustrative: true),
      principals: principals + [Principal("coordinator", role: .coordinator)], environment: Self.environment
    ) { builder in
      let series = [MRSequence.t1w, .t2w, .stir].map { Acquisition($0, plane: .sagittal) }
      let baseline = Examination(.baseline, acquisitions: series)
      try builder.add(Case(id: Self.room, title: "plain", examinations: [baseline]))
    }
    for reader in Self.readers {
      let rim = reader == "R1" ? "rim=absent" : "rim=present"
      try done(["grade", "1"] + Self.baseline.map { $0.hasPrefix("rim") ? rim : $0 } + ["--sign"], as: reader)
    }
    try done(["consensus", "open", "1"], as: "coordinator")
    try done(["consensus", "vote", "1", "rim"], as: "R1")
  }

  /// How long an act of a kind takes that is let be, once measured.
  func usual(_ kind: FaultKind) throws -> Duration {
    if let known = times[kind] { return known }
    var dice = Dice(state: 0)
    let attempt = try attempt(kind, &dice)
    let start = ContinuousClock.now
    let result = try run(attempt)
    let time = ContinuousClock.now - start
    guard result.status == 0, try attempt.outcome() == .after else {
      throw Silence(step: attempt.arguments.joined(separator: " "), said: result.text + result.errorText)
    }
    times[kind] = time
    return time
  }

  func run(_ attempt: FaultAttempt, killedAfter end: Duration? = nil) throws -> ProgramResult {
    try sandbox.launch(builtProgram("endplate"), attempt.arguments).run(killedAfter: end)
  }

  /// What is wrong with the study after all that was done to it.
  func faults() throws -> [String] { try Self.open(study, "coordinator").verify().faults }

  func attempt(_ kind: FaultKind, _ dice: inout Dice) throws -> FaultAttempt {
    switch kind {
    case .grade: try grading(&dice)
    case .sign: try signing()
    case .vote: try voting(&dice)
    case .importCases: try importing()
    case .backup: try backingUp()
    case .restore: try restoring()
    case .migrate: try migrating(&dice)
    }
  }

  private func grading(_ dice: inout Dice) throws -> FaultAttempt {
    let reader = Self.readers.randomElement(using: &dice) ?? "R1"
    let id = try freeCase()
    let before = try grade(id, reader)
    let level: LevelID = before == .level("present") ? "absent" : "present"
    return FaultAttempt(arguments: command(["grade", id.rawValue, "rim=\(level)"], as: reader)) { [self] in
      let now = try grade(id, reader)
      return now == .level(level) ? .after : now == before ? .before : .neither
    }
  }

  private func signing() throws -> FaultAttempt {
    if unsigned.isEmpty {
      let id = CaseID("signed-\(next())")
      try add([id])
      unsigned = Self.readers.map { (id, $0) }
    }
    let (id, reader) = unsigned[0]
    let words = ["grade", id.rawValue] + Self.baseline + ["--sign"]
    return FaultAttempt(arguments: command(words, as: reader)) { [self] in
      let reading = try Self.open(study, reader).caseView(id).reading(of: reader, .baseline)
      guard let reading, !reading.grades.isEmpty else { return .before }
      guard reading.state.isSigned, reading.grades.count == Self.baseline.count else { return .neither }
      unsigned.removeFirst()
      return .after
    }
  }

  private func voting(_ dice: inout Dice) throws -> FaultAttempt {
    let reader = Self.readers.randomElement(using: &dice) ?? "R1"
    let before = try vote(of: reader)
    let level: LevelID = before == Vote.cast(.level("present")) ? "absent" : "present"
    return FaultAttempt(
      arguments: command(["consensus", "vote", Self.room.rawValue, "rim=\(level)"], as: reader)
    ) { [self] in
      let now = try vote(of: reader)
      return now == Vote.cast(.level(level)) ? .after : now == before ? .before : .neither
    }
  }

  private func importing() throws -> FaultAttempt {
    let batch = next()
    let ids = (0..<20).map { CaseID("case-\(batch)-\($0)") }
    let files = try files(ids)
    return FaultAttempt(arguments: command(["import", "cases"] + files, as: "coordinator")) { [self] in
      let store = try Self.open(study, "coordinator")
      let known = ids.filter { (try? store.caseView($0)) != nil }.count
      return known == 0 ? .before : known == ids.count ? .after : .neither
    }
  }

  private func backingUp() throws -> FaultAttempt {
    let copy = sandbox.path("backup-\(next()).study")
    return FaultAttempt(arguments: command(["backup", copy], as: "coordinator")) {
      guard FileManager.default.fileExists(atPath: copy) else { return .before }
      // What cannot be opened is half a backup.
      return (try? Self.open(copy, "coordinator").verify().faults) == [] ? .after : .neither
    }
  }

  private func restoring() throws -> FaultAttempt {
    let (copy, place) = (sandbox.path("good-\(next()).study"), sandbox.path("restored-\(copies).study"))
    for file in [copy, place] { try done(["backup", file], as: "coordinator") }
    let id = try freeCase()
    let before = try grade(id, "R1")
    let level: LevelID = before == .level("present") ? "absent" : "present"
    try succeed(["grade", id.rawValue, "rim=\(level)", "--study", place, "--as", "R1"])
    return FaultAttempt(arguments: ["restore", copy, place, "--as", "coordinator"]) { [self] in
      guard try Self.open(place, "coordinator").verify().faults.isEmpty else { return .neither }
      let now = try grade(id, "R1", in: place)
      return now == before ? .after : now == .level(level) ? .before : .neither
    }
  }

  private func migrating(_ dice: inout Dice) throws -> FaultAttempt {
    guard let old = former.randomElement(using: &dice) else { throw Silence(step: "no study of an earlier version") }
    let place = sandbox.path("former-\(next()).study")
    try FileManager.default.copyItem(atPath: old.file, toPath: place)
    return FaultAttempt(arguments: ["study", "info", "--study", place, "--as", "coordinator"]) {
      let store = try Self.open(place, "coordinator")
      let info = try store.info()
      let isWhole = info.cases == old.cases && info.signedReadings == old.signed
      return try isWhole && store.verify().faults.isEmpty ? .after : .neither
    }
  }

  // MARK: the study

  private func grade(_ id: CaseID, _ reader: PrincipalID, in file: String? = nil) throws -> GradeValue? {
    try Self.open(file ?? study, reader).caseView(id).reading(of: reader, .baseline)?
      .grades[GradeKey(.baseline, ID.rimSign)]?.value
  }

  private func vote(of reader: PrincipalID) throws -> Vote? {
    try Self.open(study, reader).consensusTable(Self.room).row(GradeKey(.baseline, ID.rimSign))?.vote?.own
  }

  /// A case that nobody signs.
  private func freeCase() throws -> CaseID {
    let id: CaseID = "free"
    if !isFreeCaseThere {
      try add([id])
      isFreeCaseThere = true
    }
    return id
  }

  private func add(_ ids: [CaseID]) throws {
    try succeed(command(["import", "cases"] + files(ids), as: "coordinator"))
  }

  private func files(_ ids: [CaseID]) throws -> [String] {
    try ids.map { id in
      let series = ["t1w", "t2w", "stir"].map { "    - {sequence: \($0), plane: sagittal}\n" }.joined()
      return try sandbox.write(
        "\(id).yaml", "format: endplate-case/1\nid: \(id)\ntitle: plain\nbaseline:\n  acquisitions:\n\(series)")
    }
  }

  private func next() -> Int {
    copies += 1
    return copies
  }

  private func command(_ words: [String], as id: PrincipalID) -> [String] {
    words + ["--study", study, "--as", id.rawValue]
  }

  private func done(_ words: [String], as id: PrincipalID) throws { try succeed(command(words, as: id)) }

  private func succeed(_ words: [String]) throws {
    let result = try sandbox.launch(builtProgram("endplate"), words).run()
    guard result.status == 0 else { throw Silence(step: words.joined(separator: " "), said: result.errorText) }
  }

  private static func open(_ file: String, _ id: PrincipalID) throws -> StudyStore {
    try StudyStore.open(at: file, as: id, environment: environment)
  }

  private static let environment = StoreEnvironment(
    now: { Date() }, newID: { UUID().uuidString.lowercased() }, osUser: "bench", programVersion: "bench")
}
