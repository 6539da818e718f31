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

  /// Grades that name bones other than those involved: signs of the baseline that were seen elsewhere, and changes of a
  /// follow-up, against the baseline, in bones that had nothing to change. An extent has every bone that it shades.
  ///
  /// - Parameters:
  ///   - grades: of one examination.
  ///   - involved: the bones of the baseline; nil while they are not graded.
  public static func ofBones(
    _ grades: [GradeKey: Grade], involved: GradeValue?, _ codebook: Codebook, _ anatomy: Anatomy
  ) -> [ConsistencyWarning] {
    var known: Set<Bone>?
    if case .sites(let sites)? = involved, !sites.isEmpty { known = Set(sites.flatMap { $0.shaded(in: anatomy) }) }
    return codebook.findings.flatMap { finding in
      grades.filter { $0.key.finding == finding.id && $0.key.comparator == .baseline }.compactMap { _, grade in
        if let bone = grade.bone, grade.value.isAbsent {
          return ConsistencyWarning("\(finding.title) is absent, but seen in \(bone.title)")
        }
        guard let known else { return nil }
        if let bone = grade.bone, !known.contains(bone) {
          return ConsistencyWarning("\(finding.title) is seen in \(bone.title), which is not among the involved bones")
        }
        guard finding.level("new") != nil else { return nil }
        let strangers = grade.value.changes.filter { $0.value != "new" && !known.contains($0.key) }.keys.sorted()
        return strangers.isEmpty
          ? nil
          : ConsistencyWarning(
            "\(finding.title): not involved at the baseline, so new if anything: "
              + strangers.map(\.title).joined(separator: ", "))
      }
    }
  }
}
