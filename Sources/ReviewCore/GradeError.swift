// Why a text is no grade of a finding.

import TextSafety

/// What is wrong with a grade somebody typed; the message names the cure.
public enum GradeError: Error, Hashable, Sendable, CustomStringConvertible {
  case empty(FindingID)
  case unknownLevel(String, FindingID, allowed: [LevelID])
  case severalLevels(FindingID)
  case unknownSite(String, nearest: String?)
  /// A bone that only some patients have.
  case notInPatient(Bone)
  case notABoneChange(String)
  /// An extent where a change is asked of each bone.
  case severalBones(Site, as: String)
  /// What is no bone where no extent can be named.
  case unknownBone(String, nearest: String?)
  case boneTwice(Bone)
  /// With the finding, where it is known.
  case noNumber(String, FindingID?)
  case outside(String, FindingID, NumberScale)
  case betweenSteps(String, FindingID, NumberScale)
  case tooMany(Int, FindingID, most: Int)
  /// A level that stands alone was named with others.
  case notAlone(LevelID, FindingID)

  /// Every bone and extent that can be named.
  private static let sites =
    "\(vertebrae), a run as T5-L5, whole_spine, upper_sacrum, \(girdles), or none"
  private static let vertebrae = "C1…C7, T1…T12, L1…L5, S1…S5"
  private static let girdles = Bone.girdles.map(\.rawValue).joined(separator: ", ")

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
    case .notInPatient(let bone):
      "this patient has no \(bone.rawValue); use \(Self.sites); \(Anatomy.howDeclared)"
    case .notABoneChange(let text):
      "‘\(text)’ is not a change of a bone; write it as T11:increased"
    case .severalBones(let site, let text):
      "‘\(text)’ is several bones, and a change is of each; name them one by one, as "
        + site.shaded.prefix(2).map { "\($0.rawValue):increased" }.joined(separator: ",")
    case .unknownBone(let text, let nearest):
      "there is no bone ‘\(text)’"
        + (nearest.map { "; did you mean ‘\($0)’?" } ?? "; use \(Self.vertebrae), \(Self.girdles), or none")
    case .boneTwice(let bone):
      "\(bone.rawValue) is named twice"
    case .noNumber(let text, let finding):
      "\(finding.map { "\($0): " } ?? "")‘\(text)’ is not a number; write it in digits, as 12 or 10.5, or not-assessable"
    case .outside(let text, let finding, let scale):
      "\(finding): ‘\(text)’ is outside what it takes, \(scale.words ?? "any number")"
    case .betweenSteps(let text, let finding, let scale):
      "\(finding): ‘\(text)’ lies between the steps of \(scale.step?.plain ?? "1")\(scale.unit.map { " \($0)" } ?? "")"
    case .tooMany(let count, let finding, let most):
      "\(finding): \(count) named; it takes at most \(most)"
    case .notAlone(let level, let finding):
      "\(finding): ‘\(level)’ stands alone; leave it or the others out"
    }
  }
}
