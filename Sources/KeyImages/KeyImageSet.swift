// The pictures of an examination at one place of the patient.

import ReviewCore

package struct KeyImageSet: Hashable, Sendable {
  package let examination: ExaminationID
  /// From 0 at the patient's right.
  package let slice: Int
  package let slices: Int
  /// Of the slice, in millimetres to the patient's left of the middle one.
  package let position: Double
  package let frames: [MRSequence: ImageFrame]
  /// What is on the pictures, for whoever cannot see them.
  package let words: [String]
  /// What must stand beside them wherever they are shown.
  package let mark: String
}

extension Phantom {
  /// Nil for a slice that there is not.
  package func images(slice: Int) -> KeyImageSet? {
    guard (0..<Self.slices).contains(slice) else { return nil }
    return KeyImageSet(
      examination: phantom.examination, slice: slice, slices: Self.slices, position: Self.position(slice),
      frames: frames(slice: slice), words: words(slice: slice), mark: Self.mark)
  }
}
