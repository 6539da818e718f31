// How right a reader is against a reference: four shares, each of other cases.

/// A share of right ratings among some cases (Yerushalmy 1947; Altman & Bland, BMJ 1994;308:1552 and 309:102).
public enum AccuracyMeasure: String, CaseIterable, Sendable {
  /// Of cases that the reference calls positive.
  case sensitivity
  /// Of cases that the reference calls negative.
  case specificity
  /// Of cases that the reader calls positive.
  case positivePredictive = "positive_predictive_value"
  /// Of cases that the reader calls negative.
  case negativePredictive = "negative_predictive_value"

  /// In words, as the head of a column.
  public var title: String {
    switch self {
    case .sensitivity: "Sensitivity"
    case .specificity: "Specificity"
    case .positivePredictive: "Positive predictive value"
    case .negativePredictive: "Negative predictive value"
    }
  }

  /// Whether it is a share of the cases that the reference calls so, whatever the reader said: only these can be compared
  /// case by case between readers.
  public var isPaired: Bool { self == .sensitivity || self == .specificity }

  /// Whether a case is one of those that it is a share of.
  func counts(reference: Bool, rating: Bool) -> Bool {
    switch self {
    case .sensitivity: reference
    case .specificity: !reference
    case .positivePredictive: rating
    case .negativePredictive: !rating
    }
  }

  /// Why it is not defined where there is no such case.
  var absence: Undefined {
    switch self {
    case .sensitivity: .noReferencePositive
    case .specificity: .noReferenceNegative
    case .positivePredictive: .nothingCalledPositive
    case .negativePredictive: .nothingCalledNegative
    }
  }
}
