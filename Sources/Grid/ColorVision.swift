// Colours as people with a colour vision deficiency see them.
//
// Matrices on linear RGB, severity 1.0: Machado, Oliveira, Fernandes, "A Physiologically-based Model for Simulation of
// Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009.

package enum ColorVision: String, CaseIterable, Hashable, Sendable {
  case normal, deuteranopia, tritanopia

  private var rows: [SIMD3<Double>] {
    switch self {
    case .normal: [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)]
    case .deuteranopia:
      [
        SIMD3(0.367322, 0.860646, -0.227968), SIMD3(0.280085, 0.672501, 0.047413),
        SIMD3(-0.011820, 0.042940, 0.968881),
      ]
    case .tritanopia:
      [
        SIMD3(1.255528, -0.076749, -0.178779), SIMD3(-0.078411, 0.930809, 0.147602),
        SIMD3(0.004733, 0.691367, 0.303900),
      ]
    }
  }

  /// How far apart two colours are to these eyes (ΔE*ab).
  package func difference(_ one: RGB, _ other: RGB) -> Double { seen(one).difference(seen(other)) }

  private func seen(_ color: RGB) -> Lab {
    let light = color.linear
    let parts = rows.map { min(1, max(0, ($0 * light).sum())) }
    return Lab(linear: SIMD3(parts[0], parts[1], parts[2]))
  }
}
