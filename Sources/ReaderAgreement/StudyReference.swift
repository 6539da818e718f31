// A study's readers against a reference: the consensus, or a fact that is stated of the cases.

import Agreement
import ReviewCore

/// What readers are held against.
package enum StudyReference: Sendable {
  case consensus
  /// A fact, and the answer that is positive; nil of a fact with two answers of which that is plain.
  case fact(CaseFact, positive: String?)

  /// Reads `consensus`, `histology`, `histology=chronic osteomyelitis`.
  ///
  /// - Throws: `StudyQuestionError`.
  package init(_ text: String) throws(StudyQuestionError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts[0] != "consensus" || parts.count > 1 else {
      self = .consensus
      return
    }
    self = .fact(try CaseFact.named(parts[0]), positive: parts.count > 1 ? parts[1] : nil)
  }

  package var title: String {
    switch self {
    case .consensus: "consensus"
    case .fact(let fact, _): fact.name
    }
  }
}

/// One table of ratings against the reference.
package struct ReferenceFigures: Sendable {
  package let item: RatedItem
  package let comparison: Comparison
  package let report: ReferenceReport
}

/// The readers of a study against a reference, finding by finding.
package struct StudyReferenceAnswer: Sendable {
  package let reference: StudyReference
  package let figures: [ReferenceFigures]
  /// Titles of findings of two levels of which it is not plain which is positive.
  package let notPlain: [String]
  /// Examinations left out because their readers are letters until their consensus is recorded.
  package let byLetter: Int

  /// - Parameters:
  ///   - named: the finding or item asked for; every finding of two levels where nil.
  ///   - positive: the level that counts as positive, all others as negative; asked for where it is not plain.
  /// - Throws: `StudyQuestionError`, `ReferenceError`, `LevelCollapseError`, `RatingTableError`.
  package init(
    _ study: Study, readers: [PrincipalID], opened: [OpenedCase], patients: [CaseID: Case], _ reference: StudyReference,
    named: String?, positive: String?, collapse: LevelCollapse? = nil
  ) throws {
    self.reference = reference
    let judge = Self.name(reference.title, beside: readers)
    let judged = try opened.map { entry in
      var entry = entry
      entry.readings += try Self.readings(
        of: judge, entry, study.codebook, reference, patients, finding: named.flatMap(study.codebook.finding(named:)),
        positive: positive, collapse)
      return entry
    }
    let agreement = try StudyAgreement(study, readers: readers + [judge], opened: judged)
    let wanted = named.map(agreement.items(named:)) ?? agreement.findings.map { ($0, $0.items) }
    var (figures, notPlain, byLetter) = ([ReferenceFigures](), [String](), Set<RatedUnit>())
    var lastError: ReferenceError?
    for (ratings, items) in wanted {
      guard case .readers = ratings.comparison else { continue }
      for item in items where !item.isSetValued && !item.isOfNumbers && item.part != "assessability" {
        let item = try collapse.map { try item.collapsed($0) } ?? item
        byLetter.formUnion(item.unnamed)
        do {
          let level = try RatingTable.positive(of: item.levels, named: positive)
          let report = try ReferenceReport(item.namedTable, reference: judge.rawValue, positive: level)
          figures.append(ReferenceFigures(item: item, comparison: ratings.comparison, report: report))
        } catch let error as ReferenceError {
          lastError = error
          if case .positiveIsNotPlain(let levels) = error, levels.count == 2 { notPlain.append(item.title) }
        }
      }
    }
    if figures.isEmpty {
      // Of what is all by letter the table is empty.
      let hasNamed = wanted.contains { $0.1.contains { $0.units.count > $0.unnamed.count } }
      guard byLetter.isEmpty || hasNamed else {
        throw StudyQuestionError(
          "the readers of all these cases are letters until their consensus is recorded; record it first",
          isOfData: true)
      }
      let isOfData = if case .nothingKnown = lastError { true } else { false }
      throw StudyQuestionError(lastError?.message ?? Self.noLevels(wanted, named), isOfData: isOfData)
    }
    (self.figures, self.notPlain, self.byLetter) = (figures, notPlain, byLetter.count)
  }

  /// Why nothing of what was named can be held against a reference.
  private static func noLevels(_ wanted: [(FindingRatings, [RatedItem])], _ named: String?) -> String {
    guard let named else { return "no finding has single levels, of which one could be positive" }
    return wanted.contains { $0.1.contains(where: \.isOfNumbers) }
      ? "‘\(named)’ is a number; what is held against a reference is called positive or negative, so name a finding of levels"
      : "‘\(named)’ is a set; name a part of it, as t2w.iso"
  }

  /// A name that no reader has.
  private static func name(_ title: String, beside readers: [PrincipalID]) -> PrincipalID {
    var name = title
    while readers.contains(where: { $0.rawValue == name }) { name += " (reference)" }
    return PrincipalID(name)
  }

  /// What the reference says of a case, in the form of readings.
  private static func readings(
    of judge: PrincipalID, _ entry: OpenedCase, _ codebook: Codebook, _ reference: StudyReference,
    _ patients: [CaseID: Case], finding: Finding?, positive: String?, _ collapse: LevelCollapse?
  ) throws -> [Reading] {
    let examinations = Set(entry.readings.map(\.examination))
    func reading(_ examination: ExaminationID, _ grades: [GradeKey: Grade]) -> Reading {
      Reading(reader: judge, examination: examination, round: entry.round, state: .signed(.distantPast), grades: grades)
    }
    switch reference {
    case .consensus:
      guard let consensus = entry.consensus else { return [] }
      return examinations.map { examination in
        var agreed = reading(
          examination, consensus.grades.filter { $0.key.examination == examination }.compactMapValues(\.grade))
        // What its version had not was not asked of the reference either.
        agreed.codebook = codebook.of(consensus).version
        return agreed
      }
    case .fact(let fact, let answer):
      guard let finding, finding.scale == .choice else {
        throw StudyQuestionError(
          "against \(fact.name) one finding is held whose grades are single levels; name it with --finding ID")
      }
      // Any level that counts as positive stands for the positive answer, any other for the rest.
      let levels = finding.levels.map(\.id.rawValue)
      let plan = try collapse?.plan(levels)
      let names = plan.map { plan in plan.places.map { plan.levels[$0] } } ?? levels
      let wanted = try RatingTable.positive(of: plan?.levels ?? levels, named: positive)
      guard let level = zip(finding.levels, names).first(where: { $1 == wanted })?.0.id,
        let other = zip(finding.levels, names).first(where: { $1 != wanted })?.0.id
      else { return [] }
      let yes = try positiveAnswer(fact, answer, patients)
      return examinations.compactMap { examination in
        let value = patients[entry.id].map { fact.value($0, examination) } ?? ""
        guard !value.isEmpty else { return nil }
        return reading(
          examination, [GradeKey(examination, finding.id): Grade(.level(value == yes ? level : other))])
      }
    }
  }

  /// The answer of a fact that counts as positive.
  private static func positiveAnswer(
    _ fact: CaseFact, _ named: String?, _ patients: [CaseID: Case]
  ) throws -> String {
    let answers = Set(
      patients.values.flatMap { patient in
        patient.examinations.map { fact.value(patient, $0.id) }
      }
    ).subtracting([""]).sorted()
    let list = (answers.count == 1 ? "there is " : "there are ") + answers.map { "‘\($0)’" }.joined(separator: ", ")
    if let named {
      guard answers.contains(named) else {
        throw StudyQuestionError("\(fact.name) has no answer ‘\(named)’; \(list)")
      }
      return named
    }
    guard answers.count == 2, let plain = try? RatingTable.positive(of: answers, named: nil) else {
      throw StudyQuestionError(
        "which answer of \(fact.name) is positive is not plain; name it, as --reference '\(fact.name)="
          + "\(answers.first ?? "…")'; \(list)")
    }
    return plain
  }
}
