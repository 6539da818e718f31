// How far the readers of a case agree on one finding.

/// What the readers' grades of one finding come to. A reader who did not grade it counts among all.
public enum ReaderAgreement: Hashable, Sendable {
  case notGraded
  case unanimous
  /// The largest group of readers who graded alike.
  case partial(Int, of: Int)
  /// No two graded alike.
  case allDiffer
  /// Bones: how many all agree on, how many are disputed.
  case boneByBone(agreed: Int, disputed: Int)

  /// - Parameters:
  ///   - values: one for each reader, nil where not graded.
  ///   - within: of numbers, how far those may differ that agree; nil where they must be equal.
  public init(_ values: [GradeValue?], scale: Scale, within: Double? = nil) {
    let graded = values.compactMap { $0 }
    let alike = Dictionary(grouping: graded, by: \.self).values.map(\.count).max() ?? 0
    let largest = max(alike, within.flatMap { NumberSpread(values, within: $0)?.largestGroup.count } ?? 0)
    let isOfBones = scale == .sites || scale == .map
    if largest == 0 {
      self = .notGraded
    } else if largest == values.count {
      self = .unanimous
    } else if isOfBones, graded.count(where: \.isAnswer) > 1 {
      let tally = BoneTally(values, scale: scale)
      self = .boneByBone(agreed: tally.agreed.count, disputed: tally.disputed.count)
    } else {
      self = largest == 1 && graded.count > 1 ? .allDiffer : .partial(largest, of: values.count)
    }
  }

  /// True where there is something to talk about. What nobody graded is not disputed, only missing.
  public var isDisputed: Bool { self != .unanimous && self != .notGraded }

  public var title: String {
    switch self {
    case .notGraded: "not graded"
    case .unanimous: "unanimous"
    case .partial(let count, let all): "\(count) of \(all)"
    case .allDiffer: "all differ"
    case .boneByBone(let agreed, let disputed): "\(agreed)/\(agreed + disputed) bones"
    }
  }

  /// The grade of more than half of all readers, of bones bone by bone, of numbers that agree the middle one; nil where
  /// there is none.
  public static func majority(_ values: [GradeValue?], scale: Scale, within: Double? = nil) -> GradeValue? {
    let groups = Dictionary(grouping: values.compactMap { $0 }, by: \.self)
    if let whole = groups.first(where: { 2 * $0.value.count > values.count })?.key { return whole }
    if let within, let group = NumberSpread(values, within: within)?.largestGroup, 2 * group.count > values.count {
      return NumberSpread.middle(group).map { .number($0) }
    }
    guard scale == .sites || scale == .map else { return nil }
    return BoneTally(values, scale: scale).majorityValue
  }
}
