// The bones a lesion can lie in, and the regions they are counted under.

/// A bone of the codebook, in anatomical order from the atlas to the girdles.
public enum Bone: String, CaseIterable, Codable, Comparable, Hashable, Sendable {
  case c1 = "C1", c2 = "C2", c3 = "C3", c4 = "C4", c5 = "C5", c6 = "C6", c7 = "C7"
  case t1 = "T1", t2 = "T2", t3 = "T3", t4 = "T4", t5 = "T5", t6 = "T6", t7 = "T7", t8 = "T8", t9 = "T9"
  case t10 = "T10", t11 = "T11", t12 = "T12"
  /// L6 only in patients whose case declares it (`Anatomy`).
  case l1 = "L1", l2 = "L2", l3 = "L3", l4 = "L4", l5 = "L5", l6 = "L6"
  case s1 = "S1", s2 = "S2", s3 = "S3", s4 = "S4", s5 = "S5"
  case pelvicGirdleLeft = "pelvic_girdle_left", pelvicGirdleRight = "pelvic_girdle_right"
  case ribsLeft = "ribs_left", ribsRight = "ribs_right"
  case sternum
  case pectoralGirdleLeft = "pectoral_girdle_left", pectoralGirdleRight = "pectoral_girdle_right"

  /// Those that only some patients have.
  public static let extras: [Bone] = [.l6]
  /// Those that everybody has.
  public static let usual = allCases.filter { !extras.contains($0) }
  /// C1 to S5 as everybody has them, from above.
  public static let spine = usual.filter(\.isVertebra)
  /// The bones beside the spine.
  public static let girdles = allCases.filter { !$0.isVertebra }

  public var isVertebra: Bool { region.isSpinal }

  public var region: Region {
    switch self {
    case .pelvicGirdleLeft, .pelvicGirdleRight: .pelvicGirdles
    case .ribsLeft, .ribsRight: .ribs
    case .sternum: .sternum
    case .pectoralGirdleLeft, .pectoralGirdleRight: .pectoralGirdles
    default: Region.spinal[rawValue.prefix(1).description] ?? .sternum
    }
  }

  /// As people write it: `T11`, `ribs left`.
  public var title: String { rawValue.replacing("_", with: " ") }

  /// Position in anatomical order, from 0.
  public var index: Int { Self.positions[self] ?? 0 }

  private static let positions = Dictionary(uniqueKeysWithValues: zip(allCases, 0...))

  public static func < (a: Bone, b: Bone) -> Bool { a.index < b.index }
}

/// The regions that the source paper counts (table 2).
public enum Region: String, CaseIterable, Codable, Hashable, Sendable {
  case cervical, thoracic, lumbar, sacral
  case pelvicGirdles = "pelvic_girdles"
  case ribs, sternum
  case pectoralGirdles = "pectoral_girdles"

  static let spinal: [String: Region] = ["C": .cervical, "T": .thoracic, "L": .lumbar, "S": .sacral]

  public var isSpinal: Bool { Self.spinal.values.contains(self) }

  public var title: String { rawValue.replacing("_", with: " ") }

  /// As everybody has them; see `Anatomy.bones(of:)`.
  public var bones: [Bone] { Bone.usual.filter { $0.region == self } }
}

extension Bone {
  /// Whether it is the next vertebra.
  func isBelow(_ other: Bone) -> Bool { isVertebra && other.isVertebra && follows(other) }

  /// `T5–L5`, `S1`, `ribs left`: neighbours of the spine as runs.
  public static func runs(_ bones: [Bone]) -> [String] {
    stretches(bones).map { $0.first == $0.last ? $0.first.title : Site.run($0.first, $0.last).title }
  }

  /// The same of vertebrae that were named one by one: `T5–L5 each`, and of two neighbours both.
  static func runsOfEach(_ bones: [Bone]) -> [String] {
    stretches(bones).flatMap { first, last, count in
      count > 2
        ? ["\(Site.run(first, last).title) each"] : (first == last ? [first] : [first, last]).map(\.title)
    }
  }

  private static func stretches(_ bones: [Bone]) -> [(first: Bone, last: Bone, count: Int)] {
    bones.reduce(into: []) { runs, bone in
      if let last = runs.last, bone.isBelow(last.last) {
        runs[runs.count - 1] = (last.first, bone, last.count + 1)
      } else {
        runs.append((bone, bone, 1))
      }
    }
  }

  /// Whether it lies right below another, or with nothing between but what only some patients have.
  public func follows(_ other: Bone) -> Bool {
    let between = Bone.allCases[other.index...].dropFirst().prefix { $0 != self }
    return other < self && between.allSatisfy { Bone.extras.contains($0) }
  }
}
