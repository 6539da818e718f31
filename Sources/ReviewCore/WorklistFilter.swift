// What a person types to narrow a worklist: words, and facts such as `rim:absent`.

/// A filter of the worklist. All its parts must hold.
public struct WorklistFilter: Codable, Hashable, Sendable {
  public enum Status: String, CaseIterable, Codable, Hashable, Sendable {
    /// Of the principal's own readings of a case.
    case todo, draft, signed
    /// Of the case.
    case ready, opened, recorded, published, imported
  }

  public enum Fact: Codable, Hashable, Sendable {
    /// A grade shown to the principal holds this word (`GradeValue.searchWords`).
    case grade(FindingID, String)
    case status(Status)
    case flag(CourseFlag)
    case sex(Sex)
    /// In years.
    case age(ClosedRange<Int>)
    /// Months of the last examination.
    case followUp(ClosedRange<Double>)
    /// The case's id, in whatever case of letters, or the number at its end; `*` stands for any characters.
    case id(String)
  }

  /// Lower case; each must occur in the case's id, patient, title or symptoms, as far as they are not withheld.
  public var words: [String]
  public var facts: [Fact]

  public init(words: [String] = [], facts: [Fact] = []) {
    self.words = words
    self.facts = facts
  }

  public var isEmpty: Bool { words.isEmpty && facts.isEmpty }

  /// Reads what was typed. `problems` names each fact that means nothing, with what is allowed; the rest still holds.
  public static func parse(_ text: String, codebook: Codebook) -> (filter: WorklistFilter, problems: [String]) {
    var filter = WorklistFilter()
    var problems: [String] = []
    for term in text.split(separator: " ") {
      guard let colon = term.firstIndex(of: ":"), colon != term.startIndex else {
        filter.words.append(term.lowercased())
        continue
      }
      let key = term[..<colon].lowercased()
      let value = String(term[term.index(after: colon)...])
      // A colon with nothing behind it is told what may stand there.
      do { filter.facts.append(try fact(key, value, codebook)) } catch { problems.append(error.description) }
    }
    return (filter, problems)
  }

  /// Why a fact means nothing.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  private static func fact(_ key: String, _ value: String, _ codebook: Codebook) throws(Problem) -> Fact {
    switch key {
    case "status":
      guard let status = Status(rawValue: value.lowercased()) else { throw none("status", value, Status.allCases) }
      return .status(status)
    case "flag":
      guard let flag = CourseFlag(rawValue: value.lowercased()) else { throw none("flag", value, CourseFlag.allCases) }
      return .flag(flag)
    case "sex":
      let wanted = value.lowercased()
      guard let sex = Sex.allCases.first(where: { [$0.letter.lowercased(), $0.rawValue].contains(wanted) })
      else { throw none("sex", value, Sex.allCases) }
      return .sex(sex)
    case "age":
      let range = try range(key, value)
      return .age(Int(max(range.lowerBound, 0))...Int(min(range.upperBound, 1000)))
    case "case":
      guard !value.isEmpty else { throw Problem(description: "case: write case:4 or case:SPINE-0*") }
      return .id(value)
    case "follow-up":
      return .followUp(try range(key, value))
    default:
      guard let finding = codebook.finding(named: key) else {
        let names = codebook.findings.flatMap { [$0.id.rawValue] + $0.aliases }
        let near = Spelling.nearest(to: key, in: ["case", "status", "flag", "sex", "age", "follow-up"] + names)
        let cure = near.map { "did you mean ‘\($0)’?" } ?? "try rim:absent, bones:sacral, status:draft"
        throw Problem(description: "there is no fact ‘\(key)’; \(cure)")
      }
      let word = GradeValue.searchWord(value)
      let allowed = finding.searchWords
      guard allowed.contains(word) || finding.takesSites && GradeValue.isPlace(word) else {
        throw Problem(description: none(key, value) + (places(finding) + allowed).joined(separator: ", "))
      }
      return .grade(finding.id, word)
    }
  }

  /// Every place that a finding of bones can be found by.
  private static func places(_ finding: Finding) -> [String] {
    guard finding.takesSites else { return [] }
    let words = ["whole-spine", "upper-sacrum"] + Region.allCases.map(\.rawValue) + Bone.girdles.map(\.rawValue)
    return ["T11", "T5-L5"]
      + words.map(GradeValue.searchWord).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func none<T: RawRepresentable<String>>(_ key: String, _ value: String, _ all: [T]) -> Problem {
    Problem(description: none(key, value) + all.map(\.rawValue).joined(separator: ", "))
  }

  private static func none(_ key: String, _ value: String) -> String {
    value.isEmpty ? "\(key): directly after the colon, one of " : "\(key): there is no ‘\(value)’; use "
  }

  /// `60`, `<60`, `>60`, `40-60`.
  private static func range(_ key: String, _ text: String) throws(Problem) -> ClosedRange<Double> {
    let step = key == "age" ? 1.0 : 0.001
    if text.hasPrefix("<"), let limit = Double(text.dropFirst()), limit >= 0 { return 0...max(0, limit - step) }
    if text.hasPrefix(">"), let limit = Double(text.dropFirst()), (0..<9999).contains(limit) {
      return min(limit + step, 9999)...9999
    }
    guard !text.isEmpty else {
      throw Problem(description: "\(key): write \(key):60, \(key):<60, \(key):>60 or \(key):40-60")
    }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Double($0) }
    if ends.count == 1, let only = ends[0], (0...9999).contains(only) { return only...only }
    if ends.count == 2, let low = ends[0], let high = ends[1], 0 <= low, low <= high, high <= 9999 { return low...high }
    throw Problem(
      description: "\(key): ‘\(text)’ is not a number; write \(key):60, \(key):<60, \(key):>60 or \(key):40-60")
  }
}

