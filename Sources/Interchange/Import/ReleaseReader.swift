// Reads a release again: its readings and its consensus.

import Agreement
import ReviewCore

package enum ReleaseReader {
  /// The files of a release that are read, by name.
  package static let names = ["readings.csv", "consensus.csv", ExportFormat.sums]

  /// - Parameter files: those of `names`, in their order.
  package static func read(_ files: [InputFile], codebook: Codebook, cases: [Case]) -> Outcome<ReadingsFromTable> {
    let sums = String(decoding: files[2].bytes, as: UTF8.self)
    let changed = zip(names, files).dropLast().filter { name, file in
      !sums.contains("\(ReleasePackage.hash(String(decoding: file.bytes, as: UTF8.self)))  \(name)\n")
    }
    guard changed.isEmpty else {
      return Outcome(
        nil,
        changed.map {
          Fault(
            $1.name,
            "is not as it was released: \(ExportFormat.sums) has another sum; take the release as it was, or import this file "
              + "by itself with a map")
        })
    }
    let readings = ReadingsTable.read(files[0], map: .release, codebook: codebook, cases: cases)
    var table = ReadingsTable(files[1], map: .release(consensus: true), codebook: codebook, cases: cases)
    let consensus = table.consensus()
    return Outcome(
      ReadingsFromTable(entries: readings.value?.entries ?? [], consensus: consensus),
      readings.faults + table.faults.all)
  }
}

extension ReadingsMap {
  /// Of `consensus.csv`: without what only a reading has.
  static func release(consensus: Bool) -> ReadingsMap {
    var map = ReadingsMap.release
    guard consensus else { return map }
    for part in [Part.reader, .read, .confidence, .seconds, .readingNote] { map.columns[part] = nil }
    return map
  }
}

extension ReadingsTable {
  private struct AgreedKey: Hashable {
    var caseID: CaseID
    var round: Int
  }

  /// The consensus of each case and round.
  mutating func consensus() -> [CaseID: [Consensus]] {
    var found: [AgreedKey: (consensus: Consensus, grades: GradeAssembly)] = [:]
    for row in rows() {
      guard let patientCase = patientCase(row), let finding = finding(row[.finding] ?? "", row),
        let examination = examination(row[.examination], patientCase, line: row.line),
        let round = number(row[.round] ?? "1", .round, 1...99, row),
        let version = number(row[.version] ?? "1", .version, 1...1_000_000, row), !finding.isDerived
      else { continue }
      let place = AgreedKey(caseID: patientCase.id, round: round)
      var entry =
        found[place]
        ?? (
          Consensus(
            origin: .imported, round: round, version: version, grades: [:],
            madeIn: text(.madeIn, row) ?? ReadElsewhere.unnamed,
            codebook: row[.codebook].flatMap { number($0, .codebook, 0...1_000_000, row) }), GradeAssembly()
        )
      let key = GradeKey(examination, finding.id, comparator: comparator(row, nil))
      entry.consensus.grades[key] = AgreedGrade(
        nil, how: word("how", row), cause: word("cause", row), rationale: free("rationale", row),
        votes: votes(row, finding))
      if let part = part(row, ("", row[.value] ?? "", nil, [:], [:]), finding) {
        entry.grades.add(part, to: key, line: row.line, finding, &faults)
      }
      found[place] = entry
    }
    return found.sorted { $0.key.round < $1.key.round }.reduce(into: [CaseID: [Consensus]]()) { all, item in
      var consensus = item.value.consensus
      for (key, grade) in item.value.grades.grades(codebook, &faults) { consensus.grades[key]?.grade = grade }
      all[item.key.caseID, default: []].append(consensus)
    }
  }

  private mutating func word<T: RawRepresentable<String> & CaseIterable>(_ column: String, _ row: Row) -> T? {
    guard let text = row.cells[column], !text.isEmpty else { return nil }
    if let value = T(rawValue: text) { return value }
    let known = T.allCases.map(\.rawValue)
    let near = Spelling.nearest(to: text, in: known).map { "did you mean ‘\($0)’? " } ?? ""
    faults.add(
      FilePosition(row.line, 1),
      "\(column): there is no ‘\(PlainText.brief(text))’; \(near)allowed: \(known.joined(separator: ", "))")
    return nil
  }

  private mutating func free(_ column: String, _ row: Row) -> String? {
    var other = row
    other.parts[.note] = row.cells[column]
    return text(.note, other)
  }

  /// `R1=present; R2=absent; R3=`.
  private mutating func votes(_ row: Row, _ finding: Finding) -> String? {
    guard let written = row.cells["votes"], !written.isEmpty else { return nil }
    for vote in written.split(separator: ";") {
      let parts = vote.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
        $0.filter { $0 != " " }
      }
      let isKnown =
        parts.count == 2 && PrincipalID(parts[0]).isValid
        && (parts[1].isEmpty || (try? finding.value(parts[1], in: .any)) != nil)
      guard isKnown else {
        faults.add(
          FilePosition(row.line, 1),
          "votes: ‘\(PlainText.brief(String(vote)))’ is not a vote on \(finding.id); write it as R1=present")
        return nil
      }
    }
    return written
  }
}
