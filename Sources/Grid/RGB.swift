// A colour by its red, green and blue (sRGB), and how it compares to another.

import Foundation

package struct RGB: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// `1a2B3c` or `#1a2B3c`.
  package init?(hex: some StringProtocol) {
    let digits = hex.hasPrefix("#") ? String(hex.dropFirst()) : String(hex)
    guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
      return nil
    }
    self.init(UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255))
  }

  package var hex: String {
    let digits = String(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue), radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// `0xRRGGBB`, by which a terminal with direct colours knows it. The lowest eight numbers are its palette's.
  var number: Int32 { max(8, Int32(red) << 16 | Int32(green) << 8 | Int32(blue)) }

  /// Part 0 is this colour, 1 the other.
  func mixed(with other: RGB, part: Double) -> RGB {
    func mix(_ one: UInt8, _ two: UInt8) -> UInt8 {
      UInt8((Double(one) + (Double(two) - Double(one)) * part).rounded())
    }
    return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  /// Red, green and blue as amounts of light, 0…1 (IEC 61966-2-1).
  var linear: SIMD3<Double> {
    func light(_ value: UInt8) -> Double {
      let part = Double(value) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return SIMD3(light(red), light(green), light(blue))
  }

  /// WCAG 2.1, "relative luminance": 0 black … 1 white.
  package var luminance: Double { (linear * SIMD3(0.2126, 0.7152, 0.0722)).sum() }

  /// WCAG 2.1, "contrast ratio": 1 (none) … 21 (black on white).
  package func contrast(with other: RGB) -> Double {
    let (light, dark) = (max(luminance, other.luminance), min(luminance, other.luminance))
    return (light + 0.05) / (dark + 0.05)
  }
}

/// A colour as it is seen: CIE 1976 L*a*b* under D65.
struct Lab: Hashable, Sendable {
  let values: SIMD3<Double>

  init(_ color: RGB) { self.init(linear: color.linear) }

  init(linear light: SIMD3<Double>) {
    let x = (light * SIMD3(0.4124564, 0.3575761, 0.1804375)).sum() / 0.95047
    let y = (light * SIMD3(0.2126729, 0.7151522, 0.0721750)).sum()
    let z = (light * SIMD3(0.0193339, 0.1191920, 0.9503041)).sum() / 1.08883
    func f(_ t: Double) -> Double { t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116 }
    values = SIMD3(116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z)))
  }

  /// ΔE*ab of 1976: about 2.3 is just noticeable side by side.
  func difference(_ other: Lab) -> Double {
    let apart = values - other.values
    return (apart * apart).sum().squareRoot()
  }
}

/// A colour as it is seen, evenly in hue too: B. Ottosson, "A perceptual color space for image processing", 2020.
/// L*a*b* would show a light red as a dark one rather than as a paler one.
struct Oklab: Hashable, Sendable {
  let values: SIMD3<Double>

  init(_ color: RGB) {
    let light = color.linear
    let long = cbrt((light * SIMD3(0.4122214708, 0.5363325363, 0.0514459929)).sum())
    let medium = cbrt((light * SIMD3(0.2119034982, 0.6806995451, 0.1073969566)).sum())
    let short = cbrt((light * SIMD3(0.0883024619, 0.2817188376, 0.6299787005)).sum())
    let cones = SIMD3(long, medium, short)
    values = SIMD3(
      (cones * SIMD3(0.2104542553, 0.7936177850, -0.0040720468)).sum(),
      (cones * SIMD3(1.9779984951, -2.4285922050, 0.4505937099)).sum(),
      (cones * SIMD3(0.0259040371, 0.7827717662, -0.8086757660)).sum())
  }

  /// For comparison only: the square of the distance.
  func distance(_ other: Oklab) -> Double {
    let apart = values - other.values
    return (apart * apart).sum()
  }
}
