// The grades of one reader, consensus or publication as the conditions and rules of a codebook file see them.

import Codebooks
import TextSafety

/// What a rule of the codebook makes of the grades.
public struct DerivedValue: Hashable, Sendable {
  public var finding: Finding
  /// Nil while it is not decided, or where there is none.
  public var value: GradeValue?
  /// The value with what it is called, or between what it lies; and what is missing.
  public var words: String
  /// The sentences that led to it.
  public var reasons: [String]
}

/// What is asked of a reader at an examination.
public struct AskedFindings: Sendable {
  /// In the order in which they are graded.
  public var shown: [Finding]
  /// Of those the ones that a signature needs.
  public var demanded: Set<FindingID>

  public init(shown: [Finding], demanded: Set<FindingID>) { (self.shown, self.demanded) = (shown, demanded) }
}

public final class SchemeReading {
  private let codebook: Codebook
  let origin: CodebookOrigin
  let examinations: [ExaminationID]
  let evaluation: Evaluation
  private let hasNoBones: Bool

  /// - Parameters:
  ///   - patientCase: as the one who looks may see it.
  ///   - withheld: given facts that were taken out of it.
  ///   - values: grades of an examination, against a comparator.
  /// - Returns: nil for a list of findings without a file.
  public init?(
    _ codebook: Codebook, of patientCase: Case, withheld: Set<FindingID> = [],
    values: (ExaminationID, Comparator) -> [FindingID: GradeValue]
  ) {
    guard let origin = codebook.origin else { return nil }
    (self.codebook, self.origin) = (codebook, origin)
    examinations = patientCase.examinations.map(\.id)
    evaluation = Evaluation(origin.scheme, origin.record(patientCase, withheld, values))
    hasNoBones = codebook.saysNoBone(values(.baseline, .baseline))
  }

  /// The state of a reading after a key: what hangs on nothing that has changed is not worked out again.
  ///
  /// - Parameter before: what the state before left (`memory`), of the same codebook and case; nil for the first.
  package init?(_ codebook: Codebook, of view: CaseView, by reader: PrincipalID, after before: Memory?) {
    guard let origin = codebook.origin else { return nil }
    (self.codebook, self.origin) = (codebook, origin)
    examinations = view.patientCase.examinations.map(\.id)
    let record = origin.record(view.patientCase, view.withheldFacts) {
      view.reading(of: reader, $0)?.values(comparator: $1) ?? [:]
    }
    evaluation = Evaluation(origin.scheme, record, after: before?.found)
    hasNoBones = codebook.saysNoBone(view.reading(of: reader, .baseline)?.values() ?? [:])
  }

  /// What was found, for the state after the next key.
  package struct Memory: Sendable {
    fileprivate let found: EvaluationMemory?
  }

  package var memory: Memory { Memory(found: evaluation.memory) }

  // MARK: asked

  /// Whether a finding is asked; nil where that cannot be told yet.
  private func isAsked(_ finding: Finding, at examination: Int) -> Bool? {
    guard let asked = origin.questions[finding.id], !asked.isRule else { return true }
    let question = origin.scheme.questions[asked.index]
    if let place = asked.place, case .named(let naming)? = question.family {
      guard namedPlaces(naming, at: examination).contains(place) else { return false }
    }
    return evaluation.isAsked(asked.index, at: examination, place: asked.place)
  }

  private var named: [[Int]: Set<Int>] = [:]

  /// The places that the answer to a question names; empty while it is not answered.
  private func namedPlaces(_ question: Int, at examination: Int) -> Set<Int> {
    if let known = named[[question, examination]] { return known }
    let at = origin.scheme.questions[question].at == .baseline ? 0 : examination
    let answer = evaluation.record.answers[CaseRecord.Key(question, at: at)]
    var places: Set<Int> = []
    if case .places(let answered)? = answer {
      for case .place(let place) in answered { places.insert(place) }
    }
    named[[question, examination]] = places
    return places
  }

  public func asked(at examination: ExaminationID, comparator: Comparator = .baseline) -> AskedFindings {
    guard let index = examinations.firstIndex(of: examination) else { return AskedFindings(shown: [], demanded: []) }
    var asked = AskedFindings(shown: [], demanded: [])
    for finding in codebook.findings(at: examination, comparator: comparator) {
      let isAsked = isAsked(finding, at: index)
      if isAsked == false { continue }
      asked.shown.append(finding)
      if isAsked == true, isDemanded(finding) { asked.demanded.insert(finding.id) }
    }
    return asked
  }

