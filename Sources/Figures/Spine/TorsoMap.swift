// The bones from the front, none of them named: vertebrae are counted, the others are known by where they lie.

import Grid
import ReviewCore

/// A row a region of the spine, from above; girdles and ribs lie beside the row that they lie beside in the body, the
/// sternum before the thorax. A letter says which region a row is. The patient's right is on the left, as on the images.
package struct TorsoMap: Hashable, Sendable {
  private let map: SpineMap

  /// - Parameter anatomy: the bones that the patient has.
  package init(_ involved: GradeValue?, _ anatomy: Anatomy = .usual) { map = SpineMap(involved, anatomy: anatomy) }

  /// A row: the bones in the middle, and those on both sides of them.
  package struct Row: Hashable, Sendable {
    package let right: Bone?
    package let middle: [Bone]
    package let left: Bone?

    /// `C`, `T`, `L` or `S`; none of the sternum.
    var region: String { middle.first { $0.isVertebra }.map { String($0.rawValue.prefix(1)) } ?? "" }
  }

  package var rows: [Row] {
    let bones = map.anatomy.bones(of:)
    return [
      Row(right: .pectoralGirdleRight, middle: bones(.cervical), left: .pectoralGirdleLeft),
      Row(right: .ribsRight, middle: bones(.thoracic), left: .ribsLeft),
      Row(right: nil, middle: [.sternum], left: nil),
      Row(right: nil, middle: bones(.lumbar), left: nil),
      Row(right: .pelvicGirdleRight, middle: bones(.sacral), left: .pelvicGirdleLeft),
    ]
  }

  /// Columns and rows of one vertebra, and the empty rows between two regions.
  private struct Cell {
    let width: Int
    let height: Int
    let gap: Int
    /// Columns before the bones for the letter of a region; none where bones need them.
    let label: Int

    /// The largest that fits.
    init(_ room: Size) {
      width = (1...5).last { Self.total($0) + 2 <= room.width } ?? 1
      label = max(0, min(2, room.width - Self.total(width)))
      let tall = width >= 4 && room.height >= 14 ? 2 : 1
      height = tall
      gap = room.height >= 5 * tall + 4 ? 1 : 0
    }

    /// Twelve thoracic vertebrae, and ribs on both sides.
    static func total(_ width: Int) -> Int { 12 * (width + 1) - 1 + 2 * (side(width) + 1) }

    static func side(_ width: Int) -> Int { 3 * width }

    var rows: Int { 5 * height + 4 * gap }
  }

  /// Rows that it takes of a room, with the key below it where there is one.
  package func rows(in room: Size) -> Int {
    min(room.height, Cell(room).rows + 1 + map.keyRows(width: room.width, nil))
  }

  package func draw(into canvas: inout Canvas, rect: Rect) {
    let cell = Cell(rect.size)
    let middle = rect.x + cell.label + Cell.total(cell.width) / 2
    for (index, row) in rows.enumerated() {
      let y = rect.y + index * (cell.height + cell.gap)
      if cell.label > 0 { canvas.put(row.region, x: rect.x, y: y, .role(.muted), clip: rect) }
      let isBroad = row.middle == [.sternum]
      let wide = isBroad ? Cell.side(cell.width) : row.middle.count * (cell.width + 1) - 1
      let x = middle - wide / 2
      for (place, bone) in row.middle.enumerated() {
        fill(bone, x: x + place * (cell.width + 1), y: y, width: isBroad ? wide : cell.width, cell, &canvas, rect)
      }
      let side = Cell.side(cell.width)
      if let right = row.right { fill(right, x: x - 1 - side, y: y, width: side, cell, &canvas, rect) }
      if let left = row.left { fill(left, x: x + wide + 1, y: y, width: side, cell, &canvas, rect) }
    }
    map.drawKey(into: &canvas, rect: rect.splitTop(cell.rows).rest)
  }

  private struct Places {
    let bone: Bone
    let box: Box
  }

  /// The same places in CSS pixels.
  private var places: [Places] {
    let cell = (width: 11.0, height: 17.0, step: 13.0)
    let (side, between) = (30.0, 6.0)
    let middle = side + between + (12 * cell.step - 2) / 2
    return rows.enumerated().flatMap { index, row -> [Places] in
      let y = Double(index) * (cell.height + 6)
      let isBroad = row.middle == [.sternum]
      let wide = isBroad ? side : Double(row.middle.count) * cell.step - 2
      let x = middle - wide / 2
      let spine = row.middle.enumerated().map { place, bone in
        Places(
          bone: bone, box: Box(x + Double(place) * cell.step, y, isBroad ? wide : cell.width, cell.height))
      }
      let sides = [(row.right, x - between - side), (row.left, x + wide + between)]
      return spine + sides.compactMap { bone, x in bone.map { Places(bone: $0, box: Box(x, y, side, cell.height)) } }
    }
  }

  /// - Parameter alternative: what it shows; its own words would name what is to be read.
  package func svg(alternative: String) -> String {
    let wide = places.map { $0.box.x + $0.box.width }.max() ?? 0
    let high = places.map { $0.box.y + $0.box.height }.max() ?? 0
    var svg = SVG(width: wide + 2, height: high + 2, title: "Bones from the front", description: alternative)
    svg.hatch(id: "extent", "#ffffff", "#8a8a8a")
    for place in places {
      let fill =
        switch map.involvement(of: place.bone) {
        case .named: "#222222"
        case .extent: "url(#extent)"
        case .none: "#ffffff"
        }
      svg.rect(
        Box(place.box.x + 1, place.box.y + 1, place.box.width, place.box.height), fill: fill, stroke: "#777777")
    }
    return svg.text
  }

  private func fill(
    _ bone: Bone, x: Int, y: Int, width: Int, _ cell: Cell, _ canvas: inout Canvas, _ rect: Rect
  ) {
    let (glyph, role): (String, Role) =
      switch map.involvement(of: bone) {
      case .named: ("█", .involved)
      case .extent: ("▒", .extent)
      case .none: ("·", .muted)
      }
    for row in 0..<cell.height {
      canvas.put(
        String(repeating: glyph, count: width), x: x, y: y + row, .role(role), clip: rect, ellipsis: false)
    }
  }
}
