// The forms of the spine map, from a tall column to two lines.

import ReviewCore

extension SpineLayout {
  /// From the tall column to two lines, of the usual spine.
  package static let forms = forms(.usual)
  private static let anyForms = forms(.any)

  /// The forms for a patient.
  package static func forms(for anatomy: Anatomy) -> [SpineLayout] {
    anatomy.extra.isEmpty ? forms : Set(anatomy.extra) == Set(Anatomy.any.extra) ? anyForms : forms(anatomy)
  }

  private static func forms(_ anatomy: Anatomy) -> [SpineLayout] {
    [
      besides(anatomy), column(anatomy, noteWidth: 8), column(anatomy, noteWidth: 1), threeColumns(anatomy),
      twoColumns(anatomy), regions(anatomy, noteWidth: 1), regions(anatomy, noteWidth: 0), fourLines(anatomy),
      line(anatomy), lines(anatomy),
    ]
  }

  private static let pairs: [(word: String, short: String, bones: [Bone])] = [
    ("pectoral", "pect", [.pectoralGirdleRight, .pectoralGirdleLeft]),
    ("sternum", "ster", [.sternum]),
    ("ribs", "ribs", [.ribsRight, .ribsLeft]),
    ("pelvis", "pelv", [.pelvicGirdleRight, .pelvicGirdleLeft]),
  ]

  /// One column, the girdles beside the height they lie at.
  private static func besides(_ anatomy: Anatomy) -> SpineLayout {
    var layout = SpineLayout(boneWidth: 2, noteWidth: 9, isColumn: true)
    let above = anatomy.spine.filter { $0.region != .sacral }
    layout.addVertebrae(above, x: 0, y: 0)
    layout.addSacrum(x: 0, y: above.count, label: 4)
    for (pair, y) in zip(pairs, [7, 11, 15, above.count]) {
      layout.addGirdle(pair.word, pair.bones, x: 17, y: y, label: 9)
    }
    return layout
  }

  private static func column(_ anatomy: Anatomy, noteWidth: Int) -> SpineLayout {
    var layout = SpineLayout(boneWidth: 2, noteWidth: noteWidth, isColumn: true)
    let above = anatomy.spine.filter { $0.region != .sacral }
    layout.addVertebrae(above, x: 0, y: 0)
    layout.addSacrum(x: 0, y: above.count, label: noteWidth > 1 ? 4 : 2)
    for (row, pair) in pairs.enumerated() {
      layout.addGirdle(pair.short, pair.bones, x: 0, y: above.count + 1 + row, label: 5)
    }
    return layout
  }

  private static func threeColumns(_ anatomy: Anatomy) -> SpineLayout {
    var layout = SpineLayout(boneWidth: 2, noteWidth: 1, isColumn: true)
    layout.addVertebrae(anatomy.bones(of: .cervical), x: 0, y: 0)
    layout.addVertebrae(anatomy.bones(of: .thoracic), x: 10, y: 0)
    layout.addVertebrae(anatomy.bones(of: .lumbar) + anatomy.bones(of: .sacral), x: 20, y: 0)
    for ((index, pair), label) in zip(pairs.enumerated(), [9, 8, 9, 7]) {
      layout.addGirdle(pair.word, pair.bones, x: index % 2 * 15, y: 12 + index / 2, label: label)
    }
    return layout
  }

  private static func twoColumns(_ anatomy: Anatomy) -> SpineLayout {
    var layout = SpineLayout(boneWidth: 2, noteWidth: 1, isColumn: true)
    // A segment more makes the first column longer, below which the girdles stand.
    let above = anatomy.spine.filter { $0.region != .sacral }
    let first = 13 + anatomy.extra.count
    layout.addVertebrae(above.prefix(first), x: 0, y: 0)
    layout.addVertebrae(above.dropFirst(first), x: 8, y: 0)
    layout.addSacrum(x: 8, y: 11, label: 2, perRow: 3)
    for (row, pair) in pairs.enumerated() { layout.addGirdle(pair.short, pair.bones, x: 0, y: first + row, label: 5) }
    return layout
  }

  private static func regions(_ anatomy: Anatomy, noteWidth: Int) -> SpineLayout {
    var layout = SpineLayout(boneWidth: 1, noteWidth: noteWidth, isColumn: false)
    for (row, region) in [Region.cervical, .thoracic, .lumbar, .sacral].enumerated() {
      layout.add(region, of: anatomy, x: 0, y: row)
    }
    for (row, pair) in pairs.enumerated() { layout.addGirdle(pair.short, pair.bones, x: 0, y: 4 + row, label: 5) }
    return layout
  }

  private static func fourLines(_ anatomy: Anatomy) -> SpineLayout {
    var layout = SpineLayout(boneWidth: 1, noteWidth: 0, isColumn: false)
    layout.add(.cervical, of: anatomy, x: 0, y: 0)
    layout.add(.thoracic, of: anatomy, x: 11, y: 0)
    layout.add(.lumbar, of: anatomy, x: 0, y: 1)
    layout.add(.sacral, of: anatomy, x: 11, y: 1)
    for (index, pair) in pairs.enumerated() {
      layout.addGirdle(pair.short, pair.bones, x: index % 2 * 14, y: 2 + index / 2, label: 5)
    }
    return layout
  }

  private static func line(_ anatomy: Anatomy) -> SpineLayout {
    var layout = SpineLayout(boneWidth: 1, noteWidth: 0, isColumn: false)
    layout.addSpineLine(of: anatomy, y: 0)
    for (pair, x) in zip(pairs, [41, 51, 58, 68]) {
      layout.addGirdle(pair.short, pair.bones, x: x + anatomy.extra.count, y: 0, label: 5, step: 2)
    }
    return layout
  }

  private static func lines(_ anatomy: Anatomy) -> SpineLayout {
    var layout = SpineLayout(boneWidth: 1, noteWidth: 0, isColumn: false)
    layout.addSpineLine(of: anatomy, y: 0)
    for (pair, x) in zip(pairs, [0, 12, 20, 32]) { layout.addGirdle(pair.short, pair.bones, x: x, y: 1, label: 5) }
    return layout
  }
}
