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
      besides(anatomy, namesSacrum: true), besides(anatomy, namesSacrum: false),
      column(anatomy, noteWidth: 8, namesSacrum: true), column(anatomy, noteWidth: 8),
      column(anatomy, noteWidth: 1), threeColumns(anatomy),
      twoColumns(anatomy, .named), twoColumns(anatomy, .oneRow), twoColumns(anatomy, .twoRows),
      regions(anatomy, noteWidth: 1), regions(anatomy, noteWidth: 0), fourLines(anatomy),
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
  private static func besides(_ anatomy: Anatomy, namesSacrum: Bool) -> SpineLayout {
    var layout = SpineLayout(boneWidth: 2, noteWidth: 9, isColumn: true, keyRows: namesSacrum ? 2 : 0)
    let above = layout.addSpine(of: anatomy, label: 4, namesSacrum: namesSacrum)
    for (pair, y) in zip(pairs, [7, 11, 15, above]) {
      layout.addGirdle(pair.word, pair.bones, x: 17, y: y, label: 9)
    }
    return layout
  }

  private static func column(_ anatomy: Anatomy, noteWidth: Int, namesSacrum: Bool = false) -> SpineLayout {
    var layout = SpineLayout(boneWidth: 2, noteWidth: noteWidth, isColumn: true, keyRows: namesSacrum ? 2 : 0)
    let isWide = noteWidth > 1
    let above = layout.addSpine(of: anatomy, label: isWide ? 4 : 2, namesSacrum: namesSacrum)
    let first = above + (namesSacrum ? Region.sacral.bones.count : 1)
    for (row, pair) in pairs.enumerated() {
      layout.addGirdle(isWide ? pair.word : pair.short, pair.bones, x: 0, y: first + row, label: isWide ? 9 : 5)
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

  private enum Sacrum { case named, oneRow, twoRows }

  private static func twoColumns(_ anatomy: Anatomy, _ sacrum: Sacrum) -> SpineLayout {
    let isNamed = sacrum == .named
    var layout = SpineLayout(boneWidth: 2, noteWidth: 1, isColumn: true, keyRows: isNamed ? 3 : 0)
    // A segment more makes the first column longer, below which the girdles stand.
    let shown = anatomy.spine.filter { isNamed || $0.region != .sacral }
    let first = (isNamed ? 15 : 13) + anatomy.extra.count
    layout.addVertebrae(shown.prefix(first), x: 0, y: 0)
    layout.addVertebrae(shown.dropFirst(first), x: 8, y: 0)
    if !isNamed { layout.addSacrum(x: 8, y: 11, label: 2, perRow: sacrum == .oneRow ? 5 : 3) }
    for (row, pair) in pairs.enumerated() { layout.addGirdle(pair.word, pair.bones, x: 0, y: first + row, label: 9) }
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
