// Why a text is no grade of a finding.

/// What is wrong with a grade somebody typed; the message names the cure.
public enum GradeError: Error, Hashable, Sendable, CustomStringConvertible {
  case empty(FindingID)
  case unknownLevel(String, FindingID, allowed: [LevelID])
  case severalLevels(FindingID)
  case unknownSite(String, nearest: String?)
  case notABoneChange(String)
  case boneTwice(Bone)

  /// Every bone and extent that can be named.
  private static let sites =
    "C1…C7, T1…T12, L1…L5, S1…S5, a run as T5-L5, whole_spine, upper_sacrum, "
    + Bone.girdles.map(\.rawValue).joined(separator: ", ")

  public var description: String {
    switch self {
    case .empty(let finding):
      "\(finding): no grade given"
    case .unknownLevel(let text, let finding, let allowed):
      "\(finding): there is no level ‘\(text)’; allowed: "
        + (allowed.map(\.rawValue) + ["not-assessable", "not-acquired"]).joined(separator: ", ")
    case .severalLevels(let finding):
      "\(finding): takes one level only"
    case .unknownSite(let text, let nearest):
      "there is no bone or extent ‘\(text)’" + (nearest.map { "; did you mean ‘\($0)’?" } ?? "; use \(Self.sites)")
    case .notABoneChange(let text):
      "‘\(text)’ is no change of a bone; write it as T11:increased"
    case .boneTwice(let bone):
      "\(bone.rawValue) is named twice"
    }
  }
}
