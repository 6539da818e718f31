// Numbers as the screens show them.

/// `0.62`, `−0.05`, `1.00`; with three places `0.620`.
func decimal(_ value: Double, places: Int = 2) -> String {
  let unit = (0..<places).reduce(1) { unit, _ in unit * 10 }
  let steps = (abs(value) * Double(unit)).rounded()
  guard steps < 1e15 else { return value < 0 ? "−∞" : "∞" }
  let (whole, rest) = Int(steps).quotientAndRemainder(dividingBy: unit)
  return (value < 0 && steps > 0 ? "−" : "") + "\(whole)."
    + String(repeating: "0", count: max(0, places - "\(rest)".count)) + "\(rest)"
}
