// The README of a release: what is in it, how much, of which versions, with which hashes, and what is left out.

import ReviewCore
import TextSafety

struct ReleaseReadme {
  let export: StudyExport
  let tables: [ExportTable]
  let hashes: [String: String]

  init(_ export: StudyExport, tables: [ExportTable], hashes: [String: String]) {
    (self.export, self.tables, self.hashes) = (export, tables, hashes)
  }

  var text: String {
    let lines =
      ["# \(Escape.markdown(export.study.title))", ""] + about + ["", "## Counts", ""] + counts + [
        "", "## Left out", "",
      ]
      + leftOut + ["", "## Versions", ""] + versions + ["", "## Files", ""] + files + ["", "## Codes of no answer", ""]
      + NoAnswer.allCases.map { "- `\($0.code)` \($0.title): \($0.meaning)" }
      + tables.flatMap { table in
        ["", "## \(table.path)", "", "\(table.title).", ""] + table.about.map { "- `\($0.name)`: \($0.about)" }
      }
    return lines.joined(separator: "\n") + "\n"
  }

  private var about: [String] {
    var lines = [
      "A release of a reader study, made with Endplate. Tables are CSV (RFC 4180, UTF-8) and described in "
        + "`datapackage.json` (Frictionless Table Schema v1): `frictionless validate datapackage.json` checks them.",
      "An apostrophe before `=`, `+`, `-` or `@` at the beginning of a text keeps spreadsheets from running it.",
    ]
    if !export.images.isEmpty {
      lines.append(
        "Key images lie in `cases/images` as PNG of 16 bits, described in `images.csv`: pixels are as they were taken, and "
          + "nothing of their headers that names anybody is in them.")
    }
    if let source = export.study.source { lines.append("Cases from: \(Escape.markdown(source))") }
    if export.study.isIllustrative { lines.append("**The readings are made up for practice.**") }
    if export.study.isConstructed { lines.append("**The cases are constructed for teaching: no patients.**") }
    return lines.flatMap { [$0, ""] }.dropLast()
  }

  private var counts: [String] {
    let readings = export.readings
    let madeIn = Dictionary(grouping: readings) { export.madeIn($0.reading) }.mapValues(\.count)
    let consensus = export.opened.filter { $0.consensus != nil }
    return [
      "- cases: \(export.cases.count), examinations: \(export.cases.reduce(0) { $0 + $1.examinations.count })",
      "- readings: \(readings.count) of \(Set(readings.map(\.entry.id)).count) cases, rounds: "
        + (Set(readings.map(\.entry.round)).sorted().map(String.init).joined(separator: ", ")),
      "- cases with a consensus: \(Set(consensus.map(\.id)).count)",
      "- rows: " + tables.map { "\($0.path) \($0.rows)" }.joined(separator: ", "),
    ]
      + madeIn.sorted { $0.key < $1.key }.map { "- readings made in `\(Escape.markdown($0.key))`: \($0.value)" }
  }

  private var leftOut: [String] {
    func list(_ ids: [CaseID]) -> String { ids.map(\.rawValue).joined(separator: ", ") }
    var lines: [String] = []
    if !export.hasNotes {
      lines.append("notes of readers and of sessions, rationales, and remarks on images: free text may name people")
    }
    let unreleased = export.study.studyProtocol.unreleased
    if !unreleased.isEmpty {
      lines.append("of every case, as the study says: \(MethodsText.list(unreleased.map(\.words).sorted()))")
    }
    if !export.withheld.isEmpty {
      lines.append("cases of which facts are withheld while they are read: \(list(export.withheld))")
    }
    if !export.notOpen.isEmpty { lines.append("readings of cases that are not open: \(list(export.notOpen))") }
    if !export.undecided.isEmpty { lines.append("there is no consensus yet of: \(list(export.undecided))") }
    if !export.unnamed.isEmpty {
      lines.append("the readers are letters until the consensus is recorded of: \(list(export.unnamed))")
    }
    lines += [
      (export.images.isEmpty ? "images, " : "")
        + "names of people, drafts, versions of readings before the last, and the audit trail",
      "who confirmed or dissented, and the talk of sessions: `endplate consensus minutes` has them",
    ]
    return lines.map { "- \($0)" }
  }

  private var versions: [String] {
    [
      "- program: \(export.program); format: \(ReleasePackage.format)",
      "- codebook: \(export.codebook.id), version \(export.codebook.version), SHA-256 of codebook.yaml "
        + "\(hashes["codebook.yaml"] ?? "")",
    ] + export.codebook.former.map(version)
  }

  /// A version that the study graded by before, and how many readings were signed under it.
  private func version(_ former: FormerCodebook) -> String {
    let version = former.codebook.version
    let count = export.readings.count { $0.reading.codebook == version }
    let added = export.codebook.added(since: version)
    return "- codebook, version \(version), until \(former.until.utc.prefix(10)): "
      + "\(count) \(count == 1 ? "reading is" : "readings are") signed under it"
      + (added.isEmpty ? "" : ", and not asked: \(Escape.markdown(added.words))")
      + (former.codebook.origin == nil ? "" : "; `codebooks/\(version).yaml`")
  }

  private var files: [String] {
    hashes.sorted { $0.key < $1.key }.map { "- `\($0.key)` \($0.value)" }
      + [
        "",
        "`sha256sum -c SHA256SUMS` checks all of them. `endplate study new NEW.study --from protocol.yaml`, "
          + "`endplate import cases/*.yaml` and `endplate import readings .` make a study of it again"
          + (export.unnamed.isEmpty
            ? "."
            : ", but not of this one: the readers of \(export.unnamed.map(\.rawValue).joined(separator: ", ")) are letters. Release it "
              + "again once the consensus of these cases is recorded."),
      ]
  }
}
