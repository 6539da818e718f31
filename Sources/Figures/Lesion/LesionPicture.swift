// The lesion picture: what the grades say, drawn as a radiologist would see it, once per sequence.

import Grid
import ReviewCore

package struct LesionPicture: Hashable, Sendable {
  package let appearance: LesionAppearance
  package let sequences: [MRSequence]
  /// Sequences whose grade is drawn but not named, so that a learner reads it from the picture.
  package let unnamed: Set<MRSequence>

  /// One picture takes at least this; below it the grades are written in words.
  package static let smallest = Size(width: 7, height: 4)
  /// One picture takes at most this, unless there is more room to fill.
  package static let usual = Size(width: 34, height: 14)
  private let largest: Size

  package init(
    _ appearance: LesionAppearance, sequences: [MRSequence] = MRSequence.allCases, unnamed: Set<MRSequence> = [],
    largest: Size = LesionPicture.usual
  ) {
    self.appearance = appearance
    self.largest = largest
    self.sequences = sequences
    self.unnamed = unnamed
  }

  /// What the pictures lie on, as films lie on black: a white halo has an edge on a light page too.
  package static let ground = Ink.grey(0)
  private static let written = Style(.grey(29), on: ground)

  /// Draws the pictures side by side, or in two rows where that does not fit, each under its label.
  package func draw(into canvas: inout Canvas, rect: Rect) {
    guard !sequences.isEmpty else { return }
    let key = keyLines(in: rect, canvas.look)
    let films = Rect(x: rect.x, y: rect.y, width: rect.width, height: rect.height - key.count)
    guard let columns = columns(in: films) else { return writeWords(into: &canvas, rect: rect) }
    let tile = tileSize(films, columns: columns)
    let film = Size(width: columns * (tile.width + 1) + 1, height: rows(of: columns) * tile.height + 1)
    canvas.fill(
      Rect(x: rect.x, y: rect.y, width: film.width, height: film.height).intersection(films), " ", Self.written)
    for (index, sequence) in sequences.enumerated() {
      let corner = Position(
        x: rect.x + 1 + index % columns * (tile.width + 1), y: rect.y + index / columns * tile.height)
      let area = Rect(x: corner.x, y: corner.y, width: tile.width, height: tile.height).intersection(films)
      let (label, picture) = area.splitTop(1)
      drawLabel(sequence, into: &canvas, rect: label)
      drawPicture(sequence, into: &canvas, rect: picture)
    }
    // On the ground as well: a picture that leaves no row of it below would end on the page.
    let wide = max(film.width, key.map { canvas.columns($0) + 2 }.max() ?? 0)
    let foot = Rect(x: rect.x, y: rect.y + min(film.height, films.height), width: wide, height: key.count)
      .intersection(rect)
    canvas.fill(foot, " ", Self.written)
    for (row, line) in key.enumerated() {
      canvas.put(line, x: foot.x + 1, y: foot.y + row, Self.written, clip: foot, ellipsis: false)
    }
  }

  private func rows(of columns: Int) -> Int { (sequences.count + columns - 1) / columns }

  private func columns(in rect: Rect) -> Int? {
    let possible = [sequences.count, (sequences.count + 1) / 2, 1].filter { columns in
      let tile = tileSize(rect, columns: columns)
      return tile.width >= Self.smallest.width && tile.height > Self.smallest.height
    }
    // Side by side they are compared more easily, unless two rows make them much larger.
    return possible.max { a, b in
      let (one, other) = (tileSize(rect, columns: a), tileSize(rect, columns: b))
      return 3 * one.width * one.height < 2 * other.width * other.height
    }
  }

  /// Rows that are drawn on, with the key to the shades where it is needed.
  package func rows(in rect: Rect, _ look: Look) -> Int {
    let key = keyLines(in: rect, look).count
    let films = Rect(x: rect.x, y: rect.y, width: rect.width, height: rect.height - key)
    guard let columns = columns(in: films) else { return min(rect.height, sequences.count) }
    return min(rect.height, rows(of: columns) * tileSize(films, columns: columns).height + 1 + key)
  }

  /// Half blocks need greys of their own; shading characters do without.
  private func isFine(_ look: Look) -> Bool { look.colors >= .many && look.unicode }

  /// Whether full is bright or dark depends on a terminal's background: below 256 colours a key says which, of every
  /// shade, unless it would take the room of the pictures.
  private func keyLines(in rect: Rect, _ look: Look) -> [String] {
    guard !isFine(look) else { return [] }
    let shades = Self.shades(look)
    let entries = [
      "\(shades[4]) brightest", "\(shades[3]) high", "\(shades[2]) marrow", "\(shades[1]) low", "blank: black",
    ]
    let lines = entries.reduce(into: [String]()) { lines, entry in
      if let last = lines.last, last.count + 3 + entry.count <= rect.width {
        lines[lines.count - 1] = last + "  " + entry
      } else {
        lines.append(entry)
      }
    }
    let films = Rect(x: rect.x, y: rect.y, width: rect.width, height: rect.height - lines.count)
    return columns(in: films) == nil ? [] : lines
  }

  /// From black to full; in ASCII none that also stands for a grade.
  private static func shades(_ look: Look) -> [String] {
    look.unicode ? [" ", "░", "▒", "▓", "█"] : [" ", ".", ":", "%", "#"]
  }

  /// One tile with its label; not wider than a vertebra is against its height. The ground takes a column on both sides,
  /// and a row below where the smallest picture leaves one.
  private func tileSize(_ rect: Rect, columns: Int) -> Size {
    let rows = rows(of: columns)
    let hasGroundBelow = rect.height > rows * (Self.smallest.height + 1)
    let height = min((rect.height - (hasGroundBelow ? 1 : 0)) / rows, largest.height + 1)
    let width = min((rect.width - columns - 1) / columns, largest.width, 3 * max(0, height - 1))
    return Size(width: width, height: min(height, max(Self.smallest.height, width * 2 / 3) + 1))
  }

  /// `T2W ±+`: the grade stands beside the picture, whatever the terminal makes of its greys.
  private func drawLabel(_ sequence: MRSequence, into canvas: inout Canvas, rect: Rect) {
    let glyphs = unnamed.contains(sequence) ? "" : " " + appearance.glyphs(on: sequence)
    canvas.put(
      sequence.shortTitle + glyphs, x: rect.x, y: rect.y, Self.written.with(.bold), clip: rect, ellipsis: false)
  }

  private func drawPicture(_ sequence: MRSequence, into canvas: inout Canvas, rect: Rect) {
    if appearance.core(on: sequence) == .notAcquired { return drawEmptyFrame(into: &canvas, rect: rect) }
    let isFine = isFine(canvas.look)
    let scene = LesionScene(
      appearance, sequence: sequence, width: rect.width, height: isFine ? rect.height * 2 : rect.height,
      pixelHeight: isFine ? 1 : 2)
    if isFine {
      let greys = Raster.greys(scene)
      for y in 0..<rect.height {
        for x in 0..<rect.width {
          let (upper, lower) = (greys[2 * y * rect.width + x], greys[(2 * y + 1) * rect.width + x])
          canvas.set(rect.x + x, rect.y + y, Cell("▀", Style(.grey(upper), on: .grey(lower))))
        }
      }
    } else {
      let shades = Self.shades(canvas.look)
      for (index, material) in Raster.materials(scene).enumerated() {
        canvas.set(
          rect.x + index % rect.width, rect.y + index / rect.width,
          Cell(shades[material.shade], Self.written))
      }
    }
    if appearance.core(on: sequence) == .notGraded { askAtCentre(of: scene, into: &canvas, rect: rect, isFine: isFine) }
  }

  private func askAtCentre(of scene: LesionScene, into canvas: inout Canvas, rect: Rect, isFine: Bool) {
    let (x, y) = scene.asked.centre
    let cell = Position(x: rect.x + Int(x), y: rect.y + Int(isFine ? y / 2 : y))
    let paper = isFine ? .grey(Material.marrow.grey(on: scene.sequence)) : Self.ground
    if rect.contains(x: cell.x, y: cell.y) {
      canvas.set(cell.x, cell.y, Cell("?", Style(.grey(isFine ? 0 : 29), on: paper, .bold)))
    }
  }

  private func drawEmptyFrame(into canvas: inout Canvas, rect: Rect) {
    canvas.box(rect, style: Self.written)
    let lines = rect.width < 10 ? ["×"] : canvas.wrapped("not acquired", columns: rect.width - 2)
    let top = rect.y + max(0, rect.height - lines.count) / 2
    for (index, line) in lines.enumerated() {
      let x = rect.x + max(0, rect.width - canvas.columns(line)) / 2
      canvas.put(line, x: x, y: top + index, Self.written, clip: rect)
    }
  }

  private func writeWords(into canvas: inout Canvas, rect: Rect) {
    for (row, sequence) in sequences.prefix(rect.height).enumerated() {
      let words = unnamed.contains(sequence) ? "\(sequence.shortTitle): to be graded" : appearance.words(on: sequence)
      canvas.put(words, x: rect.x, y: rect.y + row, clip: rect)
    }
  }

  /// The picture in words, for people who cannot see it.
  package var textAlternative: String {
    (["Lesion drawn from the grades"] + sequences.map { appearance.words(on: $0) } + appearance.surroundings())
      .joined(separator: ". ") + "."
  }
}
