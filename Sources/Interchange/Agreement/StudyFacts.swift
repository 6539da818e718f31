// What the study file knows beside grades, as reports take it.

import Foundation
import ReviewCore
import TextSafety

package struct StudyFacts: Sendable {
  /// Name and version, `Endplate 1.0`.
  package var program: String
  package var readers: [Principal]
  /// Cases in the study, opened or not.
  package var cases: Int
  package var opened: [OpenedCase]
  /// Of the opened cases.
  package var patients: [Case]
  package var audit: [AuditEntry]
  package var verification: AuditVerification
  package var process: ConsensusProcess
  /// Cases with a consensus, recorded in a session or taken from a publication.
  package var withConsensus: Int

  package init(
    program: String, readers: [Principal], cases: Int, opened: [OpenedCase], patients: [Case], audit: [AuditEntry],
    verification: AuditVerification, process: ConsensusProcess, withConsensus: Int = 0
  ) {
    self.program = program
    self.readers = readers
    self.cases = cases
    self.opened = opened
    self.patients = patients
    self.audit = audit
    self.verification = verification
    self.process = process
    self.withConsensus = withConsensus
  }

  /// The signed readings of opened cases.
  var readings: [Reading] { opened.flatMap(\.readings).filter(\.state.isSigned) }
  /// Readings of opened cases that were made elsewhere.
  var imported: Int { opened.reduce(0) { $0 + $1.readings.count(where: \.state.isImported) } }
  /// Whether any reading of opened cases was made here; so too where there is none at all.
  var hasOwn: Bool { !readings.isEmpty || imported == 0 }
  /// Who read the imported ones.
  var importers: Set<PrincipalID> {
    Set(opened.flatMap(\.readings).filter(\.state.isImported).map(\.reader))
  }
  /// How many readers each opened case has; nil where every reader reads every case.
  var readersPerCase: ClosedRange<Int>? {
    let counts = opened.map { $0.assigned?.count ?? readers.count }
    guard let least = counts.min(), let most = counts.max(), least < readers.count else { return nil }
    return least...most
  }
  var openedCases: Int { Set(opened.map(\.id)).count }
  /// The examinations that were read, each once however many read it.
  var examinations: Int { Self.examinations(opened) }

  static func examinations(_ opened: [OpenedCase]) -> Int {
    Set(opened.flatMap { entry in entry.readings.map { [entry.id.rawValue, $0.examination.rawValue] } }).count
  }

  /// `3 cases (8 examinations)`.
  var extent: String { "\(Self.count(openedCases, "case")) (\(Self.count(examinations, "examination")))" }

  static func count(_ number: Int, _ noun: String) -> String { number.counted(noun) }
}

/// What the audit trail shows of whether readers could see each other's grades, and no more.
struct Blinding {
  /// Signed readings of opened cases.
  let readings: Int
  /// Of these signed after an opening of their case, and before the study file was made.
  let late: Int
  let brought: Int
  /// Readings of opened cases that were made elsewhere.
  let imported: Int
  let amended: Int
  let openings: Int
  /// Why the trail shows nothing; nil where it is whole.
  private let fault: String?
  /// Acts that bear on who sat at a seat, in words.
  private let doors: [String]

  init(_ facts: StudyFacts) {
    var opened: [String: Date] = [:]
    for entry in facts.audit where entry.kind == .opened {
      if let id = entry.caseID, let round = entry.round { opened["\(id) \(round)"] = entry.at }
    }
    let made = facts.audit.first { $0.kind == .studyCreated }?.at ?? .distantPast
    let signed = facts.opened.flatMap { entry in
      entry.readings.compactMap { reading -> (at: Date, opening: Date?)? in
        guard case .signed(let at) = reading.state else { return nil }
        return (at, opened["\(entry.id) \(entry.round)"])
      }
    }
    readings = signed.count
    brought = signed.count { $0.at < made }
    late = signed.count { entry in entry.opening.map { entry.at > $0 } ?? false }
    imported = facts.imported
    amended = facts.readings.count { $0.version > 1 }
    openings = opened.count
    fault = facts.verification.isIntact ? nil : facts.verification.faults.first ?? "it does not say where"
    func told(_ count: Int, _ one: String, _ many: String) -> [String] {
      count == 0 ? [] : [count == 1 ? "1 \(one)" : "\(count) \(many)"]
    }
    doors =
      told(facts.audit.count { $0.seat != nil }, "act by a guest at a seat", "acts by guests at seats")
      + told(
        facts.audit.count { $0.kind == .passphraseCodeIssued }, "one-time code given out", "one-time codes given out")
      + told(facts.audit.count { $0.kind == .restored }, "restored backup", "restored backups")
      + told(facts.audit.count { $0.kind == .adopted }, "adoption of a file as found", "adoptions of files as found")
  }

  /// Whether all readings were made in this study file, as far as their dates show.
  var isOwn: Bool { brought == 0 && imported == 0 }

  /// For a methods section.
  var sentence: String {
    guard imported > 0 else { return signed }
    let made =
      "\(imported == 1 ? "was" : "were") made elsewhere and imported: nothing here shows how, nor whether readers saw each "
      + "other's grades."
    guard readings > 0 else { return "\(imported == 1 ? "The one reading" : "All \(imported) readings") \(made)" }
    return "\(signed) \(imported.counted("other reading")) \(made)"
  }

  /// Of the readings that were signed in the file.
  private var signed: String {
    if let fault {
      return
        "The audit trail was changed (\(fault)), so it does not show whether readers saw each other's grades before they "
        + "signed."
    }
    if brought > 0 {
      let which = brought == readings ? "All \(readings)" : "\(brought) of \(readings)"
      return
        "\(which) \(readings == 1 ? "reading was" : "readings were") signed before this study file was made and came into it signed: its audit trail does not "
        + "show how they were made, nor whether readers saw each other's grades."
    }
    if late > 0 {
      return
        "Of \(readings) readings \(late) \(late == 1 ? "was" : "were") signed after the case was opened, when the grades of "
        + "others could be seen; the others were signed before."
    }
    return
      "The audit trail shows that \(readings == 1 ? "the one reading was" : "all \(readings) readings were") signed before their case was opened, and until then the "
      + "program shows nobody another reader's grades; what readers saw or said outside it the trail cannot show."
  }

  /// For a reporting sheet.
  var lines: [String] {
    var lines = [fault.map { "audit trail: changed; \($0)" } ?? "audit trail: the chain is intact"]
    if readings > 0 || imported == 0 {
      lines.append(
        "audit trail: \(openings.counted("opening")) on record; \(readings - late) of \(readings.counted("reading was", "readings were")) signed before their "
          + "case was opened")
    } else {
      lines.append("no reading of the opened cases was signed in this study file")
    }
    if brought > 0 {
      lines.append(
        "came into the study file signed, how they were made is not on record: \(brought.counted("reading"))")
    }
    if imported > 0 {
      lines.append("made elsewhere and imported, how is not on record: \(imported.counted("reading"))")
    }
    lines.append("amended after signing, before opening: \(amended)")
    if !doors.isEmpty { lines.append("audit trail, on who sat where: \(doors.joined(separator: ", "))") }
    return lines
  }
}
