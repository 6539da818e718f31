// The file that a codebook was made from: its words, what they mean, and which finding is which of its questions.

import Codebooks

/// A codebook file as a study carries it.
public struct CodebookOrigin: Sendable {
  /// The file, letter by letter.
  public let text: String
  package let scheme: Scheme
  /// What a finding of the study is in the file.
  let questions: [FindingID: Asked]
  /// Facts of case files, one for each place where they have places.
  let given: [Finding]
  /// The rule that suggests a grade; nil where none does.
  let suggestion: Suggestion?
  /// Everything is asked of everybody, once an examination, and nothing is worked out.
  let isPlain: Bool
  /// Worked out once: every row of the worklist asks for them.
  let columns: [FindingID]
  private let places: [FindingID: Int]
  private let findings: [Asked: FindingID]

  /// A question or rule of the file, at one of its places.
  struct Asked: Hashable, Sendable {
    var isRule: Bool
    var index: Int
    var place: Int?
  }

  fileprivate init(_ text: String, _ scheme: Scheme) {
    (self.text, self.scheme) = (text, scheme)
    let lowered = LoweredScheme(scheme)
    (questions, given) = (lowered.asked, lowered.given)
    suggestion = scheme.rules.indices.first { scheme.rules[$0].family == nil && scheme.rules[$0].suggests != nil }
      .flatMap { rule in
        scheme.rules[rule].suggests.map { Suggestion(rule: rule, finding: FindingID(scheme.questions[$0].id)) }
      }
    isPlain =
      lowered.findings.allSatisfy { $0.cell == nil && !$0.isDerived } && scheme.questions.allSatisfy { $0.when == nil }
    columns = Codebook(id: scheme.file.id, version: scheme.file.version, findings: lowered.findings)
      .columns(named: scheme.file.columns.map(\.text))
    findings = Dictionary(lowered.asked.map { ($1, $0) }) { first, _ in first }
    places = Dictionary(lowered.findings.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  /// Where a finding stands in the codebook.
  func place(of id: FindingID) -> Int? { places[id] }

  /// The finding that a question is at a place; the whole one where it is one answer for all its places.
  func finding(_ question: Int, at place: Int?) -> FindingID? {
    findings[Asked(isRule: false, index: question, place: place)]
      ?? findings[Asked(isRule: false, index: question, place: nil)]
      ?? (scheme.questions.indices.contains(question) ? FindingID(scheme.questions[question].id) : nil)
  }
}

extension CodebookOrigin: Hashable {
  public static func == (a: CodebookOrigin, b: CodebookOrigin) -> Bool { a.text == b.text }
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension CodebookOrigin: Codable {
  private enum CodingKeys: String, CodingKey { case text, file }

  /// What was read and checked when the study was made is bound again; the text is not parsed.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    guard let scheme = SchemeBinder.checked(try values.decode(CodebookFile.self, forKey: .file)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .file, in: values, debugDescription: "the codebook names what is not there")
    }
    self.init(try values.decode(String.self, forKey: .text), scheme)
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(text, forKey: .text)
    try values.encode(scheme.file, forKey: .file)
  }
}

extension Codebook {
  /// The codebook that a checked file describes.
  ///
  /// - Parameter text: the file, which the study keeps.
  package init(_ scheme: Scheme, text: String) {
    self.init(
      id: scheme.file.id, version: scheme.file.version, findings: LoweredScheme(scheme).findings,
      origin: CodebookOrigin(text, scheme))
  }

  /// Facts of case files that its rules use and nobody grades, one for each place where they have places.
  public var givenFacts: [Finding] { origin?.given ?? [] }

  /// Of the given facts those that are kept from readers until they have signed.
  public var withheldFacts: Set<FindingID> {
    guard let origin else { return [] }
    return Set(
      origin.questions.filter { !$0.value.isRule && origin.scheme.questions[$0.value.index].written.isWithheld }.keys)
  }

  /// What the codebook is called; nil for a list of findings without a file.
  public var title: String? { origin?.scheme.file.title }

  /// Everything is asked of everybody, once an examination, and nothing is worked out from it: no question hangs on
  /// another, and none has places.
  public var isPlain: Bool { origin?.isPlain ?? true }

  /// Findings that the worklist shows in columns of its own, two at most.
  public var columns: [FindingID] { origin?.columns ?? columns(named: []) }

  fileprivate func columns(named ids: [String]) -> [FindingID] {
    let named = ids.compactMap { finding(named: $0) }.filter { !$0.isDerived }
    let whole = findings.filter { $0.cell == nil && !$0.isDerived && $0.phase.includes(.baseline) }
    let shown = named.isEmpty ? whole : named
    return shown.prefix(2).map(\.id)
  }

  /// The series that examinations of the study may have.
  public var series: [MRSequence] {
    guard let origin, !origin.scheme.file.series.isEmpty else { return MRSequence.allCases }
    return origin.scheme.file.series.map { MRSequence(rawValue: $0.id.text) }
  }
}
