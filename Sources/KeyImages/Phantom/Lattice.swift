// Numbers that look random and are the same on every machine: noise of a place, not of a generator's state.

struct Lattice: Sendable {
  private let seed: UInt64

  init(_ seed: UInt64) { self.seed = seed }

  /// A name's own lattice (FNV-1a).
  init(_ name: String) {
    seed = name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// 0..<1 at a point of the lattice.
  func value(_ x: Int, _ y: Int, _ z: Int = 0) -> Double { Double(mixed(x, y, z) >> 11) * 0x1p-53 }

  /// The mixer of SplitMix64.
  private func mixed(_ x: Int, _ y: Int, _ z: Int) -> UInt64 {
    var h = seed &+ UInt64(bitPattern: Int64(x)) &* 0x9E37_79B9_7F4A_7C15
    h ^= UInt64(bitPattern: Int64(y)) &* 0xC2B2_AE3D_27D4_EB4F
    h ^= UInt64(bitPattern: Int64(z)) &* 0x1656_67B1_9E37_79F9
    h = (h ^ (h >> 30)) &* 0xBF58_476D_1CE4_E5B9
    h = (h ^ (h >> 27)) &* 0x94D0_49BB_1331_11EB
    return h ^ (h >> 31)
  }

  /// 0…1, changing smoothly from one point of the lattice to the next.
  func smooth(_ x: Double, _ y: Double, _ z: Int = 0) -> Double {
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    let (column, row) = (Int(left), Int(top))
    let (u, v) = (Self.ease(x - left), Self.ease(y - top))
    let upper = value(column, row, z) * (1 - u) + value(column + 1, row, z) * u
    let lower = value(column, row + 1, z) * (1 - u) + value(column + 1, row + 1, z) * u
    return upper * (1 - v) + lower * v
  }

  /// About normal, mean 0 and standard deviation 1: the sum of four even ones of 16 bits.
  func normal(_ x: Int, _ y: Int, _ z: Int) -> Double {
    let bits = mixed(x, y, z)
    let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + bits >> 48
    return (Double(sum) / 65536 - 2) * 1.7320508
  }

  private static func ease(_ t: Double) -> Double { t * t * (3 - 2 * t) }
}
