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
  /// The same of other places.
  case placeByPlace(agreed: Int, disputed: Int)

  /// - Parameters:
  ///   - values: one for each reader, nil where not graded.
  ///   - finding: what they are grades of.
  public init(_ values: [GradeValue?], of finding: Finding) {
    let within = finding.number?.sameWithin
    let graded = values.compactMap { $0 }
    let alike = Dictionary(grouping: graded, by: \.self).values.map(\.count).max() ?? 0
    let largest = max(alike, within.flatMap { NumberSpread(values, within: $0)?.largestGroup.count } ?? 0)
    if largest == 0 {
      self = .notGraded
    } else if largest == values.count {
      self = .unanimous
    } else if finding.isOfPlaces, graded.count(where: \.isAnswer) > 1 {
      let tally = BoneTally(values, of: finding)
      let (agreed, disputed) = (tally.agreedCount, tally.disputed.count)
      // Of none and not assessable there is no place to count.
      self =
        tally.items.isEmpty
        ? .partial(largest, of: values.count)
        : finding.scale == .set
          ? .placeByPlace(agreed: agreed, disputed: disputed) : .boneByBone(agreed: agreed, disputed: disputed)
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
    // What differs is only how they are stated: an extent says nothing of a single vertebra.
    case .boneByBone(_, disputed: 0): "same bones"
    case .boneByBone(let agreed, let disputed): "\(agreed)/\(agreed + disputed) bones"
    case .placeByPlace(let agreed, let disputed): "\(agreed)/\(agreed + disputed) places"
    }
  }

  /// The same in three columns: who is alike.
  public var shortTitle: String {
    switch self {
    case .notGraded: "–"
    case .unanimous: "all"
    case .partial(let count, let all): "\(count)/\(all)"
    case .allDiffer, .boneByBone, .placeByPlace: "no"
    }
  }

  /// The grade of more than half of all readers, of bones and places one by one, of numbers that agree the middle one; nil
  /// where there is none.
  public static func majority(_ values: [GradeValue?], of finding: Finding) -> GradeValue? {
    let groups = Dictionary(grouping: values.compactMap { $0 }, by: \.self)
    if let whole = groups.first(where: { 2 * $0.value.count > values.count })?.key { return whole }
    if let within = finding.number?.sameWithin, let group = NumberSpread(values, within: within)?.largestGroup,
      2 * group.count > values.count
    {
      return NumberSpread.middle(group).map { .number($0) }
    }
    guard finding.isOfPlaces, values.contains(where: { $0?.isAnswer ?? false }) else { return nil }
    return BoneTally(values, of: finding).majorityValue
  }
}