  /// Whether something is asked, of a consensus that is only being made.
  enum Openness { case asked, notAsked, undecided }

  func open(at examination: ExaminationID) -> [FindingID: Openness] {
    guard let index = examinations.firstIndex(of: examination) else { return [:] }
    return codebook.findings(at: examination).reduce(into: [:]) { open, finding in
      open[finding.id] =
        hangsOnPlaces(finding, at: index)
        ? .undecided : isAsked(finding, at: index).map { $0 ? .asked : .notAsked } ?? .undecided
    }
  }

  /// It is asked at places that are not answered yet.
  private func hangsOnPlaces(_ finding: Finding, at examination: Int) -> Bool {
    guard let asked = origin.questions[finding.id], !asked.isRule,
      case .named(let naming)? = origin.scheme.questions[asked.index].family
    else { return false }
    let at = origin.scheme.questions[naming].at == .baseline ? 0 : examination
    return evaluation.record.answers[CaseRecord.Key(naming, at: at)] == nil
  }

  private func isDemanded(_ finding: Finding) -> Bool {
    guard !finding.isAskedAfterwards else { return false }
    guard let asked = origin.questions[finding.id], !asked.isRule else { return true }
    let question = origin.scheme.questions[asked.index]
    return question.family == nil || question.asksEveryPlace
      || finding.scale == .map && !(hasNoBones && finding.isOfBonesOfBaseline)
  }

  // MARK: what follows

  /// What the rules make of an examination, in the order of the codebook.
  public func derived(at examination: ExaminationID) -> [DerivedValue] {
    guard let index = examinations.firstIndex(of: examination) else { return [] }
    return origin.scheme.rules.indices.flatMap { rule -> [DerivedValue] in
      let bound = origin.scheme.rules[rule]
      guard bound.suggests == nil, bound.at.includes(index) else { return [] }
      return evaluation.places(ofRule: rule, at: index).compactMap { place in derived(rule, at: index, place: place) }
    }
  }

  private func derived(_ rule: Int, at examination: Int, place: Int?) -> DerivedValue? {
    let bound = origin.scheme.rules[rule]
    let id = place.map { Cell.id(FindingID(bound.id), at: origin.scheme.body.places[$0].id) } ?? FindingID(bound.id)
    guard let finding = codebook[id] else { return nil }
    let answer = evaluation.answer(rule: rule, at: examination, place: place)
    var derived = DerivedValue(finding: finding, value: nil, words: "", reasons: answer.reasons)
    guard let value = answer.value else {
      derived.words = openWords(answer, at: examination)
      return derived
    }
    let called = answer.called.isEmpty ? "" : " (\(answer.called.map(\.title).joined(separator: ", ")))"
    derived.words = origin.scheme.words(value, of: rule) + called
    switch value {
    case .number(let number): derived.value = number.isInfinite ? nil : .number(number.rounded)
    case .level(let level): derived.value = bound.scale.map { .level(LevelID($0.levels[level].id.text)) }
    case .absent, .noRow: break
    }
    return derived
  }

  private func openWords(_ answer: RuleAnswer, at examination: Int) -> String {
    if answer.isWithheld { return "withheld" }
    let between = answer.bounds.map { "\($0.low) to \($0.high); " } ?? ""
    let verb = answer.isExact ? "needs" : "may still change with"
    return "\(between)\(verb) \(origin.scheme.words(answer.missing, at: examination, in: evaluation.record))"
  }

  /// What does not go together at an examination.
  public func warnings(at examination: ExaminationID) -> [ConsistencyWarning] {
    guard let index = examinations.firstIndex(of: examination) else { return [] }
    return (evaluation.warnings(at: index) + evaluation.gradedUnseen(at: index)).map { ConsistencyWarning($0) }
  }

  /// The same with what does not agree with the protocol.
  public func warnings(at examination: Examination, _ studyProtocol: StudyProtocol) -> [ConsistencyWarning] {
    warnings(at: examination.id) + ConsistencyWarning.ofAcquisitions(examination, studyProtocol)
  }

  func index(of examination: ExaminationID) -> Int? { examinations.firstIndex(of: examination) }

  // MARK: the whole case

  /// What is to be careful about in the case.
  public var flags: [String] { origin.scheme.flags.filter(evaluation.holdsOfCase).map(\.title) }

