// Counts the figures of the group from the cases.

import Figures
import ReviewCore

extension GroupFigures {
  package init(_ study: Study, _ cases: [TableCase]) {
    let count = Counter(cases, study.codebook)
    sections =
      [count.patients, count.diagnosis] + (study.codebook.bones.map { [count.regions($0)] } ?? [])
      + count.levels(study.codebook.findings(in: .baseline))
      + count.criteria + [count.therapy, count.followUp, count.outcome]
    sections.removeAll { $0.shares.isEmpty }
    let months = cases.map { $0.patientCase.followUps.map(\.id.months) }
    measures =
      [
        GroupMeasure(
          id: "follow_ups", label: "follow-ups of a patient", values: months.map { Double($0.count) }, missing: 0),
        GroupMeasure(
          id: "age", label: "age, years", values: cases.compactMap { $0.patientCase.age.map(Double.init) },
          missing: cases.count { $0.patientCase.age == nil }),
        GroupMeasure(
          id: "interval", label: "baseline to follow-up, months, all follow-ups", values: Array(months.joined()),
          missing: 0),
        GroupMeasure(
          id: "last_interval", label: "baseline to last follow-up, months", values: months.compactMap(\.last),
          missing: 0),
      ] + count.numbers(study.codebook.findings(in: .baseline))
  }
}

private struct Counter {
  let cases: [TableCase]
  let codebook: Codebook

  init(_ cases: [TableCase], _ codebook: Codebook) { (self.cases, self.codebook) = (cases, codebook) }

  /// Without cases that were agreed on before the codebook had a finding: it was not asked there, and nothing is missing.
  private func asking(_ finding: FindingID) -> Counter {
    guard !codebook.former.isEmpty else { return self }
    return Counter(cases.filter { $0.consensus.map { codebook.of($0)[finding] != nil } ?? true }, codebook)
  }

  /// The share of patients of whom something holds; `holds` answers nil where that is not known.
  private func share(_ id: String, _ label: String, _ holds: (TableCase) -> Bool?) -> GroupShare {
    let answers = cases.map(holds)
    return GroupShare(
      id: id, label: label, count: answers.count { $0 == true }, total: answers.count { $0 != nil },
      missing: answers.count { $0 == nil })
  }

  /// A share for each of some values that a patient has exactly one of, or that is not known.
  private func shares<T: Hashable>(
    _ prefix: String, _ values: [T], name: (T) -> String, label: (T) -> String, of value: (TableCase) -> T?
  ) -> [GroupShare] {
    values.map { wanted in share("\(prefix).\(name(wanted))", label(wanted)) { value($0).map { $0 == wanted } } }
  }

  private func shares<T: RawRepresentable<String> & CaseIterable & Hashable>(
    _ prefix: String, of value: (Case) -> T?
  ) -> [GroupShare] {
    shares(prefix, Array(T.allCases), name: \.rawValue, label: \.rawValue) { value($0.patientCase) }
  }

