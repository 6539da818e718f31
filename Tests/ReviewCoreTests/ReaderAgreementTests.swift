// How far readers agree: every pattern of three, bones, and whatever else they may say.

import ReviewCore
import TestSupport
import Testing

@Suite struct ReaderAgreementTests {
  private static let patterns: [([GradeValue?], ReaderAgreement, GradeValue?)] = [
    ([.level("absent"), .level("absent"), .level("absent")], .unanimous, .level("absent")),
    ([.level("absent"), .level("present"), .level("absent")], .partial(2, of: 3), .level("absent")),
    ([.level("absent"), .level("present"), .notAssessable], .allDiffer, nil),
    ([.level("absent"), .level("absent"), nil], .partial(2, of: 3), .level("absent")),
    ([.level("absent"), nil, nil], .partial(1, of: 3), nil),
    ([nil, nil, nil], .notGraded, nil),
    ([.notAcquired, .notAcquired, .notAcquired], .unanimous, .notAcquired),
    ([.notAssessable, .notAcquired, .notAssessable], .partial(2, of: 3), .notAssessable),
  ]

  @Test(arguments: patterns)
  func threeGradesOfOneFinding(values: [GradeValue?], expected: ReaderAgreement, majority: GradeValue?) {
    let agreement = ReaderAgreement(values, of: Self.any(.choice))

    #expect(agreement == expected)
    #expect(ReaderAgreement.majority(values, of: Self.any(.choice)) == majority)
  }

  /// A finding of some scale.
  private static func any(_ scale: Scale) -> Finding {
    Finding("any", "any", short: "any", phase: .baseline, scale: scale, definition: "", source: "")
  }

  @Test func bonesAreComparedOneByOne() {
    // Given the bones of three readers, of which L5 is named by all, T10 by two and L1 by one
    let values: [GradeValue?] = [
      .sites([.bone(.t10), .bone(.l5)]), .sites([.bone(.t10), .bone(.l1), .bone(.l5)]), .sites([.bone(.l5)]),
    ]

    // When they are tallied
    let tally = BoneTally(values, scale: .sites)

    // Then L5 is agreed, and the majority has T10 but not L1
    #expect(ReaderAgreement(values, of: Self.any(.sites)) == .boneByBone(agreed: 1, disputed: 2))
    #expect(tally.agreed.map(\.place) == [.site(.bone(.l5))])
    #expect(tally.majorityValue == .sites([.bone(.t10), .bone(.l5)]))
    #expect(ReaderAgreement.majority(values, of: Self.any(.sites)) == .sites([.bone(.t10), .bone(.l5)]))
    #expect(tally.isMadeOfMarks(.sites([.bone(.l1), .bone(.l5)])))
    #expect(!tally.isMadeOfMarks(.sites([.bone(.l1)])), "L5 was named by all")
    #expect(!tally.isMadeOfMarks(.sites([.bone(.l5), .bone(.s1)])), "S1 was named by nobody")
  }

  @Test func changesOfBonesAreComparedOneByOne() {
    let values: [GradeValue?] = [
      .map([.t11: "decreased", .l5: "unchanged"]), .map([.t11: "unchanged", .l5: "unchanged"]),
      .map([.t11: "decreased", .l3: "increased"]),
    ]

    let tally = BoneTally(values, scale: .map)

    #expect(tally.disputed.map(\.place) == [Site.bone(.t11), .bone(.l3), .bone(.l5)].map { .site($0) })
    #expect(tally.majorityValue == .map([.t11: "decreased", .l5: "unchanged"]))
  }

  @Test func aBoneWithoutAMajorityIsNotLeftOutInSilence() {
    let values: [GradeValue?] = [
      .map([.t11: "decreased", .l5: "unchanged"]), .map([.t11: "decreased", .l5: "decreased"]),
      .map([.t11: "decreased"]),
    ]

    #expect(BoneTally(values, scale: .map).majorityValue == nil)
    #expect(ReaderAgreement.majority(values, of: Self.any(.map)) == nil)
  }

  @Test func whoGaveNoBonesDisputesThemAll() {
    let values: [GradeValue?] = [.sites([.bone(.l5)]), .notAssessable, .sites([.bone(.l5)])]

    let tally = BoneTally(values, scale: .sites)

    #expect(tally.agreed.isEmpty)
    #expect(ReaderAgreement.majority(values, of: Self.any(.sites)) == .sites([.bone(.l5)]))
  }

  @Test(arguments: 0..<200)
  func anyAnswersOfAnyNumberOfReadersComeToSomething(seed: UInt64) {
    // Given up to six readers who say anything at all, or nothing
    var generator = SeededGenerator(seed: seed)
    let finding = Codebook.vertebralOsteomyelitis.findings.randomElement(using: &generator)
    let values = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
      finding.flatMap { randomValue($0, using: &generator) }
    }
    guard let scale = finding?.scale else { return }

    // When their agreement is worked out
    let agreement = ReaderAgreement(values, of: Self.any(scale))
    let majority = ReaderAgreement.majority(values, of: Self.any(scale))

    // Then it does not depend on their order, and a majority is held by more than half, of bones each bone
    #expect(ReaderAgreement(values.reversed(), of: Self.any(scale)) == agreement)
    #expect(ReaderAgreement.majority(values.reversed(), of: Self.any(scale)) == majority)
    if agreement == .unanimous { #expect(Set(values).count == 1 && majority == values.first ?? nil) }
    if let majority, scale == .choice || scale == .set {
      #expect(2 * values.count { $0 == majority } > values.count)
    }
    if let majority, majority.isAnswer, scale == .sites || scale == .map {
      #expect(BoneTally(values, scale: scale).isMadeOfMarks(majority))
    }
  }
}

/// Anything that a reader can answer, nothing among it.
func randomValue(_ finding: Finding, using generator: inout SeededGenerator) -> GradeValue? {
  let levels = finding.levels.map(\.id).filter { _ in Bool.random(using: &generator) }
  let bones = [Bone.t10, .l1, .l5, .ribsLeft].filter { _ in Bool.random(using: &generator) }
  switch Int.random(in: 0..<8, using: &generator) {
  case 0: return nil
  case 1: return .notAssessable
  case 2: return .notAcquired
  default: break
  }
  switch finding.scale {
  case .choice: return finding.levels.randomElement(using: &generator).map { .level($0.id) }
  case .set: return levels.isEmpty ? nil : .levels(levels)
  case .sites: return bones.isEmpty ? nil : .sites(bones.map(Site.bone))
  case .map:
    let changes = bones.reduce(into: [Bone: LevelID]()) { $0[$1] = finding.levels.randomElement(using: &generator)?.id }
    return changes.isEmpty ? nil : .map(changes)
  case .number: return .number(Double(Int.random(in: 0...100, using: &generator)))
  }
}
