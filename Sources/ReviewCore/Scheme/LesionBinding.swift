// What the picture of a lesion is drawn from.

import Codebooks

/// Which findings of a codebook the picture of a lesion shows: `pictures: {vertebral_lesion: {…}}`.
public struct LesionBinding: Hashable, Sendable {
  /// Parts of the picture. The first four are what is inside the lesion on a series; the levels that the others are drawn
  /// from are named in the guide.
  public enum Role: String, CaseIterable, Hashable, Sendable {
    case t1w, t2w, stir
    case contrast = "ce_t1w"
    case rim, halo, number, disks
    case softTissue = "soft_tissue"
    case abscess, posterior
  }

  private let findings: [Role: FindingID]

  init?(_ codebook: Codebook) {
    let picture = codebook.origin?.scheme.file.pictures?.first {
      $0.id.text.isSameID(as: WrittenPicture.vertebralLesion)
    }
    guard let picture else { return nil }
    findings = picture.parts.reduce(into: [:]) { findings, part in
      guard let role = Role.allCases.first(where: { $0.rawValue.isSameID(as: part.role.text) }) else { return }
      findings[role] = codebook.finding(named: part.finding.text)?.id
    }
  }

  public subscript(role: Role) -> FindingID? { findings[role] }

  /// The finding that tells what is inside the lesion, by series.
  public var series: [MRSequence: FindingID] {
    let roles: [(MRSequence, Role)] = [
      (.t1w, .t1w), (.t2w, .t2w), (.stir, .stir), (.contrastEnhancedT1W, .contrast),
    ]
    return roles.reduce(into: [:]) { $0[$1.0] = findings[$1.1] }
  }
}

extension Codebook {
  /// What the picture of a lesion is drawn from; nil where the codebook has none.
  public var lesion: LesionBinding? { LesionBinding(self) }

  /// Whether lesions are drawn.
  public var hasPictures: Bool {
    origin?.scheme.file.pictures?.contains { $0.id.text.isSameID(as: WrittenPicture.vertebralLesion) } ?? false
  }

  /// The finding whose answer is bones and extents, chosen on the map of the spine.
  public var bones: FindingID? { findings.first { $0.scale == .sites }?.id }

  /// The finding that has a level for any of the bones.
  public var changesOfBones: FindingID? { findings.first { $0.scale == .map }?.id }

  /// The sign that is marked on the examinations of a course: the first choice of a panel of the follow-up that is not the
  /// grade itself.
  public var signOfCourse: Finding? {
    groups.filter { $0.kind == .followUp }.flatMap(\.findings).compactMap { self[$0] }
      .first { $0.scale == .choice && $0.level("present") != nil && $0.id != suggestedGrade }
  }

  /// Whether something is graded place by place, in a sheet.
  public var hasCells: Bool { findings.contains { $0.cell != nil && !$0.isDerived } }
}
