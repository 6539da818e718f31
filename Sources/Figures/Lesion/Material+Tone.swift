// How bright each material is on each sequence.

import ReviewCore

extension Material {
  private struct Tones {
    /// 0 (black) … 29 (white) on T1W, T2W, STIR and contrast-enhanced T1W.
    let greys: (t1w: UInt8, t2w: UInt8, stir: UInt8, enhanced: UInt8)
    /// 0 (empty) … 4 (full), where there are shading characters only.
    let shade: Int
    init(_ t1w: UInt8, _ t2w: UInt8, _ stir: UInt8, _ enhanced: UInt8, shade: Int) {
      greys = (t1w, t2w, stir, enhanced)
      self.shade = shade
    }
  }

  // Tones are chosen to be told apart, in the order a radiologist knows: fat bright on T1W and dark where suppressed,
  // fluid bright on T2W and STIR, cortex and rim black everywhere.
  private static let table: [Tones] = allCases.map { material in
    switch material {
    case .muscle: Tones(5, 5, 4, 4, shade: 0)
    case .cortex: Tones(0, 0, 0, 0, shade: 0)
    case .marrow: Tones(19, 15, 12, 12, shade: 2)
    case .hypo: Tones(7, 6, 5, 5, shade: 1)
    case .hyper: Tones(28, 25, 25, 25, shade: 3)
    case .rim: Tones(0, 0, 0, 0, shade: 0)
    case .halo: Tones(29, 29, 29, 29, shade: 4)
    case .hyperInHalo: Tones(24, 21, 20, 20, shade: 3)
    case .contour: Tones(23, 20, 19, 19, shade: 3)
    case .enhanced: Tones(28, 28, 28, 27, shade: 4)
    case .notEnhanced: Tones(7, 7, 7, 6, shade: 1)
    case .disk: Tones(12, 19, 16, 8, shade: 1)
    case .cleft: Tones(9, 11, 10, 6, shade: 0)
    case .ungradedDisk: Tones(9, 8, 7, 7, shade: 1)
    case .involvedDisk: Tones(7, 27, 27, 25, shade: 3)
    case .inflamed: Tones(10, 22, 24, 24, shade: 3)
    case .fluid: Tones(5, 28, 28, 3, shade: 1)
    case .abscessWall: Tones(9, 12, 12, 28, shade: 4)
    case .noise: Tones(10, 10, 9, 9, shade: 1)
    }
  }

  /// 0 (black) … 29 (white).
  package func grey(on sequence: MRSequence) -> UInt8 {
    let greys = Self.table[rawValue].greys
    return switch sequence {
    case .t1w: greys.t1w
    case .t2w: greys.t2w
    case .stir: greys.stir
    default: greys.enhanced
    }
  }

  /// 0 (empty) … 4 (full).
  package var shade: Int { Self.table[rawValue].shade }
}
