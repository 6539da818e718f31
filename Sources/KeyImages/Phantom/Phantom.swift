// Phantoms: sagittal spine slices drawn from published grades, no patient. The same for the same case, series and slice.

import Foundation
import ReviewCore

package struct Phantom: Sendable {
  /// What stands wherever one is shown.
  package static let mark = "simulated from published grades; no patient"

  package static let side = 256
  package static let slices = 7
  /// Millimetres from slice to slice.
  package static let gap = 5.0

  package let phantom: PhantomCase
  let anatomy: PhantomAnatomy

  package init(_ phantom: PhantomCase) {
    self.phantom = phantom
    anatomy = PhantomAnatomy(phantom)
  }

  /// Those in the bodies, from above.
  var lesions: [PhantomLesion] { anatomy.bodies.flatMap(\.self) }

  func bone(of lesion: PhantomLesion) -> Bone { anatomy.spine.vertebrae[lesion.vertebra].bone }

  package var sequences: [MRSequence] { phantom.sequences }

  /// Millimetres to the patient's left, of a slice from 0 at the right.
  package static func position(_ slice: Int) -> Double { (Double(slice) - Double(slices - 1) / 2) * gap }

  /// One slice of every series: what a point is made of is found once.
  package func frames(slice: Int) -> [MRSequence: ImageFrame] {
    let tissues = sampled(slice)
    let grain = grain(slice)
    return sequences.reduce(into: [:]) { $0[$1] = frame($1, slice, tissues, grain) }
  }

  /// Four samples a pixel, spread through the thickness of the slice as well.
  private func sampled(_ slice: Int) -> [UInt8] {
    let side = Self.side
    let step = anatomy.spine.field / Double(side)
    let left = anatomy.spine.centerY - anatomy.spine.field / 2
    let top = anatomy.spine.centerZ + anatomy.spine.field / 2
    let x = Self.position(slice)
    let heights = (0..<2 * side).map { top - (Double($0) + 0.5) * step / 2 }
    let levels = anatomy.spine.levels(heights)
    var samples: [UInt8] = []
    samples.reserveCapacity(4 * side * side)
    for (row, z) in heights.enumerated() {
      let near = near(z)
      for column in 0..<2 * side {
        let through = Double((row & 1) * 2 + (column & 1)) - 1.5
        let y = left + (Double(column) + 0.5) * step / 2
        samples.append(
          anatomy.tissue(x: x + through * 0.9, y: y, z: z, level: levels[row], near: near).rawValue)
      }
    }
    return samples
  }

  /// The vertebrae that can reach to a height.
  private func near(_ z: Double) -> Range<Int> {
    let all = anatomy.spine.vertebrae
    let reach = { (shape: VertebraShape) in shape.height / 2 + shape.depth / 2 * abs(shape.sine) + 4 }
    let first = all.firstIndex { abs($0.z - z) < reach($0) }
    let last = all.lastIndex { abs($0.z - z) < reach($0) }
    guard let first, let last else {
      let closest = all.indices.min { abs(all[$0].z - z) < abs(all[$1].z - z) } ?? 0
      return closest..<closest + 1
    }
    return first..<last + 1
  }

  /// Tissue is never quite even; and what is far from the coil is darker. The same on every series.
  private func grain(_ slice: Int) -> [Double] {
    let lattice = Lattice("\(phantom.caseID) grain")
    let (across, down) = Self.coil
    return (0..<Self.side * Self.side).map { index in
      let (row, column) = (index / Self.side, index % Self.side)
      return (0.88 + 0.24 * lattice.smooth(Double(column) / 3.1, Double(row) / 2.6, slice)) * across[column] * down[row]
    }
  }

  private func frame(_ sequence: MRSequence, _ slice: Int, _ tissues: [UInt8], _ grain: [Double]) -> ImageFrame {
    let side = Self.side
    let table = SignalTable(sequence, of: phantom)
    let noise = Lattice("\(phantom.caseID) \(phantom.examination) \(sequence) \(slice)")
    var signal = [Double](repeating: 0, count: side * side)
    for row in 0..<side {
      for column in 0..<side {
        let corner = 4 * row * side + 2 * column
        let sum =
          table[tissues[corner]] + table[tissues[corner + 1]] + table[tissues[corner + 2 * side]]
          + table[tissues[corner + 2 * side + 1]]
        signal[row * side + column] = sum / 4 * grain[row * side + column]
      }
    }
    let soft = Self.blurred(signal, side)
    let scale = Self.scale(sequence, table)
    let pixels = soft.enumerated().map { index, value -> UInt16 in
      let (row, column) = (index / side, index % side)
      // The magnitude of a signal with noise in both its parts.
      let real = value + 0.018 * noise.normal(column, row, 0)
      let other = 0.018 * noise.normal(column, row, 1)
      return UInt16(min(4095, max(0, (real * real + other * other).squareRoot() * scale)))
    }
    return ImageFrame(
      columns: side, rows: side, pixels: pixels, spacing: anatomy.spine.field / Double(side),
      position: Self.position(slice), window: Self.window(sequence, table, scale),
      id: id(sequence, slice: slice), geometry: geometry(slice: slice),
      reference: ImageReference(series: Self.number(sequence), slice: slice + 1))
  }

  /// The coil lies under the back: what is far from it is darker, and a saturation band covers the belly.
  private static let coil: (across: [Double], down: [Double]) = {
    let parts = (0..<side).map { (Double($0) + 0.5) / Double(side) }
    let across = parts.map { part in
      (0.62 + 0.62 * pow(part, 1.6)) * (0.3 + 0.7 / (1 + exp(-(part - 0.27) * 26)))
    }
    return (across, parts.map { 1 - 0.55 * pow(abs($0 - 0.5) * 2, 5) })
  }()

  /// Stored values for a signal of 1.
  private static func scale(_ sequence: MRSequence, _ table: SignalTable) -> Double {
    2600 / max(table[.fat], table[.csf], table[.halo], 0.3)
  }

  private static func window(_ sequence: MRSequence, _ table: SignalTable, _ scale: Double) -> GreyWindow {
    let white =
      switch sequence {
      case .t1w: table[.fat] * 0.92
      case .t2w: table[.csf] * 0.75
      case .stir: max(table[.csf], table[.halo]) * 0.72
      default: table[.marrow] * 2.2
      }
    return GreyWindow(center: white * scale / 2, width: white * scale)
  }

  /// What a finite matrix does to edges.
  private static func blurred(_ signal: [Double], _ side: Int) -> [Double] {
    var across = signal
    for row in 0..<side {
      for column in 1..<side - 1 {
        let index = row * side + column
        across[index] = signal[index] * 0.6 + (signal[index - 1] + signal[index + 1]) * 0.2
      }
    }
    var both = across
    for index in side..<side * (side - 1) {
      both[index] = across[index] * 0.6 + (across[index - side] + across[index + side]) * 0.2
    }
    return both
  }
}
