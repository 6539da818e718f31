// Where in the patient the pixels of a picture lie.

import Foundation
import ReviewCore

/// A plane in the patient with a grid of pixels: DICOM's Image Plane Module (PS3.3 C.7.6.2), LPS, millimetres.
package struct ImageGeometry: Hashable, Sendable {
  /// The middle of the first pixel.
  package let origin: PatientPoint
  /// Directions of length 1: from column to column, and from row to row.
  private let across: PatientPoint
  private let down: PatientPoint
  private let columnSpacing: Double
  private let rowSpacing: Double
  /// Pictures with the same one can be compared by place; nil where nothing says so.
  package let frameOfReference: String?

  /// Nil where these numbers are no plane.
  package init?(
    position: [Double], orientation: [Double], rowSpacing: Double, columnSpacing: Double, frameOfReference: String?
  ) {
    guard position.count == 3, orientation.count == 6, rowSpacing > 0, columnSpacing > 0 else { return nil }
    origin = PatientPoint(position[0], position[1], position[2])
    across = PatientPoint(orientation[0], orientation[1], orientation[2])
    down = PatientPoint(orientation[3], orientation[4], orientation[5])
    (self.rowSpacing, self.columnSpacing, self.frameOfReference) = (rowSpacing, columnSpacing, frameOfReference)
    guard abs(across.dot(across) - 1) < 0.02, abs(down.dot(down) - 1) < 0.02, abs(across.dot(down)) < 0.02 else {
      return nil
    }
  }

  /// Of a picture that says nothing of millimetres: pixels from its upper left.
  package static let pixels: ImageGeometry = {
    guard
      let flat = ImageGeometry(
        position: [0, 0, 0], orientation: [1, 0, 0, 0, 1, 0], rowSpacing: 1, columnSpacing: 1, frameOfReference: nil)
    else { preconditionFailure("a plane of whole pixels is a plane") }
    return flat
  }()

  /// To the left, to the back or to the head, whichever it comes closest to.
  package var normal: PatientPoint {
    let normal = across.cross(down)
    let most = [normal.x, normal.y, normal.z].max { abs($0) < abs($1) } ?? 1
    return most < 0 ? normal * -1 : normal
  }

  /// The point in the middle of a pixel, or between them.
  package func point(column: Double, row: Double) -> PatientPoint {
    origin + across * (column * columnSpacing) + down * (row * rowSpacing)
  }

  /// The pixel that a point of the patient falls on, seen at a right angle.
  package func pixel(_ point: PatientPoint) -> (column: Double, row: Double) {
    let from = point + origin * -1
    return (from.dot(across) / columnSpacing, from.dot(down) / rowSpacing)
  }

  /// A point some millimetres across and down from another.
  package func point(_ point: PatientPoint, across x: Double, down y: Double) -> PatientPoint {
    point + across * x + down * y
  }
}

extension PatientPoint {
  func dot(_ other: PatientPoint) -> Double { x * other.x + y * other.y + z * other.z }

  func cross(_ other: PatientPoint) -> PatientPoint {
    PatientPoint(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
  }

  static func + (a: PatientPoint, b: PatientPoint) -> PatientPoint { PatientPoint(a.x + b.x, a.y + b.y, a.z + b.z) }
  static func * (a: PatientPoint, b: Double) -> PatientPoint { PatientPoint(a.x * b, a.y * b, a.z * b) }
}
