// Transitional segments: vertebrae that only some patients have, declared by the case.

/// Which bones a patient has.
public struct Anatomy: Codable, Hashable, Sendable {
  /// Vertebrae beside the usual ones, as L6 of a lumbarised first sacral segment.
  public var extra: [Bone]
  /// As stated: `lumbarised S1`.
  public var remark: String?

  public init(extra: [Bone] = [], remark: String? = nil) { (self.extra, self.remark) = (extra, remark) }

  public static let usual = Anatomy()
  /// Whatever any patient may have, where the patient is not known; who knows them checks it.
  public static let any = Anatomy(extra: Bone.extras)

  public func has(_ bone: Bone) -> Bool { !Bone.extras.contains(bone) || extra.contains(bone) }

  /// Every bone, in anatomical order.
  public var bones: [Bone] { extra.isEmpty ? Bone.usual : Bone.allCases.filter(has) }

  /// The vertebrae from above.
  public var spine: [Bone] { extra.isEmpty ? Bone.spine : bones.filter(\.isVertebra) }

  /// The bones of a region.
  public func bones(of region: Region) -> [Bone] { bones.filter { $0.region == region } }

  /// `L6 (lumbarised S1)`; nil where nothing is said.
  public var words: String? {
    let named = extra.sorted().map(\.title).joined(separator: ", ")
    let parts = [named.isEmpty ? nil : named, remark].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// How a case declares a segment, for messages.
  public static let howDeclared = "a case file declares L6 as ‘anatomy: {extra: [L6]}’"
}

extension Case {
  /// The bones that the patient has.
  public var bones: Anatomy { anatomy ?? .usual }
}

extension Site {
  /// The bones an extent shades in a patient, or the bone itself: what lies within a run belongs to it.
  public func shaded(in anatomy: Anatomy) -> [Bone] {
    switch self {
    case .bone, .upperSacrum: shaded
    case .wholeSpine: anatomy.spine
    case .run(let first, let last): anatomy.spine.filter { first <= $0 && $0 <= last }
    }
  }

  /// The bones that it names: of a run its ends.
  var named: [Bone] {
    switch self {
    case .bone(let bone): [bone]
    case .run(let first, let last): [first, last]
    case .wholeSpine, .upperSacrum: []
    }
  }
}

extension GradeValue {
  /// Bones named that a patient has not.
  public func strangers(to anatomy: Anatomy) -> [Bone] {
    (siteList.flatMap(\.named) + changes.keys).filter { !anatomy.has($0) }
  }
}
