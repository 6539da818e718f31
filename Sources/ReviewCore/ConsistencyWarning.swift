// Warnings about grades and acquisitions that do not go together. They warn; they never change a grade.

public struct ConsistencyWarning: Hashable, Sendable {
  public var text: String

  public init(_ text: String) { self.text = text }

  /// Times of acquisition outside the ranges of the protocol.
  public static func ofAcquisitions(_ examination: Examination, _ studyProtocol: StudyProtocol) -> [ConsistencyWarning]
  {
    examination.acquisitions.filter(\.isAcquired).flatMap { acquisition in
      (studyProtocol.range(for: acquisition.sequence)?.faults(acquisition) ?? []).map {
        ConsistencyWarning("\(acquisition.sequence.title): \($0) of the protocol")
      }
    }
  }

  /// Signs that were seen in a bone which is not among those involved, in the grades of a baseline. An extent has every bone
  /// that it shades.
  public static func ofBones(
    _ grades: [GradeKey: Grade], _ codebook: Codebook, _ anatomy: Anatomy
  ) -> [ConsistencyWarning] {
    guard let bones = codebook.bones, case .sites(let sites)? = grades[GradeKey(.baseline, bones)]?.value,
      !sites.isEmpty
    else { return [] }
    let involved = Set(sites.flatMap { $0.shaded(in: anatomy) })
    return codebook.findings(in: .baseline).compactMap { finding in
      guard let bone = grades[GradeKey(.baseline, finding.id)]?.bone, !involved.contains(bone) else { return nil }
      return ConsistencyWarning("\(finding.title) is seen in \(bone.title), which is not among the involved bones")
    }
  }
}
