// The forms of the spine map, from a tall column to two lines.

import ReviewCore

extension SpineLayout {
  /// From the tall column to two lines.
  package static let forms = [
    besides, column(noteWidth: 8), column(noteWidth: 1), threeColumns, twoColumns, regions, fourLines, line, lines,
  ]

  private static let pairs: [(word: String, short: String, bones: [Bone])] = [
    ("pectoral", "pect", [.pectoralGirdleRight, .pectoralGirdleLeft]),
    ("sternum", "ster", [.sternum]),
    ("ribs", "ribs", [.ribsRight, .ribsLeft]),
    ("pelvis", "pelv", [.pelvicGirdleRight, .pelvicGirdleLeft]),
  ]

  /// One column, the girdles beside the height they lie at.
  private static let besides: SpineLayout = {
    var layout = SpineLayout(boneWidth: 2, noteWidth: 9, isColumn: true)
    layout.addVertebrae(Bone.spine.prefix(24), x: 0, y: 0)
    layout.addSacrum(x: 0, y: 24, label: 4)
    for (pair, y) in zip(pairs, [7, 11, 15, 24]) { layout.addGirdle(pair.word, pair.bones, x: 17, y: y, label: 9) }
    return layout
  }()

  private static func column(noteWidth: Int) -> SpineLayout {
    var layout = SpineLayout(boneWidth: 2, noteWidth: noteWidth, isColumn: true)
    layout.addVertebrae(Bone.spine.prefix(24), x: 0, y: 0)
    layout.addSacrum(x: 0, y: 24, label: noteWidth > 1 ? 4 : 2)
    for (row, pair) in pairs.enumerated() { layout.addGirdle(pair.short, pair.bones, x: 0, y: 25 + row, label: 5) }
    return layout
  }

  private static let threeColumns: SpineLayout = {
    var layout = SpineLayout(boneWidth: 2, noteWidth: 1, isColumn: true)
    layout.addVertebrae(Bone.spine.filter { $0.region == .cervical }, x: 0, y: 0)
    layout.addVertebrae(Bone.spine.filter { $0.region == .thoracic }, x: 10, y: 0)
    layout.addVertebrae(Bone.spine.filter { $0.region == .lumbar || $0.region == .sacral }, x: 20, y: 0)
    for ((index, pair), label) in zip(pairs.enumerated(), [9, 8, 9, 7]) {
      layout.addGirdle(pair.word, pair.bones, x: index % 2 * 15, y: 12 + index / 2, label: label)
    }
    return layout
  }()

  private static let twoColumns: SpineLayout = {
    var layout = SpineLayout(boneWidth: 2, noteWidth: 1, isColumn: true)
    layout.addVertebrae(Bone.spine.prefix(13), x: 0, y: 0)
    layout.addVertebrae(Bone.spine[13..<24], x: 8, y: 0)
    layout.addSacrum(x: 8, y: 11, label: 2, perRow: 3)
    for (row, pair) in pairs.enumerated() { layout.addGirdle(pair.short, pair.bones, x: 0, y: 13 + row, label: 5) }
    return layout
  }()

  private static let regions: SpineLayout = {
    var layout = SpineLayout(boneWidth: 1, noteWidth: 0, isColumn: false)
    for (row, region) in [Region.cervical, .thoracic, .lumbar, .sacral].enumerated() {
      layout.addRegion(region, x: 0, y: row)
    }
    for (row, pair) in pairs.enumerated() { layout.addGirdle(pair.short, pair.bones, x: 0, y: 4 + row, label: 5) }
    return layout
  }()

  private static let fourLines: SpineLayout = {
    var layout = SpineLayout(boneWidth: 1, noteWidth: 0, isColumn: false)
    layout.addRegion(.cervical, x: 0, y: 0)
    layout.addRegion(.thoracic, x: 11, y: 0)
    layout.addRegion(.lumbar, x: 0, y: 1)
    layout.addRegion(.sacral, x: 11, y: 1)
    for (index, pair) in pairs.enumerated() {
      layout.addGirdle(pair.short, pair.bones, x: index % 2 * 14, y: 2 + index / 2, label: 5)
    }
    return layout
  }()

  private static let line: SpineLayout = {
    var layout = SpineLayout(boneWidth: 1, noteWidth: 0, isColumn: false)
    layout.addSpineLine(y: 0)
    for (pair, x) in zip(pairs, [41, 51, 58, 68]) {
      layout.addGirdle(pair.short, pair.bones, x: x, y: 0, label: 5, step: 2)
    }
    return layout
  }()

  static let lines: SpineLayout = {
    var layout = SpineLayout(boneWidth: 1, noteWidth: 0, isColumn: false)
    layout.addSpineLine(y: 0)
    for (pair, x) in zip(pairs, [0, 12, 20, 32]) { layout.addGirdle(pair.short, pair.bones, x: x, y: 1, label: 5) }
    return layout
  }()
}
