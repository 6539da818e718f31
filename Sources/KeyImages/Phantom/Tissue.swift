// How bright each tissue is on each sequence.

import Foundation
import ReviewCore

/// What a point of the body is made of.
enum Tissue: UInt8, CaseIterable, Sendable {
  case air, skin, fat, mixed, muscle, bowel, vessel, ligament
  case cortex, marrow, venous, annulus, nucleus, cleft, csf, cord, nerve, epidural
  /// Inside a lesion: where signals are mixed, one part has the first level and the other the second. The shell is the
  /// outer third; a marginal lesion takes up contrast there only.
  case lesionA, lesionB, shellA, shellB, marginalA, marginalB
  case rim, halo, edge
  case inflamed, abscess, abscessWall, involvedDisk
}

/// Relaxation at 1.5 T, in milliseconds, of the order that textbooks give; `fat` is the share of protons in fat.
private struct Relaxation {
  let density: Double
  let t1: Double
  let t2: Double
  var fat = 0.0
  /// How much T1-weighted signal gains from contrast medium.
  var uptake = 1.0
}

extension Tissue {
  private var relaxation: Relaxation {
    switch self {
    case .air: Relaxation(density: 0, t1: 1000, t2: 50)
    case .skin: Relaxation(density: 0.7, t1: 800, t2: 35)
    case .fat: Relaxation(density: 1, t1: 260, t2: 110, fat: 0.96)
    // Fat between fibres and folds that a pixel cannot tell apart.
    case .mixed: Relaxation(density: 0.85, t1: 850, t2: 45, fat: 0.42)
    case .muscle: Relaxation(density: 0.85, t1: 950, t2: 42, fat: 0.03, uptake: 1.1)
    case .bowel: Relaxation(density: 0.7, t1: 900, t2: 60, fat: 0.15, uptake: 1.3)
    case .vessel: Relaxation(density: 0.12, t1: 1200, t2: 60, uptake: 2)
    case .ligament: Relaxation(density: 0.16, t1: 700, t2: 25)
    case .cortex: Relaxation(density: 0.09, t1: 600, t2: 20)
    case .marrow: Relaxation(density: 0.88, t1: 850, t2: 52, fat: 0.5, uptake: 1.15)
    case .venous: Relaxation(density: 0.85, t1: 1000, t2: 90, fat: 0.25, uptake: 2.2)
    case .annulus: Relaxation(density: 0.45, t1: 900, t2: 36)
    case .nucleus: Relaxation(density: 0.92, t1: 1050, t2: 115)
    case .cleft: Relaxation(density: 0.6, t1: 950, t2: 55)
    case .csf: Relaxation(density: 1, t1: 3800, t2: 1400)
    case .cord: Relaxation(density: 0.78, t1: 800, t2: 82)
    case .nerve: Relaxation(density: 0.75, t1: 850, t2: 75, uptake: 1.1)
    case .epidural: Relaxation(density: 0.9, t1: 300, t2: 105, fat: 0.8, uptake: 1.4)
    case .inflamed: Relaxation(density: 0.9, t1: 1250, t2: 105, uptake: 2.3)
    case .abscess: Relaxation(density: 0.95, t1: 2600, t2: 320, uptake: 1)
    case .abscessWall: Relaxation(density: 0.7, t1: 1100, t2: 60, uptake: 3)
    case .involvedDisk: Relaxation(density: 0.92, t1: 1400, t2: 210, uptake: 2.4)
    case .lesionA, .lesionB, .shellA, .shellB, .marginalA, .marginalB, .rim, .halo, .edge:
      Tissue.marrow.relaxation
    }
  }

  /// Signal from 0 to about 1, of water and fat apart; fat is suppressed where contrast medium was given.
  func signal(on sequence: MRSequence) -> Double {
    let own = relaxation
    let water = own.density * (1 - own.fat)
    let fat = own.density * own.fat
    let timing = Timing.of(sequence)
    let (wet, fatty) = (timing.signal(t1: own.t1, t2: own.t2), timing.signal(t1: 260, t2: 110))
    return sequence == .contrastEnhancedT1W ? water * wet * own.uptake + fat * fatty * 0.1 : water * wet + fat * fatty
  }
}

/// How a sequence of the phantoms is timed, in milliseconds; within the ranges of the source's protocol.
struct Timing: Sendable {
  let tr: Double
  let te: Double
  var ti: Double?

  static func of(_ sequence: MRSequence) -> Timing {
    switch sequence {
    case .t1w: Timing(tr: 550, te: 12)
    case .t2w: Timing(tr: 4000, te: 110)
    case .stir: Timing(tr: 4000, te: 60, ti: 160)
    default: Timing(tr: 600, te: 12)
    }
  }

  /// The signal equations of spin echo and of inversion recovery, for a density of 1.
  func signal(t1: Double, t2: Double) -> Double {
    let recovered = ti.map { abs(1 - 2 * exp(-$0 / t1) + exp(-tr / t1)) } ?? 1 - exp(-tr / t1)
    return recovered * exp(-te / t2)
  }
}

/// The brightness of every tissue on one sequence of a case: lesions as they are graded.
struct SignalTable: Sendable {
  private let values: [Double]

  init(_ sequence: MRSequence, of phantom: PhantomCase) {
    let marrow = Tissue.marrow.signal(on: sequence)
    values = Tissue.allCases.map { tissue in
      if let factor = Self.factor(tissue, sequence, phantom) { return marrow * factor }
      return tissue.signal(on: sequence)
    }
  }

  subscript(tissue: Tissue) -> Double { values[Int(tissue.rawValue)] }
  subscript(number: UInt8) -> Double { values[Int(number)] }

  /// Of what lies in marrow, against marrow; nil for other tissues. Contrasts are chosen to be plain, as grades are.
  private static func factor(_ tissue: Tissue, _ sequence: MRSequence, _ phantom: PhantomCase) -> Double? {
    switch tissue {
    case .lesionA, .shellA: core(0, sequence, phantom)
    case .lesionB, .shellB: core(1, sequence, phantom)
    case .marginalA: sequence == .contrastEnhancedT1W ? 0.75 : core(0, sequence, phantom)
    case .marginalB: sequence == .contrastEnhancedT1W ? 0.75 : core(1, sequence, phantom)
    case .rim: 0.16
    case .halo: by(sequence, 0.85, 2.5, 4.4, 1.35)
    case .edge: by(sequence, 1.38, 1.35, 0.35, 0.45)
    default: nil
    }
  }

  private static func by(_ sequence: MRSequence, _ t1w: Double, _ t2w: Double, _ stir: Double, _ enhanced: Double)
    -> Double
  {
    switch sequence {
    case .t1w: t1w
    case .t2w: t2w
    case .stir: stir
    default: enhanced
    }
  }

  private static func core(_ part: Int, _ sequence: MRSequence, _ phantom: PhantomCase) -> Double {
    typealias ID = Codebook.ID
    let finding: FindingID =
      switch sequence {
      case .t1w: ID.t1w
      case .t2w: ID.t2w
      case .stir: ID.stir
      default: ID.enhancement
      }
    let levels = phantom.grades[finding]?.levelIDs ?? []
    guard let level = levels.indices.contains(part) ? levels[part] : levels.last else { return 1 }
    return switch level {
    case "hypo": by(sequence, 0.5, 0.42, 0.5, 0.6)
    case "hyper": by(sequence, 1.35, 1.95, 3.2, 2.3)
    case "marginal", "global": 2.5
    case "none": 0.75
    default: 1
    }
  }
}
