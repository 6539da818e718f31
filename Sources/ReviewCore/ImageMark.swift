// Where on a key image a finding was seen: an arrow or an ellipse, in the patient's millimetres.

import Foundation
import TextSafety

/// A place in the patient: DICOM's LPS, millimetres to the left, to the back and to the head. On a picture that states no
/// spacing, pixels from its upper left.
public struct PatientPoint: Codable, Hashable, Sendable {
  public var x: Double
  public var y: Double
  public var z: Double

  public init(_ x: Double, _ y: Double, _ z: Double) { (self.x, self.y, self.z) = (x, y, z) }

  /// To a tenth of a millimetre, which is less than a pixel.
  var rounded: PatientPoint { PatientPoint(Self.tenth(x), Self.tenth(y), Self.tenth(z)) }

  private static func tenth(_ number: Double) -> Double {
    let rounded = (number * 10).rounded() / 10
    return rounded == 0 ? 0 : rounded
  }
}

public struct ImageMark: Codable, Hashable, Sendable {
  public enum Shape: String, CaseIterable, Codable, Hashable, Sendable {
    /// From `to` to its tip, `at`.
    case arrow
    /// Around `at`, in a box whose corner is `to`.
    case ellipse
  }

  public let shape: Shape
  /// The image that was looked at. It may be gone: a mark stays on record.
  public let image: KeyImageID
  public let at: PatientPoint
  public let to: PatientPoint

  /// Points are kept to a tenth of a millimetre.
  public init(_ shape: Shape, on image: KeyImageID, at: PatientPoint, to: PatientPoint) {
    (self.shape, self.image) = (shape, image)
    (self.at, self.to) = (at.rounded, to.rounded)
  }

  /// As it is stored and exported: `arrow IMAGE 1 -20.5 300 1 -28.5 292`.
  public var text: String {
    ([shape.rawValue, image.rawValue] + [at, to].flatMap { [$0.x, $0.y, $0.z] }.map(\.plain)).joined(separator: " ")
  }

  /// What `text` wrote; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let numbers = parts.dropFirst(2).compactMap { Double($0) }
    guard parts.count == 8, numbers.count == 6, numbers.allSatisfy({ abs($0) <= 1e5 }),
      let shape = Shape(rawValue: parts[0]), (1...64).contains(parts[1].utf8.count),
      parts[1].utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    self.init(
      shape, on: KeyImageID(parts[1]), at: PatientPoint(numbers[0], numbers[1], numbers[2]),
      to: PatientPoint(numbers[3], numbers[4], numbers[5]))
    guard self.text == text else { return nil }
  }
}

extension Grade {
  /// `image 4/12`, `image 3/5, marked with an arrow`; nil where nothing is said of an image.
  public var whereSeen: String? {
    let marked = mark.map { "marked with an \($0.shape.rawValue)" }
    let parts = [image.map { "image \($0.text)" }, marked].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