  /// The distinct values, the commonest first, alphabetically where they are as common.
  private func distinct<T: Hashable & Comparable>(_ values: [T]) -> [T] {
    let counts = values.reduce(into: [T: Int]()) { $0[$1, default: 0] += 1 }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  /// Words that occur beside the two that are always counted, the usual ones first.
  private func others<Word: OpenWord>(_ words: [Word]) -> [Word] {
    let found = Set(words).subtracting(Word.usual.prefix(2))
    let usual = Word.usual.filter(found.contains)
    return usual + found.subtracting(usual).sorted { $0.rawValue < $1.rawValue }
  }

  var patients: GroupFigures.Section {
    .init(title: "Sex", shares: shares("sex", of: \.sex))
  }

  /// Where lesions of bone are pictured all that the paper states; of other patients only what is stated of any.
  var diagnosis: GroupFigures.Section {
    let misread = share("report.misread", "original report misread") { $0.patientCase.originalReport?.misread }
    let bases = [.histology, .therapeutic] + others(cases.compactMap(\.patientCase.basisOfDiagnosis))
    let basis = shares("basis", bases, name: \.rawValue, label: { "basis: \($0.rawValue)" }) {
      $0.patientCase.basisOfDiagnosis
    }
    func results(_ entry: TableCase) -> Set<String>? {
      let bone = entry.patientCase.biopsies?.filter { $0.tissue == .bone }.map(\.result) ?? []
      return bone.isEmpty ? nil : Set(bone)
    }
    let histology = distinct(cases.flatMap { results($0) ?? [] }).map { result in
      share("histology.\(result)", "histology of bone: \(result)") { results($0)?.contains(result) }
    }
    let specimens =
      [.bone, .blood] + others(cases.flatMap { ($0.patientCase.cultures ?? []).map(\.specimen) })
    let cultures = specimens.map { specimen in
      share("culture.\(specimen.rawValue)", "\(specimen.title) culture positive") { entry in
        let taken = entry.patientCase.cultures?.filter { $0.specimen == specimen } ?? []
        return taken.isEmpty ? nil : taken.contains { $0.result == .positive }
      }
    }
    let all = [misread] + basis + histology + cultures
    return .init(title: "Diagnosis", shares: codebook.hasPictures ? all : all.filter { $0.total > 0 })
  }

  /// The whole spine counts toward all four regions of the spine (source paper, table 2).
  func regions(_ bones: FindingID) -> GroupFigures.Section {
    let regions = Region.allCases.map { region in
      share("region.\(region.rawValue)", region.title) {
        $0.value(bones)?.regions.contains(region)
      }
    }
    let hasNone = cases.contains { $0.value(bones)?.isNone ?? false }
    return .init(
      title: "Involved regions",
      shares: regions + (hasNone ? [share("region.none", "none") { $0.value(bones)?.isNone }] : []))
  }

  /// Of a choice every level, of a set every combination that occurs; nil where the finding has no levels or nobody
  /// graded it.
  func levels(_ finding: Finding) -> GroupFigures.Section? {
    let values = cases.compactMap { $0.value(finding.id) }
    guard !finding.levels.isEmpty, !values.isEmpty else { return nil }
    let wanted: [[LevelID]] =
      switch finding.scale {
      case .choice: finding.levels.map { [$0.id] }
      default: finding.inTableOrder(Set(values.map { finding.inCodeOrder($0.levelIDs) }))
      }
    return .init(
      title: finding.title.capitalizedFirst,
      shares: asking(finding.id).shares(
        finding.id.rawValue, wanted, name: { $0.map(\.rawValue).joined(separator: "+") },
        label: { levels in
          let only = finding.scale == .set && levels.count == 1 ? " only" : ""
          return finding.words(.levels(levels)) + only
        }
      ) { $0.value(finding.id).map { finding.inCodeOrder($0.levelIDs) } })
  }

  /// A section a finding; of one that is graded place by place one for all its places.
  func levels(_ findings: [Finding]) -> [GroupFigures.Section] {
    findings.compactMap { finding in
      guard let cell = finding.cell else { return levels(finding) }
      let cells = findings.filter { $0.cell?.finding == cell.finding }
      return cells.first?.id == finding.id ? levels(ofPlaces: cells) : nil
    }
  }

  /// Shares of the places at which it was graded, over all patients.
  private func levels(ofPlaces cells: [Finding]) -> GroupFigures.Section? {
    guard let whole = cells.first?.whole, !whole.levels.isEmpty else { return nil }
    let values = cases.flatMap { entry in cells.compactMap { entry.value($0.id) } }
    guard !values.isEmpty else { return nil }
    let answers = values.filter(\.isAnswer).map { whole.inCodeOrder($0.levelIDs) }
    let wanted = whole.scale == .choice ? whole.levels.map { [$0.id] } : whole.inTableOrder(Set(answers))
    return .init(
      title: "\(whole.title.capitalizedFirst), of places graded",
      shares: wanted.map { levels in
        GroupShare(
          id: "\(whole.id).\(levels.map(\.rawValue).joined(separator: "+"))", label: whole.words(.levels(levels)),
          count: answers.count { $0 == levels }, total: answers.count, missing: values.count - answers.count)
      })
  }

  /// Median and range of findings that are numbers; of one that is graded place by place over all its places.
  func numbers(_ findings: [Finding]) -> [GroupMeasure] {
    let numbers = findings.filter { $0.scale == .number }
    return numbers.filter { finding in numbers.first { $0.whole.id == finding.whole.id }?.id == finding.id }.compactMap
    {
      finding in
      let cells = numbers.filter { $0.whole.id == finding.whole.id }
      let values = cases.flatMap { entry in cells.compactMap { entry.value($0.id) } }
      guard !values.isEmpty else { return nil }
      let answers = values.compactMap(\.number)
      let unit = finding.number?.unit.map { ", \($0)" } ?? ""
      return GroupMeasure(
        id: finding.whole.id.rawValue, label: "\(finding.whole.title)\(unit)", values: answers,
        missing: (finding.cell == nil ? asking(finding.id).cases.count : values.count) - answers.count)
    }
  }

  var criteria: [GroupFigures.Section] {
    codebook.criteria(at: .baseline).enumerated().map { index, title in
      .init(
        title: "\(title.capitalizedFirst) (derived)",
        shares: [
          share(index == 0 ? "suggestive" : "criterion_\(index + 1)", "met") { entry in
            guard let consensus = entry.consensus else { return nil }
            let standings = codebook.criteria(of: entry.patientCase, at: .baseline, consensus)
            switch standings.first(where: { $0.title == title })?.standing {
            case .met: return true
            case .notMet: return false
            case .notStated, nil: return nil
            }
          }
        ])
    }
  }

  var therapy: GroupFigures.Section {
    .init(
      title: "Therapy",
      shares: distinct(cases.flatMap { Set($0.patientCase.therapy ?? []) }).map { therapy in
        share("therapy.\(therapy)", therapy) { $0.patientCase.therapy?.contains(therapy) }
      })
  }

  var followUp: GroupFigures.Section {
    let numbers = Set(cases.map(\.patientCase.followUps.count)).sorted()
    let counts = shares(
      "follow_ups", numbers, name: { "\($0)" },
      label: { $0 == 1 ? "1 follow-up" : "\($0) follow-ups" }
    ) { $0.patientCase.followUps.count }
    let short = share("short_follow_up", "followed for less than 6 months") { entry in
      entry.patientCase.followUps.last.map { $0.id.months < 6 }
    }
    return .init(title: "Follow-up", shares: counts + [short] + grades + sign)
  }

  /// The grades that a rule suggests, as they were given at the last examination, and the names beside them.
  private var grades: [GroupShare] {
    guard let finding = codebook.suggestedGrade.flatMap({ codebook[$0] }) else { return [] }
    let last = cases.map { lastPoint($0) }
    func share(_ id: String, _ label: String, _ holds: (Course.Point) -> Bool) -> GroupShare {
      let answers = last.map { $0.map(holds) }
      return GroupShare(
        id: id, label: label, count: answers.count { $0 == true }, total: answers.count { $0 != nil },
        missing: answers.count { $0 == nil })
    }
    return finding.levels.map { level in
      share("change.\(level.id)", "change: \(level.title)") { $0.change?.rawValue == level.id.rawValue }
    }
      + codebook.namesOfGrades.map { name in
        share("change.\(name.id)", "of these \(name.title)") { $0.called.contains { $0.id == name.id } }
      }
  }

  private var sign: [GroupShare] {
    guard let sign = codebook.signOfCourse else { return [] }
    return [
      share(sign.id.rawValue, "\(sign.title) on any follow-up") { entry in
        switch entry.seen(sign.id) {
        case .seen: true
        case .absent: false
        case .notStated: nil
        }
      }
    ]
  }

  /// What was graded of the last examination; a derived change is no grade and does not count.
  private func lastPoint(_ entry: TableCase) -> Course.Point? {
    guard let last = entry.course(codebook)?.last, last.change != nil, !last.isDerived else { return nil }
    return last
  }

  var outcome: GroupFigures.Section {
    .init(title: "Clinical outcome", shares: shares("outcome", of: \.outcome))
  }
}

extension Finding {
  /// Sets of levels that occur: single levels first, then as binary numbers whose first digit is the first level.
  fileprivate func inTableOrder(_ sets: Set<[LevelID]>) -> [[LevelID]] {
    let places = Dictionary(uniqueKeysWithValues: zip(levels.map(\.id), 0...))
    func key(_ set: [LevelID]) -> [Int] { set.compactMap { places[$0] }.sorted(by: >) }
    return sets.subtracting([[]]).sorted {
      $0.count != $1.count ? $0.count < $1.count : key($0).lexicographicallyPrecedes(key($1))
    }
  }
}
