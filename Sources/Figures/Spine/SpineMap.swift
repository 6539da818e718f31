// The spine map: which bones are involved, shaded by extents, with biopsies and changes.

import Grid
import ReviewCore

package struct SpineMap: Hashable, Sendable {
  /// The answer to *involved bones*; nil where it is not graded.
  package var involved: GradeValue?
  package var changes: BoneChanges
  package var biopsies: Set<Bone>
  /// The bones that the patient has.
  package var anatomy: Anatomy
  /// Shown in reverse, for picking bones.
  package var cursor: Bone?
  /// The rest of a range being picked, in reverse too.
  package var range: Set<Bone>

  package init(
    _ involved: GradeValue?, changes: BoneChanges = .none, biopsies: Set<Bone> = [], anatomy: Anatomy = .usual,
    cursor: Bone? = nil, range: Set<Bone> = []
  ) {
    self.involved = involved
    self.changes = changes
    self.biopsies = biopsies
    self.anatomy = anatomy
    self.cursor = cursor
    self.range = range
  }

  /// How much of a bone is said to be involved.
  package enum Involvement: Hashable, Sendable {
    case none
    /// Inside an extent, which says nothing of a single vertebra.
    case extent
    case named
  }

  package func involvement(of bone: Bone) -> Involvement {
    let sites = involved?.siteList ?? []
    if sites.contains(.bone(bone)) { return .named }
    return sites.contains { $0.isExtent && $0.shaded(in: anatomy).contains(bone) } ? .extent : .none
  }

  /// Rows of the form that fits a room, with the key below it.
  package func rows(in room: Size) -> Int {
    let height = SpineLayout.fitting(room, anatomy).size.height
    return min(room.height, height + (involved?.isAnswer == true ? 2 : 0))
  }

  /// Draws the largest form that fits; a key below it where a row is left.
  package func draw(into canvas: inout Canvas, rect: Rect) {
    if let involved, !involved.isAnswer {
      canvas.put(involved.text.replacing("-", with: " "), x: rect.x, y: rect.y, .role(.muted), clip: rect)
      return
    }
    let layout = SpineLayout.fitting(rect.size, anatomy)
    for label in layout.labels {
      let isAtCursor = label.bone.map(isPicked) ?? false
      canvas.put(
        label.text, x: rect.x + label.position.x, y: rect.y + label.position.y,
        .role(label.bone == nil ? .muted : .text, isAtCursor ? .reverse : []), clip: rect, ellipsis: false)
    }
    let marks = anatomy.bones.map { ($0, mark($0, in: layout)) }
    for (bone, mark) in marks {
      guard let place = layout.positions[bone] else { continue }
      let (x, y) = (rect.x + place.x, rect.y + place.y)
      let isWide = layout.boneWidth > 1 && layout.labels.contains { $0.bone == bone && bone.isVertebra }
      canvas.put(
        isWide ? mark.glyph + mark.glyph : mark.glyph, x: x, y: y, mark.style, clip: rect, ellipsis: false)
      if let note = layout.notes[bone] {
        drawNote(
          bone, into: &canvas, x: rect.x + note.position.x, y: rect.y + note.position.y, width: note.width, clip: rect)
      }
    }
    drawKey(into: &canvas, rect: rect.splitTop(layout.size.height).rest, layout)
  }

  private func mark(_ bone: Bone, in layout: SpineLayout) -> (glyph: String, style: Style) {
    var (glyph, role): (String, Role) =
      switch involvement(of: bone) {
      case .named: ("█", .involved)
      case .extent: ("▒", .extent)
      case .none: ("·", .muted)
      }
    var attributes: Attributes = []
    // Where there is no room beside the bone, its change takes its place; of a marked bone it is cut into the block.
    if layout.notes[bone] == nil, let change = changes[bone] {
      if glyph != "·" { attributes.insert(.reverse) }
      (glyph, role) = (change.glyph, change.changeRole)
    }
    // A full block turned round is an empty one: what is marked keeps its mark, and its name shows the cursor.
    if isPicked(bone), glyph == "█", !layout.labels.contains(where: { $0.bone == bone }) { glyph = "■" }
    if isPicked(bone), glyph != "█" { attributes.formSymmetricDifference(.reverse) }
    if biopsies.contains(bone) { attributes.insert(.underline) }
    return (glyph, .role(role, attributes))
  }

  private func isPicked(_ bone: Bone) -> Bool { bone == cursor || range.contains(bone) }

  /// `↑`, `new`, `biopsy`, `↑ biopsy`; one column only says what changed, or `b` for a biopsy.
  private func drawNote(_ bone: Bone, into canvas: inout Canvas, x: Int, y: Int, width: Int, clip: Rect) {
    let isBiopsied = biopsies.contains(bone)
    var runs: [(String, Style)] = []
    if let level = changes[bone] {
      let isSpelled = level.isStarred && width >= level.title.columns && !isBiopsied
      runs.append((isSpelled ? level.title : level.glyph, .role(level.changeRole, .bold)))
    }
    if isBiopsied, width > 1 || runs.isEmpty {
      let word = width >= 8 || width >= 6 && runs.isEmpty ? "biopsy" : "b"
      runs.append(((runs.isEmpty ? "" : " ") + word, .role(.accent)))
    }
    canvas.put(runs, x: x, y: y, clip: clip)
  }

  /// What the marks mean that occur, in as many lines as it takes.
  private func drawKey(into canvas: inout Canvas, rect: Rect, _ layout: SpineLayout) {
    let used = Set(anatomy.bones.map(involvement(of:)))
    var entries: [(glyph: String, style: Style, word: String)] = []
    if used.contains(.named) { entries.append(("█", .role(.involved), "bone")) }
    if used.contains(.extent) { entries.append(("▒", .role(.extent), "extent")) }
    if involved?.isNone ?? false { entries.append(("·", .role(.muted), "no bone")) }
    // Where there is room the map has the word itself.
    let short = biopsies.filter { (layout.notes[$0]?.width ?? 0) < 6 }
    let lettered = short.filter { bone in layout.notes[bone].map { $0.width > 1 || changes[bone] == nil } ?? false }
    if !lettered.isEmpty { entries.append(("b", .role(.accent), "biopsy")) }
    // A change in the only column leaves it the line under the bone.
    if lettered.count < short.count { entries.append(("▁", .role(.accent), "biopsy")) }
    entries += changes.used.map { ($0.glyph, .role($0.changeRole), $0.title) }
    // With an empty line above where there is room; where rows are short, on one line as far as it goes.
    let perLine = entries.reduce(-1) { $0 + $1.word.count + 3 } <= rect.width ? entries.count : 1
    let rows = (entries.count + perLine - 1) / max(1, perLine)
    let mayBreak = rows <= rect.height
    var (x, y) = (rect.x, rect.y + (rows < rect.height || (!mayBreak && rect.height > 1) ? 1 : 0))
    for entry in entries {
      let columns = 2 + entry.word.count
      if x > rect.x, x + columns > rect.maxX {
        // A word that is cut explains nothing.
        guard mayBreak else { break }
        (x, y) = (rect.x, y + 1)
      }
      canvas.put([(entry.glyph, entry.style), (" " + entry.word, .role(.muted))], x: x, y: y, clip: rect)
      x += columns + 1
    }
  }
}
