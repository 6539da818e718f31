// How vertebrae are named beside each other: as one extent, or one by one.

extension BoneTally {
  /// How bones are named that an extent covers.
  public enum Form: Hashable, Sendable {
    /// As the extent, `T5–L5`, of which nothing is said of a single vertebra.
    case extent
    case each
    /// Some neighbours as an extent and others one by one, `T5–T7, T8`.
    case mixed

    public var title: String {
      switch self {
      case .extent: "run"
      case .each: "each"
      case .mixed: "part run"
      }
    }

    /// Nil of a value that names no bones.
    public init?(_ value: GradeValue?) {
      guard let sites = value?.siteList, !sites.isEmpty else { return nil }
      guard sites.contains(where: \.isExtent) else {
        self = .each
        return
      }
      let anatomy = Anatomy(extra: Set(sites.flatMap(\.named)).filter(Bone.extras.contains).sorted())
      self = Joints(sites, anatomy).areMixed ? .mixed : .extent
    }
  }

  /// Which neighbours of those that somebody names are one extent.
  struct Joints {
    /// By the upper one: true where an extent covers both, false where they are named one by one.
    private(set) var neighbours: [Bone: Bool] = [:]
    private let hasExtents: Bool

    init(_ sites: [Site], _ anatomy: Anatomy) {
      let extents = sites.filter(\.isExtent).map { Set($0.shaded(in: anatomy)) }
      hasExtents = !extents.isEmpty
      let named = Set(sites.flatMap { $0.shaded(in: anatomy) })
      for (upper, lower) in zip(anatomy.spine, anatomy.spine.dropFirst()) where named.isSuperset(of: [upper, lower]) {
        neighbours[upper] = extents.contains { $0.isSuperset(of: [upper, lower]) }
      }
    }

    /// Extents, and beside them neighbours one by one.
    var areMixed: Bool { hasExtents && neighbours.values.contains(false) }

    /// Whether a bone and the one below it are one extent: as stated, else as all others are that are; nil where that says
    /// nothing.
    func joins(_ upper: Bone) -> Bool? { neighbours[upper] ?? (areMixed ? nil : hasExtents) }
  }
}
