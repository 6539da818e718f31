// The pictures of an examination at one place of the patient.

import ReviewCore

package struct KeyImageSet: Hashable, Sendable {
  package let examination: ExaminationID
  /// From 0 at the patient's right.
  package let slice: Int
  package let slices: Int
  /// Where that is: `midline`, `5 mm left`, `sagittal, at 12 mm`.
  package let place: String
  package let frames: [MRSequence: ImageFrame]
  /// Those that stand beside each other, whether or not there is a picture of each at this place.
  package let series: [MRSequence]
  /// What is on the pictures, for whoever cannot see them.
  package let words: [String]
  /// What must stand beside them wherever they are shown; nil of a patient's.
  package let mark: String?
}

extension Phantom {
  /// Nil for a slice that there is not.
  package func images(slice: Int) -> KeyImageSet? {
    guard (0..<Self.slices).contains(slice) else { return nil }
    return KeyImageSet(
      examination: phantom.examination, slice: slice, slices: Self.slices, place: Self.place(Self.position(slice)),
      frames: frames(slice: slice), series: MRSequence.allCases, words: words(slice: slice), mark: Self.mark)
  }

  /// `midline`, `5 mm left`.
  private static func place(_ position: Double) -> String {
    if abs(position) < 0.5 { return "midline" }
    return "\(Int(abs(position).rounded())) mm \(position > 0 ? "left" : "right")"
  }
}
