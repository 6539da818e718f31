// How numbers are spelt, wherever they are written.

extension Double {
  /// `5`, `10.5`: a whole number without a fraction.
  package var plain: String { self == rounded() && abs(self) < 1e9 ? String(Int(self)) : String(self) }

  /// `0.62` with two places, rounded; a rounded zero has no sign, and what no fixed point can hold is written as it is.
  ///
  /// - Parameter minus: the hyphen for machines, the sign `−` for people.
  package func decimals(_ places: Int, minus: String = "-") -> String {
    let unit = (0..<places).reduce(1) { unit, _ in unit * 10 }
    let steps = (abs(self) * Double(unit)).rounded()
    guard steps < 1e15 else { return isInfinite ? (self < 0 ? minus : "") + "∞" : "\(self)" }
    let (whole, rest) = Int(steps).quotientAndRemainder(dividingBy: unit)
    let digits = String(rest)
    let fraction = places == 0 ? "" : "." + String(repeating: "0", count: places - digits.utf8.count) + digits
    return (self < 0 && steps > 0 ? minus : "") + String(whole) + fraction
  }

  /// A share as whole hundredths: 0.625 is 63.
  package var percent: Int { Int((self * 100).rounded()) }
}
