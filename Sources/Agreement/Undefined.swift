// The reasons why a figure has no value.

/// Why a figure is not defined. Always decided from whole counts, before any division.
public enum Undefined: String, Error, Sendable, CaseIterable {
  case noCases = "no cases"
  case noPairableCase = "no case with two ratings"
  case noSharedCase = "no case rated by both readers"
  case noCompleteCase = "no case rated by every reader"
  case readersOfTheirOwn = "each case has readers of its own: readers cannot be told from cases"
  case oneLevelOnly = "chance agreement is 1 (one level only): 0/0"
  case sameSingleLevel = "chance agreement is 1 (both readers use the same single level): 0/0"
  case pairChanceIsOne = "chance agreement is 1: 0/0"
  case noExpectedDisagreement = "one level only: expected disagreement 0, 0/0"
  case levelUsedByNeither = "level used by neither reader"
  case levelNeverPaired = "level never used in a pairable case"
  case pairWithoutKappa = "at least one pair of readers has no kappa"
  case noDiscordantCase = "no discordant case: 0/0"
  case everyCaseShifted = "every case differs, and all in one direction: variance 0"
  case everyCaseUnanimous = "every complete case is unanimous: 0/0"
  case noResample = "no resample has a value"
  case noInterval = "no interval"
  case oneCompleteCase = "only one case rated by every reader: nothing to tell cases apart"
  case oneSharedCase = "only one case rated by both readers: no spread"
  case oneNumberOnly = "every rating is the same number: 0/0"
  case casesAlike = "every case has the same mean: 0/0"
  case casesTooAlike = "cases differ less than readers differ on them: the denominator is below 0"
  case noReferencePositive = "no case is positive in the reference"
  case noReferenceNegative = "no case is negative in the reference"
  case nothingCalledPositive = "the reader called no case positive"
  case nothingCalledNegative = "the reader called no case negative"

  /// Whether it is 0/0 because chance agreement is 1, which programs print differently.
  public var isFullChance: Bool {
    switch self {
    case .oneLevelOnly, .sameSingleLevel, .pairChanceIsOne, .noExpectedDisagreement, .pairWithoutKappa: return true
    default: return false
    }
  }

  /// What other programs print for a coefficient that is 0/0, told once beside what is not defined here.
  public static let elsewhere =
    "Where chance agreement is 1 other programs print: R irr and psych NaN or NA for kappa, and irr an alpha of 1; JASP, "
    + "which uses both, the same; SPSS no kappa but a note that a variable is constant; scikit-learn nan."
}
