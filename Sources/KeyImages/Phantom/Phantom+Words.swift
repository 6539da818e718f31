// What is on a slice, in words and numbers: measured, as a reader would with a region of interest, and not graded.

import Foundation
import ReviewCore

extension Phantom {
  /// One line for each lesion of a slice, from above, and for what lies beside the bones.
  package func words(slice: Int) -> [String] {
    let x = Self.position(slice)
    let tables = Dictionary(uniqueKeysWithValues: sequences.map { ($0, SignalTable($0, of: phantom)) })
    let found = lesions.filter { abs(x - $0.x) < $0.radiusX * 0.95 }
      .map { words($0, x, tables) }
    return (found.isEmpty ? ["nothing in the bones of this slice differs from marrow"] : found) + besides
  }

  private func words(_ lesion: PhantomLesion, _ x: Double, _ tables: [MRSequence: SignalTable]) -> String {
    let part = sqrt(max(0, 1 - pow((x - lesion.x) / lesion.radiusX, 2)))
    let (across, high) = (Int((lesion.radiusU * 2 * part).rounded()), Int((lesion.radiusV * 2 * part).rounded()))
    var line = "\(bone(of: lesion).title): an area of \(across) × \(high) mm"
    if lesion.contrast < 1 { line += ", marrow between what is left of it" }
    let inside: (Tissue, Tissue) = lesion.isMarginal ? (.marginalA, .marginalB) : (.lesionA, .lesionB)
    let signals = sequences.map { sequence -> String in
      let marrow = tables[sequence]?[.marrow] ?? 1
      func times(_ tissue: Tissue) -> String {
        let ratio = ((tables[sequence]?[tissue] ?? 0) / marrow * 10).rounded() / 10
        return String(ratio)
      }
      let (one, two) = (times(inside.0), times(inside.1))
      var words = "\(sequence.shortTitle) \(one)" + (one == two ? "" : " and \(two)")
      if lesion.isMarginal, sequence == .contrastEnhancedT1W { words += ", its margin \(times(.shellA))" }
      if lesion.hasHalo, sequence == .t2w || sequence == .stir { words += ", a band around it \(times(.halo))" }
      if lesion.hasEdge, sequence == .t1w { words += ", a band around it \(times(.edge))" }
      return words
    }
    line += "; signal in parts of marrow's: " + signals.joined(separator: "; ")
    if lesion.hasRim { line += "; a dark line at its edge on all of them" }
    return line
  }

  private var besides: [String] {
    typealias ID = Codebook.ID
    var lines: [String] = []
    if phantom.has(ID.disks, "involved") {
      lines.append("the disk between the affected vertebrae is low, bright on T2W, and without a cleft")
    }
    if phantom.has(ID.softTissueInflammation, "limited") {
      lines.append("a thin band before the bodies is bright on STIR")
    }
    if phantom.has(ID.softTissueInflammation, "extensive") {
      lines.append("a thick band before the bodies is bright on STIR")
    }
    if phantom.has(ID.softTissueAbscess, "present") {
      lines.append("in that band there is fluid; its wall takes up contrast medium")
    }
    return lines
  }
}
