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

  /// Columns of the largest form, with the girdles beside the spine.
  package static let wholeWidth = 34

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
    let layout = SpineLayout.fitting(room, anatomy)
    let isAnswered = involved?.isAnswer ?? true
    return min(room.height, layout.size.height + (isAnswered ? keyRows(width: room.width, layout) + 1 : 0))
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

  private struct KeyEntry {
    let glyph: String
    let role: Role
    let word: String

    var columns: Int { 2 + word.count }
  }

  /// What the marks mean that occur; last what a bone looks like that has none.
  private func key(_ layout: SpineLayout?, width: Int) -> [KeyEntry] {
    let used = Set(anatomy.bones.map(involvement(of:)))
    var entries: [KeyEntry] = []
    // Both words on one line, the shorter one where they have no room.
    let named = width < 19 ? "bone" : "involved"
    if used.contains(.named) { entries.append(KeyEntry(glyph: "█", role: .involved, word: named)) }
    if used.contains(.extent) { entries.append(KeyEntry(glyph: "▒", role: .extent, word: "extent")) }
    // Where there is room the map has the word itself.
    let short = biopsies.filter { (layout?.notes[$0]?.width ?? 0) < 6 }
    let lettered = short.filter { bone in layout?.notes[bone].map { $0.width > 1 || changes[bone] == nil } ?? false }
    if !lettered.isEmpty { entries.append(KeyEntry(glyph: "b", role: .accent, word: "biopsy")) }
    // A change in the only column leaves it the line under the bone.
    if lettered.count < short.count { entries.append(KeyEntry(glyph: "▁", role: .accent, word: "biopsy")) }
    entries += changes.used.map { KeyEntry(glyph: $0.glyph, role: $0.changeRole, word: $0.title) }
    let plain = involved == nil ? "not marked" : involved?.isNone == true ? "no bone" : "not involved"
    return entries + (used.contains(.none) ? [KeyEntry(glyph: "·", role: .muted, word: plain)] : [])
  }

  /// Entries on as few lines as hold them, none of them cut.
  private static func lines(_ entries: [KeyEntry], width: Int) -> [[KeyEntry]] {
    entries.reduce(into: []) { lines, entry in
      let used = lines.last?.reduce(0) { $0 + $1.columns + 1 } ?? 0
      if lines.isEmpty || used + entry.columns > width {
        lines.append([entry])
      } else {
        lines[lines.count - 1].append(entry)
      }
    }
  }

  /// Rows of the key, without the empty one above it.
  func keyRows(width: Int, _ layout: SpineLayout?) -> Int { Self.lines(key(layout, width: width), width: width).count }

  /// With an empty line above where there is room. Where there is none for all of it, bones without a mark explain
  /// themselves first, and a word that is cut would explain nothing.
  func drawKey(into canvas: inout Canvas, rect: Rect, _ layout: SpineLayout? = nil) {
    let entries = key(layout, width: rect.width)
    let isWhole = Self.lines(entries, width: rect.width).count <= rect.height
    let lines = Self.lines(isWhole ? entries : entries.filter { $0.glyph != "·" }, width: rect.width)
    let top = rect.y + (lines.count < rect.height ? 1 : 0)
    for (row, line) in lines.prefix(rect.height).enumerated() {
      var x = rect.x
      for entry in line where entry.columns <= rect.maxX - x {
        canvas.put(
          [(entry.glyph, .role(entry.role)), (" " + entry.word, .role(.muted))], x: x, y: top + row, clip: rect)
        x += entry.columns + 1
      }
    }
  }
}
