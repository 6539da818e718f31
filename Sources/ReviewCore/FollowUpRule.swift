// The rule that turns the findings of a follow-up examination into its grade.

/// Derives the sequential change from what was graded. Source: the paper's criteria for follow-up, made exhaustive in
/// the design notes: worse anything is aggravated; then complete marrow without abscess is healed; then better
/// anything without abscess is healing; an abscess rules out healing; all else is equivocal.
public enum FollowUpRule {
  public enum Change: String, CaseIterable, Codable, Hashable, Sendable, Comparable {
    case aggravated, equivocal, healing, healed

    public var level: LevelID { LevelID(rawValue) }

    public static func < (a: Change, b: Change) -> Bool {
      (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
  }

  public struct Grade: Hashable, Sendable {
    public var change: Change
    /// Aggravated although something got better as well.
    public var isMixed: Bool
    /// Healing with an almost complete reconstitution of fatty marrow: *almost healed*.
    public var isAlmostHealed: Bool
    /// The sentences that led to it.
    public var reasons: [String]

    public init(change: Change, isMixed: Bool, isAlmostHealed: Bool, reasons: [String]) {
      self.change = change
      self.isMixed = isMixed
      self.isAlmostHealed = isAlmostHealed
      self.reasons = reasons
    }

    /// `aggravated, mixed`, `almost healed`.
    public var title: String {
      isAlmostHealed ? "almost healed" : change.rawValue + (isMixed ? ", mixed" : "")
    }
  }

  public enum Outcome: Hashable, Sendable {
    case grade(Grade)
    /// Of what is not graded, exactly that which could still change the answer.
    case undecided(missing: [FindingID])

    /// Nil where it cannot be decided.
    public var grade: Grade? { if case .grade(let grade) = self { grade } else { nil } }
  }

  /// One input as the rule sees it: what each possible answer says. Anything the answer does not say is neutral.
  private struct Input {
    let finding: FindingID
    /// Levels with the sentences they contribute.
    let worse: [(level: LevelID, sentence: String)]
    let better: [(level: LevelID, sentence: String)]
  }

  private typealias ID = Codebook.ID

  private static let inputs: [Input] = [
    Input(
      finding: ID.foci, worse: [("increased", "more or larger foci")], better: [("decreased", "fewer or smaller foci")]),
    Input(
      finding: ID.lesionChanges, worse: [("increased", "increased in"), ("new", "new in")],
      better: [("decreased", "decreased in"), ("resolved", "resolved in")]),
    Input(
      finding: ID.marrow, worse: [],
      better: [
        ("partial", "fatty marrow partly reconstituted"),
        ("almost_complete", "fatty marrow almost completely reconstituted"),
        ("complete", "fatty marrow completely reconstituted"),
      ]),
    Input(
      finding: ID.signalArea, worse: [("increased", "larger area of abnormal signal")],
      better: [("decreased", "smaller area of abnormal signal")]),
    Input(finding: ID.destruction, worse: [("progressive", "progressive destruction or collapse")], better: []),
    Input(finding: ID.spread, worse: [("yes", "spread to other bone")], better: []),
    Input(
      finding: ID.softTissueChange, worse: [("increased", "more soft-tissue inflammation")],
      better: [("reduced", "less soft-tissue inflammation"), ("resolved", "soft-tissue inflammation resolved")]),
  ]

  /// The part of the evidence that decides.
  private struct Standing: OptionSet {
    var rawValue: UInt8
    static let worse = Standing(rawValue: 1)
    static let better = Standing(rawValue: 2)
    static let complete = Standing(rawValue: 4)
    static let abscess = Standing(rawValue: 8)
    /// The comparator is known to have had no abscess, so that one now is new.
    static let wasFree = Standing(rawValue: 16)

    var change: Change {
      if contains(.worse) || isSuperset(of: [.abscess, .wasFree]) { return .aggravated }
      if contains(.abscess) { return .equivocal }
      if contains(.complete) { return .healed }
      return contains(.better) ? .healing : .equivocal
    }
  }

  private struct Evidence {
    var standing: Standing = []
    var worse: [String] = []
    var better: [String] = []
    var marrow: LevelID?
  }

  /// - Parameters:
  ///   - grades: the grades of the follow-up examination; what is `not assessable` or `not acquired` is evidence of
  ///     nothing, as if it were not graded.
  ///   - baselineAbscess: whether the baseline had a soft-tissue abscess; nil where that is not known.
  public static func outcome(of grades: [FindingID: GradeValue], baselineAbscess: Bool?) -> Outcome {
    let grades = grades.values.allSatisfy(\.isAnswer) ? grades : grades.filter(\.value.isAnswer)
    let known = evidence(grades, baselineAbscess: baselineAbscess)
    let missing = undecided(grades, known: known.standing, baselineAbscess: baselineAbscess)
    guard missing.isEmpty else { return .undecided(missing: missing) }
    let change = known.standing.change
    let abscess = known.standing.contains(.abscess) ? ["an abscess rules out healing"] : []
    let reasons =
      switch change {
      case .aggravated: known.worse + known.better.map { "but " + $0 }
      case .healed, .healing: known.better
      case .equivocal: known.better.isEmpty ? ["no substantial change"] : known.better + abscess.map { "but " + $0 }
      }
    return .grade(
      Grade(
        change: change, isMixed: change == .aggravated && known.standing.contains(.better),
        isAlmostHealed: change == .healing && known.marrow == "almost_complete", reasons: reasons))
  }

  /// Whether the baseline had a soft-tissue abscess; nil where its grades do not say.
  public static func baselineAbscess(_ baseline: [FindingID: GradeValue]) -> Bool? {
    guard let value = baseline[ID.softTissueAbscess], value.isAnswer else { return nil }
    return value.contains("present")
  }

  private static func evidence(_ grades: [FindingID: GradeValue], baselineAbscess: Bool?) -> Evidence {
    var evidence = Evidence()
    for input in inputs {
      guard let value = grades[input.finding] else { continue }
      evidence.worse += sentences(input.worse, value)
      evidence.better += sentences(input.better, value)
    }
    evidence.marrow = grades[ID.marrow]?.levelIDs.first
    if grades[ID.abscess]?.contains("present") == true {
      evidence.standing.insert(.abscess)
      if baselineAbscess == false { evidence.worse.append("an abscess that was not there before") }
    }
    if baselineAbscess == false { evidence.standing.insert(.wasFree) }
    if !evidence.worse.isEmpty { evidence.standing.insert(.worse) }
    if !evidence.better.isEmpty { evidence.standing.insert(.better) }
    if evidence.marrow == "complete" { evidence.standing.insert(.complete) }
    return evidence
  }

  private static func sentences(_ table: [(level: LevelID, sentence: String)], _ value: GradeValue) -> [String] {
    let levels = value.levelIDs
    return table.filter { levels.contains($0.level) }.map { level, sentence in
      let bones = value.changes.filter { $0.value == level }.keys.sorted().map(\.title)
      return bones.isEmpty ? sentence : "\(sentence) \(bones.joined(separator: ", "))"
    }
  }

  /// The ungraded inputs of which some answer, with the other ungraded ones answered somehow, leads to another grade.
  private static func undecided(
    _ grades: [FindingID: GradeValue], known: Standing, baselineAbscess: Bool?
  ) -> [FindingID] {
    // Nothing outweighs what is worse.
    if known.contains(.worse) { return [] }
    var open = answers.filter { $0.finding != ID.softTissueAbscess && grades[$0.finding] == nil }
    let abscessIsRuledOut = grades[ID.abscess].map { !$0.contains("present") } ?? false
    if baselineAbscess == nil, !abscessIsRuledOut { open += answers.filter { $0.finding == ID.softTissueAbscess } }
    return open.filter { input in
      let others = open.filter { $0.finding != input.finding }
      return standings(from: known, others.map(\.adding)).contains { standing in
        input.adding.contains { standing.union($0).change != standing.change }
      }
    }.map(\.finding)
  }

  /// Every standing that answers to open inputs can make of a known one.
  private static func standings(from known: Standing, _ open: [[Standing]]) -> [Standing] {
    var found = [known]
    for adding in open {
      // What an answer adds is never taken away: each standing is kept as it is, for the neutral answer.
      for standing in found {
        for added in adding where !found.contains(standing.union(added)) { found.append(standing.union(added)) }
      }
    }
    return found
  }

  /// What the answers to each input can add to a standing; the neutral answer adds nothing.
  private static let answers: [(finding: FindingID, adding: [Standing])] =
    inputs.map { input in
      let better: [Standing] =
        input.finding == ID.marrow ? [.better, [.better, .complete]] : input.better.isEmpty ? [] : [.better]
      return (input.finding, (input.worse.isEmpty ? [] : [.worse]) + better)
    } + [(ID.abscess, [.abscess]), (ID.softTissueAbscess, [.wasFree])]
}