  /// Whether a flag of the codebook holds, by its id.
  func hasFlag(_ id: String) -> Bool {
    origin.scheme.flags.contains { $0.id?.isSameID(as: id) == true && evaluation.holdsOfCase($0) }
  }

  /// Whether the case stands on a page of the atlas, by its place in the list.
  func isOnPage(_ place: Int) -> Bool { evaluation.holdsOfCase(origin.scheme.atlas[place]) }

  /// The grades that count, with what the rules make of them: answers to what is not asked are left out.
  func settled(_ grades: [GradeKey: GradeValue], at examination: ExaminationID) -> (
    uncounted: Set<GradeKey>, derived: [GradeKey: GradeValue]
  ) {
    let shown = Dictionary(
      uniqueKeysWithValues: Comparator.allCases.map { comparator in
        (comparator, Set(asked(at: examination, comparator: comparator).shown.map(\.id)))
      })
    let uncounted = grades.keys.filter {
      $0.examination == examination && shown[$0.comparator]?.contains($0.finding) != true
    }
    let derived = derived(at: examination).compactMap { derived in
      derived.value.map { (GradeKey(examination, derived.finding.id), $0) }
    }
    return (Set(uncounted), Dictionary(derived) { first, _ in first })
  }
}

extension CodebookOrigin {
  fileprivate func record(
    _ patientCase: Case, _ withheld: Set<FindingID>, _ values: (ExaminationID, Comparator) -> [FindingID: GradeValue]
  ) -> CaseRecord {
    var record = CaseRecord(
      examinations: patientCase.examinations.map { examination in
        CaseRecord.Examination(
          months: Exact(examination.id.months.plain) ?? .zero,
          lacking: Set(
            scheme.file.series.indices.filter {
              examination.lacks(MRSequence(rawValue: scheme.file.series[$0].id.text))
            }))
      })
    for (index, examination) in patientCase.examinations.enumerated() {
      for comparator in Comparator.allCases {
        let against: ComparedWith = comparator == .baseline ? .baseline : .previous
        for (id, value) in values(examination.id, comparator) { enter(id, value, at: index, against, into: &record) }
      }
    }
    for (id, value) in patientCase.given ?? [:] { enter(id, value, at: 0, .baseline, into: &record) }
    record.segments = Set(patientCase.bones.extra.compactMap { scheme.body.place($0.rawValue) })
    record.withheld = Set(withheld.compactMap { questions[$0]?.index })
    return record
  }

  private func enter(
    _ id: FindingID, _ value: GradeValue, at examination: Int, _ against: ComparedWith, into record: inout CaseRecord
  ) {
    guard let asked = questions[id], !asked.isRule else { return }
    if case .map(let changes) = value, !changes.isEmpty {
      for (bone, level) in changes {
        guard let place = scheme.body.place(bone.rawValue),
          let answer = answer(.level(level), to: scheme.questions[asked.index])
        else { continue }
        record.answers[CaseRecord.Key(asked.index, at: examination, against: against, place: place)] = answer
      }
      return
    }
    guard let answer = answer(value, to: scheme.questions[asked.index]) else { return }
    record.answers[CaseRecord.Key(asked.index, at: examination, against: against, place: asked.place)] = answer
  }

  private func answer(_ value: GradeValue, to question: Question) -> Answer? {
    switch value {
    case .notAssessable: return .notAssessable
    case .notAcquired: return .notAcquired
    case .number(let number): return Exact(number.plain).map { .number($0) }
    case .map: return .places([])
    case .sites(let sites):
      return .places(
        sites.compactMap { site in
          let name = site.id
          if let place = scheme.body.place(name) { return .place(place) }
          if let extent = scheme.body.extents.firstIndex(where: { $0.id.isSameID(as: name) }) { return .extent(extent) }
          return scheme.body.run(name).map { .run($0.lowerBound, $0.upperBound) }
        })
    case .level, .levels:
      let names = value.levelIDs.map(\.rawValue)
      if question.scale.kind == .places {
        return .places(names == ["none"] ? [] : names.compactMap { scheme.body.place($0).map { .place($0) } })
      }
      return .levels(names.compactMap { question.scale.level($0) }.sorted())
    }
  }
}

extension Exact {
  /// A fraction without an end is shown, exported and compared with six decimals.
  fileprivate var rounded: Double { (double * 1_000_000).rounded() / 1_000_000 }
}