extension WorklistFilter {
  /// The number that a text is, or that an id ends in, without leading zeros: `4` of `SPINE-2024-0004`.
  public static func number(of text: String, isWhole: Bool) -> String? {
    let digits = text.reversed().prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, !isWhole || digits.count == text.count else { return nil }
    return String(digits.reversed().drop { $0 == "0" })
  }

  /// True where an id is what a pattern says: `SPINE-0*`; `4` is the case `4`, and `SPINE-2024-0004`.
  public static func matches(_ pattern: String, _ id: CaseID) -> Bool {
    if let number = number(of: pattern, isWhole: true) { return number == Self.number(of: id.rawValue, isWhole: false) }
    // The parts between the stars, each found after the one before it.
    let parts = pattern.lowercased().split(separator: "*", omittingEmptySubsequences: false)
    let text = id.rawValue.lowercased()
    guard let first = parts.first, let last = parts.last, parts.count > 1 else { return pattern.lowercased() == text }
    guard text.hasPrefix(first), text.dropFirst(first.count).hasSuffix(last) else { return false }
    var rest = text.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}

extension GradeValue {
  /// The words by which a filter finds the grade: its levels; its bones, extents and regions; `not-assessable`.
  public var searchWords: [String] {
    switch self {
    case .level, .levels: levelIDs.map { Self.searchWord($0.rawValue) }
    case .sites([]), .map([:]): [text]
    case .sites(let sites): sites.map { Self.searchWord($0.id) } + regions.map { Self.searchWord($0.rawValue) }.sorted()
    case .map(let changes):
      changes.keys.sorted().map { Self.searchWord($0.rawValue) }
        + Set(changes.values.map { Self.searchWord($0.rawValue) }).sorted()
    case .number, .notAssessable, .notAcquired: [text]
    }
  }

  /// How a word is written in the index: lower case, `-` for `_`, `sacral` for `sacrum`.
  public static func searchWord(_ text: String) -> String {
    let word = text.lowercased().replacing("_", with: "-")
    return word == "sacrum" ? "sacral" : word
  }
}

extension GradeValue {
  /// True where the word is a bone, an extent, a run of bones or a region.
  static func isPlace(_ word: String) -> Bool {
    if Region.allCases.contains(where: { searchWord($0.rawValue) == word }) { return true }
    let vertebra = word.contains { $0.isNumber }
    return Site(id: vertebra ? word.uppercased() : word.replacing("-", with: "_")) != nil
  }
}

extension Finding {
  /// True where bones are the answer, or a part of it.
  public var takesSites: Bool { scale == .sites || scale == .map }

  /// The words a filter may use for it, beside any place in the body where it takes those.
  public var searchWords: [String] {
    levels.map { GradeValue.searchWord($0.id.rawValue) } + (takesSites ? ["none"] : [])
      + ["not-assessable", "not-acquired"]
  }
}
