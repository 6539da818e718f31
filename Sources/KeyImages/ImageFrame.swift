// One picture of an examination as a value: stored grey values, how large a pixel is, and where in the patient it lies.

import ReviewCore

package struct ImageFrame: Hashable, Sendable {
  package let columns: Int
  package let rows: Int
  /// Row by row from the upper left.
  package let pixels: [UInt16]
  /// Millimetres from one row to the next; 0 where that is not known.
  package let spacing: Double
  /// Height of a pixel against its width.
  package let aspect: Double
  /// Where the slice cuts the patient: millimetres along its own normal, from right to left for a sagittal slice.
  package let position: Double
  /// How the greys are shown unless somebody chooses otherwise.
  package let window: GreyWindow
  /// What else the file has.
  package let otherWindows: [GreyWindow]
  /// Names it among the key images.
  package let id: KeyImageID
  /// Where its pixels lie in the patient; nil where that is not known.
  package let geometry: ImageGeometry?
  /// Series and image by their own numbers, where they have some.
  package let reference: ImageReference?

  package init(
    columns: Int, rows: Int, pixels: [UInt16], spacing: Double, position: Double, window: GreyWindow,
    otherWindows: [GreyWindow] = [], aspect: Double = 1, id: KeyImageID = "", geometry: ImageGeometry? = nil,
    reference: ImageReference? = nil
  ) {
    precondition(columns > 0 && rows > 0 && pixels.count == columns * rows, "a picture has a pixel for each place")
    self.columns = columns
    self.rows = rows
    self.pixels = pixels
    self.spacing = spacing
    self.aspect = aspect
    self.position = position
    self.window = window
    self.otherWindows = otherWindows
    self.id = id
    self.geometry = geometry
    self.reference = reference
  }
}

/// Which stored values are shown from black to white (DICOM PS3.3 C.11.2, linear).
package struct GreyWindow: Hashable, Sendable {
  package let center: Double
  /// At least 1.
  package let width: Double

  package init(center: Double, width: Double) {
    self.center = center
    self.width = max(1, width)
  }

  /// From 0 (black) to 1 (white).
  package func brightness(_ stored: Double) -> Double {
    min(1, max(0, (stored - center) / width + 0.5))
  }

  /// Brighter or darker, softer or harder, in parts of the width.
  package func moved(center steps: Double = 0, width factor: Double = 1) -> GreyWindow {
    GreyWindow(center: center + steps * width, width: width * factor)
  }
}
